//! One message for one id, and one order for everybody.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::Value;

use crate::{
    Tried, must,
    session::{Session, number},
    socket::Socket,
};

pub(super) const ONCE: &str = "One clientMessageId sent ten times in parallel is one message";
pub(super) const RACE: &str =
    "Messages sent at the same time have one order: every socket's, and that of a fetch";

const TIMES: usize = 10;
const SENDERS: usize = 3;

pub(super) async fn once(session: &Session) -> Tried {
    let before = session.place().await?;
    let message = session.message("once");
    let answers = join_all((0..TIMES).map(|_| message.patiently(&session.target))).await;
    let mut ids = BTreeSet::new();
    let mut created = 0;
    for answer in answers {
        let answer = answer?;
        must(matches!(answer.status, 200 | 201), || {
            format!("a retry is a {}: {}", answer.status, answer.body)
        })?;
        created += usize::from(answer.status == 201);
        ids.insert(answer.body["message"]["id"].to_string());
    }
    must(created == 1 && ids.len() == 1, || {
        format!("{created} answers of 201, {} ids", ids.len())
    })?;
    let stored = session.history_since(before.seq).await?;
    let copies = stored
        .iter()
        .filter(|message| ids.contains(&message["id"].to_string()));
    let copies = copies.count();
    must(copies == 1, || format!("the history has it {copies} times"))
}

pub(super) async fn race(session: &Session) -> Tried {
    let (target, token) = (&session.target, &session.target.token);
    let (mut first, _) = Socket::resume(target, token, None).await?;
    let (mut second, _) = Socket::resume(target, token, None).await?;
    let before = session.place().await?;
    let texts: Vec<String> = (1..=SENDERS)
        .map(|number| format!("race {number}"))
        .collect();
    let sent = join_all(texts.iter().map(|text| session.send(text))).await;
    let sent = sent.into_iter().collect::<Tried<Vec<Value>>>()?;

    let stored = session.history_since(before.seq).await?;
    gapless(before.seq, &stored)?;
    for message in &sent {
        let is_there = stored
            .iter()
            .any(|one| one["id"] == message["id"] && one["seq"] == message["seq"]);
        must(is_there, || {
            format!("acknowledged and not in the history: {message}")
        })?;
    }
    for socket in [&mut first, &mut second] {
        let frames = socket.frames_so_far().await?;
        let heard: Vec<&Value> = session
            .about(&frames, "message")
            .map(|frame| &frame["message"])
            .collect();
        let heard: Vec<&Value> = heard
            .into_iter()
            .filter(|one| one["seq"].as_i64() > Some(before.seq))
            .collect();
        for (heard, stored) in heard.iter().zip(&stored) {
            must(heard["id"] == stored["id"], || {
                format!(
                    "a socket heard seq {} where the history has {}",
                    heard["seq"], stored["seq"]
                )
            })?;
        }
        must(heard.len() >= sent.len(), || {
            format!(
                "a socket heard {} of {} messages before its pong",
                heard.len(),
                sent.len()
            )
        })?;
    }
    Ok(())
}

/// `seq` counts on from this one, without a gap.
pub(super) fn gapless(above: i64, messages: &[Value]) -> Tried {
    for (message, expected) in messages.iter().zip(above + 1..) {
        let seq = number(message, "seq")?;
        must(seq == expected, || {
            format!("seq {seq} where {expected} comes next")
        })?;
    }
    Ok(())
}
