//! What becomes of rows that are not right, and how somebody hears of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::shop;
use crate::world::of;

const DIRTY: &str = r#"{"type":"haggle","version":1}
{"type":"conversation","id":"new","buyerId":"anna","supplierId":"sofia","productId":"steel","createdAt":"2024-02-01T00:00:00Z"}
{"type":"conversation","id":"old","buyerId":"anna","supplierId":"s-1","productId":"steel","createdAt":"2024-01-01T00:00:00Z"}
{"type":"conversation","id":"gone","buyerId":"nobody","supplierId":"sofia"}
{"type":"conversation","id":"odd","buyerId":"bert","supplierId":"tom","adminId":"0","productId":"a-slug","conversationType":"buyer_support"}
{"type":"message","id":"n1","conversationId":"new","senderId":"sofia","message":"third","createdAt":"2024-03-01T00:00:00Z"}
{"type":"message","id":"o1","conversationId":"old","senderId":"anna","message":"first","createdAt":"2024-01-02T00:00:00Z","isRead":true}
{"type":"message","id":"o2","conversationId":"old","senderId":"ada","message":"second <b>","createdAt":"2024-02-02T00:00:00Z"}
{"type":"message","id":"g1","conversationId":"gone","senderId":"sofia","message":"lost"}
{"type":"message","id":"x1","conversationId":"nowhere","senderId":"anna","message":"lost"}
{"type":"message","id":"d1","conversationId":"odd","senderId":"left","senderType":"supplier","message":"from before","createdAt":"2024-01-01T00:00:00Z"}
{"type":"message","id":"d2","conversationId":"odd","senderId":"bert","senderType":"supplier","message":"no time"}
{"type":"message","id":"d2","conversationId":"odd","senderId":"bert","senderType":"supplier","message":"no time"}
{"type":"message","id":"d2","conversationId":"odd","senderId":"tom","message":"another","createdAt":"2024-01-03T00:00:00Z"}
{"type":"message","id":"d3","conversationId":"odd","senderId":"tom","message":" \u202e\r\n","createdAt":"2024-01-04T00:00:00Z"}
{"type":"message","id":"d4","conversationId":"odd","senderId":"tom","message":"x","createdAt":"yesterday"}
{"type":"message","id":"d5","conversationId":"odd","senderID":"tom","message":"x"}
not json
"#;

/// What a report says of it, by its lines.
const REPORT: [(u64, &str, &str); 20] = [
    (
        2,
        "new",
        "conversations merged: it has the same purpose as an older conversation",
    ),
    (
        3,
        "old",
        "conversations corrected: it names a supplier and not a user: the supplier's user is taken",
    ),
    (4, "gone", "conversations refused: its buyer is gone"),
    (
        5,
        "odd",
        "conversations corrected: it has no time: that of its first message is taken, else the present",
    ),
    (
        5,
        "odd",
        "conversations corrected: its administrator is nobody, or is none: it has no administrator",
    ),
    (
        5,
        "odd",
        "conversations corrected: its product is gone or unknown: it has no product",
    ),
    (
        5,
        "odd",
        "conversations corrected: its type is decided by who takes part",
    ),
    (
        8,
        "o2",
        "messages corrected: its sender has no place here: they keep their id and their role",
    ),
    (8, "o2", "messages corrected: its text is cleaned"),
    (9, "g1", "messages refused: its conversation is refused"),
    (
        10,
        "x1",
        "messages refused: its conversation does not exist",
    ),
    (
        11,
        "d1",
        "messages corrected: its sender is gone: it is a former user's",
    ),
    (
        12,
        "d2",
        "messages corrected: it has no time: that of the message before it is taken, else of its conversation",
    ),
    (
        12,
        "d2",
        "messages corrected: its sender's place decides its type",
    ),
    (
        13,
        "d2",
        "messages merged: the same message is in the file twice",
    ),
    (
        14,
        "d2",
        "messages corrected: its id is that of another message too: it got one of its own",
    ),
    (15, "d3", "messages refused: it has no text and no file"),
    (
        16,
        "d4",
        "messages refused: createdAt is not a time like 2026-03-01T10:00:00Z",
    ),
    (
        17,
        "",
        "lines refused: the line is not a record of this format",
    ),
    (
        18,
        "",
        "lines refused: the line is not a record of this format",
    ),
];

