//! Three people with three devices each send and read; every badge is a count of rows.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde_json::json;
use sqlx::{PgPool, query_as, query_scalar};
use test_support::Person;

use crate::{
    market::Market,
    reader::{Reader, Return},
    talk::{Talk, id, number, of},
};

const SEEDS: u64 = 8;
const STEPS: usize = 30;
const DEVICES: usize = 3;

/// Anna, Sofia and Ada, and what they have read, by the test's own count.
struct Trio {
    people: [Person; 3],
    conversation: String,
    /// The sender's place of each message and its id.
    said: Vec<(usize, String)>,
    /// The `seq` up to which each has read; Ada only while she has joined.
    marks: [Option<usize>; 3],
    readers: Vec<Reader>,
}

impl Trio {
    async fn begin(market: &Market, seed: u64) -> Self {
        let product = json!({"name": "Bolts", "image": "/bolts.png", "supplierId": "s-1"});
        market.put(&format!("products/bolts-{seed}"), product).await;
        let people = market.people(["anna", "sofia", "ada"]);
        let about = json!({"supplierId": "s-1", "productId": format!("bolts-{seed}")});
        let conversation = people[0].open(about).await;
        let mut readers = Vec::new();
        for person in &people {
            for device in 0..DEVICES {
                let mut reader = Reader::new(person, &[&conversation]).await;
                reader.scene = format!("seed {seed}, device {device} of {}", person.id);
                assert!(reader.come_back(Return::WHOLE).await);
                reader.until_ready().await;
                readers.push(reader);
            }
        }
        Self {
            people,
            conversation,
            said: Vec::new(),
            marks: [Some(0), Some(0), None],
            readers,
        }
    }

    async fn step(&mut self, random: &mut StdRng) {
        let who = random.random_range(0..3);
        let person = self.people[who].clone();
        let Some(mark) = self.marks[who] else {
            person.join(&self.conversation).await;
            self.marks[who] = Some(self.said.len());
            return;
        };
        match random.random_range(0..12) {
            0..6 => {
                let text = format!("message {}", self.said.len() + 1);
                let message = person.say(&self.conversation, &text).await;
                self.said.push((who, id(&message)));
                self.marks[who] = Some(self.said.len());
            }
            6 if who == 2 => {
                person.leave(&self.conversation).await;
                self.marks[who] = None;
            }
            7 => {
                assert_eq!(person.read(&self.conversation).await, 0);
                self.marks[who] = Some(self.said.len());
            }
            8 => self.open_page(who, mark).await,
            _ if self.said.is_empty() => {}
            way => {
                // By HTTP or from one of the devices; backwards does nothing.
                let index = random.random_range(0..self.said.len());
                let message = self.said[index].1.clone();
                let left = person.read_up_to(&self.conversation, &message).await;
                let mark = mark.max(index + 1);
                assert_eq!(left, count(self.said.len() - mark), "way {way}");
                self.marks[who] = Some(mark);
            }
        }
    }

    /// As a plain client does: what is shown is read.
    async fn open_page(&mut self, who: usize, mark: usize) {
        let path = of(&self.conversation, "/messages?limit=5");
        self.people[who].get(&path).await.expect(200);
        self.marks[who] = Some(mark.max(self.said.len()));
    }

    fn unread(&self, who: usize) -> i64 {
        self.marks[who].map_or(0, |mark| count(self.said.len() - mark))
    }

