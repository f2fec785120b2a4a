//! Limits count over all servers.

use serde_json::json;
use test_support::{Heard, PATIENCE, eventually};

use crate::{
    market::Market,
    talk::{Talk, of},
};

#[tokio::test]
async fn servers_share_the_limit_of_messages_and_of_conversations() {
    let limits = [
        ("HAGGLE_MESSAGES_PER_MINUTE", "4"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "2"),
    ];
    let market = Market::of_several(2, &limits).await;
    let conversation = market.steel().await;
    let everywhere = [market.person_at(0, "anna"), market.person_at(1, "anna")];
    let path = of(&conversation, "/messages");
    for turn in 0..4 {
        let sent = json!({"content": format!("{turn}"), "clientMessageId": format!("{turn}")});
        let sent = everywhere[turn % 2].post(&path, sent).await;
        let left = format!("\"messages\";r={};", 3 - turn);
        let header = sent.headers["ratelimit"]
            .to_str()
            .expect("a text")
            .to_owned();
        assert!(header.starts_with(&left), "{header}");
        sent.expect(201);
    }
    for anna in &everywhere {
        let refused = anna.post(&path, json!({"content": "one more"})).await;
        assert!(refused.headers.contains_key("retry-after"));
        refused.expect(429);
        // A retry costs nothing, wherever it arrives.
        let again = json!({"content": "0", "clientMessageId": "0"});
        anna.post(&path, again).await.expect(200);
    }
    // Others have their own.
    market.person("sofia").say(&conversation, "Hello.").await;

    everywhere[1].open(json!({"supplierId": "s-2"})).await;
    let third = json!({"adminId": "ada"});
    let third = everywhere[0].post("/api/chat/conversations", third).await;
    third.expect(429);
}

#[tokio::test]
async fn without_redis_every_server_has_limits_of_its_own() {
    let mut market = Market::of_several(2, &[("HAGGLE_MESSAGES_PER_MINUTE", "2")]).await;
    let conversation = market.steel().await;
    market.redis().kill9();
    let path = of(&conversation, "/messages");
    for server in 0..2 {
        let anna = market.person_at(server, "anna");
        for _ in 0..2 {
            anna.say(&conversation, "Hello.").await;
        }
        let refused = anna.post(&path, json!({"content": "one more"})).await;
        refused.expect(429);
    }
}

#[tokio::test]
async fn a_fourth_socket_takes_the_place_of_the_oldest_on_whichever_server() {
    let mut market = Market::of_several(2, &[("HAGGLE_SOCKETS_PER_USER", "3")]).await;
    let (here, there) = (market.person_at(0, "anna"), market.person_at(1, "anna"));
    let mut oldest = here.online().await;
    let mut second = there.online().await;
    let mut others = vec![here.online().await];
    others.push(there.online().await);
    assert_eq!(oldest.close_code().await, 4409);
    others.push(there.online().await);
    assert_eq!(second.close_code().await, 4409);
    for socket in &mut others {
        socket.send("ping", json!({})).await;
        socket.until("pong").await;
    }

    // Whoever goes makes room.
    others.remove(0).close().await;
    eventually("the socket is gone", async || {
        market.figure("haggle_sockets").await < 0.5
    })
    .await;
    others.push(here.online().await);

    // A Redis that has forgotten everything is told of the sockets that there are.
    market.redis().restart();
    market.is_connected().await;
    eventually("a newer socket takes the place of the oldest", async || {
        others.push(here.online().await);
        let mut oldest = others.remove(0);
        oldest.send("ping", json!({})).await;
        oldest.hear(PATIENCE).await == Heard::Closed(4409)
    })
    .await;
}
