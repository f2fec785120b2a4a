//! Somebody with thousands of conversations comes back.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Map, Value, json};
use sqlx::{PgPool, query, query_as};
use test_support::Frame;
use tokio_tungstenite::{connect_async, tungstenite::Message};

use crate::{
    market::Market,
    talk::{Talk, number},
};

const CONVERSATIONS: i64 = 5_000;
/// The most that either side says in one frame.
const FRAME_BYTES: usize = 64 << 10;

/// Anna has written to each of five thousand suppliers, and each has answered but the last ten.
async fn fill(sql: &PgPool) -> Vec<String> {
    for statement in [
        "insert into haggle.users (id, name, role) \
         select 'supplier-' || n, 'Supplier ' || n, 'supplier' from generate_series(1, $1) n",
        "insert into haggle.conversations (id, buyer_id, supplier_id, last_seq, rev, buyer_read_seq) \
         select gen_random_uuid()::varchar, 'anna', 'supplier-' || n, \
           case when n > $1 - 10 then 1 else 2 end, case when n > $1 - 10 then 2 else 3 end, 1 \
         from generate_series(1, $1) n",
        "insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message) \
         select gen_random_uuid()::varchar, c.id, seq, \
           case seq when 1 then 'anna' else c.supplier_id end, \
           case seq when 1 then 'buyer' else 'supplier' end, 'message ' || seq \
         from haggle.conversations c, generate_series(1, c.last_seq) seq where $1 > 0",
    ] {
        let done = query(statement).bind(CONVERSATIONS).execute(sql).await;
        done.expect("the statement is done");
    }
    let ids = query_as::<_, (String,)>("select id from haggle.conversations order by id");
    let ids = ids.fetch_all(sql).await.expect("the conversations");
    ids.into_iter().map(|(id,)| id).collect()
}

/// As many conversations as fit into a frame, each as Anna saw it last.
fn parts(ids: &[String]) -> Vec<Value> {
    let mut parts = vec![Map::new()];
    let mut bytes = 0;
    for id in ids {
        bytes += id.len() + r#""":{"seq":1,"rev":2},"#.len();
        if bytes > FRAME_BYTES - 1024 {
            parts.push(Map::new());
            bytes = 0;
        }
        let part = parts.last_mut().expect("a part");
        part.insert(id.clone(), json!({"seq": 1, "rev": 2}));
    }
    parts.into_iter().map(Value::Object).collect()
}

#[tokio::test]
async fn five_thousand_conversations_are_resumed_in_bounded_frames() {
    let market = Market::open().await;
    let sql = market.sql().await;
    let ids = fill(&sql).await;
    let anna = market.person("anna");
    let parts = parts(&ids);
    assert!(parts.len() > 1, "more than fits into one frame");

    let url = format!("{}/api/chat/ws", anna.base.replacen("http", "ws", 1));
    let (socket, _) = connect_async(url).await.expect("a socket");
    let (mut says, mut hears) = socket.split();
    let part_count = parts.len();
    let token = anna.token.clone();
    let asking = tokio::spawn(async move {
        let first = json!({"token": token, "since": parts[0]});
        let mut frames = vec![json!({"type": "authenticate", "payload": first})];
        let rest = parts[1..].iter();
        frames.extend(rest.map(|part| json!({"type": "resume", "payload": {"since": part}})));
        for frame in frames {
            let text = frame.to_string();
            assert!(text.len() <= FRAME_BYTES);
            says.send(Message::text(text))
                .await
                .expect("the server listens");
        }
        // Kept open until everything is answered.
        says
    });

    let mut messages: BTreeMap<String, i64> = BTreeMap::new();
    let mut updated = BTreeSet::new();
    let mut ready = 0;
    while ready < part_count {
        let frame = hears
            .next()
            .await
            .expect("an open socket")
            .expect("a frame");
        let Message::Text(text) = frame else { continue };
        assert!(text.len() <= FRAME_BYTES, "a frame of {} bytes", text.len());
        let mut frame: Value = serde_json::from_str(&text).expect("JSON");
        let kind = frame["type"].as_str().expect("a type").to_owned();
        let frame = Frame {
            kind,
            payload: frame["payload"].take(),
        };
        let id = frame.payload["conversationId"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        match &*frame.kind {
            "ready" => ready += 1,
            "message" => {
                assert!(
                    !updated.contains(&id),
                    "the conversation follows its messages"
                );
                assert_eq!(number(&frame.payload["message"]["seq"]), 2);
                *messages.entry(id).or_default() += 1;
            }
            "conversation_updated" => assert!(updated.insert(id), "once for each conversation"),
            "authenticated" | "notification" => {}
            other => panic!("did not expect {other}"),
        }
    }
    drop(asking.await.expect("everything was asked"));
    let missed = usize::try_from(CONVERSATIONS - 10).expect("a number");
    assert_eq!(messages.len(), missed);
    assert!(messages.values().all(|times| *times == 1), "each once");
    let told: BTreeSet<_> = messages.into_keys().collect();
    assert_eq!(told, updated, "what did not change is not told");
    assert_eq!(anna.unread().await, CONVERSATIONS - 10);
}
