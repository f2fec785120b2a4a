//! A device that listens: it comes back whenever its socket breaks, and says what it saw last.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    future::pending,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use test_support::{Heard, Socket};
use tokio::{
    sync::{mpsc, oneshot},
    time::{sleep, timeout},
};

use crate::{
    ask::{Asker, fetch},
    client_state::Fit,
    frame::Frame,
    history::{Seen, Since, What},
    rng::Rng,
};

/// Between two looks at the clock.
const MOMENT: Duration = Duration::from_millis(250);
const PING_EVERY: Duration = Duration::from_secs(2);
/// A server that says nothing for so long is given up.
const SILENCE: Duration = Duration::from_secs(6);
const CONNECT: Duration = Duration::from_secs(4);
const READY: Duration = Duration::from_secs(20);

#[derive(Debug)]
pub enum Order {
    /// Follow this conversation too.
    Watch(String),
    Say(&'static str, Value),
    /// Go, orderly or not; it returns by itself after a while.
    Leave {
        rudely: bool,
        for_millis: u64,
    },
    /// Tell when every conversation is seen up to this `rev`.
    Reach(BTreeMap<String, i64>, oneshot::Sender<()>),
}

#[derive(Debug)]
pub struct Listener {
    asker: Asker,
    seed: u64,
    orders: mpsc::Receiver<Order>,
    seen: BTreeMap<String, Seen>,
    line: Option<Line>,
    /// How often it has tried to connect.
    tries: u64,
    away_until: Instant,
    reach: Option<(BTreeMap<String, i64>, oneshot::Sender<()>)>,
}

/// An open socket.
#[derive(Debug)]
struct Line {
    socket: Socket,
    /// What the parts of a resume name that are not answered yet, and since when.
    asked: VecDeque<BTreeSet<String>>,
    asked_at: Instant,
    heard_at: Instant,
    pinged_at: Instant,
}

impl Listener {
    pub fn new(asker: Asker, seed: u64, orders: mpsc::Receiver<Order>) -> Self {
        Self {
            asker,
            seed,
            orders,
            seen: BTreeMap::new(),
            line: None,
            tries: 0,
            away_until: Instant::now(),
            reach: None,
        }
    }

    /// Listens until nobody has orders any more.
    pub async fn run(mut self) {
        loop {
            if self.line.is_none() && Instant::now() >= self.away_until {
                self.connect().await;
            }
            tokio::select! {
                order = self.orders.recv() => match order {
                    Some(order) => self.obey(order).await,
                    None => break,
                },
                heard = hear(&mut self.line) => self.take_in(heard).await,
                () = sleep(MOMENT) => {}
            }
            self.look_after_line().await;
            self.tell_when_reached();
        }
        let rudely = Rng::new(self.seed, &self.asker.who, u64::MAX).percent(50);
        self.hang_up(rudely).await;
    }

    fn rng(&self) -> Rng {
        Rng::new(
            self.seed,
            &format!("{} listens", self.asker.who),
            self.tries,
        )
    }

    async fn connect(&mut self) {
        self.tries += 1;
        let mut rng = self.rng();
        let jitter = rng.between(50, 400);
        self.away_until = Instant::now() + Duration::from_millis(jitter);
        let node = rng.index(self.asker.people.len());
        let person = &self.asker.people[node];
        let token = person.token.clone().unwrap_or_default();
        let since = self.since();
        self.asker.note(What::Connects {
            node,
            since: since.clone(),
        });
        let opened = timeout(CONNECT, Socket::try_connect(&person.base, &token)).await;
        let Ok(Some(socket)) = opened else {
            self.asker.note(What::Loses { code: 0 });
            return;
        };
        let now = Instant::now();
        self.line = Some(Line {
            socket,
            asked: VecDeque::from([since.keys().cloned().collect()]),
            asked_at: now,
            heard_at: now,
            pinged_at: now,
        });
        let hello = json!({"token": token, "since": since});
        self.say("authenticate", hello).await;
    }

    fn since(&self) -> BTreeMap<String, Since> {
        let since = |(id, seen): (&String, &Seen)| (id.clone(), seen.since());
        self.seen.iter().map(since).collect()
    }

