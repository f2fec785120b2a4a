//! What only the time brings about. It is paused: nothing here takes long.

use std::time::Duration;

use chat::person::Role;
use futures_util::StreamExt;
use serde_json::json;
use tokio::time::{Instant, timeout};

use super::rig::Rig;

/// Whole seconds, rounded.
fn seconds(since: Instant) -> u64 {
    (since.elapsed().as_millis() as u64 + 500) / 1000
}

#[tokio::test(start_paused = true)]
async fn silence_for_ten_seconds_is_4401() {
    let rig = Rig::new().await;
    let start = Instant::now();
    let mut stranger = rig.connect().await;
    assert_eq!(stranger.close_code().await, 4401);
    assert_eq!(seconds(start), 10);
}

#[tokio::test(start_paused = true)]
async fn a_socket_ends_with_its_token() {
    let rig = Rig::new().await;
    let start = Instant::now();
    let mut anna = rig.join_for("anna", Duration::from_secs(30)).await;
    assert_eq!(anna.close_code().await, 4401);
    assert_eq!(seconds(start), 30);
}

#[tokio::test(start_paused = true)]
async fn a_fresh_token_makes_it_last_longer() {
    let rig = Rig::new().await;
    let start = Instant::now();
    let mut anna = rig.join_for("anna", Duration::from_secs(30)).await;
    let token = rig.token("anna", Duration::from_secs(90));
    anna.say("authenticate", json!({ "token": token })).await;
    anna.expect("authenticated").await;
    assert_eq!(anna.close_code().await, 4401);
    assert_eq!(seconds(start), 90);
}

#[tokio::test(start_paused = true)]
async fn somebody_quiet_who_answers_pings_stays() {
    let rig = Rig::new().await;
    let mut anna = rig.join("anna").await;
    let quiet = timeout(Duration::from_secs(1800), anna.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
    anna.expect_silence().await;
}

#[tokio::test(start_paused = true)]
async fn a_dead_peer_is_gone_within_45_seconds() {
    let rig = Rig::new().await;
    let start = Instant::now();
    let dead = rig.join("anna").await;
    let mut watch = tokio::time::interval(Duration::from_millis(500));
    while !rig.app.hub.is_empty() {
        watch.tick().await;
    }
    assert!((20..=45).contains(&seconds(start)), "{}", seconds(start));
    drop(dead);
}

#[tokio::test(start_paused = true)]
async fn typing_is_told_once_and_ends_by_itself() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let (mut anna, mut tab) = (rig.join("anna").await, rig.join("anna").await);
    let (mut ben, mut carl) = (rig.join("ben").await, rig.join("carl").await);
    tab.until("online_status").await;
    anna.until("online_status").await;

    let typing = json!({ "conversationId": conversation });
    for _ in 0..10 {
        anna.say("typing", typing.clone()).await;
    }
    let told = ben.expect("typing").await;
    let expected = |is_typing| json!({"conversationId": conversation, "userId": "anna", "isTyping": is_typing});
    assert_eq!(told, expected(true));
    anna.expect_silence().await;
    ben.expect_silence().await;

    // The writer vanishes.
    let start = Instant::now();
    drop(anna);
    let (kind, told) = ben.next().await;
    assert_eq!((&*kind, told), ("typing", expected(false)));
    assert!(start.elapsed() < Duration::from_secs(6));
    tab.expect_silence().await;
    carl.expect_silence().await;
}

#[tokio::test(start_paused = true)]
async fn typing_that_goes_on_is_told_again_and_can_be_ended() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let (mut ben, mut anna) = (rig.join("ben").await, rig.join("anna").await);
    ben.expect("online_status").await;
    for _ in 0..8 {
        anna.say("typing", json!({ "conversationId": conversation }))
            .await;
        anna.expect_silence().await;
        tokio::time::advance(Duration::from_secs(1)).await;
    }
    let typing = json!({"conversationId": conversation, "isTyping": false});
    anna.say("typing", typing).await;
    anna.expect_silence().await;
    ben.say("ping", json!({})).await;
    let heard = ben.until("pong").await;
    let told: Vec<_> = heard.iter().map(|(_, told)| &told["isTyping"]).collect();
    assert_eq!(
        told,
        [
            &json!(true),
            &json!(true),
            &json!(true),
            &json!(false),
            &json!(null)
        ]
    );
    let quiet = timeout(Duration::from_secs(10), ben.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
}

#[tokio::test(start_paused = true)]
async fn whoever_loses_access_is_cut_within_two_seconds() {
    let rig = Rig::new().await;
    for (user, role, is_active, code) in [
        ("anna", Role::Buyer, false, 4401),
        ("ada", Role::Buyer, true, 4403),
        ("ben", Role::Supplier, false, 4401),
    ] {
        let (mut one, mut two) = (rig.join(user).await, rig.join(user).await);
        let mut other = rig.join("carl").await;
        let start = Instant::now();
        rig.put(user, role, is_active).await;
        assert_eq!(one.close_code().await, code, "{user}");
        assert_eq!(two.close_code().await, code, "{user}");
        assert!(start.elapsed() <= Duration::from_secs(2));
        other.expect_silence().await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_promotion_cuts_nobody() {
    let rig = Rig::new().await;
    let mut anna = rig.join("anna").await;
    rig.put("anna", Role::Admin, true).await;
    tokio::time::sleep(Duration::from_secs(3)).await;
    anna.expect_silence().await;
    rig.put("anna", Role::Buyer, true).await;
    assert_eq!(anna.close_code().await, 4403);
}

#[tokio::test(start_paused = true)]
async fn a_reader_that_stops_finds_4408_when_it_reads_again_and_others_hear_all() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let mut slow = rig.join("anna").await;
    let mut ben = rig.join("ben").await;
    slow.expect("online_status").await;
    let text = "x".repeat(5000);
    for _ in 0..500 {
        rig.send("ben", &conversation, &text).await;
        ben.until("message").await;
    }
    assert!(!rig.app.hub.is_connected(&"anna".to_owned().into()));
    tokio::time::sleep(Duration::from_secs(8)).await;
    let mut heard = 0;
    let code = loop {
        match slow.0.next().await.unwrap().unwrap() {
            tokio_tungstenite::tungstenite::Message::Close(frame) => break frame.unwrap().code,
            message => heard += usize::from(message.is_text()),
        }
    };
    assert_eq!(u16::from(code), 4408);
    assert!(heard < 500);
}

#[tokio::test(start_paused = true)]
async fn a_drain_says_1001_to_everybody_and_every_task_ends() {
    let rig = Rig::new().await;
    let mut clients = Vec::new();
    for user in ["anna", "ben", "carl"] {
        clients.push(rig.join(user).await);
    }
    clients.push(rig.connect().await);
    let start = Instant::now();
    rig.app.draining.cancel();
    for mut client in clients {
        assert_eq!(client.close_code().await, 1001);
    }
    rig.app.tasks.close();
    rig.app.tasks.wait().await;
    assert!(start.elapsed() < Duration::from_secs(10));
    assert!(!rig.is_online("anna").await);
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_read_slowly_and_answered_in_full() {
    let rig = Rig::new().await;
    let mut anna = rig.join("anna").await;
    let start = Instant::now();
    for _ in 0..400 {
        anna.say("ping", json!({})).await;
        anna.expect("pong").await;
    }
    assert!(start.elapsed() >= Duration::from_secs(3));
}
