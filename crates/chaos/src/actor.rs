//! A device that acts: it sends, reads, types, opens, joins and leaves, and tries again.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::Method;
use serde_json::{Value, json};
use test_support::Answer;
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
    time::{Instant, sleep, timeout},
};

use crate::{
    ask::{About, Asker, of},
    cast::{Manner, Purpose, Role},
    dice::Dice,
    frame::{number, text},
    history::{Request, What},
    listener::Order,
};

/// When everything runs again, whoever gets no answer for so long starves.
const PATIENCE: Duration = Duration::from_mins(1);

/// A purpose, and its conversation once somebody has opened it.
#[derive(Clone, Debug)]
pub struct Topic {
    pub purpose: Purpose,
    pub conversation: Arc<OnceLock<String>>,
}

#[derive(Clone, Debug)]
pub struct Actor {
    pub asker: Asker,
    pub role: &'static Role,
    pub seed: u64,
    pub topics: Vec<Topic>,
    pub orders: mpsc::Sender<Order>,
    /// Nothing new is begun any more; what was begun is brought to its end.
    pub is_over: watch::Receiver<bool>,
}

/// As many as somebody can click, at once.
const CLICKS: u64 = 20;

/// What was acknowledged to a device.
#[derive(Debug, Default)]
struct Sent {
    /// The id and `seq` of the last, by conversation.
    last: BTreeMap<String, (String, i64)>,
    /// Conversation and key, of some.
    keys: Vec<(String, String)>,
}

impl Sent {
    fn add(&mut self, to: &str, key: &str, (id, seq): (String, i64)) {
        self.last.insert(to.to_owned(), (id, seq));
        self.keys.push((to.to_owned(), key.to_owned()));
    }
}

/// What came of an attempt to send.
#[derive(Debug)]
enum Attempt {
    Stored(String, i64),
    /// It is not theirs to do.
    Refused,
    /// Later perhaps.
    Failed,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Send,
    Burst,
    Clicks,
    Repeat,
    Read,
    ReadBySocket,
    ReadByLooking,
    Type,
    Look,
    List,
    Count,
    OpenAgain,
    Leave,
    Sit,
    Intrude,
}

impl Actor {
    pub async fn run(mut self) {
        let mut mine = self.open_mine().await;
        let mut sent = Sent::default();
        for step in 1.. {
            let mut dice = Dice::new(self.seed, &self.asker.who, step);
            let pause = Duration::from_millis(dice.between(20, 500));
            let over = self.is_over.wait_for(|is_over| *is_over);
            if timeout(pause, over).await.is_ok() {
                return;
            }
            self.learn(&mut mine).await;
            if !mine.is_empty() {
                let conversation = dice.pick(&mine).clone();
                self.act(&mut dice, step, &conversation, &mut sent).await;
            }
        }
    }

    /// Opens everything that is theirs.
    async fn open_mine(&self) -> Vec<String> {
        let mut mine = Vec::new();
        for (number, topic) in (0..).zip(&self.topics) {
            if !topic.purpose.is_of(self.role.id) {
                continue;
            }
            let mut dice = Dice::new(self.seed, &format!("{} opens", self.asker.who), number);
            if let Some(conversation) = self.open(&mut dice, topic).await {
                mine.push(conversation);
            }
        }
        mine
    }

    async fn open(&self, dice: &mut Dice, topic: &Topic) -> Option<String> {
        let body = topic.purpose.request(self.role.id);
        let post = (Method::POST, "/api/chat/conversations", body);
        let answer = self.insist(dice, Request::Open, None, post).await?;
        let conversation = text(&answer.json["id"]);
        self.asker.note(What::Opens {
            purpose: topic.purpose.product.clone(),
            conversation: conversation.clone(),
        });
        // The checker compares, whoever was first.
        let _ = topic.conversation.set(conversation.clone());
        self.order(Order::Watch(conversation.clone())).await;
        Some(conversation)
    }

    /// Administrators hear of everything; outsiders too, though nobody tells them.
    async fn learn(&self, mine: &mut Vec<String>) {
        if !self.role.is_admin() && self.role.manner != Manner::Outside {
            return;
        }
        for conversation in self
            .topics
            .iter()
            .filter_map(|topic| topic.conversation.get())
        {
            if !mine.contains(conversation) {
                mine.push(conversation.clone());
                if self.role.is_admin() {
                    self.order(Order::Watch(conversation.clone())).await;
                }
            }
        }
    }

