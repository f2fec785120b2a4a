//! A long conversation, page by page, from both ends and from the middle.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool, query};
use test_support::Person;

use crate::{
    market::Market,
    talk::{Talk, id, number, of},
};

const ALL: i64 = 10_250;

async fn execute(sql: &PgPool, statement: String) {
    let done = query(AssertSqlSafe(statement)).execute(sql).await;
    done.expect("the statement is done");
}

/// Pages are tried here, so the messages are put there directly.
async fn fill(sql: &PgPool, conversation: &str) {
    execute(
        sql,
        format!(
            "insert into haggle.message_rows \
               (id, conversation_id, seq, sender_id, receiver_id, sender_type, message, created_at) \
             select gen_random_uuid()::varchar, '{conversation}', seq, 'anna', 'sofia', 'buyer', \
               'message ' || seq, now() - interval '1 second' * ({ALL} - seq) \
             from generate_series(1, {ALL}) as seq"
        ),
    )
    .await;
    execute(
        sql,
        format!(
            "update haggle.conversations set last_seq = {ALL}, rev = rev + {ALL}, buyer_read_seq = {ALL}, \
               last_message = 'message {ALL}', last_message_at = now() \
             where id = '{conversation}'"
        ),
    )
    .await;
}

async fn page(person: &Person, conversation: &str, query: &str) -> Value {
    let path = of(conversation, &format!("/messages?markRead=false{query}"));
    person.get(&path).await.expect(200)
}

/// `seq` and id of a page, newest first and without gaps.
fn entries(page: &Value) -> Vec<(i64, String)> {
    let messages = page["messages"].as_array().expect("a page");
    let entries: Vec<_> = messages
        .iter()
        .map(|m| (number(&m["seq"]), id(m)))
        .collect();
    for pair in entries.windows(2) {
        assert_eq!(pair[0].0, pair[1].0 + 1, "newest first, without gaps");
    }
    entries
}

/// Every message found, with how often.
type Found = BTreeMap<(i64, String), usize>;

fn count(found: &mut Found, entries: &[(i64, String)]) {
    for entry in entries {
        *found.entry(entry.clone()).or_default() += 1;
    }
}

#[track_caller]
fn expect_each_once(found: &Found) {
    let seqs: Vec<i64> = found.keys().map(|(seq, _)| *seq).collect();
    assert_eq!(seqs, (1..=ALL).collect::<Vec<_>>());
    assert!(found.values().all(|times| *times == 1));
}

async fn backwards(person: &Person, conversation: &str) -> Found {
    let (mut found, mut query) = (Found::new(), "&limit=100".to_owned());
    loop {
        let page = page(person, conversation, &query).await;
        let entries = entries(&page);
        count(&mut found, &entries);
        let oldest = entries.last().expect("no page is empty");
        assert_eq!(page["hasMore"], oldest.0 > 1);
        assert_eq!(page["hasNewer"], entries[0].0 < ALL);
        match page["nextCursor"].as_str() {
            Some(cursor) => query = format!("&limit=100&before={cursor}"),
            None => return found,
        }
        assert_eq!(page["nextCursor"], *oldest.1);
    }
}

async fn forwards(person: &Person, conversation: &str, first: (i64, String)) -> Found {
    let mut found = Found::from([(first.clone(), 1)]);
    let mut newest = first.1;
    loop {
        let page = page(person, conversation, &format!("&limit=100&after={newest}")).await;
        let entries = entries(&page);
        count(&mut found, &entries);
        if page["hasNewer"] == false {
            return found;
        }
        newest.clone_from(&entries[0].1);
    }
}

/// From the middle outwards: a page around one message, then on to both sides.
async fn outwards(person: &Person, conversation: &str, middle: &str) -> Found {
    let mut found = Found::new();
    let around = page(person, conversation, &format!("&limit=51&around={middle}")).await;
    let entries = entries(&around);
    assert_eq!(entries[25].1, middle, "half a page on each side");
    assert_eq!(
        (&around["hasMore"], &around["hasNewer"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    count(&mut found, &entries);
    let (mut newest, mut oldest) = (entries[0].1.clone(), entries[50].1.clone());
    loop {
        let newer = page(person, conversation, &format!("&limit=97&after={newest}")).await;
        let older = page(person, conversation, &format!("&limit=97&before={oldest}")).await;
        let (after, before) = (self::entries(&newer), self::entries(&older));
        count(&mut found, &after);
        count(&mut found, &before);
        if let Some(entry) = after.first() {
            newest.clone_from(&entry.1);
        }
        if let Some(entry) = before.last() {
            oldest.clone_from(&entry.1);
        }
        if after.is_empty() && before.is_empty() {
            return found;
        }
    }
}

#[tokio::test]
async fn ten_thousand_messages_page_both_ways_each_once_also_with_one_timestamp() {
    let market = Market::open().await;
    let conversation = market.steel().await;
    let sofia = market.person("sofia");
    let sql = market.sql().await;
    fill(&sql, &conversation).await;

    let all = backwards(&sofia, &conversation).await;
    expect_each_once(&all);
    let entries: Vec<_> = all.keys().cloned().collect();
    expect_each_once(&forwards(&sofia, &conversation, entries[0].clone()).await);
    expect_each_once(&outwards(&sofia, &conversation, &entries[4_000].1).await);

    // A migrated conversation may have one timestamp for everything.
    let one = "update haggle.message_rows set created_at = '2026-01-01 00:00:00+00'";
    execute(&sql, one.to_owned()).await;
    assert_eq!(backwards(&sofia, &conversation).await, all);
    assert_eq!(
        forwards(&sofia, &conversation, entries[0].clone()).await,
        all
    );
    assert_eq!(
        outwards(&sofia, &conversation, &entries[7_777].1).await,
        all
    );

    // None of it was read by looking.
    assert_eq!(sofia.unread().await, ALL);
}

#[tokio::test]
async fn pages_do_not_shift_while_people_write() {
    let market = Market::open().await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    for number in 0..30 {
        anna.say(&conversation, &format!("before {number}")).await;
    }
    let mut found = Found::new();
    let mut query = "&limit=7".to_owned();
    loop {
        let page = page(&sofia, &conversation, &query).await;
        count(&mut found, &entries(&page));
        anna.say(&conversation, "meanwhile").await;
        match page["nextCursor"].as_str() {
            Some(cursor) => query = format!("&limit=7&before={cursor}"),
            None => break,
        }
    }
    let seqs: Vec<i64> = found.keys().map(|(seq, _)| *seq).collect();
    assert_eq!(seqs, (1..=30).collect::<Vec<_>>());
    assert!(found.values().all(|times| *times == 1));
}
