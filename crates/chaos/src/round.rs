//! A round: people do what they do, the adversary does what it does, then everything comes to rest
//! and is looked at.

mod aftermath;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use test_support::Person;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use wire::{ConversationPage, UnreadCount, UserStatus};

use crate::{
    actor::{Actor, PATIENCE, Topic},
    ask::{Asker, fetch, get},
    faults::{inject, node::look_at, probe::ask},
    history::{History, Probe, Recorder, Stored, What},
    listener::{Listener, Order},
    people::{Manner, OBSERVER, PEOPLE, Role, at_every_node, purposes},
    plan::Injection,
    rng::Rng,
    setup::{Node, Setup},
    sql::Sql,
};

/// What a server may have in memory, in KiB.
const MEMORY_BOUND_KIB: u64 = 256 << 10;
/// Orders that a listener may have before it.
const ORDERS: usize = 64;
/// Nothing may have changed for so long.
const REST: Duration = Duration::from_millis(1_500);
/// Until everybody sees everything, at rest.
const CONVERGE: Duration = Duration::from_secs(30);
/// Until it is known who is here.
const ARRIVE: Duration = Duration::from_secs(20);
/// A lease lives for 45 s; then somebody has to notice.
const DEPART: Duration = Duration::from_secs(75);

#[derive(Clone, Debug)]
pub struct Round<'a> {
    pub seed: u64,
    /// Of the products; nobody else's.
    pub name: &'a str,
    pub plan: &'a [Injection],
    /// Whether to wait until nobody is said to be online any more.
    pub until_all_are_gone: bool,
}

/// A person's device while a round lasts.
struct Device {
    role: &'static Role,
    orders: mpsc::Sender<Order>,
}

/// What is left of the round.
struct Rest<'a> {
    round: &'a Round<'a>,
    bases: Vec<String>,
    recorder: Recorder,
    sql: Sql,
}

impl Round<'_> {
    pub async fn play(&self, setup: Setup) -> (Setup, History) {
        let recorder = Recorder::new();
        let purposes = purposes(self.name);
        setup.stock(&purposes).await;
        let topics = purposes.into_iter().map(|purpose| Topic {
            purpose,
            conversation: std::sync::Arc::default(),
        });
        let topics: Vec<_> = topics.collect();
        let bases = setup.bases();
        let (over, is_over) = watch::channel(false);
        let mut devices = Vec::new();
        let mut listeners = JoinSet::new();
        let mut actors = JoinSet::new();
        for role in PEOPLE {
            for number in 1..=role.devices {
                let asker = Asker {
                    who: format!("{}/{number}", role.id),
                    people: at_every_node(&bases, role.id),
                    first_node: 0,
                    recorder: recorder.clone(),
                };
                let (orders, ordered) = mpsc::channel(ORDERS);
                listeners.spawn(Listener::new(asker.clone(), self.seed, ordered).run());
                let actor = Actor {
                    asker,
                    role,
                    seed: self.seed,
                    topics: topics.clone(),
                    orders: orders.clone(),
                    is_over: is_over.clone(),
                };
                actors.spawn(actor.run());
                devices.push(Device { role, orders });
            }
        }
        let setup = inject(setup, self.plan, &recorder, &topics).await;
        over.send_replace(true);
        actors.join_all().await;

        let rest = Rest {
            round: self,
            bases,
            recorder: recorder.clone(),
            sql: Sql::connect(setup.postgres.url()).await,
        };
        rest.ready(&setup.nodes).await;
        let conversations = rest.look(&devices).await;
        rest.trades(&conversations).await;
        let mut setup = setup;
        rest.told(&mut setup).await;
        let companions = rest.sql.companions().await;
        drop(devices);
        listeners.join_all().await;
        if self.until_all_are_gone {
            rest.who_is_here(PEOPLE, false, DEPART).await;
        }
        for node in &setup.nodes {
            look_at(&recorder, node);
        }
        let history = History {
            conversations,
            companions,
            events: recorder.take(),
            memory_bound_kib: MEMORY_BOUND_KIB,
        };
        (setup, history)
    }
}

