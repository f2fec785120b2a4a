use chat::ids::ConversationId;
use sqlx::Connection;
use test_support::old_chat::SHAPES;

use super::super::market::Market;

#[tokio::test]
async fn what_is_written_in_the_old_chat_of_every_shape_is_in_haggle_and_told() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let other = market.other();
        market.run(market.old_conversation("o-1")).await;
        market
            .run(market.old_message("o-1", "m-1", "bob", other))
            .await;
        market
            .run(market.old_message("o-1", "m-2", other, "bob"))
            .await;
        market.look().await;
        assert_eq!(
            market.said("o-1").await,
            format!("1 bob: text of m-1, 2 {other}: text of m-2"),
            "{shape}"
        );
        assert_eq!(
            market.told(),
            [
                "updated o-1",
                "message m-1 seq 1 rev 2",
                "message m-2 seq 2 rev 3"
            ],
            "{shape}"
        );
        let row = "select concat_ws(' ', last_seq, rev, last_message, unread_count_buyer) from haggle.conversations";
        assert_eq!(market.text(row).await, "2 3 text of m-2 1", "{shape}");
        // It was there, and is not written back.
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
        let count = "select count(*)::text from public.messages";
        assert_eq!(market.text(count).await, "2", "{shape}");
    }
}

#[tokio::test]
async fn both_sides_talk_in_one_conversation_and_have_the_same() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let other = market.other();
        market.run(market.old_conversation("o-1")).await;
        market.look().await;
        let conversation = ConversationId::new("o-1");
        market.say(&conversation, "h-1", "bob").await;
        market
            .run(market.old_message("o-1", "m-1", other, "bob"))
            .await;
        market.look().await;
        market.say(&conversation, "h-2", "bob").await;
        assert_eq!(
            market.said("o-1").await,
            format!("1 bob: text of h-1, 2 {other}: text of m-1, 3 bob: text of h-2"),
            "{shape}"
        );
        let count = "select count(*)::text from public.messages";
        assert_eq!(market.text(count).await, "3", "{shape}");
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
    }
}

#[tokio::test]
async fn what_is_read_in_the_old_chat_moves_the_mark_and_is_told() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let other = market.other();
        market.run(market.old_conversation("o-1")).await;
        for id in ["m-1", "m-2"] {
            market
                .run(market.old_message("o-1", id, "bob", other))
                .await;
        }
        market
            .run(market.old_message("o-1", "m-3", other, "bob"))
            .await;
        market.look().await;
        market.told();
        market
            .run(format!(
                "update public.messages set is_read = true where sender_id <> '{other}'"
            ))
            .await;
        market.look().await;
        // Whoever has the place read what was for them when they said something.
        market
            .run("update public.messages set is_read = true")
            .await;
        market.look().await;
        assert_eq!(market.told(), ["read bob 3"], "{shape}");
        let unread = "select concat_ws(' ', unread_count_buyer, unread_count_supplier, unread_count_admin) from haggle.conversations";
        assert_eq!(market.text(unread).await, "0 0 0", "{shape}");
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
    }
}

#[tokio::test]
async fn a_mark_stays_before_what_is_not_read_there() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    for id in ["m-1", "m-2", "m-3"] {
        market
            .run(market.old_message("o-1", id, "ada", "bob"))
            .await;
    }
    market.look().await;
    market
        .run("update public.messages set is_read = true where id in ('m-1', 'm-3')")
        .await;
    market.look().await;
    let mark = "select buyer_read_seq::text from haggle.conversations";
    assert_eq!(market.text(mark).await, "1");
    market
        .run("update public.messages set is_read = true where id = 'm-2'")
        .await;
    market.look().await;
    // The newest that was read by then was noted before.
    assert_eq!(market.text(mark).await, "2");
}

#[tokio::test]
async fn a_conversation_that_is_deleted_there_is_gone_here_and_its_people_look_again() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        market.run(market.old_conversation("o-1")).await;
        market
            .run(market.old_message("o-1", "m-1", "bob", market.other()))
            .await;
        market.look().await;
        market.told();
        market
            .run(
                "delete from public.messages where conversation_id = 'o-1';
                  delete from public.conversations where id = 'o-1'",
            )
            .await;
        market.look().await;
        assert_eq!(market.count("haggle.conversations").await, 0, "{shape}");
        assert_eq!(market.told(), ["reset o-1"], "{shape}");
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
    }
}

