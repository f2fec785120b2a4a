//! What an export writes, an import reads.

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use super::{contents, shop};
use crate::{
    attachments::upload,
    files::samples::{jpeg, png},
    world::{World, id, of},
};

async fn send(person: &Person, conversation: &str, body: Value) -> Value {
    let sent = person.post(&of(conversation, "/messages"), body).await;
    sent.expect(201)["message"].take()
}

/// Says this, and tells when it was said.
async fn say(person: &Person, conversation: &str, text: &str) -> String {
    let message = send(person, conversation, json!({"content": text})).await;
    message["createdAt"].as_str().unwrap().to_owned()
}

/// Conversations of every kind, with what happens to them: files, marks, somebody who leaves, a product
/// that goes.
async fn busy(world: &World) -> String {
    let steel = world.steel().await;
    send(
        &world.anna,
        &steel,
        json!({"content": "Größe M8 <b>?</b>\n=1+1, \"x\"; y", "clientMessageId": "c-1"}),
    )
    .await;
    let photo = upload(&world.sofia, "Foto, neu.png", &png()).await;
    let other = upload(&world.sofia, "other.jpg", &jpeg(8, 8)).await;
    let paper = upload(&world.sofia, "offer.txt", b"Price: 5 EUR").await;
    let files = json!([photo["id"], other["id"], paper["id"]]);
    send(
        &world.sofia,
        &steel,
        json!({"content": "", "attachments": files}),
    )
    .await;
    send(&world.anna, &steel, json!({"content": "'=2"})).await;
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    send(&world.ada, &steel, json!({"content": "May I help?"})).await;
    world
        .sofia
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(200);
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(200);
    send(&world.sofia, &steel, json!({"content": "No"})).await;
    let gone = json!({"name": "Old", "image": "/old.png", "supplierId": "s-2"});
    world.put("products/old", gone).await.expect(201);
    let old = json!({"supplierId": "tom", "productId": "old"});
    let old = id(&world
        .bert
        .post("/api/chat/conversations", old)
        .await
        .expect(201));
    send(&world.bert, &old, json!({"content": "still there?"})).await;
    world.delete("products/old").await.expect(204);
    let none = json!({"supplierId": "tom"});
    world
        .bert
        .post("/api/chat/conversations", none)
        .await
        .expect(201);
    let help = json!({"adminId": "alan"});
    let help = id(&world
        .bert
        .post("/api/chat/conversations", help)
        .await
        .expect(201));
    send(&world.alan, &help, json!({"content": "x"})).await;
    steel
}

