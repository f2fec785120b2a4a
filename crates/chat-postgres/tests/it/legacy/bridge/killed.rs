//! A move that is killed at any statement, and goes on.

use chat_postgres::{PgOptions, begin_move, end_copy, finish, restore, revert};
use test_support::{Cut, CutConnection};

use super::super::market::Market;

/// More statements than any of these takes.
const MANY: usize = 2_000;

/// Kills it at each statement, then does it once more, and looks.
async fn at_every_statement(
    cut: Cut,
    begin: impl AsyncFn() -> Market,
    work: impl AsyncFn(&PgOptions) -> bool,
    look: impl AsyncFn(&Market),
) {
    for statement in 1..MANY {
        let market = begin().await;
        let way = CutConnection::at(market.url(), statement, cut).await;
        let is_done = work(&PgOptions::new(way.url())).await;
        let seen = way.seen();
        drop(way);
        if !is_done {
            assert!(work(&market.options()).await, "{cut:?} {statement}");
        }
        look(&market).await;
        if seen < statement {
            assert!(statement > 5, "it does something");
            break;
        }
    }
}

async fn a_bridge_that_was_killed_while_it_was_put_up_stands_after_the_next_try(cut: Cut) {
    at_every_statement(
        cut,
        async || {
            let fill = async |market: &Market| {
                market.conversation("h-1").await;
            };
            Market::like("opened", "C", fill).await
        },
        async |options| begin_move(options, "UTC").await.is_ok() && end_copy(options).await.is_ok(),
        async |market| {
            market
                .say(&chat::ids::ConversationId::new("h-1"), "m-1", "ann")
                .await;
            market
                .run(market.old_message("h-1", "m-2", "ada", "ann"))
                .await;
            market.look().await;
            assert_eq!(
                market.old_said("h-1").await,
                "ann: text of m-1, ada: text of m-2"
            );
            assert_eq!(
                market.said("h-1").await,
                "1 ann: text of m-1, 2 ada: text of m-2"
            );
            assert_eq!(market.differences().await, "0 0 0");
        },
    )
    .await;
}

/// Said on both sides.
async fn talked() -> Market {
    Market::like("talked", "C", talk).await
}

async fn talk(market: &Market) {
    begin_move(&market.options(), "UTC").await.unwrap();
    end_copy(&market.options()).await.unwrap();
    market.run(market.old_conversation("o-1")).await;
    market
        .run(market.old_message("o-1", "m-1", "bob", "ada"))
        .await;
    market.look().await;
    market
        .say(&chat::ids::ConversationId::new("o-1"), "h-1", "ada")
        .await;
}

async fn a_revert_that_was_killed_is_none_or_whole(cut: Cut) {
    at_every_statement(
        cut,
        talked,
        async |options| revert(options).await.is_ok(),
        async |market| {
            let left = "
                select concat_ws(' ',
                  (select count(*) from pg_namespace where nspname = 'haggle'),
                  (select count(*) from pg_trigger where tgname like 'haggle%'),
                  (select count(*) from public.messages))";
            assert_eq!(market.text(left).await, "0 0 2");
        },
    )
    .await;
}

async fn a_finish_that_was_killed_is_none_or_whole(cut: Cut) {
    at_every_statement(
        cut,
        talked,
        async |options| finish(options).await.is_ok(),
        async |market| {
            let there = "
                select concat_ws(' ',
                  (select count(*) from public.messages),
                  (select count(*) from public.messages_before_haggle),
                  (select count(*) from pg_trigger where tgname like 'haggle_noted%' or tgname like 'legacy_%'))";
            assert_eq!(market.text(there).await, "2 2 0");
        },
    )
    .await;
}

async fn a_restore_that_was_killed_is_none_or_whole(cut: Cut) {
    at_every_statement(
        cut,
        async || {
            let fill = async |market: &Market| {
                talk(market).await;
                finish(&market.options()).await.unwrap();
            };
            let market = Market::like("finished", "C", fill).await;
            market.say(&chat::ids::ConversationId::new("o-1"), "h-2", "bob").await;
            market
        },
        async |options| restore(options).await.is_ok(),
        async |market| {
            market.say(&chat::ids::ConversationId::new("o-1"), "h-3", "bob").await;
            let words = "ada: text of h-1, bob: text of h-2, bob: text of h-3, bob: text of m-1";
            let said = "select string_agg(sender_id || ': ' || message, ', ' order by sender_id, id) from public.messages";
            assert_eq!(market.text(said).await, words);
        },
    )
    .await;
}

#[tokio::test]
async fn a_bridge_that_was_killed_while_it_was_put_up_stands_after_the_next_try_before_it_was_heard()
 {
    a_bridge_that_was_killed_while_it_was_put_up_stands_after_the_next_try(Cut::Before).await;
}

#[tokio::test]
async fn a_bridge_that_was_killed_while_it_was_put_up_stands_after_the_next_try_after_it_was_heard()
{
    a_bridge_that_was_killed_while_it_was_put_up_stands_after_the_next_try(Cut::After).await;
}

#[tokio::test]
async fn a_revert_that_was_killed_is_none_or_whole_before_it_was_heard() {
    a_revert_that_was_killed_is_none_or_whole(Cut::Before).await;
}

#[tokio::test]
async fn a_revert_that_was_killed_is_none_or_whole_after_it_was_heard() {
    a_revert_that_was_killed_is_none_or_whole(Cut::After).await;
}

#[tokio::test]
async fn a_finish_that_was_killed_is_none_or_whole_before_it_was_heard() {
    a_finish_that_was_killed_is_none_or_whole(Cut::Before).await;
}

#[tokio::test]
async fn a_finish_that_was_killed_is_none_or_whole_after_it_was_heard() {
    a_finish_that_was_killed_is_none_or_whole(Cut::After).await;
}

#[tokio::test]
async fn a_restore_that_was_killed_is_none_or_whole_before_it_was_heard() {
    a_restore_that_was_killed_is_none_or_whole(Cut::Before).await;
}

#[tokio::test]
async fn a_restore_that_was_killed_is_none_or_whole_after_it_was_heard() {
    a_restore_that_was_killed_is_none_or_whole(Cut::After).await;
}
