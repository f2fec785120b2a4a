use std::sync::Arc;

use chat::{
    ids::{ConversationId, MessageId, UserId},
    message::Message,
    storage::{Anchor, Messages, Storage},
};
use chat_postgres::PgStorage;
use test_support::old_chat::{Dirt, SHAPES};

use super::dirty_market::DirtyMarket;
use crate::support::Heard;

const DIRT: Dirt = Dirt {
    seed: 7,
    conversations: 60,
    messages: 600,
};

#[tokio::test]
async fn every_row_of_every_shape_is_accounted_for() {
    for (shape, seed) in SHAPES.into_iter().zip(1..) {
        let market = DirtyMarket::dirty(shape, Dirt { seed, ..DIRT }).await;
        let moved = market.moved().await;
        assert_eq!(moved.shape.as_str(), shape);
        let wrong = market.wrong().await;
        assert_eq!(wrong, Vec::<String>::new(), "{shape}, seed {seed}");
        let found = (moved.conversations.found, moved.messages.found);
        assert_eq!(found, (60, 600));
        assert!(moved.conversations.adds_up() && moved.messages.adds_up());
        assert!(moved.messages.kept > 300, "{shape}: {moved:?}");
    }
}

#[tokio::test]
async fn nothing_in_the_old_tables_is_changed() {
    let market = DirtyMarket::dirty("C", DIRT).await;
    let all = "
        select md5(string_agg(line, E'\\n' order by line))
        from (
          select c::text as line from public.conversations c
          union all select m::text from public.messages m
        ) lines";
    let before = market.text(all).await;
    market.moved().await;
    assert_eq!(market.text(all).await, before);
}

#[tokio::test]
async fn a_second_run_does_nothing() {
    let market = DirtyMarket::dirty("D", DIRT).await;
    let first = market.moved().await;
    let all = "select md5(string_agg(m::text, '' order by id)) from haggle.message_rows m";
    let before = market.text(all).await;
    let second = market.moved().await;
    assert!(!first.was_done && second.was_done);
    assert_eq!(market.text(all).await, before);
    assert_eq!(
        (second.conversations, second.messages, second.reasons),
        (first.conversations, first.messages, first.reasons)
    );
}

#[tokio::test]
async fn a_dry_run_says_what_a_run_then_does_and_writes_nothing() {
    for shape in SHAPES {
        let market = DirtyMarket::dirty(shape, DIRT).await;
        let tried = market.tried().await;
        let schemas = "select string_agg(nspname, ', ') from pg_namespace where nspname = 'haggle'";
        assert_eq!(market.text(schemas).await, "");
        let moved = market.moved().await;
        assert_eq!(
            (tried.conversations, tried.messages, tried.reasons),
            (moved.conversations, moved.messages, moved.reasons),
            "{shape}"
        );
        assert!(tried.seconds.is_some());
    }
}

/// What a run that was killed left behind: some conversations are there, and the next run goes on.
#[tokio::test]
async fn an_interrupted_copy_goes_on() {
    let market = DirtyMarket::dirty("C", DIRT).await;
    market.moved().await;
    market
        .run(
            "update haggle.legacy_chat set copied_at = null;
             create temporary table half as
               select conversation_id as id from haggle.legacy_conversations
               where conversation_id is not null group by 1 having hashtext(conversation_id) % 2 = 0;
             delete from haggle.conversations where id in (select id from half);
             delete from haggle.legacy_report r using public.messages m, haggle.legacy_conversations l
               where r.is_message and m.id = r.old_id and l.old_id = m.conversation_id
                 and l.conversation_id in (select id from half);
             delete from haggle.legacy_report r using haggle.legacy_conversations l
               where not r.is_message and l.old_id = r.old_id
                 and l.conversation_id in (select id from half);
             delete from haggle.legacy_conversations where conversation_id in (select id from half);",
        )
        .await;
    let again = market.moved().await;
    assert!(
        again.were_here > 0 && again.conversations.found > 0,
        "{again:?}"
    );
    assert_eq!(market.wrong().await, Vec::<String>::new());
}

