//! Somebody who looks at conversations through a socket, and comes back whenever it breaks.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use test_support::{Frame, Heard, PATIENCE, Person, Socket};

use crate::screen::{Fit, Seen};

/// Between two looks at the deadline.
const A_MOMENT: Duration = Duration::from_millis(250);

pub struct Reader {
    pub person: Person,
    pub seen: BTreeMap<String, Seen>,
    socket: Option<Socket>,
    /// What the parts of a resume name that are not answered yet.
    asked: VecDeque<BTreeSet<String>>,
    /// Whether every live event must be the one right behind the last.
    pub is_strict: bool,
    /// What to say when something is wrong.
    pub scene: String,
}

/// How a reader comes back.
#[derive(Clone, Copy, Debug)]
pub struct Return {
    /// Conversations that one part of the resume names.
    pub part: usize,
    /// Whether it says which `rev` it knows.
    pub with_rev: bool,
}

impl Return {
    pub const WHOLE: Self = Self {
        part: usize::MAX,
        with_rev: true,
    };
}

/// What one turn brought.
#[derive(Debug, PartialEq)]
pub enum Turn {
    Frame(Frame),
    /// The socket is gone.
    Lost,
    Nothing,
}

impl Reader {
    /// Knows what a fetch says; has no socket yet.
    pub async fn new(person: &Person, conversations: &[&str]) -> Self {
        let mut seen = BTreeMap::new();
        for id in conversations {
            seen.insert((*id).to_owned(), Seen::fetch(person, id).await);
        }
        Self {
            person: person.clone(),
            seen,
            socket: None,
            asked: VecDeque::new(),
            is_strict: false,
            scene: String::new(),
        }
    }

    /// Opens a socket and says what it saw last. `false`: there is no server.
    pub async fn come_back(&mut self, how: Return) -> bool {
        let token = self.person.token.clone().unwrap_or_default();
        self.asked.clear();
        self.socket = Socket::try_connect(&self.person.base, &token).await;
        if self.socket.is_none() {
            return false;
        }
        let ids: Vec<String> = self.seen.keys().cloned().collect();
        let first = ids.len().min(how.part);
        let first = self.ask_for(&ids[..first], how.with_rev);
        let asked = json!({"token": token, "since": first});
        self.say("authenticate", asked).await;
        if how.part < ids.len() {
            for part in ids[how.part..].chunks(how.part) {
                self.resume(part, how.with_rev).await;
            }
        }
        true
    }

    fn ask_for(&mut self, ids: &[String], with_rev: bool) -> Value {
        self.asked.push_back(ids.iter().cloned().collect());
        let since = ids
            .iter()
            .map(|id| (id.clone(), self.seen[id].since(with_rev)));
        Value::Object(since.collect())
    }

    async fn resume(&mut self, ids: &[String], with_rev: bool) {
        let since = self.ask_for(ids, with_rev);
        self.say("resume", json!({ "since": since })).await;
    }

    async fn say(&mut self, kind: &str, payload: Value) {
        if let Some(socket) = &mut self.socket {
            socket.send(kind, payload).await;
        }
    }

    pub fn is_ready(&self) -> bool {
        self.socket.is_some() && self.asked.is_empty()
    }

    pub fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// The connection breaks: reset, or closed without a word.
    pub fn cut(&mut self, rudely: bool) {
        match self.socket.take() {
            Some(socket) if rudely => socket.cut(),
            _ => {}
        }
    }

    /// Hears one frame and takes it in.
    pub async fn turn(&mut self, within: Duration) -> Turn {
        let Some(socket) = &mut self.socket else {
            return Turn::Lost;
        };
        match socket.hear(within).await {
            Heard::Nothing => Turn::Nothing,
            Heard::Closed(code) => {
                let scene = &self.scene;
                assert!([1001, 1006].contains(&code), "{scene}: closed with {code}");
                self.socket = None;
                Turn::Lost
            }
            Heard::Frame(frame) => {
                self.take_in(&frame).await;
                Turn::Frame(frame)
            }
        }
    }

    async fn take_in(&mut self, frame: &Frame) {
        match &*frame.kind {
            "ready" => {
                let answered = self.asked.pop_front();
                assert!(answered.is_some(), "{}: ready, unasked", self.scene);
            }
            "message" | "message_updated" | "read" | "conversation_updated" => {
                self.take_in_change(frame).await;
            }
            "authenticated" | "notification" | "online_status" | "typing" | "pong" => {}
            other => panic!("{}: did not expect {other}: {}", self.scene, frame.payload),
        }
    }

    async fn take_in_change(&mut self, frame: &Frame) {
        let id = frame.payload["conversationId"].as_str().expect("an id");
        let Some(seen) = self.seen.get_mut(id) else {
            return;
        };
        let before = seen.rev;
        let fit = seen.hear(frame);
        // What a resume that is under way skips, it tells.
        if self.asked.iter().any(|part| part.contains(id)) {
            return;
        }
        let scene = &self.scene;
        if self.is_strict {
            assert_eq!(fit, Fit::Next, "{scene}: at rev {before} heard {frame:?}");
        } else if fit == Fit::Gap {
            self.resume(&[id.to_owned()], true).await;
        }
    }

    /// Hears until everything missed has been said.
    pub async fn until_ready(&mut self) {
        let deadline = Instant::now() + PATIENCE;
        while !self.is_ready() {
            assert!(Instant::now() < deadline, "{}: never ready", self.scene);
            let turn = self.turn(A_MOMENT).await;
            assert_ne!(
                turn,
                Turn::Lost,
                "{}: cut off before it was ready",
                self.scene
            );
        }
    }

    /// Follows events, also over a broken connection, until it has seen everything up to these.
    pub async fn until_it_sees(&mut self, fresh: &BTreeMap<String, Seen>) {
        let deadline = Instant::now() + PATIENCE;
        let behind = |seen: &BTreeMap<String, Seen>| {
            fresh.iter().any(|(id, fresh)| seen[id].rev < fresh.rev)
        };
        while behind(&self.seen) || !self.is_ready() {
            assert!(
                Instant::now() < deadline,
                "{}: never saw {fresh:#?}",
                self.scene
            );
            self.follow().await;
        }
    }

    /// One turn; a socket that is gone is opened again.
    pub async fn follow(&mut self) {
        if self.turn(A_MOMENT).await == Turn::Lost && !self.come_back(Return::WHOLE).await {
            tokio::task::yield_now().await;
        }
    }

    /// Whatever was on its way has arrived, and was nothing but news about who is online.
    pub async fn expect_no_news(&mut self) {
        self.say("ping", json!({})).await;
        loop {
            match self.turn(PATIENCE).await {
                Turn::Frame(frame) if frame.kind == "pong" => return,
                Turn::Frame(frame) if ["online_status", "typing"].contains(&&*frame.kind) => {}
                other => panic!("{}: instead of silence {other:?}", self.scene),
            }
        }
    }

    /// What a fetch says now, of the same conversations.
    pub async fn fetch(&self) -> BTreeMap<String, Seen> {
        let mut fresh = BTreeMap::new();
        for id in self.seen.keys() {
            fresh.insert(id.clone(), Seen::fetch(&self.person, id).await);
        }
        fresh
    }

    /// The same as a fetch, or a failure that names the first difference.
    pub fn expect(&self, fresh: &BTreeMap<String, Seen>) {
        for (id, fresh) in fresh {
            let seen = &self.seen[id];
            assert!(
                seen == fresh,
                "{}: {} differs\nseen  {seen:#?}\nfresh {fresh:#?}",
                self.scene,
                id
            );
        }
    }
}