    async fn obey(&mut self, order: Order) {
        match order {
            Order::Watch(conversation) => {
                if !self.seen.contains_key(&conversation) {
                    self.seen.insert(conversation.clone(), Seen::default());
                    self.resume(&conversation).await;
                }
            }
            Order::Say(kind, payload) => self.say(kind, payload).await,
            Order::Leave { rudely, for_millis } => {
                self.hang_up(rudely).await;
                self.away_until = Instant::now() + Duration::from_millis(for_millis);
            }
            Order::Reach(revs, told) => self.reach = Some((revs, told)),
        }
    }

    async fn say(&mut self, kind: &str, payload: Value) {
        let Some(line) = &mut self.line else { return };
        let said = timeout(SILENCE, line.socket.send(kind, payload)).await;
        if said.is_err() {
            self.hang_up(true).await;
        }
    }

    async fn resume(&mut self, conversation: &str) {
        let Some(line) = &mut self.line else { return };
        let since = self.seen.get(conversation).map(Seen::since);
        let since = BTreeMap::from([(conversation.to_owned(), since.unwrap_or_default())]);
        line.asked.push_back(since.keys().cloned().collect());
        line.asked_at = Instant::now();
        let payload = json!({ "since": since });
        self.asker.note(What::Resumes { since });
        self.say("resume", payload).await;
    }

    async fn take_in(&mut self, heard: Heard<String>) {
        match heard {
            Heard::Nothing => {}
            Heard::Closed(code) => {
                self.asker.note(What::Loses { code });
                self.line = None;
            }
            Heard::Frame(frame) => {
                let frame = Frame::read(&frame);
                if let Some(line) = &mut self.line {
                    line.heard_at = Instant::now();
                    if frame == Frame::Ready {
                        line.asked.pop_front();
                    }
                }
                // Nothing but proof of life.
                if frame == Frame::Pong {
                    return;
                }
                self.asker.note(What::Hears(frame.clone()));
                self.show(&frame).await;
            }
        }
    }

    async fn show(&mut self, frame: &Frame) {
        let Some(conversation) = frame.conversation() else {
            return;
        };
        if let Frame::Reset { .. } = frame {
            return self.refetch(conversation).await;
        }
        let Some(seen) = self.seen.get_mut(conversation) else {
            return;
        };
        // What a resume that is under way skips, it tells.
        let asked = self.line.iter().flat_map(|line| &line.asked);
        let is_asked = asked.into_iter().any(|part| part.contains(conversation));
        let fit = seen.hear(frame, is_asked);
        if fit == Fit::Gap && !is_asked {
            self.resume(conversation).await;
        }
    }

    async fn refetch(&mut self, conversation: &str) {
        let mut rng = self.rng();
        let found = fetch(self.asker.person(&mut rng), conversation).await;
        let Some((seen, _)) = found else {
            // Without it nothing can be shown: ask for everything again.
            return self.hang_up(true).await;
        };
        self.asker.note(What::Refetches {
            conversation: conversation.to_owned(),
            seen: seen.clone(),
        });
        self.seen.insert(conversation.to_owned(), seen);
    }

    async fn look_after_line(&mut self) {
        let now = Instant::now();
        let Some(line) = &mut self.line else { return };
        let is_late = !line.asked.is_empty() && now > line.asked_at + READY;
        if is_late || now > line.heard_at + SILENCE {
            self.hang_up(true).await;
        } else if now > line.pinged_at + PING_EVERY {
            line.pinged_at = now;
            self.say("ping", json!({})).await;
        }
    }

    fn tell_when_reached(&mut self) {
        let is_ready = self.line.as_ref().is_some_and(|line| line.asked.is_empty());
        let has_reached = |revs: &BTreeMap<String, i64>| {
            revs.iter().all(|(conversation, rev)| {
                let seen = self.seen.get(conversation);
                seen.is_some_and(|seen| seen.rev >= *rev)
            })
        };
        let reached = self
            .reach
            .take_if(|(revs, _)| is_ready && has_reached(revs));
        if let Some((_, told)) = reached {
            // Whoever waited may have given up.
            let _ = told.send(());
        }
    }

    async fn hang_up(&mut self, rudely: bool) {
        let Some(line) = self.line.take() else { return };
        self.asker.note(What::Loses { code: 0 });
        if rudely {
            line.socket.cut();
        } else {
            // Whether it is heard or not.
            let _ = timeout(MOMENT, line.socket.close()).await;
        }
    }
}

async fn hear(line: &mut Option<Line>) -> Heard<String> {
    match line {
        Some(line) => line.socket.hear_raw(MOMENT).await,
        None => pending().await,
    }
}
