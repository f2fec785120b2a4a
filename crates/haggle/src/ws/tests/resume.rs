//! What a returning client is told.

mod cuts;
mod state;

use chat::ids::ConversationId;
use serde_json::{Value, json};

use super::{
    client::Client,
    rig::{HOUR, Rig},
};

/// Authenticates with what was last seen; everything up to `ready`.
async fn resume(rig: &Rig, user: &str, since: Value) -> Vec<(String, Value)> {
    let mut client = rig.connect().await;
    let payload = json!({"token": rig.token(user, HOUR), "since": since});
    client.say("authenticate", payload).await;
    client.expect("authenticated").await;
    until_ready(&mut client).await
}

async fn until_ready(client: &mut Client) -> Vec<(String, Value)> {
    let frames = client.until("ready").await;
    let told = frames.into_iter();
    told.filter(|(kind, _)| !["notification", "online_status", "ready"].contains(&&**kind))
        .collect()
}

fn kinds(frames: &[(String, Value)]) -> Vec<&str> {
    frames.iter().map(|(kind, _)| &**kind).collect()
}

#[tokio::test]
async fn the_missing_messages_then_the_conversation() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    for number in 1..=5 {
        rig.send("ben", &conversation, &format!("message {number}"))
            .await;
    }
    let known = rig.fetch(&conversation).await.rev;
    rig.send("ben", &conversation, "message 6").await;
    rig.read("anna", &conversation, None).await;
    let rev = rig.fetch(&conversation).await.rev;

    let since = json!({conversation.as_str(): {"seq": 5, "rev": known}});
    let frames = resume(&rig, "anna", since).await;
    assert_eq!(kinds(&frames), ["message", "conversation_updated"]);
    assert_eq!(frames[0].1["message"]["seq"], 6);
    assert_eq!(frames[0].1["rev"], known);
    assert_eq!(frames[1].1["rev"], rev);
    assert_eq!(frames[1].1["conversation"]["unreadCount"], 0);

    // Only the seq: the conversation follows in any case.
    let frames = resume(&rig, "anna", json!({conversation.as_str(): 3})).await;
    let seqs: Vec<_> = frames
        .iter()
        .map(|(_, told)| &told["message"]["seq"])
        .collect();
    assert_eq!(seqs, [&json!(4), &json!(5), &json!(6), &Value::Null]);
    assert_eq!(frames[3].0, "conversation_updated");

    // Nothing missed, nothing said.
    let since = json!({conversation.as_str(): {"seq": 6, "rev": rev}});
    assert_eq!(resume(&rig, "anna", since).await, []);
}

#[tokio::test]
async fn what_cannot_be_told_is_a_reset() {
    let rig = Rig::new().await;
    let mine = rig.conversation().await;
    let theirs = rig.open("carl", "ben").await;
    let far = rig.open("anna", "sue").await;
    for number in 0..=500 {
        rig.send("sue", &far, &format!("message {number}")).await;
    }
    let too_long = "x".repeat(300);
    for (since, reset) in [
        (json!({mine.as_str(): {"seq": 7, "rev": 1}}), mine.as_str()),
        (json!({mine.as_str(): u64::MAX}), mine.as_str()),
        (json!({theirs.as_str(): 0}), theirs.as_str()),
        (json!({far.as_str(): 0}), far.as_str()),
        (json!({"none": 0}), "none"),
        (json!({"no\u{0}ne": 0}), "no\u{0}ne"),
        (json!({too_long.as_str(): 0}), &too_long),
    ] {
        let frames = resume(&rig, "anna", since).await;
        let expected = ("reset".to_owned(), json!({"conversationId": reset}));
        assert_eq!(frames, [expected]);
    }
    let frames = resume(&rig, "anna", json!({far.as_str(): 1})).await;
    assert_eq!(frames.len(), 501);
}

#[tokio::test]
async fn every_part_has_its_own_ready() {
    let rig = Rig::new().await;
    let mut conversations: Vec<ConversationId> = Vec::new();
    for number in 0..250 {
        let id = format!("supplier-{number}");
        rig.put(&id, chat::person::Role::Supplier, true).await;
        conversations.push(rig.open("anna", &id).await);
    }
    let parts: Vec<_> = conversations
        .chunks(120)
        .map(|part| part.iter().map(|id| (id.to_string(), json!(0))).collect())
        .map(Value::Object)
        .collect();
    let mut anna = rig.connect().await;
    let token = rig.token("anna", HOUR);
    anna.say("authenticate", json!({"token": token, "since": parts[0]}))
        .await;
    for part in &parts[1..] {
        anna.say("resume", json!({ "since": part })).await;
    }
    for expected in [120, 120, 10] {
        let frames = anna.until("ready").await;
        let updated = frames
            .iter()
            .filter(|(kind, _)| kind == "conversation_updated");
        assert_eq!(updated.count(), expected);
    }
    anna.expect_silence().await;
}

#[tokio::test]
async fn an_administrator_resumes_what_they_only_watch() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    rig.send("ben", &conversation, "hello").await;
    let frames = resume(&rig, "ada", json!({conversation.as_str(): 0})).await;
    assert_eq!(kinds(&frames), ["message", "conversation_updated"]);
    assert_eq!(frames[1].1["conversation"]["lastReadSeq"], Value::Null);
}
