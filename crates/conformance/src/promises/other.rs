//! What somebody else in the conversation hears.

use serde_json::{Value, json};
use tokio::time::{Duration, Instant};

use crate::{
    Seen, Tried, must,
    session::{Session, number},
    socket::{Heard, Socket},
};

pub(super) const HEARS: &str =
    "The other side hears a message, and the sender hears that it was read";
pub(super) const TYPING: &str =
    "Typing is heard by the others alone, and ends by itself within 6 s";

pub(super) async fn hears(session: &Session) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let (mut other, _) = Socket::resume(target, other(session)?, None).await?;
    let (mut own, _) = Socket::resume(target, token, None).await?;
    let message = session.send("to be read").await?;
    let until = Instant::now() + Duration::from_secs(10);
    wait(session, &mut other, until, "message", |payload| {
        payload["message"]["id"] == message["id"]
    })
    .await?;
    let seq = number(&message, "seq")?;
    let mark = json!({"conversationId": session.conversation, "upTo": message["id"]});
    other.say("read", &mark).await;
    let until = Instant::now() + Duration::from_secs(10);
    wait(session, &mut own, until, "read", |payload| {
        payload["lastReadSeq"].as_i64() >= Some(seq)
    })
    .await
}

pub(super) async fn typing(session: &Session) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let (mut other, _) = Socket::resume(target, other(session)?, None).await?;
    let (mut own, _) = Socket::resume(target, token, None).await?;
    own.say("typing", &json!({"conversationId": session.conversation}))
        .await;
    let until = Instant::now() + Duration::from_secs(5);
    let is = |typing: bool| move |payload: &Value| payload["isTyping"] == typing;
    wait(session, &mut other, until, "typing", is(true)).await?;
    let until = Instant::now() + Duration::from_secs(7);
    wait(session, &mut other, until, "typing", is(false)).await?;
    let frames = own.frames_so_far().await?;
    must(session.about(&frames, "typing").next().is_none(), || {
        "the typer's own socket heard of it".to_owned()
    })
}

fn other(session: &Session) -> Tried<&str> {
    let other = session.target.other_token.as_deref();
    other.ok_or_else(|| Seen::skipped("no --other-token of somebody in the same conversation"))
}

async fn wait(
    session: &Session,
    socket: &mut Socket,
    until: Instant,
    wanted: &str,
    is_it: impl Fn(&Value) -> bool,
) -> Tried {
    loop {
        match socket.hear(until).await? {
            Heard::Frame { kind, payload } if kind == wanted => {
                if payload["conversationId"] == *session.conversation && is_it(&payload) {
                    return Ok(());
                }
            }
            Heard::Frame { .. } => {}
            Heard::Closed(code) => return Err(Seen::broken(format!("closed with {code}"))),
            Heard::Nothing => return Err(Seen::broken(format!("no {wanted} came in time"))),
        }
    }
}
