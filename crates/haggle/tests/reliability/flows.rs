//! The three stories that every release must tell.

use serde_json::{Value, json};
use test_support::eventually;

use crate::{
    market::Market,
    talk::{Talk, id, number, of},
};

#[tokio::test]
async fn a_buyer_and_a_supplier_who_was_away_have_a_conversation() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);

    let conversation = market.steel().await;
    let first = anna.say(&conversation, "Can you quote 500 sheets?").await;
    anna.say(&conversation, "FOB Hamburg, please.").await;
    assert_eq!((anna.unread().await, sofia.unread().await), (0, 2));

    // Sofia logs in and is told what she missed.
    let mut screen = sofia.connect().await;
    screen.authenticate(None).await;
    let missed = screen.until("ready").await;
    let missed: Vec<_> = missed
        .iter()
        .filter(|frame| frame.kind == "notification")
        .collect();
    assert_eq!(missed.len(), 1, "one for the conversation: {missed:?}");
    let notification = &missed[0].payload["notification"];
    assert_eq!(notification["conversationId"], *conversation);
    assert_eq!(notification["count"], 2);
    assert_eq!(sofia.notifications().await.len(), 1);

    // She reads, and Anna, who is there now, sees that she has.
    let mut tab = anna.online().await;
    assert_eq!(sofia.read(&conversation).await, 0);
    let read = tab.until("read").await.pop().expect("the read event");
    assert_eq!(read.payload["userId"], "sofia");
    assert_eq!(read.payload["lastReadSeq"], 2);
    assert_eq!(
        (sofia.unread().await, sofia.notifications().await.len()),
        (0, 0)
    );
    let page = anna.history(&conversation).await;
    assert!(
        page.iter().all(|message| message["isRead"] == true),
        "{page:#?}"
    );

    // She answers, and it is Anna's to read.
    let answer = sofia
        .say(&conversation, "12.40 EUR a sheet, four weeks.")
        .await;
    let heard = tab.until("message").await.pop().expect("the message");
    assert_eq!(heard.payload["message"]["id"], answer["id"]);
    assert_eq!(heard.payload["message"]["senderName"], "Sofia Steel");
    assert_eq!(anna.unread().await, 1);
    let listed = anna.listed(&conversation).await;
    assert_eq!(listed["unreadCount"], 1);
    assert_eq!(listed["lastMessage"], "12.40 EUR a sheet, four weeks.");
    assert_eq!(listed["participants"]["supplier"]["isOnline"], true);

    // Opening the page reads it, as a plain client does.
    let page = anna.get(&of(&conversation, "/messages")).await.expect(200);
    let ids: Vec<_> = page["messages"]
        .as_array()
        .expect("a page")
        .iter()
        .map(id)
        .collect();
    assert_eq!((ids.len(), &ids[2]), (3, &id(&first)), "newest first");
    assert_eq!(anna.unread().await, 0);
    assert_eq!(anna.listed(&conversation).await["unreadCount"], 0);
}

