//! Files of other programs.

use serde_json::Value;

use super::shop;
use crate::world::{World, of, unread};

const CONVERSATIONS: &str = "\
id;buyer_id;supplier_id;created_at\r
c;17;s-1;2024-07-01 12:00:00\r
";
const MESSAGES: &str = "\
conversation_id,sender_id,message,created_at,is_read\r
c,17,\"Hello,\r
\"\"there\"\"\",2024-07-01 12:00:00,t\r
c,sofia,Yes,2024-07-01 12:00:00,f\r
c,sofia,Yes,2024-07-01 12:00:00,f\r
c,17\r
";

async fn said(world: &World, conversation: &str) -> Vec<(String, Option<String>, String)> {
    let path = of(conversation, "/messages?markRead=false");
    let page = world.ada.get(&path).await.expect(200);
    let text = |message: &Value, name: &str| message[name].as_str().map(str::to_owned);
    let messages = page["messages"].as_array().unwrap().iter().rev();
    messages
        .map(|message| {
            (
                text(message, "message").unwrap(),
                text(message, "senderId"),
                text(message, "createdAt").unwrap(),
            )
        })
        .collect()
}

fn line(text: &str, sender: Option<&str>, at: &str) -> (String, Option<String>, String) {
    (text.to_owned(), sender.map(str::to_owned), at.to_owned())
}

#[tokio::test]
async fn csv_of_any_program_with_ids_and_times_of_its_own() {
    let (world, desk) = shop().await;
    desk.write("old/conversations.csv", CONVERSATIONS);
    desk.write("old/messages.csv", &format!("\u{feff}{MESSAGES}"));
    desk.write("users.csv", "from,to\n17,anna\n");
    let arguments = [
        "import",
        "--format",
        "csv",
        "old",
        "--users",
        "users.csv",
        "--time-zone",
        "Europe/Berlin",
    ];
    let told = desk.run(&arguments);
    assert!(
        told.contains("messages: 4 found = 3 kept (3 new) + 0 merged + 1 refused"),
        "{told}"
    );
    let at = "2024-07-01T10:00:00.000Z";
    let expected = [
        line("Hello,\n\"there\"", Some("anna"), at),
        line("Yes", Some("sofia"), at),
        line("Yes", Some("sofia"), at),
    ];
    assert_eq!(said(&world, "c").await, expected);
    assert_eq!(
        (unread(&world.sofia).await, unread(&world.anna).await),
        (0, 2)
    );
    let refused: Vec<_> = desk
        .report()
        .into_iter()
        .filter(|(said, _, _)| said.contains("refused"))
        .collect();
    assert_eq!(
        refused,
        [(
            "lines refused: the row cannot be read".to_owned(),
            6,
            String::new()
        )]
    );

    // Messages without ids are the same ones at the next run.
    let told = desk.run(&arguments);
    assert!(
        told.contains("messages: 4 found = 3 kept (0 new) + 0 merged + 1 refused"),
        "{told}"
    );
}

