//! Who did what, when and from where; and who may know.

mod reading;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::Answer;

use crate::world::{World, of, say, unread};

const AUDIT: &str = "/api/chat/audit";

const LIST: &str = "/api/chat/conversations";

async fn entries(world: &World, query: &str) -> Vec<Value> {
    let page = world.alan.get(&format!("{AUDIT}?{query}")).await;
    page.expect(200)["entries"].as_array().unwrap().clone()
}

/// Who did what, oldest first.
async fn story(world: &World, query: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut story: Vec<_> = entries(world, query)
        .await
        .iter()
        .map(|entry| (text(&entry["actorId"]), text(&entry["action"])))
        .collect();
    story.reverse();
    story
}

fn told(story: &[(&str, &str)]) -> Vec<(String, String)> {
    let known = story.iter();
    known
        .map(|(who, what)| ((*who).to_owned(), (*what).to_owned()))
        .collect()
}

#[tokio::test]
async fn everything_is_told_once_with_who_when_and_from_where() {
    let world = World::open().await;
    let steel = world.steel().await;
    let purpose = json!({"supplierId": "s-1", "productId": "steel"});
    world.anna.post(LIST, purpose).await.expect(200);
    let path = of(&steel, "/messages");
    let words = json!({"content": "A price of 4711", "clientMessageId": "one"});
    let request = world.anna.request(Method::POST, &path);
    let request = request.header("user-agent", "Anna's browser").json(&words);
    let message = Answer::to(request).await.expect(201)["message"].take();
    // A retry sends nothing.
    world.anna.post(&path, words).await.expect(200);
    // Participants look at what is theirs.
    world.sofia.get(&path).await.expect(200);
    world.sofia.get(&of(&steel, "")).await.expect(200);

    world.ada.get(&path).await.expect(200);
    world.ada.get(&of(&steel, "")).await.expect(200);
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    world
        .ada
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    world.ada.get(&path).await.expect(200);
    world
        .ada
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(200);

    let expected = [
        ("anna", "created"),
        ("anna", "opened"),
        ("anna", "sent"),
        ("sofia", "opened"),
        ("ada", "viewed"),
        ("ada", "viewed"),
        ("ada", "joined"),
        // Now she sits there, and reads.
        ("ada", "opened"),
        ("ada", "left"),
    ];
    assert_eq!(story(&world, "").await, told(&expected));
    let all = entries(&world, "").await;
    for entry in &all {
        assert_eq!(entry["conversationId"], steel);
        assert_eq!(entry["ip"], "127.0.0.1");
    }
    assert_eq!(
        all[6],
        json!({
            "id": message["id"], "at": message["createdAt"], "actorId": "anna", "action": "sent",
            "conversationId": steel, "ip": "127.0.0.1", "userAgent": "Anna's browser", "detail": {},
        })
    );
    assert_eq!(
        all[8]["detail"],
        json!({"type": "buyer_supplier", "admin": null})
    );
    assert_eq!(all[4]["detail"], json!({"what": "messages"}));
    assert!(!json!(all).to_string().contains("4711"), "what was said");
}