    /// Every badge of everybody.
    async fn check(&mut self, sql: &PgPool, scene: &str) {
        for who in 0..3 {
            let (person, expected) = (&self.people[who], self.unread(who));
            let all: i64 = query_scalar(
                "select count(*) from haggle.message_rows m join haggle.conversations c on c.id = m.conversation_id \
                 where m.seq > case $1 when c.buyer_id then c.buyer_read_seq \
                   when c.supplier_id then c.supplier_read_seq when c.admin_id then c.admin_read_seq end",
            )
            .bind(&person.id)
            .fetch_one(sql)
            .await
            .expect("a count");
            assert_eq!(
                person.unread().await,
                all,
                "{scene}: {} over all",
                person.id
            );
            let listed = person.listed(&self.conversation).await;
            assert_eq!(
                number(&listed["unreadCount"]),
                expected,
                "{scene}: {listed:#}"
            );
            let mark = self.marks[who].map(|mark| json!(mark)).unwrap_or_default();
            assert_eq!(listed["lastReadSeq"], mark, "{scene}");
            let card = person.look_at(&self.conversation).await;
            assert_eq!(number(&card["unreadCount"]), expected, "{scene}: {card:#}");
        }
        self.check_columns(sql, scene).await;
        self.check_devices(scene).await;
    }

    /// What a host reads by SQL.
    async fn check_columns(&self, sql: &PgPool, scene: &str) {
        let columns = "select unread_count_buyer, unread_count_supplier, unread_count_admin \
                       from haggle.conversations where id = $1";
        let columns: (i32, i32, i32) = query_as(columns)
            .bind(&self.conversation)
            .fetch_one(sql)
            .await
            .expect("the columns");
        let expected = [0, 1, 2].map(|who| self.unread(who));
        let columns = [columns.0, columns.1, columns.2].map(i64::from);
        assert_eq!(columns, expected, "{scene}");

        let rows =
            "select id, is_read from haggle.messages where conversation_id = $1 order by seq";
        let rows: Vec<(String, bool)> = query_as(rows)
            .bind(&self.conversation)
            .fetch_all(sql)
            .await
            .expect("the messages");
        let rows: BTreeMap<_, _> = rows.into_iter().collect();
        assert_eq!(rows.len(), self.said.len(), "{scene}");
        for (index, (sender, message)) in self.said.iter().enumerate() {
            let others = (0..3).filter(|who| who != sender);
            let mut marks = others.filter_map(|who| self.marks[who]);
            let is_read = marks.all(|mark| mark > index);
            assert_eq!(rows[message], is_read, "{scene}: message {}", index + 1);
        }
        let fetched = self.people[0].history(&self.conversation).await;
        for message in fetched {
            assert_eq!(
                message["isRead"],
                rows[&id(&message)],
                "{scene}: {message:#}"
            );
        }
    }

    async fn check_devices(&mut self, scene: &str) {
        for reader in &mut self.readers {
            let who = ["anna", "sofia", "ada"]
                .iter()
                .position(|id| *id == reader.person.id);
            let who = who.expect("one of the three");
            // Who has left is told nothing more, so they look again.
            if self.marks[who].is_none() {
                reader.cut(false);
                assert!(reader.come_back(Return::WHOLE).await);
                reader.until_ready().await;
            }
            let fresh = reader.fetch().await;
            reader.until_it_sees(&fresh).await;
            reader.expect(&fresh);
            let badge = reader.seen[&self.conversation].unread(&reader.person.id);
            let expected = self.marks[who].map_or(0, |mark| count(self.said.len() - mark));
            assert_eq!(badge, expected, "{scene}: {}", reader.scene);
        }
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).expect("not that many")
}

#[tokio::test]
async fn after_any_sends_and_reads_every_badge_is_the_count_by_sql() {
    let market = Market::open().await;
    let sql = market.sql().await;
    for seed in 0..SEEDS {
        let mut random = StdRng::seed_from_u64(seed);
        let mut trio = Trio::begin(&market, seed).await;
        for step in 1..=STEPS {
            trio.step(&mut random).await;
            if random.random_range(0..10) == 0 || step == STEPS {
                trio.check(&sql, &format!("seed {seed}, step {step}")).await;
            }
        }
        // Ada sees every conversation, so she would come along.
        if trio.marks[2].is_some() {
            trio.people[2].leave(&trio.conversation).await;
        }
    }
}
