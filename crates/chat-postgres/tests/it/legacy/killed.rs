//! A copy that is killed at any statement, and goes on.

use chat_postgres::{Mapping, PgOptions, legacy_copy::move_old_chat, migrate};
use test_support::{
    Cut, CutConnection,
    old_chat::{Dirt, MARKETPLACE, fill, tables},
};

use super::dirty_market::{DirtyMarket, asked, prepared};

/// More statements than a copy takes.
const MANY: usize = 2_000;
/// Tests that share them: each has its minutes.
const PARTS: usize = 3;
const DIRT: Dirt = Dirt {
    seed: 11,
    conversations: 12,
    messages: 40,
};

/// With an old chat of shape C, and an empty schema beside it.
async fn before() -> DirtyMarket {
    DirtyMarket::like("dirty_c_migrated", "C", async |url| {
        let statements = [MARKETPLACE, &tables("C"), &fill("C", DIRT).join(";\n")];
        prepared(url, &statements).await;
        migrate(&PgOptions::new(url), &Mapping::default())
            .await
            .unwrap();
    })
    .await
}

/// Every third statement from this one on.
async fn killed(cut: Cut, first: usize) {
    let mapping = Mapping::default();
    for statement in (first..MANY).step_by(PARTS) {
        let market = before().await;
        let way = CutConnection::at(market.database.url(), statement, cut).await;
        let options = PgOptions::new(way.url());
        let is_done = move_old_chat(&options, &asked(&mapping, None))
            .await
            .is_ok();
        let seen = way.seen();
        drop(way);
        if !is_done {
            let again = move_old_chat(&market.options(), &asked(&mapping, None)).await;
            let again = again.unwrap_or_else(|error| panic!("{cut:?} {statement}: {error}"));
            assert!(again.is_some());
        }
        let wrong = market.wrong().await;
        assert_eq!(wrong, Vec::<String>::new(), "{cut:?} {statement}");
        let bridge = "
            select concat_ws(' ',
              count(*) filter (where tgname like 'haggle_noted%'), count(*) filter (where tgname like 'legacy_%'))
            from pg_trigger";
        assert_eq!(market.text(bridge).await, "8 4", "{cut:?} {statement}");
        if seen < statement {
            assert!(statement > 20, "it does something");
            return;
        }
    }
}

#[tokio::test]
async fn a_copy_that_was_killed_before_a_statement_is_whole_after_the_next_run_1() {
    killed(Cut::Before, 1).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_before_a_statement_is_whole_after_the_next_run_2() {
    killed(Cut::Before, 2).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_before_a_statement_is_whole_after_the_next_run_3() {
    killed(Cut::Before, 3).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_after_a_statement_is_whole_after_the_next_run_1() {
    killed(Cut::After, 1).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_after_a_statement_is_whole_after_the_next_run_2() {
    killed(Cut::After, 2).await;
}

#[tokio::test]
async fn a_copy_that_was_killed_after_a_statement_is_whole_after_the_next_run_3() {
    killed(Cut::After, 3).await;
}
