//! The open connections by their owners, and which of them goes when there is no room.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    net::IpAddr,
    sync::Arc,
};

use chat::ids::UserId;

use super::{activity::Activity, limits::Limits};

/// A person with no more than this keeps them, however little room there is.
const ALWAYS: usize = 4;

/// To whom a connection belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Address(IpAddr),
    Person(UserId),
    /// Only counted: a proxy that we trust, between two requests, and a socket of somebody known,
    /// whose number has a limit of its own.
    Counted,
}

/// All connections of the server.
#[derive(Debug, Default)]
pub struct Groups {
    last_id: u64,
    open: usize,
    strangers: usize,
    members: HashMap<Group, BTreeMap<u64, Arc<Activity>>>,
    /// The groups by size, to find the largest.
    addresses: BTreeSet<(usize, Group)>,
    people: BTreeSet<(usize, Group)>,
}

impl Groups {
    /// A new connection's number. `None` when there is no room, and everybody who is here has a better
    /// right to theirs.
    pub fn admit(
        &mut self,
        group: &Group,
        activity: &Arc<Activity>,
        limits: &Limits,
        now: u64,
    ) -> Option<u64> {
        if self.open >= limits.most && !self.make_room(limits) {
            count_cut("no_room");
            return None;
        }
        self.last_id += 1;
        self.open += 1;
        let id = self.last_id;
        self.enter(group, id, activity);
        self.thin_out(group, limits, now);
        show(self.open);
        Some(id)
    }

    /// Moves a connection from one owner to another. Returns whether it did: people with tokens leave
    /// some room, and a stranger who comes when they have the rest stays a stranger.
    pub fn relocate(
        &mut self,
        id: u64,
        (from, to): (&Group, &Group),
        activity: &Arc<Activity>,
        limits: &Limits,
        now: u64,
    ) -> bool {
        if activity.is_over() {
            return false;
        }
        let is_stranger = matches!(from, Group::Address(_));
        let known = self.open.saturating_sub(self.strangers);
        if is_stranger && known >= limits.most - limits.for_strangers {
            return false;
        }
        self.leave(from, id);
        self.enter(to, id, activity);
        self.thin_out(to, limits, now);
        true
    }

    /// A connection is gone that nobody has cut.
    pub fn remove(&mut self, group: &Group, id: u64) {
        self.leave(group, id);
        self.open = self.open.saturating_sub(1);
        show(self.open);
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.open
    }

    /// Ends the slowest connection of a group that has too many slow ones.
    fn thin_out(&mut self, group: &Group, limits: &Limits, now: u64) {
        let most = match group {
            Group::Address(_) => limits.per_address,
            Group::Person(_) => limits.per_person,
            Group::Counted => return,
        };
        let Some(members) = self.members.get(group).filter(|group| group.len() > most) else {
            return;
        };
        let busy = members.iter().filter(|(_, member)| member.is_busy());
        if busy.clone().count() <= most {
            return;
        }
        let slowest = busy
            .filter(|(_, member)| member.is_slow(now))
            .min_by_key(|(_, member)| member.since());
        if let Some(id) = slowest.map(|(id, _)| *id) {
            count_cut("too_many");
            self.cut(group, id);
        }
    }

    fn enter(&mut self, group: &Group, id: u64, activity: &Arc<Activity>) {
        if *group == Group::Counted {
            return;
        }
        let members = self.members.entry(group.clone()).or_default();
        let before = members.len();
        members.insert(id, Arc::clone(activity));
        self.resized(group, before, before + 1);
    }

    /// Returns whether it was there.
    fn leave(&mut self, group: &Group, id: u64) -> bool {
        let Some(members) = self.members.get_mut(group) else {
            return false;
        };
        let before = members.len();
        if members.remove(&id).is_none() {
            return false;
        }
        if before == 1 {
            self.members.remove(group);
        }
        self.resized(group, before, before - 1);
        true
    }

    fn resized(&mut self, group: &Group, before: usize, after: usize) {
        let sizes = match group {
            Group::Address(_) => {
                self.strangers = self.strangers + after - before;
                &mut self.addresses
            }
            Group::Person(_) => &mut self.people,
            Group::Counted => return,
        };
        sizes.remove(&(before, group.clone()));
        if after > 0 {
            sizes.insert((after, group.clone()));
        }
    }

    /// Ends a connection of somebody who holds many.
    fn make_room(&mut self, limits: &Limits) -> bool {
        let address = self.addresses.last().map(|(_, group)| group.clone());
        let person = self.people.last().filter(|(size, _)| *size > ALWAYS);
        let person = person.map(|(_, group)| group.clone());
        let (first, second) = if self.strangers > limits.for_strangers {
            (address, person)
        } else {
            (person, address)
        };
        let Some(group) = first.or(second) else {
            return false;
        };
        let oldest = self.members.get(&group);
        let oldest = oldest.and_then(|members| members.keys().next().copied());
        count_cut("made_room");
        oldest.is_some_and(|id| self.cut(&group, id))
    }

    fn cut(&mut self, group: &Group, id: u64) -> bool {
        let member = self.members.get(group).and_then(|members| members.get(&id));
        let Some(member) = member.cloned() else {
            return false;
        };
        self.leave(group, id);
        self.open = self.open.saturating_sub(1);
        member.end();
        true
    }
}

fn show(open: usize) {
    let open = u32::try_from(open).unwrap_or(u32::MAX);
    metrics::gauge!("haggle_connections").set(f64::from(open));
}

fn count_cut(why: &'static str) {
    metrics::counter!("haggle_connections_cut_total", "why" => why).increment(1);
}