/// Nobody is flooded: what is unread counts, and nobody is told of it once more.
#[tokio::test]
async fn old_messages_make_no_notifications_and_no_audit() {
    let market = DirtyMarket::dirty("C", DIRT).await;
    market.moved().await;
    let rows = "select ((select count(*) from haggle.notifications) + (select count(*) from haggle.audit))::text";
    assert_eq!(market.text(rows).await, "0");
    let unread = "select (sum(unread_count_buyer) > 0)::text from haggle.conversations";
    assert_eq!(market.text(unread).await, "true");
}

#[tokio::test]
async fn times_without_a_zone_are_those_of_the_zone_that_is_named() {
    for (zone, at) in [
        (None, "2025-07-01 12:00:00+00"),
        (Some("Europe/Berlin"), "2025-07-01 10:00:00+00"),
        (Some("<+05:30>-05:30"), "2025-07-01 06:30:00+00"),
    ] {
        let market = DirtyMarket::open("C").await;
        market
            .run(
                "insert into public.users (id, name, role) values ('ann', 'Ann', 'buyer'), ('ada', 'Ada', 'admin');
                 insert into public.conversations (id, buyer_id, unread_count_admin, last_message_at)
                 values ('c', 'ann', 'ada', '2025-07-01 10:00');
                 insert into public.messages (id, conversation_id, sender_id, receiver_id, message, created_at)
                 values ('m', 'c', 'ann', 'ada', 'hello', '2025-07-01 12:00')",
            )
            .await;
        let moved = market.try_moving(zone).await.unwrap();
        let created =
            "select (created_at at time zone 'UTC')::text || '+00' from haggle.message_rows";
        assert_eq!(market.text(created).await, at);
        // The other column is in UTC, and tells of the zone that it should have been.
        let is_warned = moved
            .warnings
            .iter()
            .any(|warning| warning.contains("last_message_at"));
        assert_eq!(
            is_warned,
            zone != Some("Europe/Berlin"),
            "{:?}",
            moved.warnings
        );
        if zone.is_some() {
            let other = market.try_moving(Some("Asia/Tokyo")).await.unwrap_err();
            assert!(other.to_string().contains("--time-zone"), "{other}");
        }
    }
}

#[tokio::test]
async fn a_zone_that_nobody_knows_is_refused() {
    let market = DirtyMarket::open("C").await;
    let refused = market.try_moving(Some("Mars/Olympus")).await.unwrap_err();
    assert!(
        refused.to_string().starts_with("--time-zone: "),
        "{refused}"
    );
}

#[tokio::test]
async fn messages_that_lie_in_the_future_are_warned_of() {
    let market = DirtyMarket::dirty("A", DIRT).await;
    market
        .run("update public.messages set created_at = now() + interval '5 hours' where id = 'm-000003'")
        .await;
    let warnings = market.moved().await.warnings;
    assert!(
        warnings.iter().any(|warning| warning.contains("future")),
        "{warnings:?}"
    );
}

const ANN_AND_ADA: &str = "
    insert into public.users (id, name, role) values ('ann', 'Ann', 'buyer'), ('ada', 'Ada', 'admin');
    insert into public.conversations (id, buyer_id, unread_count_admin, created_at)
    values ('c', 'ann', 'ada', '2025-01-01');
    insert into public.messages (id, conversation_id, sender_id, receiver_id, message, attachments, created_at) values
      ('m-1', 'c', 'gone', 'ann', 'from somebody', null, '2025-01-02'),
      ('m-2', 'c', 'ann', 'ada', 'a file', '{/uploads/a%20b.pdf}', '2025-01-03');";

#[tokio::test]
async fn whoever_is_gone_is_a_former_user_and_files_are_links() {
    let market = DirtyMarket::open("C").await;
    market.run(ANN_AND_ADA).await;
    market.moved().await;
    let [file, gone] = <[_; 2]>::try_from(shown(&market).await).unwrap();
    assert_eq!((gone.sender, &*gone.sender_name), (None, "Former user"));
    assert_eq!(file.sender, Some(UserId::new("ann")));
    assert_eq!(file.id, MessageId::new("m-2"));
    let link = &file.files[0];
    assert_eq!(
        (&*link.name, link.link.as_deref()),
        ("a b.pdf", Some("/uploads/a%20b.pdf"))
    );
}

