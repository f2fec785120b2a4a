//! Asking over HTTP in a bad network.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use test_support::{Answer, Person};

use crate::{
    dice::Dice,
    frame::{Card, Said, number, text},
    history::{Recorder, Request, Seen, What},
};

/// A device that asks.
#[derive(Clone, Debug)]
pub struct Asker {
    pub who: String,
    /// The same person at every node.
    pub people: Vec<Person>,
    pub recorder: Recorder,
}

impl Asker {
    pub fn person(&self, dice: &mut Dice) -> &Person {
        dice.pick(&self.people)
    }

    /// Asks once, and writes down everything but a success.
    pub async fn ask(
        &self,
        request: Request,
        conversation: Option<&str>,
        asked: RequestBuilder,
        within: Duration,
    ) -> Option<Answer> {
        let Ok(answer) = Answer::try_to(asked.timeout(within)).await else {
            self.note(What::Unanswered { request });
            return None;
        };
        if !matches!(answer.status, 200 | 201) {
            self.note(What::Answered {
                request,
                conversation: conversation.map(ToOwned::to_owned),
                status: answer.status,
                code: code(&answer),
            });
        }
        Some(answer)
    }

    /// Writes down that a message is stored. Returns its id.
    pub fn acknowledged(&self, conversation: &str, key: &str, answer: &Answer) -> String {
        let message = &answer.json["message"];
        let id = text(&message["id"]);
        self.note(What::Acknowledged {
            conversation: conversation.to_owned(),
            key: key.to_owned(),
            id: id.clone(),
            seq: number(&message["seq"]),
            is_new: answer.status == 201,
        });
        id
    }

    pub fn note(&self, what: What) {
        self.recorder.note(&self.who, what);
    }
}

/// The code of an error that has the form of errors.
fn code(answer: &Answer) -> Option<String> {
    let json = &answer.json;
    let is_whole = ["error", "message", "requestId"]
        .iter()
        .all(|field| json[field].is_string());
    let says_when = answer.status != 429 || answer.headers.contains_key("retry-after");
    let code = json["code"].as_str()?;
    (is_whole && says_when).then(|| code.to_owned())
}

/// The address of a conversation's part.
pub fn of(conversation: &str, part: &str) -> String {
    format!("/api/chat/conversations/{conversation}{part}")
}

/// A conversation as it is now, and what is unread; `None` when nobody answers.
pub async fn fetch(person: &Person, conversation: &str) -> Option<(Seen, i64)> {
    let card = get(person, &of(conversation, "")).await?;
    let card = Card::of(&card);
    let mut messages = Vec::new();
    let mut page = String::new();
    loop {
        let path = format!("/messages?limit=100&markRead=false{page}");
        let answer = get(person, &of(conversation, &path)).await?;
        messages.extend(answer["messages"].as_array()?.iter().cloned());
        match answer["nextCursor"].as_str() {
            Some(cursor) => page = format!("&before={cursor}"),
            None => break,
        }
    }
    messages.reverse();
    // What came after the first answer is told by events.
    messages.retain(|message| number(&message["seq"]) <= card.last_seq);
    let seen = Seen {
        rev: card.rev,
        messages: messages.iter().map(Said::of).collect(),
        marks: card.marks,
    };
    Some((seen, card.unread))
}

/// `None` when nobody answers, or not with a success.
pub async fn get(person: &Person, path: &str) -> Option<Value> {
    let request = person.request(Method::GET, path);
    let answer = Answer::try_to(request.timeout(Duration::from_secs(10))).await;
    let answer = answer.ok().filter(|answer| answer.status == 200)?;
    Some(answer.json)
}
