//! A crowd that talks, reads, listens, joins and leaves without a pause, whatever happens to the
//! server. What is not answered is tried again with the same `clientMessageId`, as clients do.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person, Waiting};
use tokio::task::JoinSet;

use crate::{
    market::Market,
    reader::{Reader, Return},
    talk::{Talk, id, number, of},
};

/// A message that somebody was told is stored.
#[derive(Debug)]
struct Acknowledged {
    conversation: String,
    client_message_id: String,
    id: String,
    seq: i64,
}

#[derive(Default)]
struct Mood {
    is_over: AtomicBool,
    acknowledged: AtomicUsize,
}

impl Mood {
    fn is_over(&self) -> bool {
        self.is_over.load(Ordering::SeqCst)
    }

    fn count(&self) -> usize {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// Waits until so many more messages are acknowledged, or it is over.
    async fn more(&self, count: usize) {
        let enough = self.count() + count;
        let waiting = Waiting::for_("the crowd goes on");
        while !self.is_over() && self.count() < enough {
            waiting.a_moment().await;
        }
    }
}

pub struct Crowd {
    mood: Arc<Mood>,
    talkers: JoinSet<Vec<Acknowledged>>,
    readers: JoinSet<Reader>,
    others: JoinSet<()>,
}

impl Crowd {
    /// Three conversations; everybody talks and listens in all of theirs.
    pub async fn gather(market: &Market) -> Self {
        let [anna, bert, sofia, tom, ada, alan] =
            market.people(["anna", "bert", "sofia", "tom", "ada", "alan"]);
        let steel = market.steel().await;
        let textiles = anna.open(json!({"supplierId": "s-2"})).await;
        let bolts = bert.open(json!({"supplierId": "s-1"})).await;
        ada.join(&steel).await;

        let mood = Arc::new(Mood::default());
        let mut crowd = Self {
            mood: mood.clone(),
            talkers: JoinSet::new(),
            readers: JoinSet::new(),
            others: JoinSet::new(),
        };
        let seats = [
            (&anna, vec![&steel, &textiles]),
            (&bert, vec![&bolts]),
            (&sofia, vec![&steel, &bolts]),
            (&tom, vec![&textiles]),
            (&ada, vec![&steel]),
        ];
        // All of them begin to listen before anybody talks.
        for (person, theirs) in &seats {
            let theirs: Vec<&str> = theirs.iter().map(|id| id.as_str()).collect();
            let mut reader = Reader::new(person, &theirs).await;
            reader.scene.clone_from(&person.id);
            assert!(reader.come_back(Return::WHOLE).await);
            reader.until_ready().await;
            crowd.readers.spawn(listen(reader, mood.clone()));
        }
        for (person, theirs) in seats {
            for conversation in theirs {
                let (talks, reads) = (person.clone(), person.clone());
                let (here, there) = (conversation.clone(), conversation.clone());
                crowd.talkers.spawn(talk(talks, here, mood.clone()));
                crowd.others.spawn(read(reads, there, mood.clone()));
            }
        }
        crowd.others.spawn(come_and_go(alan, bolts, mood));
        crowd
    }

    /// Waits until so many more messages are acknowledged.
    pub async fn has_sent(&self, count: usize) {
        self.mood.more(count).await;
    }

