//! A device that acts: it sends, corrects, takes back, reacts, reads, types, opens, trades, archives, blocks, joins and
//! leaves, and tries again.

mod changing;
mod sending;
mod settling;
mod trading;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use reqwest::Method;
use serde_json::{Value, json};
use test_support::Answer;
use tokio::{
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout},
};
use wire::{Conversation, ConversationPage};

use self::sending::Sent;
use crate::{
    ask::{About, Asker, of, shape},
    history::{Request, What},
    listener::Order,
    people::{Manner, Purpose, Role},
    rng::Rng,
};

/// When everything runs again, whoever gets no answer for so long starves.
pub const PATIENCE: Duration = Duration::from_mins(1);

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

#[derive(Clone, Copy, Debug)]
enum Act {
    Send,
    Burst,
    Clicks,
    Repeat,
    Correct,
    TakeBack,
    React,
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
    Trade,
    Settle,
    Bar,
    Intrude,
}

impl Actor {
    pub async fn run(mut self) {
        let mut mine = self.open_mine().await;
        let mut sent = Sent::default();
        for step in 1.. {
            let mut rng = Rng::new(self.seed, &self.asker.who, step);
            let pause = Duration::from_millis(rng.between(20, 500));
            let over = self.is_over.wait_for(|is_over| *is_over);
            if timeout(pause, over).await.is_ok() {
                return;
            }
            self.learn(&mut mine).await;
            if !mine.is_empty() {
                let conversation = rng.pick(&mine).clone();
                self.act(&mut rng, step, &conversation, &mut sent).await;
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
            let mut rng = Rng::new(self.seed, &format!("{} opens", self.asker.who), number);
            if let Some(conversation) = self.open(&mut rng, topic).await {
                mine.push(conversation);
            }
        }
        mine
    }

    async fn open(&self, rng: &mut Rng, topic: &Topic) -> Option<String> {
        let body = topic.purpose.request(self.role.id);
        let post = (Method::POST, "/api/chat/conversations", body);
        let answer = self.insist(rng, Request::Open, None, post).await?;
        let conversation = shape::<Conversation>(&answer.json).id.to_string();
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

    async fn act(&self, rng: &mut Rng, step: u64, to: &str, sent: &mut Sent) {
        let key = format!("{}-{step}", self.asker.who);
        match self.choose(rng) {
            Act::Send => {
                if let Some(stored) = self.send(rng, to, &key).await {
                    sent.add(to, &key, stored);
                }
            }
            Act::Burst => {
                for turn in 0..rng.between(20, 120) {
                    self.send_once(rng, to, &format!("{key}-{turn}")).await;
                }
            }
            Act::Clicks => self.clicks(to, &key).await,
            Act::Repeat => {
                // As a client that was closed before it heard the answer, and is opened again.
                if !sent.keys.is_empty() {
                    let (to, key) = rng.pick(&sent.keys).clone();
                    self.send_once(rng, &to, &key).await;
                }
            }
            Act::Correct => self.correct(rng, sent).await,
            Act::TakeBack => self.take_back(rng, sent).await,
            Act::React => self.react(rng, to).await,
            Act::Read => self.read(rng, to, sent.last.get(to)).await,
            Act::ReadBySocket => {
                let read = json!({ "conversationId": to });
                self.order(Order::Say("read", read)).await;
            }
            Act::ReadByLooking => {
                self.once(rng, Request::Look, to, "/messages?limit=20")
                    .await;
            }
            Act::Type => {
                let typing = json!({"conversationId": to, "isTyping": rng.percent(80)});
                self.order(Order::Say("typing", typing)).await;
            }
            Act::Look => self.look(rng, to).await,
            Act::List => self.list(rng, to).await,
            Act::Count => {
                let path = "/api/chat/unread-count";
                self.get(rng, Request::Count, None, path).await;
            }
            Act::OpenAgain => {
                let topic = rng.pick(&self.topics);
                if topic.purpose.is_of(self.role.id) {
                    self.open(rng, topic).await;
                }
            }
            Act::Leave => {
                let rudely = rng.percent(60);
                let for_millis = rng.between(0, 3_000);
                self.order(Order::Leave { rudely, for_millis }).await;
            }
            Act::Sit => self.sit(rng, to).await,
            Act::Trade => self.trade(rng, to, &key).await,
            Act::Settle => self.settle(rng, to).await,
            Act::Bar => self.bar(rng, to).await,
            Act::Intrude => self.intrude(rng, to, &key).await,
        }
    }

    fn choose(&self, rng: &mut Rng) -> Act {
        let is_eager = u64::from(self.role.manner == Manner::Eager);
        let is_admin = u64::from(self.role.is_admin());
        if self.role.manner == Manner::Outside {
            return rng.weighted(&[(8, Act::Intrude), (2, Act::Leave), (1, Act::Count)]);
        }
        rng.weighted(&[
            (50, Act::Send),
            (is_eager * 10, Act::Burst),
            (1, Act::Clicks),
            (3, Act::Repeat),
            (6, Act::Correct),
            (2, Act::TakeBack),
            (6, Act::React),
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
            ((1 - is_admin) * 8, Act::Trade),
            (5, Act::Settle),
            (1, Act::Bar),
        ])
    }

    async fn read(&self, rng: &mut Rng, to: &str, last: Option<&(String, i64)>) {
        let (body, up_to) = match last {
            Some((id, seq)) if rng.percent(30) => (json!({ "upTo": id }), Some(*seq)),
            _ => (json!({}), None),
        };
        let conversation = to.to_owned();
        let marks = What::Marks {
            conversation: conversation.clone(),
            up_to,
        };
        self.asker.note(marks);
        let path = of(to, "/read");
        let marking = self.asker.person(rng).request(Method::PATCH, &path);
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(Request::Read, Some(to));
        let asked = self.asker.ask(about, marking.json(&body), within);
        if asked.await.is_some_and(|answer| answer.status == 200) {
            self.asker.note(What::Marked { conversation });
        }
    }

    /// Whoever was told that something is stored finds it, wherever they ask.
    async fn look(&self, rng: &mut Rng, to: &str) {
        self.asks(to);
        if let Some(answer) = self.once(rng, Request::Look, to, "").await {
            self.finds(to, shape::<Conversation>(&answer.json).last_seq);
        }
    }

    async fn list(&self, rng: &mut Rng, to: &str) {
        self.asks(to);
        let path = "/api/chat/conversations?limit=200";
        let answer = self.get(rng, Request::List, None, path).await;
        let page = answer.map(|answer| shape::<ConversationPage>(&answer.json));
        let mut list = page.into_iter().flat_map(|page| page.conversations);
        if let Some(listed) = list.find(|listed| listed.id.as_str() == to) {
            self.finds(to, listed.last_seq);
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

    async fn sit(&self, rng: &mut Rng, to: &str) {
        let (request, part) = if rng.percent(60) {
            (Request::Join, "/join")
        } else {
            (Request::Leave, "/leave")
        };
        let post = self.asker.person(rng).request(Method::POST, &of(to, part));
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(request, Some(to));
        self.asker.ask(about, post.json(&json!({})), within).await;
    }

    async fn intrude(&self, rng: &mut Rng, to: &str, key: &str) {
        if rng.percent(50) {
            self.send_once(rng, to, key).await;
        } else {
            self.once(rng, Request::Intrude, to, "/messages").await;
        }
        let read = json!({ "conversationId": to });
        let kind = if rng.percent(50) { "read" } else { "typing" };
        self.order(Order::Say(kind, read)).await;
    }

    async fn once(&self, rng: &mut Rng, request: Request, to: &str, part: &str) -> Option<Answer> {
        self.get(rng, request, Some(to), &of(to, part)).await
    }

    async fn get(
        &self,
        rng: &mut Rng,
        request: Request,
        conversation: Option<&str>,
        path: &str,
    ) -> Option<Answer> {
        let get = self.asker.person(rng).request(Method::GET, path);
        let within = Duration::from_millis(rng.between(500, 8_000));
        let about = About::new(request, conversation);
        let answer = self.asker.ask(about, get, within).await;
        answer.filter(|answer| answer.status == 200)
    }

    /// Asks until there is a success.
    async fn insist(
        &self,
        rng: &mut Rng,
        request: Request,
        conversation: Option<&str>,
        (method, path, body): (Method, &str, Value),
    ) -> Option<Answer> {
        let mut until = None;
        loop {
            let request_of = self.asker.person(rng).request(method.clone(), path);
            let within = Duration::from_millis(rng.between(1_000, 8_000));
            let about = About::new(request, conversation);
            let answer = self.asker.ask(about, request_of.json(&body), within);
            match answer.await {
                Some(answer) if matches!(answer.status, 200 | 201) => return Some(answer),
                _ if self.starves(&mut until, request) => return None,
                _ => sleep(Duration::from_millis(rng.between(20, 600))).await,
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