impl Rest<'_> {
    async fn look(&self, devices: &[Device]) -> BTreeMap<String, Stored> {
        let mut conversations = self.at_rest().await;
        self.converge(devices, &conversations).await;
        loop {
            let moves = self.sql.moves().await;
            self.fetch(&conversations).await;
            let now = self.sql.stored(self.round.name).await;
            if moves == self.sql.moves().await && now == conversations {
                break;
            }
            conversations = self.at_rest().await;
            self.converge(devices, &conversations).await;
        }
        self.lists(&conversations).await;
        self.counts(&conversations).await;
        self.who_is_here(PEOPLE, true, ARRIVE).await;
        self.somebody_leaves(devices).await;
        conversations
    }

    /// All devices of one person go, and everybody hears of it.
    async fn somebody_leaves(&self, devices: &[Device]) {
        let inside: Vec<_> = PEOPLE.iter().filter(|role| !role.is_admin()).collect();
        let mut rng = Rng::new(self.round.seed, "who leaves", 0);
        let gone = **rng.pick(&inside);
        for device in devices.iter().filter(|device| device.role.id == gone.id) {
            let leave = Order::Leave {
                rudely: rng.percent(50),
                for_millis: DEPART.as_secs() * 10_000,
            };
            let _ = device.orders.send(leave).await;
        }
        self.who_is_here(&[gone], false, DEPART).await;
    }

    /// Whoever sends requests to servers is told that they may.
    async fn ready(&self, nodes: &[Node]) {
        let deadline = Instant::now() + CONVERGE;
        let http = reqwest::Client::new();
        for node in nodes {
            while ask(&http, node.server.address(), Probe::Ready).await != Some(200) {
                if Instant::now() > deadline {
                    self.starves(&format!("node {}", node.number));
                    break;
                }
                sleep(Duration::from_millis(200)).await;
            }
        }
    }

    /// Waits until nothing is written any more.
    async fn at_rest(&self) -> BTreeMap<String, Stored> {
        let mut before = self.sql.moves().await;
        loop {
            sleep(REST).await;
            let now = self.sql.moves().await;
            if now == before {
                return self.sql.stored(self.round.name).await;
            }
            before = now;
        }
    }

    /// Gives everybody the time to see what is stored. The checker sees who does not.
    async fn converge(&self, devices: &[Device], conversations: &BTreeMap<String, Stored>) {
        let mut waiting = JoinSet::new();
        for device in devices {
            let mut revs = BTreeMap::new();
            for (id, stored) in conversations
                .iter()
                .filter(|(_, it)| watches(device.role, it))
            {
                // They may not have learned of it.
                let _ = device.orders.send(Order::Watch(id.clone())).await;
                revs.insert(id.clone(), stored.rev);
            }
            if device.role.is_admin() {
                // Whoever has not joined is not told; whoever returns is.
                let leave = Order::Leave {
                    rudely: false,
                    for_millis: 0,
                };
                let _ = device.orders.send(leave).await;
            }
            let (told, reached) = oneshot::channel();
            let _ = device.orders.send(Order::Reach(revs, told)).await;
            waiting.spawn(timeout(CONVERGE, reached));
        }
        waiting.join_all().await;
    }

    /// Everybody at every node: what a fetch says.
    async fn fetch(&self, conversations: &BTreeMap<String, Stored>) {
        for role in PEOPLE {
            let people = at_every_node(&self.bases, role.id);
            let theirs = conversations.iter().filter(|(_, it)| watches(role, it));
            for (number, (id, _)) in theirs.enumerate() {
                let person = &people[number % people.len()];
                let fetched = patiently(async || fetch(person, id).await).await;
                let Some((seen, unread)) = fetched else {
                    self.starves(role.id);
                    continue;
                };
                let what = What::Fetches {
                    conversation: id.clone(),
                    seen,
                    unread,
                };
                self.recorder.note(role.id, what);
            }
        }
    }

    async fn lists(&self, conversations: &BTreeMap<String, Stored>) {
        for (role, person) in self.everybody() {
            let path = "/api/chat/conversations?limit=200";
            let page = patiently(async || get::<ConversationPage>(&person, path).await).await;
            let Some(page) = page else {
                self.starves(role.id);
                continue;
            };
            for card in page.conversations {
                let id = card.id.to_string();
                if conversations.contains_key(&id) {
                    let what = What::Lists {
                        conversation: id,
                        seq: card.last_seq,
                        rev: card.rev,
                        unread: card.unread_count,
                    };
                    self.recorder.note(role.id, what);
                }
            }
        }
    }

    async fn counts(&self, conversations: &BTreeMap<String, Stored>) {
        for (role, person) in self.everybody() {
            if !conversations.values().any(|it| watches(role, it)) {
                continue;
            }
            let elsewhere = self.sql.unread_elsewhere(role.id, self.round.name).await;
            let path = "/api/chat/unread-count";
            let answer = patiently(async || get::<UnreadCount>(&person, path).await).await;
            let Some(answer) = answer else {
                self.starves(role.id);
                continue;
            };
            let unread = answer.count - elsewhere;
            self.recorder.note(role.id, What::Counts { unread });
        }
    }

    /// Everybody who is not outside, at every node.
    fn everybody(&self) -> impl Iterator<Item = (&'static Role, Person)> {
        let inside = PEOPLE.iter().filter(|role| role.manner != Manner::Outside);
        inside.flat_map(|role| {
            let people = at_every_node(&self.bases, role.id);
            people.into_iter().map(move |person| (role, person))
        })
    }

    /// Every node says it of everybody, sooner or later.
    async fn who_is_here(&self, whom: &[Role], is: bool, within: Duration) {
        let deadline = Instant::now() + within;
        let mut statuses = Vec::new();
        for observer in at_every_node(&self.bases, OBSERVER) {
            for role in whom {
                let path = format!("/api/chat/users/{}/status", role.id);
                let mut says = None;
                while says != Some(is) && (says.is_none() || Instant::now() < deadline) {
                    if Instant::now() > deadline + ARRIVE {
                        self.starves(OBSERVER);
                        break;
                    }
                    let status: Option<UserStatus> = get(&observer, &path).await;
                    says = status.map(|status| status.is_online);
                    if says != Some(is) {
                        sleep(Duration::from_millis(200)).await;
                    }
                }
                let what = What::Status {
                    user: role.id.to_owned(),
                    says: says.unwrap_or(!is),
                    is,
                };
                statuses.push(what);
            }
        }
        // What nodes know is on its way to the screens.
        sleep(REST).await;
        for what in statuses {
            self.recorder.note(OBSERVER, what);
        }
    }

    fn starves(&self, who: &str) {
        let request = crate::history::Request::Look;
        self.recorder.note(who, What::Starves { request });
    }
}

/// What somebody answers at last; `None`: nobody for a minute.
async fn patiently<T>(ask: impl AsyncFn() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let answer = ask().await;
        if answer.is_some() || Instant::now() > deadline {
            return answer;
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Whether this person's devices show the conversation.
fn watches(role: &Role, stored: &Stored) -> bool {
    role.is_admin() || stored.participants.iter().any(|user| user == role.id)
}