    /// Everybody ends what they do; then nothing acknowledged is missing or doubled, nothing has a
    /// gap, and everybody has seen it all. Returns how many messages there were.
    pub async fn end(mut self) -> usize {
        self.mood.is_over.store(true, Ordering::SeqCst);
        let mut acknowledged = Vec::new();
        while let Some(said) = self.talkers.join_next().await {
            acknowledged.extend(said.expect("everything is acknowledged"));
        }
        while let Some(done) = self.others.join_next().await {
            done.expect("it ends");
        }
        let mut stored = BTreeMap::new();
        while let Some(reader) = self.readers.join_next().await {
            let mut reader = reader.expect("it listens to the end");
            // This also shows that `seq` has no gap.
            let fresh = reader.fetch().await;
            reader.until_it_sees(&fresh).await;
            reader.expect(&fresh);
            for conversation in fresh.keys() {
                stored.insert(
                    conversation.clone(),
                    reader.person.history(conversation).await,
                );
            }
        }
        compare(&acknowledged, &stored);
        acknowledged.len()
    }
}

fn compare(acknowledged: &[Acknowledged], stored: &BTreeMap<String, Vec<Value>>) {
    let mut by_client_id = BTreeMap::new();
    for (conversation, messages) in stored {
        for message in messages {
            let client_id = message["clientMessageId"].as_str().expect("all have one");
            let key = (conversation.clone(), client_id.to_owned());
            let doubled = by_client_id.insert(key, (id(message), number(&message["seq"])));
            assert_eq!(doubled, None, "a message is doubled: {message:#}");
        }
    }
    for said in acknowledged {
        let key = (said.conversation.clone(), said.client_message_id.clone());
        let found = by_client_id.remove(&key);
        assert_eq!(found, Some((said.id.clone(), said.seq)), "lost: {said:?}");
    }
    // Everybody tried until they had an answer, so nothing else is there.
    assert_eq!(by_client_id, BTreeMap::new());
}

async fn talk(person: Person, conversation: String, mood: Arc<Mood>) -> Vec<Acknowledged> {
    let mut said: Vec<Acknowledged> = Vec::new();
    while !mood.is_over() {
        let client_message_id = format!("{}-{}", person.id, said.len());
        let message = acknowledged(&person, &conversation, &client_message_id).await;
        let seq = number(&message["seq"]);
        assert!(
            said.last().is_none_or(|last| last.seq < seq),
            "{}'s messages are out of order",
            person.id
        );
        said.push(Acknowledged {
            conversation: conversation.clone(),
            client_message_id,
            id: id(&message),
            seq,
        });
        mood.acknowledged.fetch_add(1, Ordering::SeqCst);
    }
    said
}

/// Sends until somebody says that it is stored.
async fn acknowledged(person: &Person, conversation: &str, client_message_id: &str) -> Value {
    let path = of(conversation, "/messages");
    let body = json!({"content": client_message_id, "clientMessageId": client_message_id});
    let waiting = Waiting::for_("a message is acknowledged");
    loop {
        let request = person.request(Method::POST, &path).json(&body);
        if let Some(mut answer) = answer(request).await {
            assert!(matches!(answer.status, 200 | 201), "{:#}", answer.json);
            return answer.json["message"].take();
        }
        waiting.a_moment().await;
    }
}

/// `None`: nobody is there, or nobody who can answer now, which is said in the usual form.
async fn answer(request: reqwest::RequestBuilder) -> Option<Answer> {
    let answer = Answer::try_to(request).await.ok()?;
    if answer.status != 503 {
        return Some(answer);
    }
    assert_eq!(answer.json["code"], "unavailable", "{:#}", answer.json);
    assert!(answer.json["requestId"].is_string());
    None
}

async fn read(person: Person, conversation: String, mood: Arc<Mood>) {
    let path = of(&conversation, "/read");
    while !mood.is_over() {
        mood.more(7).await;
        let request = person.request(Method::PATCH, &path).json(&json!({}));
        if let Some(answer) = answer(request).await {
            assert_eq!(answer.status, 200, "{:#}", answer.json);
        }
    }
}

async fn come_and_go(admin: Person, conversation: String, mood: Arc<Mood>) {
    for turn in 0.. {
        let part = ["/join", "/leave"][turn % 2];
        if mood.is_over() {
            return;
        }
        mood.more(20).await;
        let request = admin.request(Method::POST, &of(&conversation, part));
        if let Some(answer) = answer(request.json(&json!({}))).await {
            // It may have left already, by a request that was not answered.
            assert!(matches!(answer.status, 200 | 409), "{:#}", answer.json);
        }
    }
}

async fn listen(mut reader: Reader, mood: Arc<Mood>) -> Reader {
    while !mood.is_over() {
        reader.follow().await;
    }
    reader
}