#[tokio::test]
async fn every_row_is_kept_merged_or_refused_and_told_with_its_line() {
    let (world, desk) = shop().await;
    desk.write("dirty.jsonl", DIRTY);
    let said = desk.run(&["import", "--dry-run", "dirty.jsonl"]);
    assert!(said.starts_with("nothing was changed"), "{said}");
    let planned = desk.report();
    let there = desk.run(&["export"]);
    assert_eq!(
        there.lines().count(),
        1,
        "a dry run changes nothing: {there}"
    );

    let said = desk.run(&["import", "dirty.jsonl"]);
    assert!(
        said.contains("conversations: 4 found = 2 kept (2 new) + 1 merged + 1 refused"),
        "{said}"
    );
    assert!(
        said.contains("messages: 13 found = 6 kept (6 new) + 1 merged + 6 refused"),
        "{said}"
    );
    assert_eq!(desk.report(), planned, "a dry run says what will happen");
    let mut lines: Vec<_> = planned
        .iter()
        .map(|(said, line, id)| (*line, &**id, &**said))
        .collect();
    lines.sort_unstable();
    assert_eq!(lines, REPORT);

    // In the order of time, in the oldest. Whoever sends has read what came before.
    let page = world
        .anna
        .get(&of("old", "/messages?markRead=false"))
        .await
        .expect(200);
    let shown: Vec<_> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect();
    assert_eq!(
        shown,
        [
            (3, "third", Some("sofia"), "supplier"),
            (2, "second < b>", Some("ada"), "admin"),
            (1, "first", Some("anna"), "buyer"),
        ]
    );
    assert_eq!(crate::world::unread(&world.sofia).await, 0);
    assert_eq!(crate::world::unread(&world.anna).await, 2);
    let page = world
        .tom
        .get(&of("odd", "/messages?markRead=false"))
        .await
        .expect(200);
    let shown: Vec<_> = page["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(row)
        .collect();
    assert_eq!(
        shown,
        [
            (3, "another", Some("tom"), "supplier"),
            (2, "no time", Some("bert"), "buyer"),
            (1, "from before", None, "supplier"),
        ]
    );

    let said = desk.run(&["import", "dirty.jsonl"]);
    assert!(
        said.contains("conversations: 4 found = 2 kept (0 new) + 1 merged + 1 refused"),
        "{said}"
    );
    assert!(
        said.contains("messages: 13 found = 6 kept (0 new) + 1 merged + 6 refused"),
        "{said}"
    );
}

fn row(message: &Value) -> (i64, &str, Option<&str>, &str) {
    (
        message["seq"].as_i64().unwrap(),
        message["message"].as_str().unwrap(),
        message["senderId"].as_str(),
        message["senderType"].as_str().unwrap(),
    )
}

#[tokio::test]
async fn a_file_that_is_none_of_the_format_is_said_at_once() {
    let (_world, desk) = shop().await;
    desk.write(
        "bare.jsonl",
        "{\"type\":\"conversation\",\"id\":\"a\",\"buyerId\":\"anna\"}\n",
    );
    let said = desk.fail(&["import", "bare.jsonl"]);
    assert!(
        said.contains(
            "bare.jsonl: line 1: the first line must be {\"type\":\"haggle\",\"version\":1}"
        ),
        "{said}"
    );
    desk.write("later.jsonl", "{\"type\":\"haggle\",\"version\":2}\n");
    let said = desk.fail(&["import", "later.jsonl"]);
    assert!(
        said.contains("line 1: version 2 of the format; this Haggle reads version 1"),
        "{said}"
    );
    desk.write("odd.csv", "conversation_id,message,mood\na,b,c\n");
    let said = desk.fail(&["import", "odd.csv"]);
    assert!(
        said.contains("the column mood is none of this format"),
        "{said}"
    );
    let said = desk.fail(&["import", "nowhere.jsonl"]);
    assert!(said.contains("nowhere.jsonl: "), "{said}");
    desk.write("empty/readme.txt", "");
    let said = desk.fail(&["import", "empty"]);
    assert!(
        said.contains("empty: holds no file that ends in jsonl, ndjson"),
        "{said}"
    );
    desk.write("fine.csv", "id,buyer_id\na,anna\n");
    let said = desk.fail(&["import", "--time-zone", "Mars/Base", "fine.csv"]);
    assert!(said.contains("--time-zone: Mars/Base is no zone"), "{said}");
}

#[tokio::test]
async fn files_are_taken_as_uploads_are_or_left_out_with_a_reason() {
    let (world, desk) = shop().await;
    desk.write(
        "files.jsonl",
        r#"{"type":"haggle","version":1}
{"type":"conversation","id":"c","buyerId":"anna","supplierId":"sofia","createdAt":"2024-01-01T00:00:00Z"}
{"type":"message","id":"m1","conversationId":"c","senderId":"anna","message":"","createdAt":"2024-01-01T00:00:00Z","files":[{"path":"a/terms.txt","name":"Terms.txt"},{"path":"../secret"},{"path":"none.pdf"}]}
{"type":"message","id":"m2","conversationId":"c","senderId":"anna","message":"","createdAt":"2024-01-02T00:00:00Z","files":[{"path":"broken.png"}]}
"#,
    );
    let said = desk.fail(&["import", "files.jsonl"]);
    assert!(
        said.contains("files.jsonl line 3 names the file a/terms.txt: give --files FOLDER"),
        "{said}"
    );
    desk.write("files/a/terms.txt", "Net 30 days");
    desk.write("files/broken.png", "\u{89}PNG\r\n\u{1a}\nno more");
    desk.write("secret", "secret");
    let said = desk.run(&["import", "files.jsonl", "--files", "files"]);
    assert!(
        said.contains("messages: 2 found = 1 kept (1 new) + 0 merged + 1 refused"),
        "{said}"
    );
    assert!(
        said.contains("files: 4 found = 1 kept (1 new) + 0 merged + 3 refused"),
        "{said}"
    );
    let expected = [
        (
            "files refused: its path leads out of the folder of files",
            1,
        ),
        ("files refused: it is not in the folder of files", 1),
        ("files refused: its bytes are not taken", 1),
        ("messages refused: it has no text and no file", 1),
    ];
    let expected = expected.map(|(said, rows)| (said.to_owned(), rows));
    assert_eq!(desk.reasons(), BTreeMap::from(expected));

    let page = world.sofia.get(&of("c", "/messages")).await.expect(200);
    let file = &page["messages"][0]["files"][0];
    assert_eq!(file["name"], "Terms.txt");
    let path = format!("/api/chat/attachments/{}", file["id"].as_str().unwrap());
    let got = world
        .sofia
        .request(reqwest::Method::GET, &path)
        .send()
        .await
        .unwrap();
    assert_eq!(got.text().await.unwrap(), "Net 30 days");
}

#[tokio::test]
async fn what_a_database_cannot_hold_is_cleaned_and_spoils_nothing_else() {
    let (world, desk) = shop().await;
    desk.write(
        "nul.jsonl",
        r#"{"type":"haggle","version":1}
{"type":"conversation","id":"c","buyerId":"anna","supplierId":"sofia","adminId":"a\u0000","createdAt":"2024-01-01T00:00:00Z"}
{"type":"message","id":"m\u0000","conversationId":"c","senderId":"anna","message":"a\u0000b","readBy":["x\u0000"],"createdAt":"2024-01-01T00:00:00Z"}
{"type":"message","id":"n","conversationId":"c","senderId":"anna","message":"\ud800","createdAt":"2024-01-01T00:00:00Z"}
"#,
    );
    let said = desk.run(&["import", "nul.jsonl"]);
    assert!(
        said.contains("messages: 2 found = 1 kept (1 new) + 0 merged + 1 refused"),
        "{said}"
    );
    let page = world.anna.get(&of("c", "/messages")).await.expect(200);
    assert_eq!(page["messages"][0]["message"], "ab");
}