/// Who joined and left, as everybody in the conversation may know.
#[tokio::test]
async fn who_joined_and_left_is_told_to_everybody_in_the_conversation() {
    let world = World::open().await;
    let steel = world.steel().await;
    let path = of(&steel, "/events");
    let none = json!({"events": [], "hasMore": false, "nextCursor": null});
    assert_eq!(world.anna.get(&path).await.expect(200), none);
    say(&world.anna, &steel, "Hello").await;
    for part in ["/join", "/leave", "/join"] {
        world
            .ada
            .post(&of(&steel, part), json!({}))
            .await
            .expect(200);
        say(&world.sofia, &steel, "Good morning").await;
    }

    let told = world.anna.get(&path).await.expect(200);
    assert_eq!(
        (&told["hasMore"], &told["nextCursor"]),
        (&json!(false), &json!(null))
    );
    let events = told["events"].as_array().unwrap();
    for (event, (what, seq)) in events
        .iter()
        .zip([("joined", 3), ("left", 2), ("joined", 1)])
    {
        let expected = json!({
            "id": event["id"], "type": what, "actorId": "ada", "actorName": "Ada",
            "createdAt": event["createdAt"], "seq": seq,
        });
        assert_eq!(*event, expected, "nothing of the audit beside");
        assert!(event["createdAt"].as_str().unwrap().ends_with('Z'));
    }
    assert_eq!(events.len(), 3);
    for person in [&world.sofia, &world.ada, &world.alan] {
        assert_eq!(person.get(&path).await.expect(200), told);
    }
    assert_eq!(unread(&world.anna).await, 3, "nothing is read by it");

    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for more in [true, true, false] {
        let page = world.anna.get(&format!("{path}?limit=1{cursor}")).await;
        let page = page.expect(200);
        assert_eq!(page["hasMore"], more);
        seen.extend(page["events"].as_array().unwrap().clone());
        cursor = format!(
            "&cursor={}",
            page["nextCursor"].as_str().unwrap_or_default()
        );
    }
    assert_eq!(seen, *events, "each once");

    world.bert.get(&path).await.expect(403);
    world.nobody().get(&path).await.expect(401);
    let nowhere = of("01900000-0000-7000-8000-ffffffffffff", "/events");
    world.anna.get(&nowhere).await.expect(404);
    for (wrong, field) in [
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("cursor=x", "cursor"),
    ] {
        let refused = world.anna.get(&format!("{path}?{wrong}")).await.expect(400);
        assert!(refused["fields"][field].is_string(), "{refused}");
    }
    // An administrator who is not in it looked at it; somebody else tried.
    let looked = entries(&world, "action=viewed&actorId=alan").await;
    assert_eq!(looked[0]["detail"]["what"], "events");
    let tried = entries(&world, "action=refused&actorId=bert").await;
    assert_eq!(tried[0]["detail"]["what"], "events");

    world.delete("users/ada").await.expect(204);
    let told = world.anna.get(&path).await.expect(200);
    let events = told["events"].as_array().unwrap();
    assert_eq!((&events[0]["type"], events.len()), (&json!("left"), 4));
    assert!(events.iter().all(|event| event["actorName"].is_null()));
}

#[tokio::test]
async fn refusals_are_told_also_those_of_sockets() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = json!({"content": "hello"});
    world.bert.get(&of(&steel, "")).await.expect(403);
    world.bert.get(&of(&steel, "/messages")).await.expect(403);
    world
        .bert
        .post(&of(&steel, "/messages"), said)
        .await
        .expect(403);
    world
        .tom
        .patch(&of(&steel, "/read"), json!({}))
        .await
        .expect(403);
    world
        .anna
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(403);
    world
        .anna
        .post(&of(&steel, "/leave"), json!({}))
        .await
        .expect(403);
    // Not there is no refusal.
    world.bert.get(&of("none", "")).await.expect(404);
    for part in ["/join", "/leave"] {
        world
            .bert
            .post(&of("none", part), json!({}))
            .await
            .expect(404);
    }
    let mut socket = world.ada.online().await;
    for kind in ["typing", "read"] {
        socket.send(kind, json!({"conversationId": steel})).await;
        socket.until("error").await;
    }

    let whats = |entries: Vec<Value>| -> Vec<Value> {
        let mut whats: Vec<_> = entries
            .into_iter()
            .map(|mut entry| json!([entry["actorId"].take(), entry["detail"]["what"].take()]))
            .collect();
        whats.reverse();
        whats
    };
    let expected = [
        // The others are counted until the minute is over.
        json!(["bert", "conversation"]),
        json!(["tom", "mark_read"]),
        json!(["anna", "join"]),
        json!(["ada", "typing"]),
    ];
    let refused = entries(&world, "action=refused").await;
    assert!(refused.iter().all(|entry| entry["ip"] == "127.0.0.1"));
    assert_eq!(whats(refused), expected);
}

#[tokio::test]
async fn an_administrator_who_catches_up_looks_too() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "hello").await;
    let since = |seq: i64, rev: i64| json!({&steel: {"seq": seq, "rev": rev}});
    for person in [&world.anna, &world.ada] {
        let mut socket = person.connect().await;
        socket.authenticate(Some(since(0, 1))).await;
        socket.until("message").await;
        socket.until("ready").await;
        // Who has seen it all is told nothing.
        socket.send("resume", json!({"since": since(1, 2)})).await;
        socket.until("ready").await;
    }
    let looks = entries(&world, "action=viewed").await;
    assert_eq!(looks.len(), 1, "{looks:?}");
    assert_eq!(looks[0]["actorId"], "ada");
    assert_eq!(looks[0]["detail"], json!({"what": "missed"}));
}