#[tokio::test]
async fn everything_that_is_emptied_there_is_gone_here() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    market.look().await;
    market
        .run("truncate public.messages, public.conversations")
        .await;
    market.look().await;
    assert_eq!(market.count("haggle.conversations").await, 0);
}

#[tokio::test]
async fn what_is_edited_or_deleted_there_is_kept_here_and_reported() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    for id in ["m-1", "m-2"] {
        market
            .run(market.old_message("o-1", id, "bob", "ada"))
            .await;
    }
    market.look().await;
    market
        .run(
            "update public.messages set message = 'else' where id = 'm-1';
              delete from public.messages where id = 'm-2'",
        )
        .await;
    market.look().await;
    assert_eq!(
        market.said("o-1").await,
        "1 bob: text of m-1, 2 bob: text of m-2"
    );
    assert_eq!(
        market.reported().await,
        [
            "m-1: it was changed in the old chat after it was taken over",
            "m-2: it was deleted in the old chat after it was taken over: it stays here"
        ]
    );
}

#[tokio::test]
async fn a_conversation_of_the_same_purpose_is_the_one_that_is_there() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    market.run(market.old_conversation("o-2")).await;
    market
        .run(market.old_message("o-2", "m-1", "bob", "ada"))
        .await;
    market.look().await;
    assert_eq!(market.said("o-1").await, "1 bob: text of m-1");
    assert_eq!(market.count("haggle.conversations").await, 1);
    // One of the two goes, and the other one keeps what was said.
    market
        .run("delete from public.conversations where id = 'o-2'")
        .await;
    market.look().await;
    assert_eq!(market.said("o-1").await, "1 bob: text of m-1");
    market
        .run("delete from public.conversations where id = 'o-1'")
        .await;
    market.look().await;
    assert_eq!(market.count("haggle.conversations").await, 0);
}

#[tokio::test]
async fn a_message_that_comes_before_its_conversation_waits_for_it() {
    let market = Market::open("C").await;
    market
        .run(market.old_message("o-1", "m-1", "bob", "ada"))
        .await;
    market.look().await;
    assert_eq!(market.differences().await, "1 0 0");
    market.run(market.old_conversation("o-1")).await;
    market.look().await;
    assert_eq!(market.said("o-1").await, "1 bob: text of m-1");
    // And one whose conversation never comes is refused.
    market
        .run(market.old_message("o-9", "m-9", "bob", "ada"))
        .await;
    market
        .run("update haggle.legacy_changes set noted_at = noted_at - interval '2 minutes'")
        .await;
    market.look().await;
    assert_eq!(
        market.reported().await,
        ["m-9: its conversation does not exist"]
    );
    assert_eq!(market.differences().await, "0 0 0");
}

#[tokio::test]
async fn an_administrator_of_the_old_chat_takes_the_place_here() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    market.look().await;
    market.told();
    market
        .run("update public.conversations set unread_count_admin = 'ava'")
        .await;
    market.look().await;
    assert_eq!(
        market
            .text("select concat_ws(' ', admin_id, rev) from haggle.conversations")
            .await,
        "ava 2"
    );
    assert_eq!(market.told(), ["updated o-1"]);
}

#[tokio::test]
async fn counters_and_previews_of_the_old_chat_are_no_change() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    market.look().await;
    market.run("update public.conversations set unread_count_buyer = 3, last_message = 'x', last_message_at = now()").await;
    assert_eq!(market.differences().await, "0 0 0");
}

/// The copy is under way: what it has reached is followed, the rest is its own.
#[tokio::test]
async fn what_the_copy_has_not_reached_is_left_to_it_and_neither_doubled_nor_lost() {
    let statements = "
        insert into public.conversations (id, buyer_id, unread_count_admin) values ('o-1', 'bob', 'ada'), ('o-2', 'ann', 'ada');
        insert into public.messages (id, conversation_id, sender_id, receiver_id, message)
        values ('m-1', 'o-1', 'bob', 'ada', 'one'), ('m-2', 'o-2', 'ann', 'ada', 'two');";
    let market = Market::begun("C", statements).await;
    // Before the copy of the first has begun, while it runs, and after it.
    market
        .run(market.old_message("o-1", "m-3", "ada", "bob"))
        .await;
    market.look().await;
    assert_eq!(market.differences().await, "1 0 0");
    let mut copy = market.sql.begin().await.unwrap();
    let first = "
        select set_config('haggle.is_bridging', 'on', true);
        insert into haggle.conversations (id, buyer_id, admin_id, admin_key, type, last_seq) values ('o-1', 'bob', 'ada', 'ada', 'buyer_admin', 2);
        insert into haggle.message_rows (id, conversation_id, seq, sender_id, receiver_id, sender_type, message)
        values ('m-1', 'o-1', 1, 'bob', 'ada', 'buyer', 'one'), ('m-3', 'o-1', 2, 'ada', 'bob', 'admin', 'text of m-3');
        insert into haggle.legacy_conversations values ('o-1', 'o-1')";
    sqlx::raw_sql(first).execute(&mut *copy).await.unwrap();
    market
        .run(market.old_message("o-1", "m-4", "bob", "ada"))
        .await;
    market.look().await;
    assert_eq!(market.differences().await, "2 0 0");
    copy.commit().await.unwrap();
    market
        .run(market.old_message("o-2", "m-5", "ann", "ada"))
        .await;
    market.look().await;
    assert_eq!(
        market.said("o-1").await,
        "1 bob: one, 2 ada: text of m-3, 3 bob: text of m-4"
    );
    // The second waits for the copy, though there is nothing of it here yet.
    assert_eq!(market.differences().await, "1 0 0");
    assert_eq!(market.count("haggle.conversations").await, 1);
}

