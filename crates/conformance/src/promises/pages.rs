//! Pages and read marks.

use hyper::Method;
use serde_json::{Value, json};

use super::order::gapless;
use crate::{
    Seen, Tried, must,
    session::{Session, number},
};

pub(super) const PAGES: &str =
    "Pages meet: back by before and on by after, each message comes once";
pub(super) const MARKS: &str = "A read mark only moves forward, and unread is what is behind it";

/// Newest messages that are paged through, and in pages of how many.
const MESSAGES: i64 = 60;
const PAGE: i64 = 7;

pub(super) async fn pages(session: &Session) -> Tried {
    let last = session.place().await?.seq;
    let first = (last - MESSAGES).max(0);
    let back = session.history_above(first, PAGE).await?;
    gapless(first, &back)?;
    let Some(oldest) = back.first() else {
        return Err(Seen::skipped("the conversation has no messages"));
    };
    let mut on = vec![oldest.clone()];
    while let Some(id) = on.last().and_then(|message| message["id"].as_str()) {
        let path = format!("/messages?markRead=false&limit={PAGE}&after={id}");
        let page = session
            .expect(&session.ask(Method::GET, &path), 200)
            .await?;
        let mut newer = page["messages"].as_array().cloned().unwrap_or_default();
        newer.reverse();
        let is_end = newer.is_empty() || page["hasNewer"] == Value::Bool(false);
        on.extend(newer);
        if is_end {
            break;
        }
    }
    gapless(first, &on)?;
    let ids = |messages: &[Value]| {
        messages
            .iter()
            .map(|one| one["id"].clone())
            .collect::<Vec<_>>()
    };
    let on = ids(&on);
    must(on.starts_with(&ids(&back)), || {
        "after and before do not give the same messages".to_owned()
    })
}

pub(super) async fn marks(session: &Session) -> Tried {
    let last = session.place().await?.seq;
    let newest_two = session.history_since((last - 2).max(0)).await?;
    let [older, newer, ..] = newest_two.as_slice() else {
        return Err(Seen::skipped(
            "the conversation has fewer than two messages",
        ));
    };
    read(session, newer).await?;
    let before = own_mark(session).await?;
    must(before >= number(newer, "seq")?, || {
        format!("the mark is at {before}")
    })?;
    read(session, older).await?;
    let after = own_mark(session).await?;
    must(after >= before, || {
        format!("the mark went from {before} back to {after}")
    })?;
    let conversation = session.expect(&session.ask(Method::GET, ""), 200).await?;
    let (last, mark) = (
        number(&conversation, "lastSeq")?,
        number(&conversation, "lastReadSeq")?,
    );
    let unread = number(&conversation, "unreadCount")?;
    must(unread == last - mark, || {
        format!("unreadCount is {unread}, lastSeq {last}, lastReadSeq {mark}")
    })
}

async fn read(session: &Session, message: &Value) -> Tried {
    let ask = session
        .ask(Method::PATCH, "/read")
        .with(&json!({"upTo": message["id"]}));
    let answer = session.expect(&ask, 200).await?;
    must(answer["success"] == Value::Bool(true), || {
        format!("PATCH read says {answer}")
    })
}

async fn own_mark(session: &Session) -> Tried<i64> {
    let conversation = session.expect(&session.ask(Method::GET, ""), 200).await?;
    number(&conversation, "lastReadSeq")
}
