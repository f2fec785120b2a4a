//! What must hold of every history, whatever the adversary did. Pure: the same history gives the
//! same violations.

mod answers;
mod barriers;
mod blame;
mod causes;
mod cluster;
mod deals;
mod marks;
mod rest;
mod sockets;
mod stored;
#[cfg(test)]
mod tests;
mod told;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use serde::{Deserialize, Serialize};

use crate::{
    history::{Event, History, Stored, What},
    people::PEOPLE,
};

/// A rule that was broken, and by what. Two violations are the same when both agree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Violation {
    pub rule: Rule,
    /// The conversation that it is about.
    pub conversation: Option<String>,
    /// The device, person or part of the cluster, where it is one.
    pub who: Option<String>,
    /// For people.
    pub what: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Rule {
    /// What was acknowledged is stored.
    Lost,
    /// One `clientMessageId` is one message and one answer.
    Doubled,
    /// Nothing is stored that nobody sent.
    Invented,
    /// `seq` is 1, 2, 3 ….
    Gap,
    /// `created_at` does not run backwards.
    Time,
    /// Everybody sees the same message under a `seq`.
    OneOrder,
    /// A socket hears of a message once.
    Repeated,
    /// After `ready` a client knows what was stored before it asked.
    Resume,
    /// At rest a screen shows what a fetch shows.
    ClientState,
    /// Everywhere the same is unread.
    Unread,
    /// Whoever was told that something is stored finds it.
    OwnWrites,
    /// One purpose is one conversation.
    OnePurpose,
    /// Whoever is here is online, and nobody else.
    Presence,
    /// Of offers that counter each other one is accepted at most, what was answered stays, and everybody is shown the same.
    Deal,
    /// Nothing new is stored behind a block or a close that was answered.
    Barrier,
    /// A webhook is told of everything that is stored, of each thing under one id, with the same bytes.
    Told,
    /// Nobody hears of what is not theirs, or does it.
    Outsider,
    /// Answers and close codes are those of the contract.
    Answer,
    /// Whoever is turned away or cut off meets what the adversary did.
    Blame,
    /// A server says of itself how it is.
    Health,
    /// A server runs until it is asked to end, and then ends well.
    Alive,
    /// A cluster that runs again answers again.
    Recovery,
    /// A server's memory is bounded.
    Memory,
}

/// Every violation of every rule, each once.
pub fn check(history: &History) -> Vec<Violation> {
    let mut found = Found {
        history,
        violations: BTreeSet::new(),
    };
    stored::check(&mut found);
    sockets::check(&mut found);
    answers::check(&mut found);
    rest::check(&mut found);
    cluster::check(&mut found);
    marks::check(&mut found);
    deals::check(&mut found);
    barriers::check(&mut found);
    told::check(&mut found);
    blame::check(&mut found);
    found.violations.into_iter().collect()
}

struct Found<'a> {
    history: &'a History,
    violations: BTreeSet<Violation>,
}

impl<'a> Found<'a> {
    fn events(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.history.events.iter()
    }

    fn conversations(&self) -> &'a BTreeMap<String, Stored> {
        &self.history.conversations
    }

    fn add(&mut self, rule: Rule, conversation: Option<&str>, who: Option<&str>, what: String) {
        self.violations.insert(Violation {
            rule,
            conversation: conversation.map(ToOwned::to_owned),
            who: who.map(ToOwned::to_owned),
            what,
        });
    }

    /// Whether this person may hear of the conversation at some time.
    fn may_hear(&self, person: &str, conversation: &str) -> bool {
        let Some(stored) = self.conversations().get(conversation) else {
            // Of an earlier round.
            return true;
        };
        let is_there = |there: &String| there == person;
        stored.participants.iter().any(is_there)
            || stored.admin.as_deref() == Some(person)
            || is_admin(person)
    }

    /// What is known to be stored, event by event: the highest `seq` of each conversation that
    /// anybody was told of.
    fn told(event: &Event) -> Option<(&str, i64)> {
        match &event.what {
            What::Acknowledged {
                conversation, seq, ..
            } => Some((conversation, *seq)),
            _ => None,
        }
    }
}

/// Administrators may look at everything, and come and go.
fn is_admin(person: &str) -> bool {
    PEOPLE
        .iter()
        .any(|role| role.id == person && role.is_admin())
}

impl Violation {
    /// Whether it is the same one in a shorter history.
    pub fn is_like(&self, other: &Self) -> bool {
        let is_same = |found: &Self| found.what == other.what || found.rule != Rule::Blame;
        (self.rule, &self.conversation, &self.who) == (other.rule, &other.conversation, &other.who)
            && is_same(self)
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.rule)?;
        if let Some(who) = &self.who {
            write!(f, " of {who}")?;
        }
        if let Some(conversation) = &self.conversation {
            write!(f, " in {conversation}")?;
        }
        write!(f, ": {}", self.what)
    }
}
