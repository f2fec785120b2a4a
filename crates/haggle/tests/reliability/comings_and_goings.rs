//! Who is there, who is typing, and how sockets end.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sqlx::query;
use test_support::{Person, SECRET, Socket, eventually, token};

use crate::{
    market::Market,
    talk::{Talk, of},
};

/// What a busy machine may add to a time that is promised.
const SLACK: Duration = Duration::from_secs(3);

async fn online_status(socket: &mut Socket) -> Value {
    let frame = socket.until("online_status").await.pop();
    frame.expect("the news").payload
}

async fn is_online(asker: &Person, who: &str) -> bool {
    let status = asker.get(&format!("/api/chat/users/{who}/status")).await;
    status.expect(200)["isOnline"] == true
}

#[tokio::test]
async fn a_socket_ends_with_its_token_unless_it_brings_a_fresh_one() {
    let market = Market::open().await;
    let base = market.server.base();
    let short = token("anna", SECRET, time::Duration::seconds(3));
    let brief = Person::with_token(&base, "anna", Some(short.clone()));
    let (mut ends, mut stays) = (brief.online().await, brief.online().await);
    let fresh = token("anna", SECRET, time::Duration::hours(1));
    stays.send("authenticate", json!({"token": fresh})).await;
    stays.until("authenticated").await;

    assert_eq!(ends.close_code().await, 4401);
    assert_eq!(brief.get("/api/chat/unread-count").await.status, 401);
    // The other one has outlived the token that it began with.
    stays.send("ping", json!({})).await;
    stays.until("pong").await;

    // With the old token it would not have been let in.
    let mut late = brief.connect().await;
    late.send("authenticate", json!({"token": short})).await;
    assert_eq!(late.close_code().await, 4401);
    // Somebody else's token ends it.
    let other = token("bert", SECRET, time::Duration::hours(1));
    stays.send("authenticate", json!({"token": other})).await;
    assert_eq!(stays.close_code().await, 4403);
}

#[tokio::test]
async fn a_fourth_socket_takes_the_place_of_the_oldest() {
    let market = Market::with(&[("HAGGLE_SOCKETS_PER_USER", "3")]).await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut sofias = sofia.online().await;
    let mut oldest = anna.online().await;
    let mut others = [
        anna.online().await,
        anna.online().await,
        anna.online().await,
    ];
    assert_eq!(oldest.close_code().await, 4409);
    sofia.say(&conversation, "Hello.").await;
    for socket in &mut others {
        socket.until("message").await;
    }
    // Nobody took her for gone, and nobody else lost a socket.
    let heard = sofias.until("message").await;
    let statuses: Vec<_> = heard
        .iter()
        .filter(|frame| frame.kind == "online_status")
        .collect();
    assert_eq!(statuses.len(), 1, "{statuses:?}");
}

#[tokio::test]
async fn typing_ends_within_six_seconds_when_the_writer_vanished() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let (mut reader, mut writer) = (sofia.online().await, anna.online().await);
    writer
        .send("typing", json!({"conversationId": conversation}))
        .await;
    let began = reader.until("typing").await.pop().expect("the news");
    assert_eq!(began.payload["isTyping"], true);
    let start = Instant::now();
    writer.cut();
    let ended = reader.until("typing").await.pop().expect("the news");
    assert_eq!(ended.payload["isTyping"], false);
    assert_eq!(ended.payload["userId"], "anna");
    let took = start.elapsed();
    assert!(took < Duration::from_secs(6) + SLACK, "took {took:?}");
}

#[tokio::test]
async fn several_tabs_are_one_person_and_the_last_one_takes_them_offline() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut screen = sofia.online().await;
    let tabs = [
        anna.online().await,
        anna.online().await,
        anna.online().await,
    ];
    let came = json!({"userId": "anna", "isOnline": true});
    assert_eq!(online_status(&mut screen).await, came);
    let [first, second, mut last] = tabs;
    first.close().await;
    second.cut();
    // The server has taken note of both when it has only one socket of hers.
    eventually("two sockets are left", async || {
        market.figure("haggle_sockets").await < 2.5
    })
    .await;
    last.expect_silence_until_pong().await;
    screen.expect_silence_until_pong().await;
    assert!(is_online(&sofia, "anna").await);
    assert_eq!(
        sofia.look_at(&conversation).await["participants"]["buyer"]["isOnline"],
        true
    );

    // A client that is killed says nothing, and is gone all the same.
    last.cut();
    let left = online_status(&mut screen).await;
    assert_eq!(
        (&left["userId"], &left["isOnline"]),
        (&json!("anna"), &json!(false))
    );
    let status = sofia.get("/api/chat/users/anna/status").await.expect(200);
    assert_eq!(status["isOnline"], false);
    assert_eq!(status["lastSeen"], left["lastSeen"]);
    let listed = sofia.listed(&conversation).await;
    assert_eq!(listed["participants"]["buyer"]["isOnline"], false);
    screen.expect_silence_until_pong().await;
}

#[tokio::test]
async fn the_people_of_a_killed_server_go_offline_and_are_notified_of_what_they_miss() {
    let mut market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let _lost = anna.online().await;
    sofia.say(&conversation, "Are you there?").await;
    market.kill_server().await;
    let mut screen = sofia.online().await;
    assert!(is_online(&sofia, "anna").await, "her lease is not over");

    // The dead server's heartbeat grows old; here by hand, since it takes its time.
    let aged = query(
        "update haggle.nodes set expires_at = clock_timestamp() - interval '1 second' \
         where id not in (select node_id from haggle.leases where user_id = 'sofia')",
    );
    let aged = aged.execute(&market.sql().await).await;
    assert_eq!(aged.expect("the node is there").rows_affected(), 1);
    let left = online_status(&mut screen).await;
    assert_eq!(
        (&left["userId"], &left["isOnline"]),
        (&json!("anna"), &json!(false))
    );
    let notifications = anna.notifications().await;
    assert_eq!(notifications.len(), 1, "{notifications:#?}");
    assert_eq!(notifications[0]["count"], 1);
}

#[tokio::test]
async fn only_who_shares_a_conversation_may_know_who_is_there() {
    let market = Market::open().await;
    let [anna, sofia, bert] = market.people(["anna", "sofia", "bert"]);
    market.steel().await;
    let mut stranger = bert.online().await;
    let mut screen = sofia.online().await;
    let tab = anna.online().await;
    online_status(&mut screen).await;
    tab.cut();
    online_status(&mut screen).await;
    stranger.expect_silence_until_pong().await;
    bert.get("/api/chat/users/anna/status").await.expect(403);
    bert.get("/api/chat/users/nobody/status").await.expect(404);
}

#[tokio::test]
async fn who_is_silent_while_their_token_ends_loses_the_rest_too() {
    let market = Market::open().await;
    let conversation = market.steel().await;
    let base = market.server.base();
    let short = token("sofia", SECRET, time::Duration::seconds(2));
    let sofia = Person::with_token(&base, "sofia", Some(short));
    let anna = market.person("anna");
    let mut screen = anna.online().await;
    let mut socket = sofia.online().await;
    online_status(&mut screen).await;
    assert_eq!(socket.close_code().await, 4401);
    let left = online_status(&mut screen).await;
    assert_eq!(
        (&left["userId"], &left["isOnline"]),
        (&json!("sofia"), &json!(false))
    );
    anna.say(&conversation, "Hello?").await;
    sofia.get(&of(&conversation, "")).await.expect(401);
    let [sofia] = market.people(["sofia"]);
    assert_eq!(sofia.notifications().await.len(), 1);
}
