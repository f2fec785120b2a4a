//! What sockets were told, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule, is_admin};
use crate::{
    client_state::Fit,
    frame::Frame,
    history::{Event, Seen, Since, What},
};

/// Close codes that a client which follows the contract may meet here: a drain, a cut, slowness.
const CODES: &[u16] = &[0, 1001, 1005, 1006, 4408, 4409];

/// What a device shows, and what it waits for.
#[derive(Default)]
struct Device<'a> {
    seen: BTreeMap<&'a str, Seen>,
    /// The parts of a resume that are not answered: what was known to be stored when they were
    /// asked for.
    asked: Vec<BTreeMap<&'a str, Known<'a>>>,
    /// What this socket was told of, since the last resume.
    told: BTreeMap<&'a str, BTreeSet<i64>>,
    /// Whether there is a socket.
    is_open: bool,
    /// Who is online, as this socket was told last.
    online: BTreeMap<&'a str, bool>,
}

/// What anybody was told is stored of a conversation: the highest `seq`, and who has sent up to
/// where, and so has read up to there.
#[derive(Clone, Default)]
struct Known<'a> {
    seq: i64,
    marks: BTreeMap<&'a str, i64>,
}

/// Replays every device.
pub(super) fn check(found: &mut Found) {
    let mut devices: BTreeMap<&str, Device> = BTreeMap::new();
    let mut stored: BTreeMap<&str, Known> = BTreeMap::new();
    for event in found.events() {
        if let Some((conversation, seq)) = Found::told(event) {
            let known = stored.entry(conversation).or_default();
            known.seq = seq.max(known.seq);
            // Administrators come and go, and their marks with them.
            if !is_admin(event.person()) {
                let mark = known.marks.entry(event.person()).or_default();
                *mark = seq.max(*mark);
            }
        }
        let device = devices.entry(&event.who).or_default();
        match &event.what {
            What::Connects { since, .. } => {
                device.is_open = true;
                device.asked.clear();
                device.told.clear();
                // Whoever comes back looks at the list.
                device.online.clear();
                device.ask(since, &stored);
            }
            What::Resumes { since } => device.ask(since, &stored),
            What::Refetches { conversation, seen } => {
                device.seen.insert(conversation, seen.clone());
                device.told.remove(&**conversation);
            }
            What::Hears(frame) => {
                outsiders(found, event, frame);
                device.hear(found, event, frame);
            }
            What::Loses { code } => {
                device.is_open = false;
                if !CODES.contains(code) {
                    let what = format!("closed with {code}");
                    found.add(Rule::Answer, None, Some(&event.who), what);
                }
            }
            What::Status { user, is, .. } => presence(found, &devices, user, *is),
            What::Fetches {
                conversation, seen, ..
            } => compare(found, &devices, event, conversation, seen),
            _ => {}
        }
    }
}

impl<'a> Device<'a> {
    fn ask(&mut self, since: &'a BTreeMap<String, Since>, stored: &BTreeMap<&'a str, Known<'a>>) {
        let mut part = BTreeMap::new();
        for conversation in since.keys() {
            let known = stored.get(&**conversation).cloned().unwrap_or_default();
            part.insert(&**conversation, known);
            self.seen.entry(conversation).or_default();
            // The answer may say again what came in the meantime.
            self.told.remove(&**conversation);
        }
        self.asked.push(part);
    }

    fn hear(&mut self, found: &mut Found, event: &'a Event, frame: &'a Frame) {
        match frame {
            Frame::Ready => return self.ready(found, event),
            Frame::Error { code }
                if !matches!(
                    &**code,
                    "not_participant" | "forbidden" | "unavailable" | "blocked" | "closed"
                ) =>
            {
                let what = format!("error {code}");
                found.add(Rule::Answer, None, Some(&event.who), what);
            }
            Frame::Unknown(kind) => {
                let what = format!("a frame of type {kind}");
                found.add(Rule::Answer, None, Some(&event.who), what);
            }
            Frame::Message {
                conversation, seq, ..
            } => self.once(found, event, conversation, *seq),
            Frame::Online { user, is_online } => _ = self.online.insert(user, *is_online),
            Frame::Updated { card, .. } => {
                let online = card.online.iter();
                self.online.extend(online.map(|(user, is)| (&**user, *is)));
            }
            _ => {}
        }
        let Some(conversation) = frame.conversation() else {
            return;
        };
        let is_asked = self.is_asked(conversation);
        let Some(seen) = self.seen.get_mut(conversation) else {
            return;
        };
        if seen.hear(frame, is_asked) == Fit::Contradiction {
            let what = format!("another message under a known seq: {frame:?}");
            found.add(Rule::OneOrder, Some(conversation), Some(&event.who), what);
        }
    }