#[tokio::test]
async fn an_administrator_who_is_deleted_later_is_a_former_administrator() {
    let market = DirtyMarket::open("C").await;
    market.run(ANN_AND_ADA).await;
    market
        .run("update public.messages set sender_id = 'ada' where id = 'm-1'")
        .await;
    market.moved().await;
    market
        .run("delete from public.users where id = 'ada'")
        .await;
    assert_eq!(shown(&market).await[1].sender_name, "Former administrator");
}

/// The messages of the conversation as people see them, newest first.
async fn shown(market: &DirtyMarket) -> Vec<Message> {
    let storage = PgStorage::connect(&market.options()).await.unwrap();
    let writer = storage.writer(Arc::new(Heard::default()));
    let page = writer
        .history(&ConversationId::new("c"), &Anchor::Newest, 10, 0)
        .await;
    writer.close().await;
    storage.close().await;
    page.unwrap().unwrap().messages
}

/// Opened in Haggle before the old chat was moved: what was said long ago comes first.
#[tokio::test]
async fn a_conversation_that_haggle_has_already_gets_what_was_said_before() {
    let market = DirtyMarket::open("C").await;
    market.run(ANN_AND_ADA).await;
    chat_postgres::migrate(&market.options(), &chat_postgres::Mapping::default())
        .await
        .unwrap();
    market
        .run(
            "insert into haggle.conversations (id, buyer_id, admin_id, admin_key, type, last_seq, buyer_read_seq)
             values ('new', 'ann', 'ada', 'ada', 'buyer_admin', 1, 1);
             insert into haggle.message_rows (id, conversation_id, seq, sender_id, message)
             values ('new-1', 'new', 1, 'ann', 'today')",
        )
        .await;
    let moved = market.moved().await;
    assert_eq!(moved.messages.kept, 2);
    let said = "select string_agg(seq || ' ' || id, ', ' order by seq) from haggle.message_rows";
    assert_eq!(market.text(said).await, "1 m-1, 2 m-2, 3 new-1");
    let marks = "select concat_ws(' ', id, last_seq, buyer_read_seq, admin_read_seq) from haggle.conversations";
    assert_eq!(market.text(marks).await, "new 3 3 1");
}

#[tokio::test]
async fn tables_without_keys_may_have_an_id_twice() {
    let market = DirtyMarket::open("C").await;
    market
        .run(
            "alter table public.conversations drop constraint conversations_pkey;
             alter table public.messages drop constraint messages_pkey;",
        )
        .await;
    market.run(ANN_AND_ADA).await;
    market
        .run(
            "insert into public.conversations select * from public.conversations;
             insert into public.messages select * from public.messages where id = 'm-2'",
        )
        .await;
    let moved = market.moved().await;
    assert_eq!(
        (moved.conversations.kept, moved.conversations.refused),
        (1, 1)
    );
    assert_eq!((moved.messages.kept, moved.messages.refused), (3, 0));
}

#[tokio::test]
async fn what_is_missing_to_move_it_is_named() {
    let market = DirtyMarket::open("C").await;
    market.run(ANN_AND_ADA).await;
    let role = format!(
        "mover of {}",
        market.text("select current_database()::text").await
    );
    market
        .run(&format!(
            "create role \"{role}\" login;
             grant create on database {} to \"{role}\";
             grant select, references on public.users, public.suppliers, public.products to \"{role}\";
             grant select on public.conversations to \"{role}\";",
            market.text("select quote_ident(current_database())").await
        ))
        .await;
    let url = market.database.url().split_once('@').unwrap().1.to_owned();
    let role_in_url = role.replace(' ', "%20");
    let options = chat_postgres::PgOptions::new(format!("postgres://{role_in_url}@{url}"));
    let mapping = chat_postgres::Mapping::default();
    let asked = super::dirty_market::asked(&mapping, None);
    let refused = chat_postgres::legacy_copy::try_old_chat(&options, &asked).await;
    let refused = refused.unwrap_err().to_string();
    for grant in [
        "grant insert, update, trigger on \"public\".\"conversations\"",
        "grant select, insert, update, trigger on \"public\".\"messages\"",
    ] {
        assert!(refused.contains(grant), "{refused}");
    }
}
