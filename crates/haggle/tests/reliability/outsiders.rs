//! Whoever is not in a conversation hears nothing of it, whatever happens there.
//!
//! Each event is first waited for by somebody who must hear it; then those who must not have
//! nothing but a pong to hear.

use serde_json::{Value, json};
use test_support::{Frame, Person, Socket};

use crate::{
    market::Market,
    talk::{Talk, of},
};

/// Another buyer, another supplier, an administrator who has not joined.
struct Outsiders(Vec<(Person, Socket)>);

impl Outsiders {
    async fn gather(market: &Market) -> Self {
        let mut outsiders = Vec::new();
        for person in market.people(["bert", "tom", "ada"]) {
            let socket = person.online().await;
            outsiders.push((person, socket));
        }
        Self(outsiders)
    }

    async fn expect_silence(&mut self) {
        for (_, socket) in &mut self.0 {
            socket.expect_silence_until_pong().await;
        }
    }
}

/// Waits until each of these hears this, and says nothing about what else they hear.
async fn hear<const N: usize>(sockets: [&mut Socket; N], kind: &str) -> Frame {
    let mut last = None;
    for socket in sockets {
        last = socket.until(kind).await.pop();
    }
    last.expect("somebody hears it")
}

/// A server that may have missed something tells how conversations are, also what was told before.
async fn hears_that_the_administrator_left(socket: &mut Socket) {
    loop {
        let heard = hear([&mut *socket], "conversation_updated").await;
        let participants = &heard.payload["conversation"]["participants"];
        if participants
            .get("admin")
            .is_none_or(serde_json::Value::is_null)
        {
            return;
        }
    }
}

#[tokio::test]
async fn outsiders_hear_of_no_event() {
    everybody_hears_theirs(Market::open().await).await;
}

#[tokio::test]
async fn outsiders_hear_of_no_event_on_either_of_two_nodes() {
    everybody_hears_theirs(Market::of_several(2, &[]).await).await;
}

async fn everybody_hears_theirs(market: Market) {
    let [anna, sofia, alan] = market.people(["anna", "sofia", "alan"]);
    let mut outsiders = Outsiders::gather(&market).await;
    let (mut buyer, mut supplier) = (anna.online().await, sofia.online().await);

    // Opened.
    let conversation = market.steel().await;
    let about = json!({"conversationId": conversation});
    hear([&mut buyer, &mut supplier], "conversation_updated").await;
    outsiders.expect_silence().await;

    // Said.
    anna.say(&conversation, "Between us.").await;
    hear([&mut buyer, &mut supplier], "message").await;
    outsiders.expect_silence().await;

    // Read, by HTTP and by socket.
    sofia.read(&conversation).await;
    hear([&mut buyer, &mut supplier], "read").await;
    sofia.say(&conversation, "Of course.").await;
    hear([&mut buyer, &mut supplier], "message").await;
    buyer.send("read", about.clone()).await;
    hear([&mut supplier, &mut buyer], "read").await;
    outsiders.expect_silence().await;

    // Typing, and the end of it; the writer's own sockets are outsiders too.
    let mut tab = anna.online().await;
    buyer.send("typing", about.clone()).await;
    hear([&mut supplier], "typing").await;
    let end = json!({"conversationId": conversation, "isTyping": false});
    buyer.send("typing", end).await;
    let ended = hear([&mut supplier], "typing").await;
    assert_eq!(ended.payload["isTyping"], false);
    buyer.expect_silence_until_pong().await;
    tab.expect_silence_until_pong().await;
    outsiders.expect_silence().await;

    // Gone and back.
    supplier.close().await;
    let left = hear([&mut buyer, &mut tab], "online_status").await;
    assert_eq!(left.payload["isOnline"], false);
    let mut supplier = sofia.online().await;
    hear([&mut buyer, &mut tab], "online_status").await;
    outsiders.expect_silence().await;

    // A product is renamed.
    let steel = json!({"name": "Steel plate", "image": "/steel.png", "supplierId": "s-1"});
    market.put("products/steel", steel).await;
    hear([&mut buyer, &mut supplier], "conversation_updated").await;
    outsiders.expect_silence().await;

    // Pinned by one of them, blocked and not any more, closed by an outsider and opened again.
    let part = |part: &str| of(&conversation, part);
    let pinned = json!({"isPinned": true});
    anna.patch(&part("/settings"), pinned).await.expect(200);
    hear([&mut buyer, &mut supplier], "conversation_updated").await;
    anna.put(&part("/block"), json!({})).await.expect(200);
    hear([&mut buyer, &mut supplier], "conversation_updated").await;
    anna.delete(&part("/block")).await.expect(200);
    hear([&mut buyer, &mut supplier], "conversation_updated").await;
    outsiders.expect_silence().await;
    for (path, reason) in [("/close", "For a moment"), ("/reopen", "It is over")] {
        let reason = json!({"reason": reason});
        alan.post(&part(path), reason).await.expect(200);
        hear([&mut buyer, &mut supplier], "message").await;
        hear([&mut buyer, &mut supplier], "conversation_updated").await;
    }
    outsiders.expect_silence().await;

    // An administrator joins, is spoken to, speaks, reads and leaves.
    let mut admin = alan.online().await;
    alan.join(&conversation).await;
    hear(
        [&mut buyer, &mut supplier, &mut admin],
        "conversation_updated",
    )
    .await;
    anna.say(&conversation, "All three.").await;
    hear([&mut buyer, &mut supplier, &mut admin], "message").await;
    alan.read(&conversation).await;
    hear([&mut buyer, &mut supplier, &mut admin], "read").await;
    outsiders.expect_silence().await;
    alan.leave(&conversation).await;
    for socket in [&mut buyer, &mut supplier, &mut admin] {
        hears_that_the_administrator_left(socket).await;
    }
    outsiders.expect_silence().await;

    // From then on the administrator is an outsider.
    outsiders.0.push((alan, admin));
    anna.say(&conversation, "Only us again.").await;
    hear([&mut buyer, &mut supplier], "message").await;
    buyer.send("typing", about.clone()).await;
    hear([&mut supplier], "typing").await;
    outsiders.expect_silence().await;

    // Deleted.
    market.delete("users/sofia").await;
    let reset = hear([&mut buyer], "reset").await;
    assert_eq!(reset.payload, about);
    assert_eq!(supplier.close_code().await, 4401);
    outsiders.expect_silence().await;
}

