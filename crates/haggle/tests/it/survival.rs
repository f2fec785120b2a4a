//! What was acknowledged is there, whatever is killed; once, and in order.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use reqwest::Client;
use serde_json::{Value, json};
use test_support::{
    Person, PrivateCluster, ServerOptions, ServerProcess, TestDatabase, eventually,
};
use tokio::task::JoinHandle;

use crate::world::{API_KEY, of};

const SENDERS: usize = 8;

fn options(database: &str) -> ServerOptions {
    ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database)
        .set("HAGGLE_API_KEY", API_KEY)
        .set("HAGGLE_MESSAGES_PER_MINUTE", "0")
}

/// Anna, Sofia, and their conversation.
async fn meet(server: &ServerProcess) -> (Person, String) {
    let base = server.base();
    for (id, role) in [("anna", "buyer"), ("sofia", "supplier")] {
        let request = Client::new().put(format!("{base}/api/directory/users/{id}"));
        let request = request
            .header("x-api-key", API_KEY)
            .json(&json!({"name": id, "role": role}));
        assert_eq!(request.send().await.unwrap().status(), 201);
    }
    let anna = Person::new(&base, "anna");
    let opened = anna
        .post("/api/chat/conversations", json!({"supplierId": "sofia"}))
        .await;
    let conversation = opened.expect(201)["id"].as_str().unwrap().to_owned();
    (anna, conversation)
}

/// People who send as fast as they can, and what the server acknowledged to them.
struct Load {
    stop: Arc<AtomicBool>,
    senders: Vec<JoinHandle<Vec<String>>>,
}

impl Load {
    fn start(anna: &Person, server: &ServerProcess, conversation: &str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let path = format!("{}{}", server.base(), of(conversation, "/messages"));
        let senders = (0..SENDERS).map(|sender| {
            let (stop, path) = (stop.clone(), path.clone());
            let token = anna.token.clone().unwrap();
            tokio::spawn(async move {
                let http = Client::new();
                let mut acknowledged = Vec::new();
                for number in 0.. {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    let name = format!("{sender}-{number}");
                    let body = json!({"content": name, "clientMessageId": name});
                    let sent = http
                        .post(&path)
                        .bearer_auth(&token)
                        .json(&body)
                        .send()
                        .await;
                    match sent {
                        Ok(answer) if answer.status() == 201 => acknowledged.push(name),
                        Ok(answer) => assert_eq!(answer.status(), 503),
                        Err(_) => tokio::task::yield_now().await,
                    }
                }
                acknowledged
            })
        });
        Self {
            senders: senders.collect(),
            stop,
        }
    }

    async fn end(self) -> BTreeSet<String> {
        self.stop.store(true, Ordering::SeqCst);
        let mut acknowledged = BTreeSet::new();
        for sender in self.senders {
            acknowledged.extend(sender.await.unwrap());
        }
        acknowledged
    }
}

/// Every message of the conversation, newest first.
async fn everything(anna: &Person, conversation: &str) -> Vec<Value> {
    let (mut all, mut query) = (Vec::new(), String::new());
    loop {
        let path = format!("{}?limit=100{query}", of(conversation, "/messages"));
        let mut page = anna.get(&path).await.expect(200);
        all.append(page["messages"].as_array_mut().unwrap());
        let Some(next) = page["nextCursor"].as_str() else {
            return all;
        };
        query = format!("&before={next}");
    }
}

fn assert_kept(all: &[Value], acknowledged: &BTreeSet<String>) {
    let seqs: Vec<_> = all
        .iter()
        .rev()
        .map(|message| message["seq"].as_u64().unwrap())
        .collect();
    assert!(
        seqs.iter().copied().eq(1..=seqs.len() as u64),
        "a gap or a double"
    );
    let texts: Vec<_> = all
        .iter()
        .map(|message| message["message"].as_str().unwrap())
        .collect();
    let distinct: BTreeSet<_> = texts.iter().copied().collect();
    assert_eq!(distinct.len(), texts.len(), "something was stored twice");
    let lost: Vec<_> = acknowledged
        .iter()
        .filter(|name| !distinct.contains(name.as_str()))
        .collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

/// Waits until the load has got somewhere.
async fn until_underway(anna: &Person, conversation: &str, messages: i64) {
    eventually("messages are stored", async || {
        let shown = anna.get(&of(conversation, "")).await;
        shown.json["lastSeq"]
            .as_i64()
            .is_some_and(|seq| seq >= messages)
    })
    .await;
}

#[tokio::test]
async fn killing_the_server_loses_and_doubles_nothing() {
    let database = TestDatabase::create().await;
    let mut server = ServerProcess::spawn(&options(database.url())).await;
    let address = server.address();
    let (anna, conversation) = meet(&server).await;
    let load = Load::start(&anna, &server, &conversation);
    for round in 1..=3 {
        until_underway(&anna, &conversation, round * 50).await;
        server.kill9();
        server = ServerProcess::spawn(&options(database.url()).listen(address)).await;
    }
    let acknowledged = load.end().await;
    assert!(acknowledged.len() >= 100);
    assert_kept(&everything(&anna, &conversation).await, &acknowledged);

    // A retry of the first, a restart later, gets the first result.
    let first = acknowledged.first().unwrap();
    let body = json!({"content": "again", "clientMessageId": first});
    let retried = anna
        .post(&of(&conversation, "/messages"), body)
        .await
        .expect(200);
    assert_eq!(retried["message"]["message"], json!(first));
}

#[tokio::test]
async fn killing_postgresql_loses_and_doubles_nothing() {
    let mut cluster = PrivateCluster::start();
    let server = ServerProcess::spawn(&options(cluster.url())).await;
    let (anna, conversation) = meet(&server).await;
    let load = Load::start(&anna, &server, &conversation);
    for round in 1..=2 {
        until_underway(&anna, &conversation, round * 50).await;
        cluster.kill9();
        cluster.start_again();
    }
    until_underway(&anna, &conversation, 150).await;
    let acknowledged = load.end().await;
    assert_kept(&everything(&anna, &conversation).await, &acknowledged);
}

#[tokio::test]
async fn ten_thousand_messages_of_one_moment_page_both_ways_each_once() {
    let database = TestDatabase::create().await;
    let server = ServerProcess::spawn(&options(database.url())).await;
    let (anna, conversation) = meet(&server).await;
    let fill = "
        with sent as (
          insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message, created_at)
          select 'm-' || n, $1, n, 'anna', 'buyer', n::text, '2026-01-01T00:00:00Z'
          from generate_series(1, 10000) n
        )
        update haggle.conversations set last_seq = 10000, last_message_at = '2026-01-01T00:00:00Z' where id = $1";
    let fill = sqlx::query(fill).bind(&conversation);
    fill.execute(&database.pool().await).await.unwrap();

    let all = everything(&anna, &conversation).await;
    let texts = all
        .iter()
        .map(|message| message["message"].as_str().unwrap().to_owned());
    assert!(texts.eq((1..=10_000).rev().map(|number| number.to_string())));

    let (mut newest, mut seen) = ("m-1".to_owned(), 1);
    loop {
        let path = format!(
            "{}?limit=100&after={newest}",
            of(&conversation, "/messages")
        );
        let page = anna.get(&path).await.expect(200);
        for message in page["messages"].as_array().unwrap().iter().rev() {
            seen += 1;
            assert_eq!(message["seq"], seen);
        }
        if page["hasNewer"] == false {
            break;
        }
        newest = page["messages"][0]["id"].as_str().unwrap().to_owned();
    }
    assert_eq!(seen, 10_000);
}
