//! Which connections are open, and whose they are. The operating system gives a process so many open
//! files and no more; here it is decided who has to go when somebody new comes.
//!
//! A connection belongs to an address until it shows a token, then to a person. Each of them may hold
//! few connections that are busy for long. When there is no room at all, whoever holds the most loses
//! the oldest, so the newcomer always gets the chance to say who it is.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    net::IpAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use chat::ids::UserId;
use tokio::{sync::Notify, time::Instant};

/// What is younger has had no time to be slow.
const YOUNG: Duration = Duration::from_secs(10);
/// A person with no more than this keeps them, however little room there is.
const ALWAYS: usize = 4;

/// How many connections there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub most: usize,
    /// Busy ones of one address without a token.
    pub per_address: usize,
    /// Busy ones of one person.
    pub per_person: usize,
    /// Those that people with tokens leave to everybody else, health checks among them.
    pub for_strangers: usize,
}

impl Limits {
    /// What can be had from this many open files, of which these are needed for something else.
    pub fn of_files(files: usize, reserved: usize) -> Self {
        let most = files.saturating_sub(reserved).max(files / 2).max(16);
        Self {
            most,
            per_address: (most / 8).clamp(4, 64),
            per_person: (most / 4).clamp(8, 256),
            for_strangers: (most / 8).max(2),
        }
    }
}

/// Every open connection of this server.
#[derive(Debug)]
pub struct Connections {
    limits: Limits,
    epoch: Instant,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    next: u64,
    open: usize,
    strangers: usize,
    groups: HashMap<Group, BTreeMap<u64, Arc<Activity>>>,
    /// The same by size, to find the largest.
    addresses: BTreeSet<(usize, Group)>,
    people: BTreeSet<(usize, Group)>,
}

/// To whom a connection belongs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group {
    Address(IpAddr),
    Person(UserId),
    /// Only counted: a proxy that we trust, between two requests, and a socket of somebody known,
    /// whose number has a limit of its own.
    Counted,
}

/// What a connection is doing, for those who judge it.
#[derive(Debug)]
struct Activity {
    phase: AtomicU8,
    /// Milliseconds since the start, when that began.
    since: AtomicU64,
    /// The client does not take what it was sent.
    is_held_up: AtomicBool,
    is_over: AtomicBool,
    over: Notify,
}

/// Waits for the head of a request, or for the rest of one.
const HEAD: u8 = 0;
/// A request is being answered.
const ANSWER: u8 = 1;
/// Nothing is asked and everything has been answered.
const IDLE: u8 = 2;

impl Activity {
    /// Whether it keeps us busy, and has for longer than anybody needs to be seen as slow.
    fn is_slow(&self, now: u64) -> bool {
        let age = now.saturating_sub(self.since.load(Relaxed));
        self.is_busy() && u128::from(age) >= YOUNG.as_millis()
    }

    fn is_busy(&self) -> bool {
        self.phase.load(Relaxed) != IDLE || self.is_held_up.load(Relaxed)
    }

    fn end(&self) {
        self.is_over.store(true, Relaxed);
        self.over.notify_one();
    }
}

/// One open connection, until the last copy is dropped.
#[derive(Clone)]
pub struct Connection(Arc<Held>);

struct Held {
    id: u64,
    connections: Arc<Connections>,
    activity: Arc<Activity>,
    group: Mutex<Group>,
    /// The other end is a proxy that we trust: each request may be somebody else's.
    is_proxy: bool,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Connection({})", self.0.id)
    }
}

