use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::world::{World, id, listed, of, say, unread};

fn texts(page: &Value) -> Vec<&str> {
    let messages = page["messages"].as_array().unwrap().iter();
    messages
        .map(|message| message["message"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn what_is_said_is_heard_read_and_counted() {
    let world = World::open().await;
    let steel = world.steel().await;
    let path = of(&steel, "/messages");
    let sent = say(
        &world.anna,
        &steel,
        "  M8 < M10 && \"5 > 3\" <b>now</b>\r\n",
    )
    .await;
    let expected = json!({
        "id": sent["id"], "conversationId": steel, "seq": 1,
        "senderId": "anna", "senderName": "Anna", "senderType": "buyer", "receiverId": "sofia",
        "message": "M8 < M10 && \"5 > 3\" < b>now< /b>", "attachments": [], "files": [],
        "clientMessageId": null, "isRead": false, "createdAt": sent["createdAt"], "kind": "text",
    });
    assert_eq!(sent, expected);
    assert_eq!(
        (unread(&world.anna).await, unread(&world.sofia).await),
        (0, 1)
    );
    let shown = listed(&world.sofia, &steel).await;
    assert_eq!(shown["lastMessage"], sent["message"]);
    assert_eq!(shown["lastMessageAt"], sent["createdAt"]);
    assert_eq!(
        (&shown["unreadCount"], &shown["lastSeq"]),
        (&json!(1), &json!(1))
    );

    // Looking without reading, then reading.
    world
        .sofia
        .get(&format!("{path}?markRead=false"))
        .await
        .expect(200);
    assert_eq!(unread(&world.sofia).await, 1);
    let page = world.sofia.get(&path).await.expect(200);
    assert_eq!(page["messages"][0]["id"], sent["id"]);
    assert_eq!(unread(&world.sofia).await, 0);
    let page = world.anna.get(&path).await.expect(200);
    assert_eq!(page["messages"][0]["isRead"], true);
    assert_eq!(
        listed(&world.anna, &steel).await["participants"]["supplier"]["lastReadSeq"],
        1
    );
}

#[tokio::test]
async fn reading_up_to_a_message_leaves_the_rest_unread() {
    let world = World::open().await;
    let steel = world.steel().await;
    let mut ids = Vec::new();
    for number in 0..5 {
        ids.push(id(&say(&world.anna, &steel, &number.to_string()).await));
    }
    let path = of(&steel, "/read");
    let read = world
        .sofia
        .patch(&path, json!({"upTo": ids[1]}))
        .await
        .expect(200);
    assert_eq!(read, json!({"success": true, "unreadCount": 3}));
    // Marks only move forward.
    let read = world
        .sofia
        .patch(&path, json!({"upTo": ids[0]}))
        .await
        .expect(200);
    assert_eq!(read["unreadCount"], 3);
    let other = world
        .sofia
        .patch(&path, json!({"upTo": "other"}))
        .await
        .expect(400);
    assert!(other["fields"]["upTo"].is_string());
    let bare = Answer::to(world.sofia.request(Method::PATCH, &path))
        .await
        .expect(200);
    assert_eq!(bare, json!({"success": true, "unreadCount": 0}));
    assert_eq!(unread(&world.sofia).await, 0);
}

#[tokio::test]
async fn a_retry_gets_the_first_result() {
    let world = World::open().await;
    let steel = world.steel().await;
    let send = |content: &str| {
        let body = json!({"content": content, "clientMessageId": "c-1"});
        let path = of(&steel, "/messages");
        let anna = world.anna.clone();
        async move { anna.post(&path, body).await }
    };
    let answers = join_all((0..20).map(|_| send("once"))).await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 201).count(),
        1
    );
    assert!(
        answers
            .iter()
            .all(|answer| answer.json["message"] == answers[0].json["message"])
    );
    let later = send("something else").await.expect(200);
    assert_eq!(later["message"]["message"], "once");
    // The id is the sender's own.
    let body = json!({"content": "mine", "clientMessageId": "c-1"});
    world
        .sofia
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201);
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 2);
}

#[tokio::test]
async fn pages_meet_without_a_gap_in_both_directions() {
    let world = World::open().await;
    let steel = world.steel().await;
    let path = of(&steel, "/messages");
    let mut said: Vec<_> = (1..=25).map(|number| number.to_string()).collect();
    let mut ids = Vec::new();
    for text in &said {
        ids.push(id(&say(&world.anna, &steel, text).await));
    }
    said.reverse();

    let (mut seen, mut query) = (Vec::new(), String::new());
    loop {
        let page = world
            .anna
            .get(&format!("{path}?limit=7{query}"))
            .await
            .expect(200);
        seen.extend(texts(&page).into_iter().map(str::to_owned));
        assert_eq!(page["hasMore"], page["nextCursor"].is_string());
        let Some(next) = page["nextCursor"].as_str() else {
            break;
        };
        query = format!("&before={next}");
    }
    assert_eq!(seen, said);

    let page = world
        .anna
        .get(&format!("{path}?limit=3&after={}", ids[0]))
        .await
        .expect(200);
    assert_eq!(texts(&page), ["4", "3", "2"]);
    assert_eq!(
        (&page["hasMore"], &page["hasNewer"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(page["nextCursor"], ids[1]);
    let page = world
        .anna
        .get(&format!("{path}?limit=5&around={}", ids[9]))
        .await
        .expect(200);
    assert_eq!(texts(&page), ["12", "11", "10", "9", "8"]);
}

#[tokio::test]
async fn many_at_once_make_one_order_for_everybody() {
    let world = World::open().await;
    let steel = world.steel().await;
    let people = [&world.anna, &world.sofia];
    let sends = (0..100).map(|number| {
        let (person, steel) = (people[number % 2], &steel);
        async move { say(person, steel, &number.to_string()).await }
    });
    join_all(sends).await;
    let seqs = async |person: &Person| {
        let page = person
            .get(&format!("{}?limit=100", of(&steel, "/messages")))
            .await
            .expect(200);
        page["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|m| m["seq"].as_i64().unwrap())
            .collect::<Vec<_>>()
    };
    let expected: Vec<_> = (1..=100).rev().collect();
    assert_eq!(seqs(&world.anna).await, expected);
    assert_eq!(seqs(&world.ada).await, expected);
}

#[tokio::test]
async fn somebody_away_finds_one_notification_for_a_conversation() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "one").await;
    say(&world.anna, &steel, "two").await;
    let path = "/api/chat/notifications";
    let page = world.sofia.get(path).await.expect(200);
    let [notification] = page["notifications"].as_array().unwrap().as_slice() else {
        panic!("not one: {page}");
    };
    assert_eq!(notification["conversationId"], steel);
    assert_eq!(
        (&notification["count"], &notification["isRead"]),
        (&json!(2), &json!(false))
    );
    let marked = world
        .sofia
        .patch("/api/chat/notifications/read", json!({}))
        .await
        .expect(200);
    assert_eq!(marked, json!({"success": true, "count": 1}));
    let unread = world
        .sofia
        .get(&format!("{path}?unread=true"))
        .await
        .expect(200);
    assert_eq!(unread["notifications"], json!([]));
    // The messages themselves are still unread.
    assert_eq!(crate::world::unread(&world.sofia).await, 2);
    world
        .sofia
        .get(&format!("{path}?cursor=nothing"))
        .await
        .expect(400);
    assert_eq!(
        world.anna.get(path).await.expect(200)["notifications"],
        json!([])
    );
}
