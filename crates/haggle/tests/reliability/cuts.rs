//! A thousand cut connections while people talk. Whatever happens, after `ready` the screen
//! shows what a fresh fetch shows.
//!
//! A life is a seed: people, what they do, and where the connection of one of them is cut. The
//! same seed does the same things; only the moment within a burst is up to the machine.

use std::time::Duration;

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;
use test_support::Person;
use tokio::{sync::oneshot, task::JoinSet};

use crate::{
    market::Market,
    reader::{Reader, Return, Turn},
    talk::{Talk, of},
};

const LIVES: u64 = 10;
/// Of each life.
const CUTS: usize = 100;

/// What happens between two cuts.
#[derive(Debug)]
enum Act {
    Say(usize, usize),
    /// Somebody reads up to a part of what there is, in percent; the whole without a number.
    Read(usize, usize, Option<usize>),
    Join(usize),
    Leave(usize),
    Rename,
}

/// A buyer, two suppliers and an administrator of their own, so that lives do not meet.
struct Life {
    /// Buyer, the two suppliers, the administrator.
    people: Vec<Person>,
    /// With either supplier.
    conversations: Vec<String>,
    product: String,
    is_joined: [bool; 2],
}

impl Life {
    async fn begin(market: &Market, seed: u64) -> Self {
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
        }
    }

    fn plan(&mut self, random: &mut StdRng) -> Vec<Act> {
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
        match random.random_range(0..20) {
            0..11 => Act::Say(who, place),
            11..14 => Act::Read(who, place, None),
            14..17 => Act::Read(who, place, Some(random.random_range(0..100))),
            17 => Act::Rename,
            _ => {
                let is_joined = &mut self.is_joined[place];
                *is_joined = !*is_joined;
                if *is_joined {
                    Act::Join(place)
                } else {
                    Act::Leave(place)
                }
            }
        }
    }

    async fn act(&self, market: &Market, act: &Act, count: usize) {
        match *act {
            Act::Say(who, place) => {
                let text = "x".repeat(1 + count * 37 % 3000);
                self.people[who]
                    .say(&self.conversations[place], &text)
                    .await;
            }
            Act::Read(who, place, None) => {
                self.people[who].read(&self.conversations[place]).await;
            }
            Act::Read(who, place, Some(percent)) => self.read_some(who, place, percent).await,
            Act::Join(place) => self.people[3].join(&self.conversations[place]).await,
            Act::Leave(place) => self.people[3].leave(&self.conversations[place]).await,
            Act::Rename => {
                let thing = json!({"name": format!("Thing {count}"), "image": "/thing.png"});
                market
                    .put(&format!("products/{}", self.product), thing)
                    .await;
            }
        }
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

/// Returns how often the connection was cut.
async fn live(market: &Market, seed: u64) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let mut life = Life::begin(market, seed).await;
    // Buyer, supplier or administrator: the one whom we watch.
    let watched = [0, 1, 3][usize::try_from(seed % 3).expect("a place")];
    let watchers = if watched == 1 {
        &life.conversations[..1]
    } else {
        &life.conversations[..]
    };
    let watchers: Vec<&str> = watchers.iter().map(String::as_str).collect();
    let mut reader = Reader::new(&life.people[watched], &watchers).await;
    // An administrator misses what happens between leaving and joining.
    reader.is_strict = watched != 3;
    let (mut cuts, mut count, mut step) = (0, 0, 0);
    while cuts < CUTS {
        step += 1;
        reader.scene = format!("seed {seed}, step {step}");
        let acts = life.plan(&mut random);
        let (done, mut is_done) = oneshot::channel();
        let acting = async {
            for act in &acts {
                count += 1;
                life.act(market, act, count).await;
            }
            // Nobody waits for it after the last cut.
            let _ = done.send(());
        };
        let watching = async {
            while is_done.try_recv().is_err() {
                watch(&mut reader, &mut random, &mut cuts).await;
            }
        };
        tokio::join!(acting, watching);
        check(&mut reader, &mut random, &mut cuts, watched == 3).await;
    }
    cuts
}

fn a_way_back(random: &mut StdRng) -> Return {
    match random.random_range(0..3) {
        0 => Return {
            part: 1,
            with_rev: true,
        },
        1 => Return {
            part: 1,
            with_rev: false,
        },
        _ => Return {
            with_rev: random.random(),
            ..Return::WHOLE
        },
    }
}

/// Listens for a while, then is cut off; or returns.
async fn watch(reader: &mut Reader, random: &mut StdRng, cuts: &mut usize) {
    if !reader.is_connected() {
        let way = a_way_back(random);
        assert!(reader.come_back(way).await, "{}: no server", reader.scene);
    }
    for _ in 0..random.random_range(0..12) {
        let within = Duration::from_millis(random.random_range(0..10));
        assert_ne!(reader.turn(within).await, Turn::Lost, "{}", reader.scene);
    }
    if random.random() {
        reader.cut(random.random());
        *cuts += 1;
    }
}

/// Nothing happens any more: the reader must show what a fetch shows.
async fn check(reader: &mut Reader, random: &mut StdRng, cuts: &mut usize, must_return: bool) {
    let fresh = reader.fetch().await;
    if must_return || random.random() {
        // Everything happened before it came back, so `ready` says that it knows everything.
        reader.cut(random.random());
        *cuts += 1;
        let way = a_way_back(random);
        assert!(reader.come_back(way).await, "{}: no server", reader.scene);
        reader.until_ready().await;
    } else {
        if !reader.is_connected() {
            assert!(
                reader.come_back(Return::WHOLE).await,
                "{}: no server",
                reader.scene
            );
        }
        reader.until_it_sees(&fresh).await;
    }
    reader.expect(&fresh);
    reader.expect_no_news().await;
    reader.expect(&fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_thousand_cuts_the_screen_shows_what_a_fetch_shows() {
    let market = std::sync::Arc::new(Market::open().await);
    let mut lives = JoinSet::new();
    for seed in 0..LIVES {
        let market = market.clone();
        lives.spawn(async move { live(&market, seed).await });
    }
    let mut cuts = 0;
    while let Some(life) = lives.join_next().await {
        cuts += life.expect("no life differs");
    }
    assert!(cuts >= 1_000, "only {cuts} cuts");
}