#[tokio::test]
async fn an_export_comes_into_an_empty_database_byte_for_byte() {
    let (first, desk) = shop().await;
    let steel = busy(&first).await;
    desk.run(&["export", "--to", "all.jsonl", "--files", "files"]);
    let exported = desk.read("all.jsonl");
    assert_eq!(
        exported.lines().next(),
        Some(r#"{"type":"haggle","version":1}"#)
    );
    assert_eq!(exported.lines().count(), 1 + 4 + 7);

    let (second, second_desk) = shop().await;
    let (all, files) = (desk.path("all.jsonl"), desk.path("files"));
    let (all, files) = (all.to_str().unwrap(), files.to_str().unwrap());
    let said = second_desk.run(&["import", all, "--files", files]);
    assert!(
        said.contains("conversations: 4 found = 4 kept (4 new) + 0 merged + 0 refused"),
        "{said}"
    );
    assert!(
        said.contains("messages: 7 found = 7 kept (7 new) + 0 merged + 0 refused"),
        "{said}"
    );
    assert!(
        said.contains("files: 3 found = 3 kept (3 new) + 0 merged + 0 refused"),
        "{said}"
    );
    second_desk.run(&["export", "--to", "all.jsonl", "--files", "files"]);
    assert_eq!(second_desk.read("all.jsonl"), exported);
    assert_eq!(
        contents(&second_desk.path("files")),
        contents(&desk.path("files"))
    );
    // The old product's purpose is not that of the conversation about none.
    assert!(exported.contains(r#""openedFor":{"productId":"old","adminId":null}"#));

    // It is there for people, unread as it was, with its files.
    assert_eq!(unread(&second).await, unread(&first).await);
    let page = second.sofia.get(&of(&steel, "/messages")).await.expect(200);
    let photo = &page["messages"][3]["files"][0];
    assert_eq!(photo["name"], "Foto, neu.png");
    let read = async |world: &World, file: &Value| {
        let path = format!("/api/chat/attachments/{}", id(file));
        Answer::to(world.sofia.request(Method::GET, &path))
            .await
            .status
    };
    assert_eq!(read(&second, photo).await, 200);

    // A second run changes nothing, and a retry of a message finds it.
    let said = second_desk.run(&["import", all, "--files", files]);
    assert!(
        said.contains("messages: 7 found = 7 kept (0 new) + 0 merged + 0 refused"),
        "{said}"
    );
    second_desk.run(&["export", "--to", "again.jsonl"]);
    assert_eq!(second_desk.read("again.jsonl"), exported);
    let retry = json!({"content": "anything", "clientMessageId": "c-1"});
    second
        .anna
        .post(&of(&steel, "/messages"), retry)
        .await
        .expect(200);
}

async fn unread(world: &World) -> Vec<Value> {
    let mut unread = Vec::new();
    for person in [
        &world.anna,
        &world.bert,
        &world.sofia,
        &world.tom,
        &world.alan,
    ] {
        unread.push(person.get("/api/chat/unread-count").await.expect(200));
    }
    unread
}

#[tokio::test]
async fn the_same_as_csv() {
    let (first, desk) = shop().await;
    busy_without_files(&first).await;
    desk.run(&["export", "--format", "csv", "--to", "all"]);
    let (_second, second_desk) = shop().await;
    let all = desk.path("all");
    let said = second_desk.run(&["import", "--format", "csv", all.to_str().unwrap()]);
    assert!(
        said.contains("messages: 3 found = 3 kept (3 new) + 0 merged + 0 refused"),
        "{said}"
    );
    second_desk.run(&["export", "--format", "csv", "--to", "all"]);
    assert_eq!(contents(&second_desk.path("all")), contents(&all));
    desk.run(&["export", "--to", "all.jsonl"]);
    second_desk.run(&["export", "--to", "all.jsonl"]);
    assert_eq!(second_desk.read("all.jsonl"), desk.read("all.jsonl"));
    assert_eq!(second_desk.reasons().len(), 0);
}

async fn busy_without_files(world: &World) {
    let steel = world.steel().await;
    for (person, content) in [
        (&world.anna, "=SUM(A1)\n\"quoted\", and; more"),
        (&world.sofia, "'=already"),
        (&world.anna, "plain"),
    ] {
        let body = json!({"content": content});
        person
            .post(&of(&steel, "/messages"), body)
            .await
            .expect(201);
    }
}

#[tokio::test]
async fn a_part_is_what_was_asked_for() {
    let (world, desk) = shop().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "first").await;
    let textiles = json!({"supplierId": "s-2"});
    let textiles = id(&world
        .bert
        .post("/api/chat/conversations", textiles)
        .await
        .expect(201));
    let since = say(&world.bert, &textiles, "second").await;
    say(&world.tom, &textiles, "third").await;
    say(&world.ada, &textiles, "fourth").await;
    world
        .ada
        .post(&of(&textiles, "/leave"), json!({}))
        .await
        .expect(200);

    let said = |arguments: &[&str]| -> Vec<String> {
        let text = desk.run(&[&["export"], arguments].concat());
        let rows = text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap());
        let texts = rows.filter_map(|row| Some(row["message"].as_str()?.to_owned()));
        texts.collect()
    };
    assert_eq!(said(&["--user", "anna"]), ["first"]);
    assert_eq!(
        said(&["--user", "ada"]),
        ["second", "third", "fourth"],
        "whoever left has written"
    );
    assert_eq!(said(&["--conversation", &steel]), ["first"]);
    assert_eq!(said(&["--since", &since]), ["second", "third", "fourth"]);
    assert_eq!(
        said(&["--since", &since, "--user", "anna"]),
        Vec::<String>::new()
    );
    assert_eq!(said(&["--user", "nobody"]), Vec::<String>::new());
    assert!(
        desk.fail(&["export", "--since", "yesterday"])
            .contains("--since is no time like")
    );
    assert!(
        desk.fail(&["export", "--format", "csv"])
            .contains("--to is needed for csv")
    );
}

#[tokio::test]
async fn later_messages_come_behind_those_that_came_before() {
    let (first, desk) = shop().await;
    let steel = first.steel().await;
    say(&first.anna, &steel, "one").await;
    desk.run(&["export", "--to", "one.jsonl"]);
    let since = say(&first.anna, &steel, "two").await;
    say(&first.anna, &steel, "three").await;
    desk.run(&["export", "--since", &since, "--to", "rest.jsonl"]);
    desk.run(&["export", "--to", "all.jsonl"]);

    let (_second, second_desk) = shop().await;
    let path = |name: &str| desk.path(name).to_str().unwrap().to_owned();
    second_desk.run(&["import", &path("one.jsonl")]);
    second_desk.run(&["import", &path("rest.jsonl")]);
    second_desk.run(&["export", "--to", "all.jsonl"]);
    assert_eq!(second_desk.read("all.jsonl"), desk.read("all.jsonl"));

    // What people have said since cannot get history before it.
    let (third, third_desk) = shop().await;
    let steel_there = third.steel().await;
    say(&third.anna, &steel_there, "new").await;
    let said = third_desk.run(&["import", &path("all.jsonl")]);
    assert!(
        said.contains("conversations: 1 found = 0 kept (0 new) + 1 merged + 0 refused"),
        "{said}"
    );
    assert!(
        said.contains("messages: 3 found = 0 kept (0 new) + 0 merged + 3 refused"),
        "{said}"
    );
}

#[tokio::test]
async fn links_subjects_and_former_users_come_along() {
    let (_first, desk) = shop().await;
    let text = r#"{"type":"haggle","version":1}
{"type":"conversation","id":"c","conversationType":"buyer_supplier","buyerId":"anna","buyerName":"Anna","supplierId":"sofia","supplierName":"Sofia Steel","adminId":null,"adminName":null,"productId":null,"productName":null,"subject":"=Steel","createdAt":"2024-01-01T00:00:00.000000Z"}
{"type":"message","id":"m","conversationId":"c","seq":1,"senderId":null,"isFormerUser":true,"senderType":"supplier","receiverId":"anna","message":"","files":[{"id":"01900000-0000-7000-8000-000000000001","name":"plan.pdf","type":"application/pdf","size":0,"url":"https://old.example/uploads/plan.pdf?v=1"}],"createdAt":"2024-01-01T00:00:00.000000Z","readBy":["anna"]}
"#;
    desk.write("old.jsonl", text);
    desk.run(&["import", "old.jsonl"]);
    desk.run(&["export", "--to", "new.jsonl", "--files", "files"]);
    assert_eq!(desk.read("new.jsonl"), text);
    assert_eq!(contents(&desk.path("files")).len(), 0);
    desk.run(&["export", "--format", "csv", "--to", "all"]);

    let (second, second_desk) = shop().await;
    second_desk.run(&[
        "import",
        "--format",
        "csv",
        desk.path("all").to_str().unwrap(),
    ]);
    second_desk.run(&["export", "--to", "new.jsonl"]);
    assert_eq!(second_desk.read("new.jsonl"), text);
    let page = second.anna.get(&of("c", "/messages")).await.expect(200);
    assert_eq!(page["messages"][0]["senderName"], "Former user");
}