    /// Nothing is told twice on one socket, but for what a resume repeats.
    fn once(&mut self, found: &mut Found, event: &Event, conversation: &'a str, seq: i64) {
        if self.is_asked(conversation) {
            return;
        }
        let told = self.told.entry(conversation).or_default();
        if !told.insert(seq) {
            let what = format!("message {seq} came twice");
            found.add(Rule::Repeated, Some(conversation), Some(&event.who), what);
        }
    }

    fn is_asked(&self, conversation: &str) -> bool {
        self.asked
            .iter()
            .any(|part| part.contains_key(conversation))
    }

    fn ready(&mut self, found: &mut Found, event: &Event) {
        if self.asked.is_empty() {
            let what = "ready, unasked".to_owned();
            return found.add(Rule::Answer, None, Some(&event.who), what);
        }
        for (conversation, known) in self.asked.remove(0) {
            let seen = self.seen.get(conversation);
            let (shows, stored) = (seen.map_or(0, Seen::last_seq), known.seq);
            if shows < stored {
                let what = format!("ready at {shows}, and {stored} had been stored before");
                found.add(Rule::Resume, Some(conversation), Some(&event.who), what);
            }
            for (user, stored) in known.marks {
                let mark = seen.and_then(|seen| seen.marks.get(user)).copied();
                if mark.unwrap_or_default() < stored {
                    let what = format!("ready with {user} at {mark:?}, who had sent {stored}");
                    found.add(Rule::Resume, Some(conversation), Some(&event.who), what);
                }
            }
        }
    }
}

fn outsiders(found: &mut Found, event: &Event, frame: &Frame) {
    let person = event.person();
    if let Some(conversation) = frame.conversation() {
        // A reset says nothing of what it names.
        let is_reset = matches!(frame, Frame::Reset { .. });
        if !is_reset && !found.may_hear(person, conversation) {
            let what = format!("heard {frame:?}");
            found.add(Rule::Outsider, Some(conversation), Some(&event.who), what);
        }
    }
    match frame {
        Frame::Typing {
            conversation, user, ..
        } if user == person => {
            let what = "heard of their own typing".to_owned();
            found.add(Rule::Outsider, Some(conversation), Some(&event.who), what);
        }
        Frame::Online { user, .. } if !shares(found, person, user) => {
            let what = format!("heard whether {user} is online");
            found.add(Rule::Outsider, None, Some(&event.who), what);
        }
        _ => {}
    }
}

/// Whether these two have a conversation in this round. An administrator may have joined one in the
/// meantime.
fn shares(found: &Found, person: &str, other: &str) -> bool {
    let mut stored = found.conversations().values();
    if is_admin(person) || is_admin(other) {
        let sits = |user: &str| {
            let mut stored = found.conversations().values();
            is_admin(user) || stored.any(|stored| stored.marks.contains_key(user))
        };
        return sits(person) && sits(other);
    }
    let both =
        |marks: &BTreeMap<String, i64>| marks.contains_key(person) && marks.contains_key(other);
    person == other || stored.any(|stored| both(&stored.marks))
}

/// At rest, nobody shows somebody as offline who is not, or as online.
fn presence(found: &mut Found, devices: &BTreeMap<&str, Device>, user: &str, is: bool) {
    for (who, device) in devices {
        let person = who.split_once('/').map_or(*who, |(person, _)| person);
        let pair = (person.to_owned(), user.to_owned());
        let shares = found.history.companions.contains(&pair);
        let shows = device.online.get(user);
        if shares && device.is_open && shows.is_some_and(|shows| *shows != is) {
            let shows = if is { "offline" } else { "online" };
            let what = format!("shows {user} as {shows}");
            found.add(Rule::Presence, None, Some(who), what);
        }
    }
}

/// At rest, every device of a person shows what a fetch shows.
fn compare(
    found: &mut Found,
    devices: &BTreeMap<&str, Device>,
    event: &Event,
    conversation: &str,
    fetched: &Seen,
) {
    for (who, device) in devices {
        let is_theirs = who
            .split_once('/')
            .is_some_and(|(person, _)| person == event.person());
        let Some(seen) = device.seen.get(conversation).filter(|_| is_theirs) else {
            continue;
        };
        if seen != fetched {
            let what = difference(seen, fetched);
            found.add(Rule::ClientState, Some(conversation), Some(who), what);
        }
    }
}

pub(super) fn difference(seen: &Seen, fetched: &Seen) -> String {
    let (shows, is) = (seen.last_seq(), fetched.last_seq());
    if shows != is {
        return format!(
            "shows {shows} messages of {is}, rev {} of {}",
            seen.rev, fetched.rev
        );
    }
    if seen.rev != fetched.rev || seen.marks != fetched.marks {
        let (shows, is) = ((seen.rev, &seen.marks), (fetched.rev, &fetched.marks));
        return format!("shows rev and marks {shows:?} instead of {is:?}");
    }
    "shows other messages".to_owned()
}
