//! The conversation that is played in, and what a client does there.

use std::{
    fmt,
    sync::atomic::{AtomicU32, Ordering},
};

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    Seen, Tried,
    http::{Answer, Ask},
    must,
    target::Target,
};

/// Messages of a page, where the promise is not about pages.
const PAGE: i64 = 100;

#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) target: Target,
    pub(crate) conversation: String,
    pub(crate) limits: Value,
    sent: AtomicU32,
}

/// How far a client has come in the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) seq: i64,
    pub(crate) rev: i64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seq {} and rev {}", self.seq, self.rev)
    }
}

impl Session {
    /// Finds the conversation; the reason when there is none.
    pub(crate) async fn begin(target: Target) -> Tried<Self> {
        let limits = Ask::new(Method::GET, "/limits", &target.token);
        let limits = limits.patiently(&target).await?;
        must(limits.status == 200, || {
            format!("the token is not taken: GET /limits is a {}", limits.status)
        })?;
        let mut theirs = None;
        if let Some(other) = &target.other_token {
            theirs = Some(conversations(&target, other).await?);
        }
        let conversation = match &target.conversation {
            Some(id) => id.clone(),
            None => newest(&target, theirs.as_deref()).await?,
        };
        if theirs.is_some_and(|theirs| !theirs.contains(&conversation)) {
            let reason = format!("--other-token is of somebody who is not in {conversation}");
            return Err(Seen::skipped(reason));
        }
        Ok(Self {
            target,
            conversation,
            limits: limits.body,
            sent: AtomicU32::new(0),
        })
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> Ask {
        let path = format!("/conversations/{}{path}", self.conversation);
        Ask::new(method, path, &self.target.token)
    }

    /// The body of an answer that must have this status.
    pub(crate) async fn expect(&self, ask: &Ask, status: u16) -> Tried<Value> {
        let answer = ask.patiently(&self.target).await?;
        must(answer.status == status, || {
            let Ask { method, path, .. } = ask;
            let Answer { status, body, .. } = &answer;
            format!("{method} /api/chat{path} is a {status}: {body}")
        })?;
        Ok(answer.body)
    }

    pub(crate) async fn place(&self) -> Tried<Place> {
        let conversation = self.expect(&self.ask(Method::GET, ""), 200).await?;
        Ok(Place {
            seq: number(&conversation, "lastSeq")?,
            rev: number(&conversation, "rev")?,
        })
    }

    /// A message under a fresh `clientMessageId`.
    pub(crate) fn message(&self, text: &str) -> Ask {
        let number = self.sent.fetch_add(1, Ordering::Relaxed);
        let body = json!({
            "content": format!("Conformance check, please ignore: {text}"),
            "clientMessageId": format!("{}-{number}", self.target.run_id),
        });
        self.ask(Method::POST, "/messages").with(&body)
    }

    /// The message as the answer has it.
    pub(crate) async fn send(&self, text: &str) -> Tried<Value> {
        let mut sent = self.expect(&self.message(text), 201).await?;
        Ok(sent["message"].take())
    }

    /// All messages above `seq`, oldest first, by pages of `limit`, from the newest backwards.
    pub(crate) async fn history_above(&self, seq: i64, limit: i64) -> Tried<Vec<Value>> {
        let mut messages = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("/messages?markRead=false&limit={limit}{cursor}");
            let page = self.expect(&self.ask(Method::GET, &path), 200).await?;
            let newest_first = page["messages"].as_array().cloned().unwrap_or_default();
            for message in newest_first {
                if number(&message, "seq")? <= seq {
                    messages.reverse();
                    return Ok(messages);
                }
                messages.push(message);
            }
            let Some(next) = page["nextCursor"].as_str() else {
                messages.reverse();
                return Ok(messages);
            };
            cursor = format!("&before={next}");
        }
    }

    pub(crate) async fn history_since(&self, seq: i64) -> Tried<Vec<Value>> {
        self.history_above(seq, PAGE).await
    }

    pub(crate) fn since(&self, place: Place) -> Value {
        json!({ &*self.conversation: { "seq": place.seq, "rev": place.rev } })
    }

    /// The frames that are about this conversation.
    pub(crate) fn about<'a>(
        &'a self,
        frames: &'a [(String, Value)],
        kind: &'a str,
    ) -> impl Iterator<Item = &'a Value> {
        let ours = move |(of, payload): &&(String, Value)| {
            of == kind && payload["conversationId"] == *self.conversation
        };
        frames.iter().filter(ours).map(|(_, payload)| payload)
    }
}

/// The user's newest, where the other one sits too if there is one.
async fn newest(target: &Target, theirs: Option<&[String]>) -> Tried<String> {
    let own = conversations(target, &target.token).await?;
    let is_shared = |id: &&String| theirs.is_none_or(|theirs| theirs.contains(id));
    own.iter().find(is_shared).cloned().ok_or_else(|| {
        Seen::skipped(match theirs {
            Some(_) => "the two users share none of their newest conversations: open one",
            None => {
                "the user has no conversation: open one, or name one of theirs by --conversation"
            }
        })
    })
}

/// The newest in which they sit, at most 200.
async fn conversations(target: &Target, token: &str) -> Tried<Vec<String>> {
    let list = Ask::new(Method::GET, "/conversations?view=mine&limit=200", token);
    let list = list.patiently(target).await?;
    must(list.status == 200, || {
        format!("GET /conversations is a {}: {}", list.status, list.body)
    })?;
    let ids = list.body["conversations"].as_array().into_iter().flatten();
    let id = |conversation: &Value| conversation["id"].as_str().map(ToOwned::to_owned);
    Ok(ids.filter_map(id).collect())
}

pub(crate) fn number(value: &Value, name: &str) -> Tried<i64> {
    let missing = || Seen::broken(format!("no whole number {name} in {value}"));
    value[name].as_i64().ok_or_else(missing)
}