impl Connections {
    pub fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            limits,
            epoch: Instant::now(),
            state: Mutex::default(),
        })
    }

    /// A place for a connection from this address; `None` when everybody who is here has a better right
    /// to theirs.
    pub fn admit(self: &Arc<Self>, address: IpAddr, is_proxy: bool) -> Option<Connection> {
        let now = self.now();
        let activity = Arc::new(Activity {
            phase: AtomicU8::new(HEAD),
            since: AtomicU64::new(now),
            is_held_up: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            over: Notify::new(),
        });
        let group = if is_proxy {
            Group::Counted
        } else {
            Group::Address(address)
        };
        let mut state = self.state();
        if state.open >= self.limits.most && !state.make_room(&self.limits) {
            count_cut("no_room");
            return None;
        }
        state.next += 1;
        state.open += 1;
        let id = state.next;
        state.enter(&group, id, &activity);
        self.thin_out(&mut state, &group, now);
        show(state.open);
        drop(state);
        Some(Connection(Arc::new(Held {
            id,
            connections: Arc::clone(self),
            activity,
            group: Mutex::new(group),
            is_proxy,
        })))
    }

    /// Ends the slowest of a group that has too many which are slow.
    fn thin_out(&self, state: &mut State, group: &Group, now: u64) {
        let most = match group {
            Group::Address(_) => self.limits.per_address,
            Group::Person(_) => self.limits.per_person,
            Group::Counted => return,
        };
        let Some(members) = state.groups.get(group).filter(|group| group.len() > most) else {
            return;
        };
        let busy = members.iter().filter(|(_, member)| member.is_busy());
        if busy.clone().count() <= most {
            return;
        }
        let slowest = busy
            .filter(|(_, member)| member.is_slow(now))
            .min_by_key(|(_, member)| member.since.load(Relaxed));
        if let Some(id) = slowest.map(|(id, _)| *id) {
            count_cut("too_many");
            state.cut(group, id);
        }
    }

    /// How many are open.
    pub fn open(&self) -> usize {
        self.state().open
    }

    fn now(&self) -> u64 {
        u64::try_from(self.epoch.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn enter(&mut self, group: &Group, id: u64, activity: &Arc<Activity>) {
        if *group == Group::Counted {
            return;
        }
        let members = self.groups.entry(group.clone()).or_default();
        let before = members.len();
        members.insert(id, Arc::clone(activity));
        self.resized(group, before, before + 1);
    }

    /// Returns whether it was there.
    fn leave(&mut self, group: &Group, id: u64) -> bool {
        let Some(members) = self.groups.get_mut(group) else {
            return false;
        };
        let before = members.len();
        if members.remove(&id).is_none() {
            return false;
        }
        if before == 1 {
            self.groups.remove(group);
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
        let oldest = self.groups.get(&group);
        let oldest = oldest.and_then(|members| members.keys().next().copied());
        count_cut("made_room");
        oldest.is_some_and(|id| self.cut(&group, id))
    }

    fn cut(&mut self, group: &Group, id: u64) -> bool {
        let member = self.groups.get(group).and_then(|members| members.get(&id));
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

impl Connection {
    /// Waits until it has to make room.
    pub async fn cut(&self) {
        self.0.activity.over.notified().await;
    }

    /// Bytes arrive. Returns whether they are the first of a request.
    pub fn begins(&self) -> bool {
        let is_first = self.0.activity.phase.load(Relaxed) == IDLE;
        if is_first {
            self.turn(HEAD);
        }
        is_first
    }

    /// A request has arrived, from this address.
    pub fn asks(&self, address: IpAddr) {
        self.turn(ANSWER);
        if self.0.is_proxy {
            self.move_to(Group::Address(address));
        }
    }

    /// Everything has been answered.
    pub fn rests(&self) {
        self.turn(IDLE);
        if self.0.is_proxy {
            self.move_to(Group::Counted);
        }
    }

    pub fn is_held_up(&self, is_held_up: bool) {
        self.0.activity.is_held_up.store(is_held_up, Relaxed);
    }

    /// Whether the head of a request is waited for.
    pub fn is_at_head(&self) -> bool {
        self.0.activity.phase.load(Relaxed) == HEAD
    }

    /// For how long it has been doing what it does.
    pub fn age(&self) -> Duration {
        let now = self.0.connections.now();
        Duration::from_millis(now.saturating_sub(self.0.activity.since.load(Relaxed)))
    }

    /// To whom it belongs, for the log: a user's id, or an address.
    pub fn owner(&self) -> String {
        match &*self.group() {
            Group::Address(address) => address.to_string(),
            Group::Person(person) => person.to_string(),
            Group::Counted => String::new(),
        }
    }

    /// Somebody has shown who they are.
    pub fn belongs_to(&self, person: &UserId) {
        let is_theirs = matches!(&*self.group(), Group::Person(known) if known == person);
        if !is_theirs {
            self.move_to(Group::Person(person.clone()));
        }
    }

    /// It is a socket of somebody known: how many of these a person has is settled elsewhere.
    pub fn is_socket(&self) {
        self.move_to(Group::Counted);
    }

    fn turn(&self, phase: u8) {
        let activity = &self.0.activity;
        activity.phase.store(phase, Relaxed);
        activity.since.store(self.0.connections.now(), Relaxed);
    }

    fn move_to(&self, group: Group) {
        let connections = &self.0.connections;
        let mut own = self.group();
        if *own == group {
            return;
        }
        let mut state = connections.state();
        if self.0.activity.is_over.load(Relaxed) {
            return;
        }
        // People with tokens leave some room. Whoever comes when they have the rest stays a stranger.
        let is_stranger = matches!(*own, Group::Address(_));
        let known = state.open.saturating_sub(state.strangers);
        let room = connections.limits.most - connections.limits.for_strangers;
        if is_stranger && known >= room {
            return;
        }
        state.leave(&own, self.0.id);
        state.enter(&group, self.0.id, &self.0.activity);
        connections.thin_out(&mut state, &group, connections.now());
        *own = group;
    }

    fn group(&self) -> MutexGuard<'_, Group> {
        self.0.group.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let group = self.group.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut state = self.connections.state();
        if !self.activity.is_over.load(Relaxed) {
            state.leave(group, self.id);
            state.open = state.open.saturating_sub(1);
            show(state.open);
        }
    }
}

#[cfg(test)]
mod tests;