#[tokio::test]
async fn standard_input_is_a_file_too() {
    use std::{io::Write, process::Stdio};

    let (world, desk) = shop().await;
    let mut import = desk
        .command(&["import", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let text = r#"{"type":"haggle","version":1}
{"type":"message","id":"m","conversationId":"c","senderId":"anna","message":"before its conversation","createdAt":"2024-01-01T00:00:00Z"}
{"type":"conversation","id":"c","buyerId":"anna","supplierId":"sofia","createdAt":"2024-01-01T00:00:00Z"}
"#;
    import
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    assert!(import.wait().unwrap().success());
    let expected = [line(
        "before its conversation",
        Some("anna"),
        "2024-01-01T00:00:00.000Z",
    )];
    assert_eq!(said(&world, "c").await, expected);
}

/// As <https://talkjs.com/docs/Reference/REST_API/Conversations/> and …/Messages/ describe them.
const TALKJS_CONVERSATIONS: &str = r#"{"data": [
  {"id": "order_17", "subject": "Steel", "topicId": null, "photoUrl": null, "welcomeMessages": null,
   "custom": {"productId": "steel"}, "lastMessage": null, "createdAt": 1704067200000,
   "participants": {"sofia": {"access": "ReadWrite", "notify": true}, "anna": {"access": "ReadWrite", "notify": true}}},
  {"id": "two_buyers", "subject": null, "custom": {}, "createdAt": 1704067200000,
   "participants": {"anna": {"access": "Read", "notify": false}, "bert": {"access": "ReadWrite", "notify": true}}},
  {"id": "strangers", "custom": {}, "createdAt": 1704067200000, "participants": {"x": {"access": "Read", "notify": true}}}
]}"#;
const TALKJS_MESSAGES: &str = r#"{"id":"msg_1","conversationId":"order_17","type":"UserMessage","senderId":"anna","text":"Hello","readBy":["sofia"],"origin":"web","attachment":{"url":"https://files.example/offer.pdf","size":3},"location":null,"custom":{},"referencedMessageId":null,"createdAt":1704067201000,"editedAt":null}
{"id":"msg_2","conversationId":"order_17","type":"UserMessage","senderId":"sofia","text":"Here","readBy":[],"origin":"email","attachment":null,"location":[51.481083,-3.178306],"custom":{},"referencedMessageId":"msg_1","createdAt":1704067202000}
{"id":"msg_3","conversationId":"order_17","type":"SystemMessage","senderId":null,"text":"Sofia sent an offer","readBy":[],"origin":"rest","createdAt":1704067203000}
{"id":"msg_4","conversationId":"strangers","type":"UserMessage","senderId":"x","text":"?","readBy":[],"createdAt":1704067204000}
{"id":"anna","name":"Anna","email":["anna@example.com"],"role":"buyer"}
"#;

#[tokio::test]
async fn an_export_of_talkjs() {
    let (world, desk) = shop().await;
    desk.write("talkjs/conversations.json", TALKJS_CONVERSATIONS);
    desk.write("talkjs/messages.jsonl", TALKJS_MESSAGES);
    let told = desk.run(&["import", "--format", "talkjs", "talkjs"]);
    assert!(
        told.contains("conversations: 3 found = 2 kept (2 new) + 0 merged + 1 refused"),
        "{told}"
    );
    assert!(
        told.contains("messages: 4 found = 3 kept (3 new) + 0 merged + 1 refused"),
        "{told}"
    );
    let expected = [
        line("Hello", Some("anna"), "2024-01-01T00:00:01.000Z"),
        line(
            "Here\n51.481083, -3.178306",
            Some("sofia"),
            "2024-01-01T00:00:02.000Z",
        ),
        line("Sofia sent an offer", None, "2024-01-01T00:00:03.000Z"),
    ];
    assert_eq!(said(&world, "order_17").await, expected);
    let conversation = world.anna.get(&of("order_17", "")).await.expect(200);
    assert_eq!(conversation["product"]["id"], "steel");
    assert_eq!(conversation["type"], "buyer_supplier");
    assert_eq!(conversation["subject"], "Steel");
    let page = world
        .anna
        .get(&of("order_17", "/messages?markRead=false"))
        .await
        .expect(200);
    let file = &page["messages"][2]["files"][0];
    assert_eq!(file["name"], "offer.pdf");
    assert_eq!(file["url"], "https://files.example/offer.pdf");
    assert_eq!(file["isExternal"], true);
    // Sofia has read what she was sent before she wrote, and Anna nothing since.
    assert_eq!(
        (unread(&world.sofia).await, unread(&world.anna).await),
        (1, 2)
    );
    let reasons = desk.reasons();
    for (said, rows) in [
        (
            "conversations corrected: more people than places: who has none keeps what they said",
            1,
        ),
        ("conversations refused: it has no buyer", 1),
        (
            "messages corrected: which message it answers is not kept",
            1,
        ),
        ("messages refused: its conversation is refused", 1),
    ] {
        assert_eq!(reasons.get(said), Some(&rows), "{reasons:?}");
    }
}

