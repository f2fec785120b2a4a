//! People of a seed, and all that they do with each other. The same seed does the same things.

use rand::{Rng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::{
    market::{self, Market},
    talk::{Talk, of},
};

/// What happens between two cuts.
#[derive(Debug)]
pub enum Act {
    Say(usize, usize),
    /// Somebody reads up to a part of what there is, in percent; the whole without a number.
    Read(usize, usize, Option<usize>),
    Join(usize),
    Leave(usize),
    Rename,
    Set(usize, usize, Value),
    /// By the buyer or the supplier.
    Block(usize, usize, bool),
    Close(usize),
    Reopen(usize),
    /// One of the newest messages, mostly of their own.
    Correct(usize, usize, usize),
    TakeBack(usize, usize, usize),
    React(usize, usize, usize, bool),
    Offer(usize, usize),
    /// To the newest offer.
    Answer(usize, usize, &'static str),
}

/// A buyer, two suppliers and an administrator of their own, so that lives do not meet.
pub struct Life {
    /// Buyer, the two suppliers, the administrator.
    pub people: Vec<Person>,
    /// With either supplier.
    pub conversations: Vec<String>,
    product: String,
    is_joined: [bool; 2],
    /// The ids of what was said, and of the newest offer.
    said: [Vec<String>; 2],
    offers: [Option<String>; 2],
}

impl Life {
    pub async fn begin(market: &Market, seed: u64) -> Self {
        let names = [
            ("buyer", "buyer"),
            ("one", "supplier"),
            ("other", "supplier"),
            ("admin", "admin"),
        ];
        let mut people = Vec::new();
        for (name, role) in names {
            let id = format!("{name}-{seed}");
            market.put_user(&id, role, true).await;
            people.push(market.person(&id));
        }
        let product = format!("product-{seed}");
        let thing = json!({"name": "A thing", "image": "/thing.png"});
        market.put(&format!("products/{product}"), thing).await;
        let mut conversations = Vec::new();
        for supplier in &people[1..3] {
            let with = json!({"supplierId": supplier.id, "productId": product});
            conversations.push(people[0].open(with).await);
        }
        Self {
            people,
            conversations,
            product,
            is_joined: [false; 2],
            said: Default::default(),
            offers: Default::default(),
        }
    }

    pub fn plan(&mut self, random: &mut StdRng) -> Vec<Act> {
        let count = random.random_range(1..9);
        (0..count).map(|_| self.plan_one(random)).collect()
    }

    fn plan_one(&mut self, random: &mut StdRng) -> Act {
        let place = random.random_range(0..2);
        let mut seated = vec![0, place + 1];
        if self.is_joined[place] {
            seated.push(3);
        }
        let who = seated[random.random_range(0..seated.len())];
        let newest = random.random_range(0..4);
        match random.random_range(0..44) {
            0..12 => Act::Say(who, place),
            12..15 => Act::Read(who, place, None),
            15..18 => Act::Read(who, place, Some(random.random_range(0..100))),
            18 => Act::Rename,
            19..22 => {
                let is_joined = &mut self.is_joined[place];
                *is_joined = !*is_joined;
                if *is_joined {
                    Act::Join(place)
                } else {
                    Act::Leave(place)
                }
            }
            22..26 => Act::Set(who, place, setting(random)),
            26 => Act::Block([0, place + 1][random.random_range(0..2)], place, true),
            // Rarely for long, or nothing else would happen.
            27..29 => Act::Block([0, place + 1][random.random_range(0..2)], place, false),
            29 => Act::Close(place),
            30..32 => Act::Reopen(place),
            32..34 => Act::Correct(who, place, newest),
            34 => Act::TakeBack(who, place, newest),
            35..38 => Act::React(who, place, newest, random.random_ratio(2, 3)),
            38..41 => Act::Offer([0, place + 1][random.random_range(0..2)], place),
            _ => {
                let answers = ["accept", "decline", "withdraw"];
                Act::Answer(who, place, answers[random.random_range(0..3)])
            }
        }
    }

    pub async fn act(&mut self, market: &Market, act: &Act, count: usize) {
        match act {
            Act::Say(who, place) => {
                let text = "x".repeat(1 + count * 37 % 3000);
                let sent = self
                    .attempt(
                        *who,
                        *place,
                        Method::POST,
                        "/messages",
                        json!({"content": text}),
                    )
                    .await;
                self.remember(*place, &sent["message"]);
            }
            Act::Set(who, place, setting) => {
                self.attempt(*who, *place, Method::PATCH, "/settings", setting.clone())
                    .await;
            }
            Act::Block(who, place, true) => {
                self.attempt(*who, *place, Method::PUT, "/block", json!({}))
                    .await;
            }
            Act::Block(who, place, false) => {
                self.attempt(*who, *place, Method::DELETE, "/block", json!({}))
                    .await;
            }
            Act::Close(place) => {
                let reason = json!({"reason": format!("Reason {count}")});
                self.attempt(3, *place, Method::POST, "/close", reason)
                    .await;
            }
            Act::Reopen(place) => {
                self.attempt(3, *place, Method::POST, "/reopen", json!({}))
                    .await;
            }
            Act::Correct(who, place, newest) => {
                let text = json!({"content": format!("Better {count}")});
                self.change(*who, *place, *newest, Method::PATCH, "", text)
                    .await;
            }
            Act::TakeBack(who, place, newest) => {
                let reason = json!({"reason": "Not here"});
                self.change(*who, *place, *newest, Method::DELETE, "", reason)
                    .await;
            }
            Act::React(who, place, newest, is_set) => {
                let method = if *is_set { Method::PUT } else { Method::DELETE };
                let sign = "/reactions/%F0%9F%91%8D";
                self.change(*who, *place, *newest, method, sign, json!({}))
                    .await;
            }
            Act::Offer(who, place) => {
                let item = json!({"name": "Steel", "quantity": "5", "unit": "t", "unitPrice": format!("{count}")});
                let terms =
                    json!({"items": [item], "currency": "EUR", "validUntil": market::later()});
                let offer = json!({"terms": terms});
                let made = self
                    .attempt(*who, *place, Method::POST, "/offers", offer)
                    .await;
                if let Some(id) = made["offer"]["id"].as_str() {
                    self.offers[*place] = Some(id.to_owned());
                }
                self.remember(*place, &made["message"]);
            }
            Act::Answer(who, place, answer) => {
                if let Some(offer) = self.offers[*place].clone() {
                    let path = format!("/offers/{offer}/{answer}");
                    self.attempt(*who, *place, Method::POST, &path, json!({"rev": 1}))
                        .await;
                }
            }
            Act::Read(who, place, None) => {
                self.people[*who].read(&self.conversations[*place]).await;
            }
            Act::Read(who, place, Some(percent)) => self.read_some(*who, *place, *percent).await,
            Act::Join(place) => self.people[3].join(&self.conversations[*place]).await,
            Act::Leave(place) => self.people[3].leave(&self.conversations[*place]).await,
            Act::Rename => {
                let thing = json!({"name": format!("Thing {count}"), "image": "/thing.png"});
                market
                    .put(&format!("products/{}", self.product), thing)
                    .await;
            }
        }
    }

    fn remember(&mut self, place: usize, message: &Value) {
        if let Some(id) = message["id"].as_str() {
            self.said[place].push(id.to_owned());
        }
    }

    /// To one of the newest messages.
    async fn change(
        &self,
        who: usize,
        place: usize,
        newest: usize,
        method: Method,
        part: &str,
        body: Value,
    ) {
        if let Some(message) = self.said[place].iter().rev().nth(newest) {
            let path = format!("/messages/{message}{part}");
            self.attempt(who, place, method, &path, body).await;
        }
    }

    /// What may be refused: it is blocked, closed, answered, or somebody else's.
    async fn attempt(
        &self,
        who: usize,
        place: usize,
        method: Method,
        path: &str,
        body: Value,
    ) -> Value {
        let path = of(&self.conversations[place], path);
        let answer = Answer::to(self.people[who].request(method, &path).json(&body)).await;
        let is_expected = [200, 201, 403, 409].contains(&answer.status);
        assert!(is_expected, "{path}: {} {:#}", answer.status, answer.json);
        answer.json
    }

    async fn read_some(&self, who: usize, place: usize, percent: usize) {
        let conversation = &self.conversations[place];
        let path = of(conversation, "/messages?limit=100&markRead=false");
        let page = self.people[who].get(&path).await.expect(200);
        let messages = page["messages"].as_array().expect("a page");
        if let Some(message) = messages.get(messages.len() * percent / 100) {
            let id = crate::talk::id(message);
            self.people[who].read_up_to(conversation, &id).await;
        }
    }
}

/// Something that somebody sets for themselves. Muted is for ever, so that no clock plays a part.
fn setting(random: &mut StdRng) -> Value {
    let is: bool = random.random_ratio(2, 3);
    match random.random_range(0..4) {
        0 => json!({"isArchived": is}),
        1 => json!({"isPinned": is}),
        2 => json!({"isMarkedUnread": is}),
        _ if is => json!({"mutedUntil": "2199-01-01T00:00:00Z"}),
        _ => json!({"mutedUntil": null}),
    }
}