    async fn act(&self, dice: &mut Dice, step: u64, to: &str, sent: &mut Sent) {
        let key = format!("{}-{step}", self.asker.who);
        match self.choose(dice) {
            Act::Send => {
                if let Some(stored) = self.send(dice, to, &key).await {
                    sent.add(to, &key, stored);
                }
            }
            Act::Burst => {
                for turn in 0..dice.between(20, 120) {
                    self.send_once(dice, to, &format!("{key}-{turn}")).await;
                }
            }
            Act::Clicks => self.clicks(to, &key).await,
            Act::Repeat => {
                // As a client that was closed before it heard the answer, and is opened again.
                if !sent.keys.is_empty() {
                    let (to, key) = dice.pick(&sent.keys).clone();
                    self.send_once(dice, &to, &key).await;
                }
            }
            Act::Read => self.read(dice, to, sent.last.get(to)).await,
            Act::ReadBySocket => {
                let read = json!({ "conversationId": to });
                self.order(Order::Say("read", read)).await;
            }
            Act::ReadByLooking => {
                self.once(dice, Request::Look, to, "/messages?limit=20")
                    .await;
            }
            Act::Type => {
                let typing = json!({"conversationId": to, "isTyping": dice.percent(80)});
                self.order(Order::Say("typing", typing)).await;
            }
            Act::Look => self.look(dice, to).await,
            Act::List => self.list(dice, to).await,
            Act::Count => {
                let path = "/api/chat/unread-count";
                self.get(dice, Request::Count, None, path).await;
            }
            Act::OpenAgain => {
                let topic = dice.pick(&self.topics);
                if topic.purpose.is_of(self.role.id) {
                    self.open(dice, topic).await;
                }
            }
            Act::Leave => {
                let rudely = dice.percent(60);
                let for_millis = dice.between(0, 3_000);
                self.order(Order::Leave { rudely, for_millis }).await;
            }
            Act::Sit => self.sit(dice, to).await,
            Act::Intrude => self.intrude(dice, to, &key).await,
        }
    }

    fn choose(&self, dice: &mut Dice) -> Act {
        let is_eager = u64::from(self.role.manner == Manner::Eager);
        let is_admin = u64::from(self.role.is_admin());
        if self.role.manner == Manner::Outside {
            return dice.weighted(&[(8, Act::Intrude), (2, Act::Leave), (1, Act::Count)]);
        }
        dice.weighted(&[
            (50, Act::Send),
            (is_eager * 10, Act::Burst),
            (1, Act::Clicks),
            (3, Act::Repeat),
            (10, Act::Read),
            (8, Act::ReadBySocket),
            (4, Act::ReadByLooking),
            (8, Act::Type),
            (5, Act::Look),
            (5, Act::List),
            (3, Act::Count),
            (2, Act::OpenAgain),
            (5, Act::Leave),
            (is_admin * 15, Act::Sit),
        ])
    }

    /// Sends until somebody says that it is stored, or the dice say that it is not worth it.
    async fn send(&self, dice: &mut Dice, to: &str, key: &str) -> Option<(String, i64)> {
        let gives_up_after = if dice.percent(5) {
            dice.between(1, 3)
        } else {
            u64::MAX
        };
        if dice.percent(10) {
            // Two at once, as after a double click.
            let mut other = Dice::new(self.seed, key, 0);
            let both = (
                self.send_once(dice, to, key),
                self.send_once(&mut other, to, key),
            );
            if let (Attempt::Stored(id, seq), _) | (_, Attempt::Stored(id, seq)) =
                tokio::join!(both.0, both.1)
            {
                return Some((id, seq));
            }
        }
        let mut until = None;
        for attempt in 1.. {
            match self.send_once(dice, to, key).await {
                Attempt::Stored(id, seq) => return Some((id, seq)),
                Attempt::Refused => return None,
                Attempt::Failed => {}
            }
            if attempt >= gives_up_after || self.starves(&mut until, Request::Send) {
                return None;
            }
            sleep(Duration::from_millis(dice.between(20, 600))).await;
        }
        None
    }

    /// One message many times at once, at all nodes.
    async fn clicks(&self, to: &str, key: &str) {
        let mut clicks = JoinSet::new();
        for click in 0..CLICKS {
            let (actor, to, key) = (self.clone(), to.to_owned(), key.to_owned());
            clicks.spawn(async move {
                let mut dice = Dice::new(actor.seed, &key, click + 2);
                actor.send_once(&mut dice, &to, &key).await;
            });
        }
        clicks.join_all().await;
    }

    async fn send_once(&self, dice: &mut Dice, to: &str, key: &str) -> Attempt {
        let content = content(self.seed, key);
        self.asker.note(What::Sends {
            conversation: to.to_owned(),
            key: key.to_owned(),
        });
        let body = json!({"content": content, "clientMessageId": key});
        let path = of(to, "/messages");
        let post = self.asker.person(dice).request(Method::POST, &path);
        let within = Duration::from_millis(dice.between(500, 8_000));
        let about = About::message(to, key);
        let asked = self.asker.ask(about, post.json(&body), within);
        let Some(answer) = asked.await else {
            return Attempt::Failed;
        };
        match answer.status {
            200 | 201 => {
                let (id, seq) = self.asker.acknowledged(to, key, &answer);
                Attempt::Stored(id, seq)
            }
            429 | 500.. => Attempt::Failed,
            _ => Attempt::Refused,
        }
    }