#[tokio::test]
async fn outsiders_count_nothing_and_are_told_nothing_when_they_log_in() {
    let market = Market::open().await;
    let [anna, bert, tom, ada] = market.people(["anna", "bert", "tom", "ada"]);
    let conversation = market.steel().await;
    anna.say(&conversation, "Between us.").await;
    for outsider in [&bert, &tom, &ada] {
        assert_eq!(outsider.unread().await, 0);
        assert_eq!(outsider.notifications().await, [] as [Value; 0]);
        let mut socket = outsider.connect().await;
        socket.authenticate(None).await;
        assert_eq!(socket.until("ready").await.len(), 1, "nothing before ready");
    }
    for outsider in [&bert, &tom] {
        let list = outsider.get("/api/chat/conversations").await.expect(200);
        assert_eq!(list["conversations"], json!([]));
        outsider.get(&of(&conversation, "")).await.expect(403);
        outsider
            .get("/api/chat/users/anna/status")
            .await
            .expect(403);
        // Neither can they ask for it by naming it.
        let mut socket = outsider.connect().await;
        let since = json!({conversation.clone(): {"seq": 0, "rev": 0}});
        socket.authenticate(Some(since)).await;
        let told = socket.until("ready").await;
        let kinds: Vec<_> = told.iter().map(|frame| &*frame.kind).collect();
        assert_eq!(kinds, ["reset", "ready"]);
    }
}

#[tokio::test]
async fn what_outsiders_try_is_refused_and_nobody_hears_of_it() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    anna.say(&conversation, "Between us.").await;
    let mut outsiders = Outsiders::gather(&market).await;
    let (mut supplier, mut buyer) = (sofia.online().await, anna.online().await);
    supplier.until("online_status").await;
    let about = json!({"conversationId": conversation});
    for (person, socket) in &mut outsiders.0 {
        for kind in ["typing", "read"] {
            socket.send(kind, about.clone()).await;
            let refused = socket.next().await;
            assert_eq!(refused.kind, "error", "{}: {refused:?}", person.id);
        }
        let read = person.patch(&of(&conversation, "/read"), json!({})).await;
        read.expect(403);
        let part = |part: &str| of(&conversation, part);
        let pinned = json!({"isPinned": true});
        person.patch(&part("/settings"), pinned).await.expect(403);
        person.put(&part("/block"), json!({})).await.expect(403);
        person.delete(&part("/block")).await.expect(403);
        let spam = json!({"reason": "spam"});
        person.post(&part("/report"), spam).await.expect(403);
        if person.id != "ada" {
            let said = json!({"content": "Let me in."});
            let said = person.post(&of(&conversation, "/messages"), said).await;
            said.expect(403);
            person
                .post(&of(&conversation, "/join"), json!({}))
                .await
                .expect(403);
            let reason = json!({"reason": "Enough"});
            person.post(&part("/close"), reason).await.expect(403);
            person.post(&part("/reopen"), json!({})).await.expect(403);
            person.get("/api/chat/reports").await.expect(403);
            let state = json!({"state": "open"});
            person
                .patch("/api/chat/reports/one", state)
                .await
                .expect(403);
        }
    }
    // What they did is over, so what the participants hear next is what the next one does.
    let said = anna.say(&conversation, "Is somebody there?").await;
    for socket in [&mut buyer, &mut supplier] {
        let heard = socket.next().await;
        assert_eq!(heard.payload["message"]["id"], said["id"], "{heard:?}");
    }
    outsiders.expect_silence().await;
}
