//! The three walks through the whole system.

use serde_json::{Value, json};
use test_support::{Frame, Person};

use crate::world::{World, listed, of, say, unread};

fn only<'a>(frames: &'a [Frame], kind: &str) -> Vec<&'a Value> {
    let of_kind = frames.iter().filter(|frame| frame.kind == kind);
    of_kind.map(|frame| &frame.payload).collect()
}

#[tokio::test]
async fn a_conversation_from_its_first_word_to_the_last_read() {
    let world = World::open().await;
    let mut anna = world.anna.online().await;
    let steel = world.steel().await;
    anna.until("conversation_updated").await;
    say(&world.anna, &steel, "Do you have 2 mm?").await;
    assert_eq!(anna.next().await.kind, "message");

    // Sofia was away: she finds a notification when she comes.
    let mut sofia = world.sofia.connect().await;
    sofia.authenticate(None).await;
    let frames = sofia.until("ready").await;
    let notifications = only(&frames, "notification");
    assert_eq!(notifications.len(), 1);
    let notification = &notifications[0]["notification"];
    assert_eq!(notification["conversationId"], steel);
    assert_eq!(notification["title"], "Steel sheet");
    assert_eq!(notification["senderName"], "Anna");
    let online = &anna.until("online_status").await;
    assert_eq!(online.last().unwrap().payload["userId"], "sofia");

    say(&world.sofia, &steel, "Yes, from 500 kg.").await;
    let heard = anna.next().await;
    assert_eq!(heard.kind, "message");
    assert_eq!(heard.payload["message"]["message"], "Yes, from 500 kg.");
    assert_eq!(sofia.next().await.kind, "message");
    // Answering is reading what was there before.
    assert_eq!(
        (unread(&world.anna).await, unread(&world.sofia).await),
        (1, 0)
    );

    let read = world
        .anna
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(200);
    assert_eq!(read, json!({"success": true, "unreadCount": 0}));
    let heard = sofia.until("read").await.pop().unwrap().payload;
    assert_eq!(
        (&heard["userId"], &heard["lastReadSeq"]),
        (&json!("anna"), &json!(2))
    );
    let page = world
        .sofia
        .get("/api/chat/notifications?unread=true")
        .await
        .expect(200);
    assert_eq!(page["notifications"], json!([]));
}

#[tokio::test]
async fn an_administrator_comes_and_goes_and_everybody_counts_for_themselves() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut sockets = Vec::new();
    for person in [&world.anna, &world.sofia, &world.ada] {
        sockets.push(person.online().await);
    }
    let mut outsiders = [
        world.bert.online().await,
        world.tom.online().await,
        world.alan.online().await,
    ];

    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    for socket in &mut sockets {
        let updated = socket.until("conversation_updated").await.pop().unwrap();
        let conversation = &updated.payload["conversation"];
        assert_eq!(conversation["participants"]["admin"]["id"], "ada");
    }
    say(&world.ada, &steel, "How can I help?").await;
    for socket in &mut sockets {
        let message = socket.until("message").await.pop().unwrap();
        assert_eq!(message.payload["message"]["senderType"], "admin");
        assert_eq!(message.payload["message"]["receiverId"], "anna");
    }
    say(&world.anna, &steel, "The sheets are bent.").await;
    let people = [&world.anna, &world.sofia, &world.ada];
    let mut counts = Vec::new();
    for person in people {
        counts.push(unread(person).await);
    }
    assert_eq!(counts, [0, 2, 1]);
    for person in people {
        person
            .patch(&of(&steel, "/read"), json!({}))
            .await
            .expect(200);
        assert_eq!(unread(person).await, 0);
    }
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(200);
    let last = say(&world.sofia, &steel, "We replace them.").await;
    for socket in &mut sockets[..2] {
        while socket.until("message").await.pop().unwrap().payload["message"]["id"] != last["id"] {}
    }
    // Who left hears no more, and who was never there heard nothing at all.
    let after_leaving = sockets[2].until("conversation_updated").await;
    assert!(
        after_leaving.last().unwrap().payload["conversation"]["participants"]
            .get("admin")
            .is_none()
    );
    sockets[2].expect_silence_until_pong().await;
    for outsider in &mut outsiders {
        outsider.expect_silence_until_pong().await;
    }
    // An administrator sees every conversation all the same.
    assert_eq!(listed(&world.alan, &steel).await["lastSeq"], 3);
}

#[tokio::test]
async fn what_happens_is_seen_at_once_and_by_every_tab() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut tabs = [world.anna.online().await, world.anna.online().await];
    let mut sofia = world.sofia.online().await;
    for tab in &mut tabs {
        let online = tab.until("online_status").await.pop().unwrap().payload;
        assert_eq!(
            (&online["userId"], &online["isOnline"]),
            (&json!("sofia"), &json!(true))
        );
    }
    assert_eq!(
        listed(&world.anna, &steel).await["participants"]["supplier"]["isOnline"],
        true
    );

    sofia.send("typing", json!({"conversationId": steel})).await;
    for tab in &mut tabs {
        let typing = tab.until("typing").await.pop().unwrap().payload;
        assert_eq!(
            typing,
            json!({"conversationId": steel, "userId": "sofia", "isTyping": true})
        );
    }
    let sent = say(&world.sofia, &steel, "Now.").await;
    for tab in &mut tabs {
        let heard = tab.until("message").await.pop().unwrap().payload;
        assert_eq!(heard["message"], sent);
        assert_eq!(heard["conversationId"], steel);
    }
    sofia.close().await;
    for tab in &mut tabs {
        let offline = tab.until("online_status").await.pop().unwrap().payload;
        assert_eq!(
            (&offline["userId"], &offline["isOnline"]),
            (&json!("sofia"), &json!(false))
        );
        assert!(offline["lastSeen"].is_string());
    }
    notified_on_return(&world.sofia, &world.anna, &steel).await;
}

async fn notified_on_return(away: &Person, sender: &Person, conversation: &str) {
    say(sender, conversation, "Are you there?").await;
    let mut socket = away.connect().await;
    socket.authenticate(None).await;
    let frames = socket.until("ready").await;
    let notifications = only(&frames, "notification");
    assert_eq!(notifications[0]["notification"]["count"], 1);
}