#[tokio::test]
async fn the_host_needs_no_right_in_haggle_and_a_failure_of_ours_is_none_of_its() {
    let market = Market::open("C").await;
    let role = market.role("shop");
    market
        .run(format!(
            "create role {role} login; grant usage on schema public to {role};
             grant select, insert, update, delete on public.conversations, public.messages to {role}"
        ))
        .await;
    let url = market.url_of(&role);
    let mut shop = sqlx::PgConnection::connect(&url).await.unwrap();
    let refused = sqlx::query("select from haggle.legacy_changes")
        .execute(&mut shop)
        .await;
    assert!(
        refused
            .unwrap_err()
            .to_string()
            .contains("permission denied")
    );
    for statement in [
        market.old_conversation("o-1"),
        market.old_message("o-1", "m-1", "bob", "ada"),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut shop)
            .await
            .unwrap();
    }
    market.look().await;
    assert_eq!(market.said("o-1").await, "1 bob: text of m-1");
    market
        .run("alter table haggle.legacy_changes rename to gone")
        .await;
    for statement in [
        market.old_message("o-1", "m-2", "bob", "ada"),
        "update public.messages set is_read = true".to_owned(),
        "delete from public.messages".to_owned(),
        "delete from public.conversations".to_owned(),
    ] {
        sqlx::query(sqlx::AssertSqlSafe(statement))
            .execute(&mut shop)
            .await
            .unwrap();
    }
    shop.close().await.unwrap();
    market
        .run(format!("drop owned by {role}; drop role {role}"))
        .await;
}

/// As the copy takes it: links, former users, markup, and what is nothing.
#[tokio::test]
async fn what_comes_over_the_bridge_is_converted_as_the_copy_does_it() {
    let market = Market::open("C").await;
    market.run(market.old_conversation("o-1")).await;
    market
        .run(
            "insert into public.messages (id, conversation_id, sender_id, receiver_id, message, attachments)
             values ('m-1', 'o-1', 'gone', 'bob', '<b>Hello</b>', null),
               ('m-2', 'o-1', 'ava', 'bob', '', '{/uploads/Price%20list.pdf,[object Object]}'),
               ('m-3', 'o-1', 'bob', 'ada', ' ', null)",
        )
        .await;
    market.look().await;
    assert_eq!(market.said("o-1").await, "1 -: < b>Hello< /b>, 2 ava: ");
    let files =
        "select concat_ws(' ', name, url, message_id, conversation_id) from haggle.attachments";
    assert_eq!(
        market.text(files).await,
        "Price list.pdf /uploads/Price%20list.pdf m-2 o-1"
    );
    let row = "select concat_ws(' ', last_message, unread_count_buyer, unread_count_admin) from haggle.conversations";
    assert_eq!(market.text(row).await, "Price list.pdf 2 2");
    let notified = "select string_agg(user_id || ' ' || count, ', ' order by user_id) from haggle.notifications";
    assert_eq!(market.text(notified).await, "ada 2, bob 2");
    // What was refused is not tried again when it is read.
    market
        .run("update public.messages set is_read = true")
        .await;
    market.look().await;
    let reported = market.reported().await;
    let refused = "m-3: it has no text and no file";
    assert_eq!(
        reported.iter().filter(|line| *line == refused).count(),
        1,
        "{reported:?}"
    );
    assert_eq!(market.differences().await, "0 0 0");
}