    async fn read(&self, dice: &mut Dice, to: &str, last: Option<&(String, i64)>) {
        let (body, up_to) = match last {
            Some((id, seq)) if dice.percent(30) => (json!({ "upTo": id }), Some(*seq)),
            _ => (json!({}), None),
        };
        let conversation = to.to_owned();
        let marks = What::Marks {
            conversation: conversation.clone(),
            up_to,
        };
        self.asker.note(marks);
        let path = of(to, "/read");
        let marking = self.asker.person(dice).request(Method::PATCH, &path);
        let within = Duration::from_millis(dice.between(500, 8_000));
        let about = About::new(Request::Read, Some(to));
        let asked = self.asker.ask(about, marking.json(&body), within);
        if asked.await.is_some_and(|answer| answer.status == 200) {
            self.asker.note(What::Marked { conversation });
        }
    }

    /// Whoever was told that something is stored finds it, wherever they ask.
    async fn look(&self, dice: &mut Dice, to: &str) {
        self.asks(to);
        if let Some(answer) = self.once(dice, Request::Look, to, "").await {
            self.finds(to, number(&answer.json["lastSeq"]));
        }
    }

    async fn list(&self, dice: &mut Dice, to: &str) {
        self.asks(to);
        let path = "/api/chat/conversations?limit=200";
        let answer = self.get(dice, Request::List, None, path).await;
        let list = answer
            .as_ref()
            .and_then(|answer| answer.json["conversations"].as_array());
        let listed = list.and_then(|list| list.iter().find(|listed| listed["id"] == to));
        if let Some(listed) = listed {
            self.finds(to, number(&listed["lastSeq"]));
        }
    }

    fn asks(&self, conversation: &str) {
        let conversation = conversation.to_owned();
        self.asker.note(What::Asks { conversation });
    }

    fn finds(&self, conversation: &str, seq: i64) {
        let conversation = conversation.to_owned();
        self.asker.note(What::Finds { conversation, seq });
    }

    async fn sit(&self, dice: &mut Dice, to: &str) {
        let (request, part) = if dice.percent(60) {
            (Request::Join, "/join")
        } else {
            (Request::Leave, "/leave")
        };
        let post = self.asker.person(dice).request(Method::POST, &of(to, part));
        let within = Duration::from_millis(dice.between(500, 8_000));
        let about = About::new(request, Some(to));
        self.asker.ask(about, post.json(&json!({})), within).await;
    }

    async fn intrude(&self, dice: &mut Dice, to: &str, key: &str) {
        if dice.percent(50) {
            self.send_once(dice, to, key).await;
        } else {
            self.once(dice, Request::Intrude, to, "/messages").await;
        }
        let read = json!({ "conversationId": to });
        let kind = if dice.percent(50) { "read" } else { "typing" };
        self.order(Order::Say(kind, read)).await;
    }

    async fn once(
        &self,
        dice: &mut Dice,
        request: Request,
        to: &str,
        part: &str,
    ) -> Option<Answer> {
        self.get(dice, request, Some(to), &of(to, part)).await
    }

    async fn get(
        &self,
        dice: &mut Dice,
        request: Request,
        conversation: Option<&str>,
        path: &str,
    ) -> Option<Answer> {
        let get = self.asker.person(dice).request(Method::GET, path);
        let within = Duration::from_millis(dice.between(500, 8_000));
        let about = About::new(request, conversation);
        let answer = self.asker.ask(about, get, within).await;
        answer.filter(|answer| answer.status == 200)
    }

    /// Asks until there is a success.
    async fn insist(
        &self,
        dice: &mut Dice,
        request: Request,
        conversation: Option<&str>,
        (method, path, body): (Method, &str, Value),
    ) -> Option<Answer> {
        let mut until = None;
        loop {
            let request_of = self.asker.person(dice).request(method.clone(), path);
            let within = Duration::from_millis(dice.between(1_000, 8_000));
            let about = About::new(request, conversation);
            let answer = self.asker.ask(about, request_of.json(&body), within);
            match answer.await {
                Some(answer) if matches!(answer.status, 200 | 201) => return Some(answer),
                _ if self.starves(&mut until, request) => return None,
                _ => sleep(Duration::from_millis(dice.between(20, 600))).await,
            }
        }
    }

    /// Whether there is no answer for too long after everything runs again.
    fn starves(&self, until: &mut Option<Instant>, request: Request) -> bool {
        if !*self.is_over.borrow() {
            return false;
        }
        let until = until.get_or_insert_with(|| Instant::now() + PATIENCE);
        let starves = Instant::now() > *until;
        if starves {
            self.asker.note(What::Starves { request });
        }
        starves
    }

    async fn order(&self, order: Order) {
        // A listener ends after its actor.
        let _ = self.orders.send(order).await;
    }
}

/// The same at every attempt; now and then a long one.
fn content(seed: u64, key: &str) -> String {
    let mut dice = Dice::new(seed, key, 1);
    let is_long = dice.percent(5);
    let more = if is_long { dice.index(6_000) } else { 0 };
    format!("{key} {}", "x".repeat(more)).trim_end().to_owned()
}