/// As <https://sendbird.com/docs/chat/platform-api/v3/data-export/data-export-overview> and the pages of
/// its channels and messages describe them.
const SENDBIRD_CHANNELS: &str = r#"{"channels": [
  {"channel_url": "sendbird_group_channel_1", "name": "Steel", "custom_type": "", "is_distinct": true, "freeze": false,
   "data": "{\"productId\":\"steel\"}", "created_at": 1704067200, "member_count": 2,
   "members": [{"user_id": "anna", "nickname": "Anna"}, {"user_id": "sofia", "nickname": "Sofia"}],
   "read_receipt": {"anna": 1704067202500, "sofia": 1704067201500}}
]}"#;
const SENDBIRD_MESSAGES: &str = r#"{"messages": [
  {"message_id": 101, "type": "MESG", "channel_url": "sendbird_group_channel_1", "custom_type": "", "data": "",
   "user": {"user_id": "anna", "nickname": "Anna"}, "message": "Hello", "is_removed": false,
   "created_at": 1704067201000, "updated_at": 0},
  {"message_id": 106, "type": "FILE", "channel_url": "sendbird_group_channel_1", "user": {"user_id": "anna"}, "message": "",
   "file": {"url": "https://files.example/plan.png", "name": "plan.png", "type": "image/png", "size": 9, "data": ""},
   "created_at": 1704067206000},
  {"message_id": 102, "type": "MESG", "channel_url": "sendbird_group_channel_1", "user": {"user_id": "sofia"},
   "message": "Yes?", "parent_message_id": 101, "created_at": 1704067202000},
  {"message_id": 103, "type": "ADMM", "channel_url": "sendbird_group_channel_1", "message": "Be kind", "created_at": 1704067203000},
  {"message_id": 104, "type": "MESG", "channel_url": "sendbird_group_channel_1", "user": {"user_id": "anna"},
   "message": "never mind", "is_removed": true, "created_at": 1704067204000}
]}"#;
const SENDBIRD_CSV: &str = "\
message_id,type,channel_url,sender_id,message,created_at
101,MESG,sendbird_group_channel_1,anna,Hello,1704067201000
105,MESG,sendbird_group_channel_1,anna,\"Good, then\",2024-01-01 00:00:05
";

#[tokio::test]
async fn a_data_export_of_sendbird() {
    let (world, desk) = shop().await;
    desk.write("sendbird/channels.json", SENDBIRD_CHANNELS);
    desk.write("sendbird/messages-1.json", SENDBIRD_MESSAGES);
    desk.write("sendbird/messages-2.csv", SENDBIRD_CSV);
    let told = desk.run(&["import", "--format", "sendbird", "sendbird"]);
    assert!(
        told.contains("conversations: 1 found = 1 kept (1 new) + 0 merged + 0 refused"),
        "{told}"
    );
    assert!(
        told.contains("messages: 7 found = 5 kept (5 new) + 1 merged + 1 refused"),
        "{told}"
    );
    let expected = [
        line("Hello", Some("anna"), "2024-01-01T00:00:01.000Z"),
        line("Yes?", Some("sofia"), "2024-01-01T00:00:02.000Z"),
        line("Be kind", None, "2024-01-01T00:00:03.000Z"),
        line("Good, then", Some("anna"), "2024-01-01T00:00:05.000Z"),
        line("", Some("anna"), "2024-01-01T00:00:06.000Z"),
    ];
    assert_eq!(said(&world, "sendbird_group_channel_1").await, expected);
    let path = of("sendbird_group_channel_1", "");
    assert_eq!(
        world.anna.get(&path).await.expect(200)["product"]["id"],
        "steel"
    );
    assert_eq!(
        (unread(&world.sofia).await, unread(&world.anna).await),
        (3, 0)
    );
    let reasons = desk.reasons();
    for said in [
        "messages merged: the same message is in the file twice",
        "messages refused: it was removed in Sendbird",
        "messages corrected: which message it answers is not kept",
    ] {
        assert_eq!(reasons.get(said), Some(&1), "{reasons:?}");
    }
}
