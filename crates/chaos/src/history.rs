//! What everybody saw, in the order in which they saw it, and what is stored in the end.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use serde::{Deserialize, Serialize};

use crate::{
    frame::{Frame, Said},
    plan::{Fault, Target},
};

/// A round from its beginning to its end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Who may hear of what, by the conversation's id.
    pub conversations: BTreeMap<String, Stored>,
    /// Who shares a conversation of this or an earlier round with whom, at rest.
    #[serde(default)]
    pub companions: BTreeSet<(String, String)>,
    pub events: Vec<Event>,
    /// The most that one server may have in memory, in KiB; 0 is no bound.
    pub memory_bound_kib: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Milliseconds since the beginning, for readers; the order of the events is what counts.
    pub at: u64,
    /// A device (`anna/1`), or a part of the cluster (`node 2`).
    pub who: String,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum What {
    /// An attempt to send begins.
    Sends {
        conversation: String,
        key: String,
    },
    /// The server said that it is stored.
    Acknowledged {
        conversation: String,
        key: String,
        id: String,
        seq: i64,
        is_new: bool,
    },
    /// Any other answer of an HTTP request.
    Answered {
        request: Request,
        conversation: Option<String>,
        status: u16,
        /// `None` when an error has not the form of errors.
        code: Option<String>,
    },
    /// No answer; nobody knows whether it was done.
    Unanswered {
        request: Request,
        node: usize,
        how: How,
        /// Of a message.
        key: Option<String>,
    },
    /// An attempt to mark as read begins: up to a message of one's own, or everything.
    Marks {
        conversation: String,
        up_to: Option<i64>,
    },
    /// The server said that it is marked.
    Marked {
        conversation: String,
    },
    /// An attempt begins to shut the other side out, or everybody.
    Bars {
        conversation: String,
        barrier: Barrier,
    },
    /// The server said that it is so.
    Barred {
        conversation: String,
        barrier: Barrier,
    },
    /// An attempt to end it begins.
    Frees {
        conversation: String,
        barrier: Barrier,
    },
    /// The server said that it is over.
    Freed {
        conversation: String,
        barrier: Barrier,
    },
    /// The server said that this became of an offer.
    Concludes {
        conversation: String,
        offer: String,
        state: String,
    },
    /// At rest: offers that counter each other, and what became of each, as this person is shown them.
    Trades {
        conversation: String,
        offers: BTreeMap<String, String>,
    },
    /// A webhook brought this, under an id.
    Told {
        conversation: String,
        id: String,
        event: String,
        rev: i64,
        /// Of the message or the offer, where it is one.
        about: String,
        /// Stands for its bytes.
        body: String,
    },
    /// At rest: how much a webhook is still to be told.
    Untold {
        waiting: i64,
    },
    /// Nobody could be made to answer although everything runs again.
    Starves {
        request: Request,
    },
    /// A conversation was opened, or found.
    Opens {
        purpose: String,
        conversation: String,
    },
    /// A fetch begins, and what it said then.
    Asks {
        conversation: String,
    },
    Finds {
        conversation: String,
        seq: i64,
    },
    /// A socket is opened, saying what it saw last.
    Connects {
        /// The number of the node.
        node: usize,
        since: BTreeMap<String, Since>,
    },
    /// A further part, on an open socket.
    Resumes {
        since: BTreeMap<String, Since>,
    },
    Hears(Frame),
    /// The socket ended: by the server with this code, 1006 when cut off; 0 by ourselves.
    Loses {
        code: u16,
    },
    /// After a `reset`: everything as a fetch says it.
    Refetches {
        conversation: String,
        seen: Seen,
    },
    /// At rest: what a fetch says to this person.
    Fetches {
        conversation: String,
        seen: Seen,
        unread: i64,
    },
    /// At rest: what a list says to this person.
    Lists {
        conversation: String,
        seq: i64,
        rev: i64,
        unread: i64,
    },
    /// At rest: what is unread over all conversations of the round.
    Counts {
        unread: i64,
    },
    /// At rest: whether this person is said to be online, and whether they are.
    Status {
        user: String,
        says: bool,
        is: bool,
    },
    /// What was done to a part of the cluster, and undone.
    Suffers {
        target: Target,
        fault: Fault,
    },
    Recovers {
        target: Target,
        fault: Fault,
    },
    /// No process of PostgreSQL runs any more, and somebody is about to start it.
    Gone,
    Returns,
    /// What a server says of itself, and when it was asked.
    Probes {
        path: Probe,
        status: u16,
        asked_at: u64,
    },
    /// A server ended that nobody had asked to.
    Exits {
        status: String,
        said: String,
    },
    /// A server panicked.
    Panics {
        said: String,
    },
    /// A server was asked to end, and did.
    Drains {
        code: Option<i32>,
    },
    /// What a server has in memory.
    Measures {
        resident_kib: u64,
    },
}

