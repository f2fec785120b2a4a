//! Who hears what, and who does not.

use chat::{
    access::authorize_view,
    audit::Operation,
    ids::{ConversationId, ProductId},
    join_leave::{join, leave},
    storage::ProductRecord,
};
use serde_json::json;

use super::{client::Client, rig::Rig};

/// Anna and Ben with a socket each (Anna with two), and everybody else.
struct Room {
    rig: Rig,
    conversation: ConversationId,
    inside: Vec<Client>,
    outside: Vec<Client>,
}

impl Room {
    async fn new() -> Self {
        let rig = Rig::new().await;
        let conversation = rig.conversation().await;
        let mut inside = Vec::new();
        for user in ["ben", "anna", "anna"] {
            inside.push(rig.join(user).await);
        }
        inside[0].expect("online_status").await;
        let outside = vec![rig.join("carl").await, rig.join("ada").await];
        Self {
            rig,
            conversation,
            inside,
            outside,
        }
    }

    /// After whoever is inside heard, nobody outside did.
    async fn expect_silence_outside(&mut self) {
        for client in &mut self.outside {
            client.expect_silence().await;
        }
    }
}

#[tokio::test]
async fn a_message_reaches_every_socket_of_the_participants_and_nobody_else() {
    let mut room = Room::new().await;
    let sent = room.rig.send("anna", &room.conversation, "hello").await;
    let rev = room.rig.fetch(&room.conversation).await.rev;
    for client in &mut room.inside {
        let heard = client.expect("message").await;
        assert_eq!(heard["conversationId"], json!(room.conversation));
        assert_eq!(heard["rev"], rev);
        assert_eq!(heard["message"]["id"], json!(sent.id));
        assert_eq!(heard["message"]["seq"], 1);
        assert_eq!(heard["message"]["senderType"], "buyer");
        assert_eq!(heard["message"]["message"], "hello");
    }
    room.expect_silence_outside().await;
}

#[tokio::test]
async fn a_read_mark_reaches_the_other_tabs_too_and_only_when_it_moved() {
    let mut room = Room::new().await;
    let sent = room.rig.send("ben", &room.conversation, "hello").await;
    for client in &mut room.inside {
        client.expect("message").await;
    }
    let read = json!({"conversationId": room.conversation, "upTo": sent.id});
    for _ in 0..2 {
        room.inside[1].say("read", read.clone()).await;
    }
    let rev = room.rig.fetch(&room.conversation).await.rev + 1;
    for client in &mut room.inside {
        let heard = client.expect("read").await;
        assert_eq!(heard["userId"], "anna");
        assert_eq!(heard["lastReadSeq"], 1);
        assert_eq!(heard["rev"], rev);
        assert!(heard["readAt"].is_string());
        client.expect_silence().await;
    }
    room.expect_silence_outside().await;
}

#[tokio::test]
async fn joining_and_leaving_are_told_with_each_readers_own_counters() {
    let mut room = Room::new().await;
    room.rig.send("ben", &room.conversation, "hello").await;
    for client in &mut room.inside {
        client.expect("message").await;
    }
    let ada = room.rig.person("ada").await;
    let chat = &room.rig.app.chat;
    join(chat, &ada.clone().into(), &room.conversation)
        .await
        .unwrap();
    let unread = |client: usize| i64::from(client > 0);
    for (number, client) in room.inside.iter_mut().enumerate() {
        let heard = client.expect("conversation_updated").await;
        let conversation = &heard["conversation"];
        assert_eq!(conversation["participants"]["admin"]["id"], "ada");
        assert_eq!(conversation["participants"]["admin"]["isOnline"], true);
        assert_eq!(conversation["unreadCount"], unread(number));
        assert_eq!(conversation["rev"], heard["rev"]);
    }
    let heard = room.outside[1].expect("conversation_updated").await;
    assert_eq!(heard["conversation"]["unreadCount"], 0);
    room.outside[0].expect_silence().await;

    leave(chat, &ada.clone().into(), &room.conversation)
        .await
        .unwrap();
    for client in &mut room.inside {
        let heard = client.expect("conversation_updated").await;
        assert!(heard["conversation"]["participants"]["admin"].is_null());
    }
    room.outside[1].expect("conversation_updated").await;
    room.rig
        .send("anna", &room.conversation, "still there?")
        .await;
    for client in &mut room.inside {
        client.expect("message").await;
    }
    room.expect_silence_outside().await;
}

#[tokio::test]
async fn a_new_conversation_and_its_product_are_told() {
    let rig = Rig::new().await;
    let product = ProductRecord {
        id: ProductId::new("p1"),
        name: "Bolts".into(),
        image: String::new(),
        supplier_id: None,
    };
    rig.app
        .chat
        .directory_editor
        .put_product(&product)
        .await
        .unwrap();
    let (mut ben, mut carl) = (rig.join("ben").await, rig.join("carl").await);
    let anna = rig.person("anna").await;
    let request = chat::open_conversation::Request {
        supplier: Some("ben".into()),
        product: Some(product.id.clone()),
        ..Default::default()
    };
    let open =
        chat::open_conversation::open_conversation(&rig.app.chat, &anna.into(), request).await;
    let id = open.unwrap().conversation.id;
    let heard = ben.expect("conversation_updated").await;
    assert_eq!(heard["conversation"]["id"], json!(id));
    assert_eq!(heard["conversation"]["product"]["name"], "Bolts");

    let renamed = ProductRecord {
        name: "Nuts".into(),
        ..product
    };
    rig.app
        .chat
        .directory_editor
        .put_product(&renamed)
        .await
        .unwrap();
    let heard = ben.expect("conversation_updated").await;
    assert_eq!(heard["conversation"]["product"]["name"], "Nuts");
    carl.expect_silence().await;
}

#[tokio::test]
async fn typing_reaches_everybody_else_in_the_room() {
    let mut room = Room::new().await;
    let ada = room.rig.person("ada").await;
    join(&room.rig.app.chat, &ada.clone().into(), &room.conversation)
        .await
        .unwrap();
    for client in room.inside.iter_mut().chain([&mut room.outside[1]]) {
        client.expect("conversation_updated").await;
    }
    let typing = json!({"conversationId": room.conversation, "isTyping": true});
    room.inside[1].say("typing", typing).await;
    let expected = json!({"conversationId": room.conversation, "userId": "anna", "isTyping": true});
    assert_eq!(room.inside[0].expect("typing").await, expected);
    assert_eq!(room.outside[1].expect("typing").await, expected);
    // Never to the typer's own sockets.
    room.inside[1].expect_silence().await;
    room.inside[2].expect_silence().await;
    room.outside[0].expect_silence().await;
}

#[tokio::test]
async fn deleting_a_participant_tells_the_others_to_fetch() {
    let mut room = Room::new().await;
    let anna = "anna".to_owned().into();
    room.rig
        .app
        .chat
        .directory_editor
        .delete_user(&anna)
        .await
        .unwrap();
    let heard = room.inside[0].until("reset").await;
    let (_, reset) = heard.last().unwrap();
    assert_eq!(*reset, json!({"conversationId": room.conversation}));
    assert_eq!(room.inside[1].close_code().await, 4401);
    assert_eq!(room.inside[2].close_code().await, 4401);
    let ben = room.rig.person("ben").await;
    assert!(
        authorize_view(
            &room.rig.app.chat,
            &ben.into(),
            &room.conversation,
            Operation::Conversation
        )
        .await
        .is_err()
    );
    room.expect_silence_outside().await;
}
