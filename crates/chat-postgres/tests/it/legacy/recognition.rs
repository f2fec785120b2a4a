use chat_postgres::{
    ConversationColumn, MessageColumn, Named, OldChat, PgOptions, Recognition, find_old_chat,
};
use sqlx::{AssertSqlSafe, raw_sql};
use test_support::{
    TestDatabase,
    old_chat::{MARKETPLACE, SHAPES, tables},
};

async fn found(statements: &str) -> Recognition {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    for statements in [MARKETPLACE, statements] {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&sql).await.unwrap();
    }
    let found = find_old_chat(&PgOptions::new(database.url())).await;
    found.unwrap()
}

async fn chat(statements: &str) -> OldChat {
    found(statements).await.chat.unwrap()
}

#[tokio::test]
async fn each_shape_is_recognised_by_its_columns() {
    for shape in SHAPES {
        let chat = chat(&tables(shape)).await;
        assert_eq!(chat.shape.as_str(), shape);
        assert_eq!(chat.conversations.unknown, [], "{shape}");
        assert_eq!(chat.messages.unknown, [], "{shape}");
    }
}

#[tokio::test]
async fn a_counter_that_is_a_text_is_an_administrator() {
    let number = chat(&tables("A")).await.conversations;
    assert!(number.has(ConversationColumn::UnreadAdmin));
    assert!(!number.has(ConversationColumn::AdminInCounter));
    let text = chat(&tables("C")).await.conversations;
    assert!(text.has(ConversationColumn::AdminInCounter));
    assert!(!text.has(ConversationColumn::UnreadAdmin));
    let both = chat(&tables("D")).await.conversations;
    assert!(both.has(ConversationColumn::AdminInCounter));
    assert!(both.has(ConversationColumn::Admin));
}

#[tokio::test]
async fn places_that_name_profiles_are_known_by_their_foreign_keys_or_their_names() {
    for without_keys in [false, true] {
        let mut statements = tables("F");
        if without_keys {
            statements += "
                alter table public.conversations drop constraint conversations_buyer_id_fkey;
                alter table public.conversations drop constraint conversations_supplier_id_fkey;";
        }
        let chat = chat(&statements).await;
        assert_eq!(chat.shape.as_str(), "F");
        let shown = |named: &Named| named.profiles().unwrap().shown();
        assert_eq!(shown(&chat.buyer), "public.buyers");
        assert_eq!(shown(&chat.supplier), "public.supplier_profiles");
    }
}

/// In the newer versions of the marketplace there are profiles, and the places name users all the same.
#[tokio::test]
async fn profiles_beside_a_chat_of_users_mean_nothing() {
    let profiles = "
        create table public.buyers (id varchar primary key, user_id varchar);
        create table public.supplier_profiles (id varchar primary key, user_id varchar);";
    for shape in ["0", "C", "D", "E"] {
        let chat = chat(&(profiles.to_owned() + &tables(shape))).await;
        assert_eq!(chat.shape.as_str(), shape);
        assert_eq!((chat.buyer, chat.supplier), (Named::People, Named::People));
    }
}

#[tokio::test]
async fn columns_that_nobody_knows_are_named() {
    let statements = tables("C")
        + "alter table public.conversations add column mood text, add column unread_count_guest integer;
           alter table public.messages add column is_pinned boolean, drop column is_read,
             add column is_read text;";
    let chat = chat(&statements).await;
    assert_eq!(chat.shape.as_str(), "C");
    let names = |unknown: &[chat_postgres::OldColumn]| -> Vec<String> {
        unknown.iter().map(|column| column.name.clone()).collect()
    };
    assert_eq!(
        names(&chat.conversations.unknown),
        ["mood", "unread_count_guest"]
    );
    // Also one that has the name and another type.
    assert_eq!(names(&chat.messages.unknown), ["is_pinned", "is_read"]);
    assert!(!chat.messages.has(MessageColumn::IsRead));
}

#[tokio::test]
async fn tables_of_somebody_else_are_left_alone() {
    let others = [
        // A chat with a machine.
        "create table public.conversations (id uuid primary key, user_id varchar, title text, created_at timestamp);
         create table public.messages (id uuid primary key, conversation_id uuid, role text, content text);",
        // A mailing list.
        "create table public.messages (id bigserial primary key, subject text, body text);",
        // Half of one.
        &tables("C").replace("create table public.messages", "create table public.old_messages"),
        // What is put in the place of the old tables at the end.
        &(tables("C")
            + "alter table public.conversations rename to conversations_before;
               alter table public.messages rename to messages_before;
               create view public.conversations as select * from public.conversations_before;
               create view public.messages as select * from public.messages_before;"),
    ];
    for (statements, left_alone) in others.into_iter().zip([2, 1, 1, 0]) {
        let found = found(statements).await;
        assert_eq!(found.chat, None, "{statements}");
        assert_eq!(found.left_alone.len(), left_alone, "{found:?}");
    }
}

#[tokio::test]
async fn a_chat_in_another_schema_is_found_and_one_of_haggle_never() {
    let elsewhere = format!(
        "create schema shop; {}",
        tables("E")
            .replace("public.conv", "shop.conv")
            .replace("public.mess", "shop.mess")
    );
    let found_there = chat(&elsewhere).await;
    assert_eq!(found_there.conversations.shown(), "shop.conversations");
    let both = found(&(elsewhere + &tables("A"))).await;
    assert_eq!(
        both.chat.unwrap().conversations.shown(),
        "public.conversations"
    );
    assert_eq!(both.left_alone.len(), 1);
    let ours = format!(
        "create schema haggle; {}",
        tables("E")
            .replace("public.conv", "haggle.conv")
            .replace("public.mess", "haggle.mess")
    );
    assert_eq!(found(&ours).await, Recognition::default());
}