/// What became of a request without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum How {
    /// There was no connection.
    Refused,
    /// The client did not wait any longer.
    Late,
    /// The connection ended.
    Cut,
}

/// Who may not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Barrier {
    /// The other side of whoever it is.
    Block,
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Probe {
    Health,
    Ready,
}

/// What was asked over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Request {
    Open,
    Send,
    Read,
    Look,
    List,
    Count,
    Join,
    Leave,
    /// Of a message: a correction, one that takes it back, a reaction.
    Change,
    /// Of an offer: one that makes or answers it.
    Trade,
    /// What somebody sets for themselves.
    Settle,
    /// Blocking and closing, and their ends.
    Bar,
    /// Of a conversation that is not theirs.
    Intrude,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Since {
    pub seq: i64,
    pub rev: i64,
}

/// A conversation as somebody sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    pub rev: i64,
    /// The first has `seq` 1, the next 2 and so on.
    pub messages: Vec<Said>,
    /// Everybody who sits there, and up to which `seq` they have read.
    pub marks: BTreeMap<String, i64>,
}

/// A conversation as SQL finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stored {
    pub purpose: String,
    /// The buyer and the supplier; whoever may always hear of it.
    pub participants: Vec<String>,
    pub admin: Option<String>,
    pub last_seq: i64,
    pub rev: i64,
    pub marks: BTreeMap<String, i64>,
    /// The columns `unread_count_*`.
    pub unread: BTreeMap<String, i64>,
    /// By `seq`.
    pub messages: Vec<Row>,
    /// Who is not to be reminded of it.
    #[serde(default)]
    pub muted: BTreeSet<String>,
    /// In the order of their making.
    #[serde(default)]
    pub offers: Vec<Deal>,
}

/// An offer as SQL finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deal {
    pub id: String,
    /// Those that counter each other have one.
    pub chain: String,
    pub state: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub seq: i64,
    pub said: Said,
    pub key: String,
    pub created_micros: i64,
}

/// Where everybody writes down what they see.
#[derive(Clone, Debug)]
pub struct Recorder {
    start: Instant,
    events: Arc<Mutex<Vec<Event>>>,
}

impl Recorder {
    pub fn new() -> Self {
        let start = Instant::now();
        Self {
            start,
            events: Arc::default(),
        }
    }

    /// Milliseconds since the beginning.
    pub fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub fn note(&self, who: &str, what: What) {
        let who = who.to_owned();
        let mut events = self.events.lock().unwrap_or_else(PoisonError::into_inner);
        let at = self.now();
        events.push(Event { at, who, what });
    }

    /// Everything so far; it begins anew.
    pub fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for Recorder {
    fn default() -> Self {
        Self::new()
    }
}

impl Event {
    /// The person whose device it is.
    pub fn person(&self) -> &str {
        self.who
            .split_once('/')
            .map_or(&self.who, |(person, _)| person)
    }
}
