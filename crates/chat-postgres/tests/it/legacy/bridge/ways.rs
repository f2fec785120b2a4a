//! Going back, finishing, and undoing that.

use chat::ids::ConversationId;
use chat_postgres::{Mapping, finish, losses, migrate, refuse_unmoved_chat, restore, revert};
use sqlx::Connection;
use test_support::old_chat::SHAPES;

use super::super::market::Market;

/// What both sides said, and what was left to say.
async fn talk(market: &Market) {
    let other = market.other();
    market.run(market.old_conversation("o-1")).await;
    market
        .run(market.old_message("o-1", "m-1", "bob", other))
        .await;
    market.look().await;
    market.joined("o-1").await;
    market.say(&ConversationId::new("o-1"), "h-1", other).await;
    let conversation = market.conversation("h-1").await;
    market.say(&conversation, "h-2", "ann").await;
}

const OLD: &str = "
    select md5(string_agg(t::text, '|' order by t.id))
    from (select id, conversation_id, sender_id, is_read from public.messages) t";

#[tokio::test]
async fn a_revert_leaves_the_old_chat_with_everything_and_nothing_of_haggle() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        talk(&market).await;
        let before = market.text(OLD).await;
        assert_eq!(losses(&market.options()).await.unwrap(), [""; 0], "{shape}");
        let said = revert(&market.options()).await.unwrap();
        assert!(said.contains("have everything"), "{said}");
        assert_eq!(market.text(OLD).await, before, "{shape}");
        assert_eq!(market.count("public.messages").await, 3, "{shape}");
        let left = "
            select concat_ws(' ',
              (select count(*) from pg_namespace where nspname = 'haggle'),
              (select count(*) from pg_trigger where tgname like 'haggle%'))";
        assert_eq!(market.text(left).await, "0 0", "{shape}");
        market
            .run(market.old_message("o-1", "m-2", "bob", market.other()))
            .await;
        // Once more, and it has nothing to do; nothing can be finished either.
        let said = revert(&market.options()).await.unwrap();
        assert!(said.contains("nothing is left"), "{said}");
        assert!(
            finish(&market.options())
                .await
                .unwrap_err()
                .to_string()
                .contains("no old chat was moved")
        );
    }
}

#[tokio::test]
async fn a_revert_says_what_is_only_in_haggle() {
    let market = Market::open("A").await;
    let conversation = market
        .open_conversation("h-1", Some("sam"), None, None)
        .await;
    market.say(&conversation, "m-1", "ann").await;
    let losses = losses(&market.options()).await.unwrap();
    assert_eq!(
        losses,
        [
            "1 conversation is only in Haggle: the old conversations have no place for a supplier",
            "1 message is only in Haggle: the old conversations have no place for a supplier",
        ]
    );
}

#[tokio::test]
async fn a_finish_puts_views_in_the_place_of_the_old_tables() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        talk(&market).await;
        let before = market.text(OLD).await;
        let said = finish(&market.options()).await.unwrap();
        assert!(
            said[0].contains("public.conversations_before_haggle")
                || said[0].contains("conversations_before_haggle"),
            "{said:?}"
        );
        let report = "select string_agg(concat_ws(' ', id, conversation_id, sender_id, sender_type, message), ', ' order by id) from public.messages";
        let other = market.other();
        let role = if shape == "0" { "supplier" } else { "admin" };
        assert_eq!(
            market.text(report).await,
            format!(
                "h-1 o-1 {other} {role} text of h-1, h-2 h-1 ann buyer text of h-2, m-1 o-1 bob buyer text of m-1"
            ),
            "{shape}"
        );
        assert_eq!(market.text("select string_agg(id || ' ' || buyer_id || ' ' || type, ', ' order by id) from public.conversations").await.split(' ').next(), Some("h-1"), "{shape}");
        // Nothing goes into the tables that were put aside, and nobody writes into a view.
        market.say(&ConversationId::new("o-1"), "h-3", "bob").await;
        let aside = OLD.replace("public.messages", "public.messages_before_haggle");
        assert_eq!(market.text(aside).await, before, "{shape}");
        let refused = sqlx::query("delete from public.messages")
            .execute(&market.sql)
            .await;
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .contains("the chat is in Haggle now")
        );
        let said = finish(&market.options()).await.unwrap();
        assert!(said[0].starts_with("it is finished already"), "{said:?}");
        let refused = revert(&market.options()).await.unwrap_err().to_string();
        assert!(refused.contains("--restore"), "{refused}");
        // A server starts, and so does a migration.
        refuse_unmoved_chat(&market.options()).await.unwrap();
        migrate(&market.options(), &Mapping::default())
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_restore_brings_over_what_was_said_since() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        talk(&market).await;
        finish(&market.options()).await.unwrap();
        market.say(&ConversationId::new("o-1"), "h-3", "bob").await;
        market
            .say(&ConversationId::new("o-1"), "h-4", market.other())
            .await;
        market.read("o-1", "bob").await;
        let supplier = (shape == "0").then_some("sam");
        let admin = (shape != "0").then_some("ava");
        let new = market
            .open_conversation("h-9", supplier, admin, Some("p-1"))
            .await;
        market.say(&new, "h-5", "ann").await;
        let said = restore(&market.options()).await.unwrap();
        assert!(said[0].contains("are back in their place"), "{said:?}");
        let all =
            "select string_agg(id || ' ' || is_read::text, ', ' order by id) from public.messages";
        // Bob said something, so he has read what was said before.
        assert_eq!(
            market.text(all).await,
            "h-1 true, h-2 false, h-3 true, h-4 true, h-5 false, m-1 true",
            "{shape}"
        );
        let kinds = "select string_agg(relkind::text, '' order by relname) from pg_class where relnamespace = 'public'::regnamespace and relname in ('conversations', 'messages')";
        assert_eq!(market.text(kinds).await, "rr", "{shape}");
        // The bridge stands again, in both directions.
        market.say(&new, "h-6", "ann").await;
        market
            .run(market.old_message("o-1", "m-2", "bob", market.other()))
            .await;
        // What a server believed of the old chat before is asked again by a new one.
        let mut server = chat_postgres::TakeOver::new(market.writer.clone());
        while server.step().await.unwrap() > 0 {}
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
        assert_eq!(market.count("public.messages").await, 8, "{shape}");
        assert_eq!(market.count("haggle.message_rows").await, 8, "{shape}");
        let said = restore(&market.options()).await.unwrap();
        assert!(said[0].contains("the bridge stands"), "{said:?}");
        // And back from there.
        revert(&market.options()).await.unwrap();
        assert_eq!(market.count("public.messages").await, 8, "{shape}");
    }
}

