use serde_json::json;

use crate::world::{World, of, say};

#[tokio::test]
async fn a_message_too_many_is_refused_and_changes_nothing() {
    let world = World::with(&[("HAGGLE_MESSAGES_PER_MINUTE", "2")]).await;
    let steel = world.steel().await;
    let path = of(&steel, "/messages");
    let first = world
        .anna
        .post(&path, json!({"content": "1", "clientMessageId": "a"}))
        .await;
    assert_eq!(first.headers["ratelimit-policy"], "\"messages\";q=2;w=60");
    assert!(
        first.headers["ratelimit"]
            .to_str()
            .unwrap()
            .starts_with("\"messages\";r=1;t=")
    );
    first.expect(201);
    say(&world.anna, &steel, "2").await;

    let refused = world.anna.post(&path, json!({"content": "3"})).await;
    let wait: u32 = refused.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=30).contains(&wait));
    assert!(
        refused.headers["ratelimit"]
            .to_str()
            .unwrap()
            .starts_with("\"messages\";r=0;t=")
    );
    let refused = refused.expect(429);
    assert_eq!(
        (&refused["error"], &refused["code"]),
        (&json!("Too Many Requests"), &json!("rate_limited"))
    );

    // A retry costs nothing, and others are not limited.
    world
        .anna
        .post(&path, json!({"content": "1", "clientMessageId": "a"}))
        .await
        .expect(200);
    say(&world.sofia, &steel, "hello").await;
    let page = world.anna.get(&path).await.expect(200);
    assert_eq!(page["messages"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn a_conversation_too_many_is_refused_but_known_ones_open() {
    let world = World::with(&[("HAGGLE_CONVERSATIONS_PER_HOUR", "1")]).await;
    let path = "/api/chat/conversations";
    world
        .anna
        .post(path, json!({"supplierId": "s-1"}))
        .await
        .expect(201);
    let refused = world.anna.post(path, json!({"supplierId": "s-2"})).await;
    assert_eq!(
        refused.headers["ratelimit-policy"],
        "\"conversations\";q=1;w=3600"
    );
    refused.expect(429);
    world
        .anna
        .post(path, json!({"supplierId": "s-1"}))
        .await
        .expect(200);
}

#[tokio::test]
async fn a_client_is_told_what_the_server_is_set_to() {
    let world = World::with(&[
        ("HAGGLE_MESSAGES_PER_MINUTE", "7"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
        ("HAGGLE_ATTACHMENT_MB", "3"),
        ("HAGGLE_ATTACHMENTS_PER_MESSAGE", "4"),
    ])
    .await;
    let mut told = world.anna.get("/api/chat/limits").await.expect(200);
    let types = told["attachmentTypes"].take();
    let expected = json!({
        "messageCharacters": 10_000, "attachmentBytes": 3 << 20, "attachmentsPerMessage": 4,
        "attachmentTypes": null, "messagesPerMinute": 7, "conversationsPerHour": 0,
        "editMinutes": 15, "retractMinutes": 15, "offers": true,
    });
    assert_eq!(told, expected);
    let types = types.as_array().expect("a list");
    let jpeg = types.iter().find(|kind| kind["type"] == "image/jpeg");
    let endings = jpeg.expect("JPEG")["endings"].as_array().expect("a list");
    for ending in ["jpg", "jpeg"] {
        assert!(endings.contains(&json!(ending)), "{endings:?}");
    }
    assert_eq!(world.nobody().get("/api/chat/limits").await.status, 401);
}
