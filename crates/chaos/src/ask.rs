//! Asking over HTTP in a bad network.

use std::time::Duration;

use reqwest::{Method, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use test_support::{Answer, Person};
use wire::{Conversation, MessagePage, Problem, SentMessage, read_strictly};

use crate::{
    frame::{Card, Said},
    history::{How, Recorder, Request, Seen, What},
    rng::Rng,
};

/// A device that asks.
#[derive(Clone, Debug)]
pub struct Asker {
    pub who: String,
    /// The same person at this node and those after it.
    pub people: Vec<Person>,
    pub first_node: usize,
    pub recorder: Recorder,
}

impl Asker {
    pub fn person(&self, rng: &mut Rng) -> &Person {
        rng.pick(&self.people)
    }

    /// Asks once, and writes down everything but a success.
    pub async fn ask(
        &self,
        about: About<'_>,
        asked: RequestBuilder,
        within: Duration,
    ) -> Option<Answer> {
        let About {
            request,
            conversation,
            key,
        } = about;
        let answer = match Answer::try_to(asked.timeout(within)).await {
            Ok(answer) => answer,
            Err(error) => {
                self.note(What::Unanswered {
                    request,
                    node: self.node(&error),
                    how: how(&error),
                    key: key.map(ToOwned::to_owned),
                });
                return None;
            }
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

    /// Writes down that a message is stored. Returns its id and `seq`.
    pub fn acknowledged(&self, conversation: &str, key: &str, answer: &Answer) -> (String, i64) {
        let SentMessage { message } = shape(&answer.json);
        let (id, seq) = (message.id.to_string(), message.seq);
        self.note(What::Acknowledged {
            conversation: conversation.to_owned(),
            key: key.to_owned(),
            id: id.clone(),
            seq,
            is_new: answer.status == 201,
        });
        (id, seq)
    }

    /// Whom the request was for.
    fn node(&self, error: &reqwest::Error) -> usize {
        let port = error.url().and_then(reqwest::Url::port);
        let is_it = |person: &Person| {
            let asked = port.map(|port| format!(":{port}"));
            asked.is_some_and(|port| person.base.ends_with(&port))
        };
        self.first_node + self.people.iter().position(is_it).unwrap_or_default()
    }

    pub fn note(&self, what: What) {
        self.recorder.note(&self.who, what);
    }
}

/// What a request is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    pub request: Request,
    pub conversation: Option<&'a str>,
    /// Of a message.
    pub key: Option<&'a str>,
}

impl<'a> About<'a> {
    pub fn new(request: Request, conversation: Option<&'a str>) -> Self {
        Self {
            request,
            conversation,
            key: None,
        }
    }

    pub fn message(conversation: &'a str, key: &'a str) -> Self {
        Self {
            key: Some(key),
            ..Self::new(Request::Send, Some(conversation))
        }
    }
}

fn how(error: &reqwest::Error) -> How {
    if error.is_connect() {
        How::Refused
    } else if error.is_timeout() {
        How::Late
    } else {
        How::Cut
    }
}

/// The code of an error that has the form of errors.
fn code(answer: &Answer) -> Option<String> {
    let problem: Problem = read_strictly(&answer.json).ok()?;
    let says_when = answer.status != 429 || answer.headers.contains_key("retry-after");
    says_when.then(|| problem.code.to_string())
}

/// The address of a conversation's part.
pub fn of(conversation: &str, part: &str) -> String {
    format!("/api/chat/conversations/{conversation}{part}")
}

/// A conversation as it is now, and what is unread; `None` when nobody answers.
pub async fn fetch(person: &Person, conversation: &str) -> Option<(Seen, i64)> {
    let card: Conversation = get(person, &of(conversation, "")).await?;
    let card = Card::from(&card);
    let mut messages = Vec::new();
    let mut page = String::new();
    loop {
        let path = format!("/messages?limit=100&markRead=false{page}");
        let answer: MessagePage = get(person, &of(conversation, &path)).await?;
        messages.extend(answer.messages);
        match answer.next_cursor {
            Some(cursor) => page = format!("&before={cursor}"),
            None => break,
        }
    }
    messages.reverse();
    // What came after the first answer is told by events.
    messages.retain(|message| message.seq <= card.last_seq);
    let seen = Seen {
        rev: card.rev,
        messages: messages.iter().map(Said::from).collect(),
        marks: card.marks,
    };
    Some((seen, card.unread))
}

/// `None` when nobody answers, or not with a success.
pub async fn get<T: Serialize + DeserializeOwned>(person: &Person, path: &str) -> Option<T> {
    let request = person.request(Method::GET, path);
    let answer = Answer::try_to(request.timeout(Duration::from_secs(10))).await;
    let answer = answer.ok().filter(|answer| answer.status == 200)?;
    Some(shape(&answer.json))
}

/// An answer by its shape, known whole.
pub fn shape<T: Serialize + DeserializeOwned>(json: &Value) -> T {
    read_strictly(json).unwrap_or_else(|error| panic!("an answer has not its shape: {error}"))
}