#[tokio::test]
async fn a_finish_loses_nothing_of_an_old_application_that_writes_all_the_time() {
    let market = Market::open("C").await;
    talk(&market).await;
    let options = market.options();
    let is_over = std::cell::Cell::new(false);
    let written = std::cell::Cell::new(0);
    let finishing = async {
        finish(&options).await.unwrap();
        is_over.set(true);
    };
    let old_application = async {
        let mut n = 0;
        while !is_over.get() {
            n += 1;
            let message = market.old_message("o-1", &format!("n-{n}"), "bob", "ada");
            let done = sqlx::query(sqlx::AssertSqlSafe(message));
            written.set(written.get() + usize::from(done.execute(&market.sql).await.is_ok()));
        }
    };
    let server = async {
        while !is_over.get() {
            market.look().await;
        }
    };
    tokio::join!(finishing, old_application, server);
    let all = (3 + written.get()).to_string();
    let here = "select count(*)::text from haggle.message_rows";
    assert_eq!(market.text(here).await, all);
    let there = "select count(*)::text from public.messages_before_haggle";
    assert_eq!(market.text(there).await, all);
}

#[tokio::test]
async fn whoever_could_read_the_old_tables_can_read_the_views() {
    let market = Market::open("C").await;
    let [all, some, none] = ["all", "some", "none"].map(|name| market.role(name));
    market
        .run(format!(
            "create role {all} login; create role {some} login; create role {none} login;
             grant select on public.messages to {all}; grant select (id, conversation_id, is_read) on public.messages to {some}"
        ))
        .await;
    finish(&market.options()).await.unwrap();
    let may = async |role: &str, query: &'static str| {
        let url = market.url_of(role);
        let mut reader = sqlx::PgConnection::connect(&url).await.unwrap();
        sqlx::query(query).execute(&mut reader).await.is_ok()
    };
    assert!(may(&all, "select message from public.messages").await);
    assert!(may(&some, "select id, is_read from public.messages").await);
    assert!(!may(&some, "select message from public.messages").await);
    assert!(!may(&none, "select id from public.messages").await);
    assert!(!may(&all, "select id from public.conversations").await);
    market
        .run(format!(
            "drop owned by {all}, {some}, {none}; drop role {all}, {some}, {none}"
        ))
        .await;
}

#[tokio::test]
async fn nothing_can_be_gone_back_from_or_finished_that_was_not_moved() {
    let market = Market::before("C", "").await;
    let options = market.options();
    for refused in [
        revert(&options).await.unwrap_err().to_string(),
        finish(&options).await.unwrap_err().to_string(),
        restore(&options).await.unwrap_err().to_string(),
    ] {
        assert!(
            refused.starts_with("no old chat was moved here"),
            "{refused}"
        );
    }
    // Nor does a server start beside it, before the move and in its middle.
    let refused = refuse_unmoved_chat(&options).await.unwrap_err().to_string();
    assert!(
        refused.contains("was never moved; run `haggle migrate`"),
        "{refused}"
    );
    chat_postgres::begin_move(&options, "UTC").await.unwrap();
    let refused = refuse_unmoved_chat(&options).await.unwrap_err().to_string();
    assert!(refused.contains("run `haggle migrate` again"), "{refused}");
    let refused = finish(&options).await.unwrap_err().to_string();
    assert!(refused.contains("run `haggle migrate` again"), "{refused}");
    chat_postgres::end_copy(&options).await.unwrap();
    refuse_unmoved_chat(&options).await.unwrap();
}