#[tokio::test]
async fn an_administrator_joins_reads_and_leaves_and_everybody_counts_for_themselves() {
    let market = Market::open().await;
    let [anna, sofia, ada, alan] = market.people(["anna", "sofia", "ada", "alan"]);
    let conversation = market.steel().await;
    anna.say(&conversation, "The sheets arrived with scratches.")
        .await;
    sofia.say(&conversation, "Please send pictures.").await;

    // Every administrator sees every conversation, and reading it changes nothing.
    assert_eq!(alan.listed(&conversation).await["unreadCount"], 0);
    let page = ada.get(&of(&conversation, "/messages")).await.expect(200);
    assert_eq!(page["messages"].as_array().map(Vec::len), Some(2));
    assert_eq!((anna.unread().await, sofia.unread().await), (1, 0));

    let (mut buyer, mut supplier) = (anna.online().await, sofia.online().await);
    ada.join(&conversation).await;
    for screen in [&mut buyer, &mut supplier] {
        let heard = screen
            .until("conversation_updated")
            .await
            .pop()
            .expect("the news");
        let admin = &heard.payload["conversation"]["participants"]["admin"];
        assert_eq!(admin["id"], "ada");
    }
    // Whoever joins starts with everything read.
    assert_eq!(ada.unread().await, 0);
    let taken = alan.post(&of(&conversation, "/join"), json!({})).await;
    taken.expect(409);

    // All three hear all three, and each count is its reader's own.
    let mut admin = ada.online().await;
    for (sender, text) in [
        (&anna, "Here they are."),
        (&sofia, "Agreed."),
        (&ada, "Solved."),
    ] {
        let sent = sender.say(&conversation, text).await;
        for screen in [&mut buyer, &mut supplier, &mut admin] {
            let heard = screen.until("message").await.pop().expect("the message");
            assert_eq!(heard.payload["message"]["id"], sent["id"]);
        }
    }
    let counts = async || {
        (
            anna.unread().await,
            sofia.unread().await,
            ada.unread().await,
        )
    };
    // Whoever speaks has read everything before.
    assert_eq!(counts().await, (2, 1, 0));
    sofia.read(&conversation).await;
    assert_eq!(counts().await, (2, 0, 0));
    anna.say(&conversation, "Thank you.").await;
    assert_eq!(counts().await, (0, 1, 1));
    let last = anna.history(&conversation).await.pop().expect("a message");
    assert_eq!(
        (&last["isRead"], &last["receiverId"]),
        (&json!(false), &json!("sofia"))
    );
    ada.read(&conversation).await;
    sofia.read(&conversation).await;
    let last = anna.history(&conversation).await.pop().expect("a message");
    assert_eq!(last["isRead"], true);

    // Whoever left has nothing unread any more, and hears nothing.
    anna.say(&conversation, "One more thing.").await;
    assert_eq!(counts().await, (0, 1, 1));
    ada.leave(&conversation).await;
    assert_eq!(counts().await, (0, 1, 0));
    assert_eq!(ada.notifications().await, [] as [Value; 0]);
    admin.until("conversation_updated").await;
    sofia.say(&conversation, "Yes?").await;
    supplier.until("message").await;
    buyer.until("message").await;
    let again = ada.get(&of(&conversation, "/read")).await;
    assert_eq!(again.status, 405);
    let refused = ada.patch(&of(&conversation, "/read"), json!({})).await;
    refused.expect(403);
    assert_eq!(counts().await, (1, 0, 0));
}

#[tokio::test]
async fn what_is_sent_by_http_arrives_on_sockets_and_who_comes_and_goes_is_seen() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let is_online = async |who: &str| {
        let status = anna.get(&format!("/api/chat/users/{who}/status")).await;
        status.expect(200)["isOnline"] == true
    };
    assert!(!is_online("sofia").await);

    let mut screen = anna.online().await;
    let mut phone = sofia.online().await;
    let came = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(came.payload, json!({"userId": "sofia", "isOnline": true}));
    assert!(is_online("sofia").await);

    for text in ["one", "two", "three"] {
        let sent = anna.say(&conversation, text).await;
        for socket in [&mut screen, &mut phone] {
            let heard = socket.until("message").await.pop().expect("the message");
            assert_eq!(heard.payload["message"]["id"], sent["id"]);
            assert_eq!(heard.payload["message"]["message"], text);
        }
    }
    screen
        .send("typing", json!({"conversationId": conversation}))
        .await;
    let typing = phone.until("typing").await.pop().expect("the news");
    let expected = json!({"conversationId": conversation, "userId": "anna", "isTyping": true});
    assert_eq!(typing.payload, expected);
    phone
        .send("read", json!({"conversationId": conversation}))
        .await;
    let read = screen.until("read").await.pop().expect("the news");
    assert_eq!(number(&read.payload["lastReadSeq"]), 3);
    assert_eq!(sofia.unread().await, 0);

    // Somebody who is there needs no notification; somebody who left does.
    assert_eq!(sofia.notifications().await, [] as [Value; 0]);
    phone.close().await;
    let left = screen.until("online_status").await.pop().expect("the news");
    assert_eq!(left.payload["isOnline"], false);
    assert!(left.payload["lastSeen"].is_string(), "{left:?}");
    eventually("Sofia is offline", async || !is_online("sofia").await).await;
    anna.say(&conversation, "four").await;
    let mut phone = sofia.connect().await;
    phone
        .authenticate(Some(json!({conversation.clone(): 3})))
        .await;
    let missed = phone.until("ready").await;
    let kinds: Vec<_> = missed.iter().map(|frame| &*frame.kind).collect();
    assert_eq!(
        kinds,
        ["notification", "message", "conversation_updated", "ready"]
    );
}
