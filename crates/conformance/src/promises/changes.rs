//! Messages that change after they were sent.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    Seen, Tried, must,
    session::{Place, Session, number},
    socket::Socket,
};

pub(super) const CHANGES: &str =
    "A message that is corrected, reacted to or taken back is heard at once, and after a cut";

pub(super) async fn changes(session: &Session) -> Tried {
    if session.limits["editMinutes"].as_i64().unwrap_or(0) == 0
        || session.limits["retractMinutes"].as_i64().unwrap_or(0) == 0
    {
        return Err(Seen::skipped(
            "this server does not let people correct or take back",
        ));
    }
    let (target, token) = (&session.target, &session.target.token);
    let message = session.send("to be corrected").await?;
    let id = message["id"].as_str().unwrap_or_default();
    let seq = number(&message, "seq")?;
    let before = session.place().await?;
    let (mut listener, _) = Socket::resume(target, token, Some(session.since(before))).await?;

    let corrected = json!({"content": "Conformance check, please ignore: corrected"});
    let path = format!("/messages/{id}");
    session
        .expect(&session.ask(Method::PATCH, &path).with(&corrected), 200)
        .await?;
    let reaction = format!("{path}/reactions/%F0%9F%91%8D");
    session
        .expect(&session.ask(Method::PUT, &reaction), 200)
        .await?;
    // The same again changes nothing.
    session
        .expect(&session.ask(Method::PUT, &reaction), 200)
        .await?;
    let frames = listener.frames_so_far().await?;
    let heard = newest(session, &frames, id)?;
    must(
        heard["message"] == corrected["content"] && heard["editedAt"].is_string(),
        || format!("after a correction the socket heard {heard}"),
    )?;
    must(heard["reactions"][0]["emoji"] == "👍", || {
        format!("after a reaction the socket heard {heard}")
    })?;

    drop(listener);
    session
        .expect(&session.ask(Method::DELETE, &path).with(&json!({})), 200)
        .await?;
    let known = Place {
        seq: before.seq.max(seq),
        ..before
    };
    let (_, missed) = Socket::resume(target, token, Some(session.since(known))).await?;
    let heard = newest(session, &missed, id)?;
    must(
        heard["message"] == "" && heard["deletedAt"].is_string() && heard["seq"] == seq,
        || format!("after a cut, of a message that was taken back, came {heard}"),
    )
}

fn newest(session: &Session, frames: &[(String, Value)], id: &str) -> Tried<Value> {
    let updates = session.about(frames, "message_updated");
    let newest = updates.filter(|frame| frame["message"]["id"] == id).last();
    let newest = newest.map(|frame| frame["message"].clone());
    newest.ok_or_else(|| Seen::broken("no message_updated came"))
}
