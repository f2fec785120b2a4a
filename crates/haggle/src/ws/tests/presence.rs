//! Who is online, and who hears of it.

use std::time::Duration;

use serde_json::json;
use tokio::time::{interval, sleep, timeout};

use super::{client::Client, rig::Rig};

fn status(client: &serde_json::Value) -> (&str, bool) {
    let user = client["userId"].as_str().unwrap();
    (user, client["isOnline"].as_bool().unwrap())
}

async fn expect_status(client: &mut Client, user: &str, is_online: bool) {
    let heard = client.expect("online_status").await;
    assert_eq!(status(&heard), (user, is_online));
    assert_eq!(heard["lastSeen"].is_string(), !is_online);
}

#[tokio::test(start_paused = true)]
async fn companions_hear_the_first_socket_come_and_the_last_one_go() {
    let rig = Rig::new().await;
    rig.conversation().await;
    let (mut ben, mut carl) = (rig.join("ben").await, rig.join("carl").await);
    let mut anna = rig.join("anna").await;
    assert!(rig.is_online("anna").await);
    expect_status(&mut ben, "anna", true).await;

    let second = rig.join("anna").await;
    drop(second);
    anna.expect_silence().await;
    ben.expect_silence().await;

    drop(anna);
    expect_status(&mut ben, "anna", false).await;
    assert!(!rig.is_online("anna").await);
    ben.expect_silence().await;
    carl.expect_silence().await;
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_and_returns_at_once_ends_online() {
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut ben = rig.join("ben").await;
    for _ in 0..20 {
        let anna = rig.join("anna").await;
        drop(anna);
    }
    let _anna = rig.join("anna").await;
    assert!(rig.is_online("anna").await);
    ben.say("ping", json!({})).await;
    let heard = ben.until("pong").await;
    let (_, last) = &heard[heard.len() - 2];
    assert_eq!(status(last), ("anna", true));
    // Coming and going alternate.
    for pair in heard[..heard.len() - 1].windows(2) {
        assert_ne!(status(&pair[0].1).1, status(&pair[1].1).1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_after_ready_leaves_no_notification() {
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let mut anna = rig.join("anna").await;
    rig.send("ben", &conversation, "hello").await;
    anna.expect("message").await;
    let user = "anna".to_owned().into();
    let page = rig.app.chat.notifications.page(&user, true, None, 10);
    assert_eq!(page.await.unwrap().unwrap().0, []);

    // What is unread when the last socket goes becomes one.
    drop(anna);
    let mut watch = interval(Duration::from_millis(100));
    while rig.is_online("anna").await {
        watch.tick().await;
    }
    let page = rig.app.chat.notifications.page(&user, true, None, 10);
    assert_eq!(page.await.unwrap().unwrap().0.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn leases_that_ended_while_storage_was_away_are_held_anew() {
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut ben = rig.join("ben").await;
    let _anna = rig.join("anna").await;
    expect_status(&mut ben, "anna", true).await;
    // Just before a heartbeat, as it is when the heartbeats of two minutes failed.
    sleep(Duration::from_millis(14_900)).await;
    rig.storage.advance_seconds(120);
    assert!(!rig.is_online("anna").await);
    let mut watch = interval(Duration::from_millis(100));
    while !rig.is_online("anna").await {
        watch.tick().await;
    }
    expect_status(&mut ben, "anna", true).await;
}

#[tokio::test(start_paused = true)]
async fn leases_that_ended_are_held_anew_although_somebody_comes_before_the_heartbeat() {
    use chat::storage::Leases;
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut anna = rig.join("anna").await;
    rig.leases_are_away(true);
    let quiet = timeout(Duration::from_millis(60_100), anna.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");
    rig.storage.advance_seconds(60);
    // Another node has noticed, and now everybody reaches the database again.
    rig.storage.expire().await.unwrap();
    assert!(!rig.is_online("anna").await);
    rig.leases_are_away(false);
    let _carl = rig.join("carl").await;
    let mut watch = interval(Duration::from_millis(100));
    let back = async {
        while !rig.is_online("anna").await {
            watch.tick().await;
        }
    };
    timeout(Duration::from_mins(2), back).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_back_after_an_end_of_which_nobody_heard_is_online() {
    use std::sync::atomic::Ordering;
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut ben = rig.join("ben").await;
    let anna = rig.join("anna").await;
    expect_status(&mut ben, "anna", true).await;
    rig.leases.ends_unheard.store(true, Ordering::SeqCst);
    drop(anna);
    let mut watch = interval(Duration::from_millis(100));
    while rig.is_online("anna").await {
        watch.tick().await;
    }
    rig.leases.ends_unheard.store(false, Ordering::SeqCst);
    let _anna = rig.join("anna").await;
    assert!(rig.is_online("anna").await);
}

#[tokio::test(start_paused = true)]
async fn the_users_of_a_node_that_died_go_offline() {
    use chat::{ids::NodeId, storage::Leases};
    let rig = Rig::new().await;
    rig.conversation().await;
    let dead = NodeId::new("dead");
    rig.storage.heartbeat(&dead).await.unwrap();
    let users = ["anna".to_owned().into()];
    rig.storage.hold(&dead, &users).await.unwrap();
    let mut ben = rig.join("ben").await;
    for _ in 0..3 {
        assert!(rig.is_online("anna").await);
        let quiet = timeout(Duration::from_secs(15), ben.next()).await;
        assert!(quiet.is_err(), "{quiet:?}");
        rig.storage.advance_seconds(15);
    }
    let heard = ben.expect("online_status").await;
    assert_eq!(status(&heard), ("anna", false));
    ben.expect_silence().await;
    assert!(rig.is_online("ben").await);
    assert!(!rig.is_online("anna").await);
}

#[tokio::test(start_paused = true)]
async fn whoever_comes_and_goes_while_storage_is_away_is_settled_when_it_is_back() {
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut ben = rig.join("ben").await;
    let anna = rig.join("anna").await;
    expect_status(&mut ben, "anna", true).await;
    ben.expect_silence().await;

    rig.leases_are_away(true);
    drop(anna);
    // Nobody has to wait for presence for long.
    let mut carl = rig.join("carl").await;
    rig.open("carl", "ben").await;
    ben.expect("conversation_updated").await;
    let quiet = timeout(Duration::from_secs(20), ben.next()).await;
    assert!(quiet.is_err(), "{quiet:?}");

    rig.leases_are_away(false);
    let mut told = [
        ben.expect("online_status").await,
        ben.expect("online_status").await,
    ];
    told.sort_by_key(|told| told["userId"].to_string());
    assert_eq!(status(&told[0]), ("anna", false));
    assert_eq!(status(&told[1]), ("carl", true));
    carl.until("conversation_updated").await;
    ben.expect_silence().await;
}

#[tokio::test(start_paused = true)]
async fn who_was_shown_as_offline_because_nobody_answered_is_told_to_be_online() {
    use chat::{
        ids::{NodeId, UserId},
        storage::Leases,
    };
    let rig = Rig::new().await;
    let conversation = rig.conversation().await;
    let (other, users) = (NodeId::new("other"), ["anna", "carl"].map(UserId::new));
    rig.storage.hold(&other, &users).await.unwrap();
    let mut ben = rig.join("ben").await;
    ben.expect_silence().await;

    // Both when a conversation changes, and when somebody asks what they missed.
    rig.leases_are_away(true);
    let since = json!({"since": {conversation.as_str(): {"seq": 0, "rev": 0}}});
    ben.say("resume", since).await;
    let heard = ben.until("ready").await;
    let (_, updated) = &heard[heard.len() - 2];
    let buyer = &updated["conversation"]["participants"]["buyer"];
    assert_eq!(buyer["isOnline"], false, "{updated:#}");
    rig.open("carl", "ben").await;
    let opened = ben.expect("conversation_updated").await;
    let buyer = &opened["conversation"]["participants"]["buyer"];
    assert_eq!(buyer["isOnline"], false, "{opened:#}");

    rig.leases_are_away(false);
    let mut told = [
        ben.expect("online_status").await,
        ben.expect("online_status").await,
    ];
    told.sort_by_key(|told| told["userId"].to_string());
    assert_eq!(
        told.each_ref().map(status),
        [("anna", true), ("carl", true)]
    );
    ben.expect_silence().await;
}

#[tokio::test(start_paused = true)]
async fn late_news_of_somebody_who_is_back_at_another_node_is_true() {
    use chat::{ids::NodeId, storage::Leases};
    use std::sync::atomic::Ordering;
    let rig = Rig::new().await;
    rig.conversation().await;
    let mut ben = rig.join("ben").await;
    let anna = rig.join("anna").await;
    expect_status(&mut ben, "anna", true).await;

    rig.leases.cannot_tell.store(true, Ordering::SeqCst);
    drop(anna);
    let mut watch = interval(Duration::from_millis(100));
    while rig.is_online("anna").await {
        watch.tick().await;
    }
    // The other node tells that she is back long before this one tells that she left.
    let (other, users) = (NodeId::new("other"), ["anna".to_owned().into()]);
    rig.storage.hold(&other, &users).await.unwrap();
    rig.leases.cannot_tell.store(false, Ordering::SeqCst);
    expect_status(&mut ben, "anna", true).await;
    ben.expect_silence().await;
}
