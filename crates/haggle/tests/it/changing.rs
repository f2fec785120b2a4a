//! What becomes of a message after it was sent, as people see it.

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person};

use crate::{
    attachments::upload,
    world::{World, encoded, id, listed, of, say},
};

fn message_path(steel: &str, message: &Value, part: &str) -> String {
    of(steel, &format!("/messages/{}{part}", id(message)))
}

async fn correct(person: &Person, steel: &str, message: &Value, content: &str) -> Answer {
    let path = message_path(steel, message, "");
    person.patch(&path, json!({"content": content})).await
}

/// With no body at all for `null`.
async fn take_back(person: &Person, steel: &str, message: &Value, body: Value) -> Answer {
    let path = message_path(steel, message, "");
    let request = person.request(Method::DELETE, &path);
    let request = match body {
        Value::Null => request,
        body => request.json(&body),
    };
    Answer::to(request).await
}

async fn react(
    person: &Person,
    method: Method,
    steel: &str,
    message: &Value,
    emoji: &str,
) -> Answer {
    let path = message_path(steel, message, &format!("/reactions/{}", encoded(emoji)));
    Answer::to(person.request(method, &path)).await
}

#[tokio::test]
async fn a_correction_is_seen_by_everybody_and_what_was_said_by_administrators() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "500 pices").await;
    let mut sofia = world.sofia.online().await;
    let corrected = correct(&world.anna, &steel, &said, " 500 pieces <b> ")
        .await
        .expect(200);
    let message = &corrected["message"];
    assert_eq!(message["message"], "500 pieces < b>");
    assert!(message["editedAt"].is_string());
    let heard = sofia
        .until("message_updated")
        .await
        .pop()
        .expect("the last one");
    assert_eq!(heard.payload["message"]["message"], message["message"]);
    assert_eq!(heard.payload["conversationId"], steel);
    let shown = listed(&world.sofia, &steel).await;
    assert_eq!(shown["lastMessage"], "500 pieces < b>");
    assert_eq!(shown["rev"], heard.payload["rev"]);
    assert_eq!(shown["messagesRev"], heard.payload["rev"]);
    let page = world
        .sofia
        .get(&of(&steel, "/messages?markRead=false"))
        .await
        .expect(200);
    assert_eq!(page["messages"][0], *message);

    let again = correct(&world.anna, &steel, &said, "500 pieces <b>")
        .await
        .expect(200);
    assert_eq!(again["message"], *message, "it was so already");
    let versions = message_path(&steel, &said, "/versions");
    let all = world.ada.get(&versions).await.expect(200);
    let expected = json!({"versions": [
        {"message": "500 pices", "editedAt": null},
        {"message": "500 pieces < b>", "editedAt": message["editedAt"]},
    ]});
    assert_eq!(all, expected);
    assert_eq!(
        world.anna.get(&versions).await.expect(403)["code"],
        "forbidden"
    );
    let looks = world
        .ada
        .get("/api/chat/audit?action=viewed")
        .await
        .expect(200);
    assert_eq!(looks["entries"][0]["detail"]["what"], "versions");
}

#[tokio::test]
async fn who_may_change_a_message_and_who_may_not() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "hello").await;
    for (person, code) in [
        (&world.sofia, "not_yours"),
        (&world.ada, "not_yours"),
        (&world.bert, "not_participant"),
        (&world.tom, "not_participant"),
    ] {
        let refused = correct(person, &steel, &said, "theirs").await.expect(403);
        assert_eq!(refused["code"], code);
    }
    for (person, code) in [
        (&world.sofia, "not_yours"),
        (&world.bert, "not_participant"),
        (&world.tom, "not_participant"),
    ] {
        let refused = take_back(person, &steel, &said, json!({}))
            .await
            .expect(403);
        assert_eq!(refused["code"], code);
    }
    for person in [&world.bert, &world.tom, &world.ada] {
        let refused = react(person, Method::PUT, &steel, &said, "👍")
            .await
            .expect(403);
        assert_eq!(refused["code"], "not_participant");
    }
    let nobody = world.nobody();
    let path = message_path(&steel, &said, "");
    nobody
        .patch(&path, json!({"content": "mine"}))
        .await
        .expect(401);
    let unknown = of(&steel, "/messages/nothing");
    let missing = world
        .anna
        .patch(&unknown, json!({"content": "x"}))
        .await
        .expect(404);
    assert_eq!(missing["code"], "message_not_found");
    for wrong in [
        json!({}),
        json!({"content": ""}),
        json!({"content": 7}),
        json!({"content": " "}),
    ] {
        let problem = world.anna.patch(&path, wrong).await.expect(400);
        assert!(problem["fields"]["content"].is_string());
    }
    for wrong in ["ok", " ", "👍👍", "\u{202E}"] {
        let problem = react(&world.anna, Method::PUT, &steel, &said, wrong)
            .await
            .expect(400);
        assert!(problem["fields"]["emoji"].is_string(), "{wrong}");
    }
    assert_eq!(
        listed(&world.anna, &steel).await["rev"],
        2,
        "nothing changed"
    );
}

#[tokio::test]
async fn what_is_taken_back_is_seen_by_nobody_any_more() {
    let world = World::open().await;
    let steel = world.steel().await;
    let file = upload(&world.anna, "secret.txt", b"the secret price").await;
    let body = json!({"content": "secret", "attachments": [id(&file)]});
    let said = world
        .anna
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201)["message"]
        .take();
    let link = said["files"][0]["url"].as_str().expect("a link").to_owned();
    let taken = take_back(&world.anna, &steel, &said, json!(null))
        .await
        .expect(200)["message"]
        .take();
    assert_eq!(
        (&taken["message"], &taken["seq"]),
        (&json!(""), &said["seq"])
    );
    assert_eq!(
        (&taken["files"], &taken["attachments"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(taken["deletedBy"], "anna");
    assert!(taken["deletedAt"].is_string());
    for path in [&*link, &format!("/api/chat/attachments/{}", id(&file))] {
        assert_eq!(world.sofia.get(path).await.expect(410)["code"], "gone");
    }
    assert_eq!(listed(&world.sofia, &steel).await["lastMessage"], "");
    let waiting = world.sofia.get("/api/chat/notifications").await.expect(200);
    assert!(!waiting.to_string().contains("secret"));
    let again = take_back(&world.anna, &steel, &said, json!({}))
        .await
        .expect(200);
    assert_eq!(again["message"], taken);
    let late = correct(&world.anna, &steel, &said, "back")
        .await
        .expect(409);
    assert_eq!(late["code"], "deleted");
    let reason = json!({"reason": "again"});
    let other = take_back(&world.ada, &steel, &said, reason)
        .await
        .expect(409);
    assert_eq!(other["code"], "deleted");

    // An administrator says why.
    let rude = say(&world.sofia, &steel, "rude").await;
    let problem = take_back(&world.ada, &steel, &rude, json!({}))
        .await
        .expect(400);
    assert!(problem["fields"]["reason"].is_string());
    let taken = take_back(&world.ada, &steel, &rude, json!({"reason": "Be kind"}))
        .await
        .expect(200);
    assert_eq!(taken["message"]["deletedBy"], "ada");
    let entries = world
        .ada
        .get("/api/chat/audit?action=deleted")
        .await
        .expect(200);
    assert_eq!(entries["entries"][0]["detail"]["reason"], "Be kind");
}

#[tokio::test]
async fn reactions_and_answers_come_with_the_message() {
    let world = World::open().await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "500 pieces?").await;
    let body = json!({"content": "Yes", "replyTo": id(&said)});
    let answer = world
        .sofia
        .post(&of(&steel, "/messages"), body)
        .await
        .expect(201)["message"]
        .take();
    let expected = json!({
        "id": said["id"], "seq": 1, "senderName": "Anna", "preview": "500 pieces?", "isDeleted": false,
    });
    assert_eq!(answer["replyTo"], expected);
    let other = json!({"content": "Yes", "replyTo": "01900000-0000-7000-8000-000000000000"});
    let problem = world
        .sofia
        .post(&of(&steel, "/messages"), other)
        .await
        .expect(400);
    assert!(problem["fields"]["replyTo"].is_string());

    for _ in 0..2 {
        let reacted = react(&world.anna, Method::PUT, &steel, &answer, "👍🏽")
            .await
            .expect(200);
        let expected = json!([{"emoji": "👍🏽", "userIds": ["anna"]}]);
        assert_eq!(reacted["message"]["reactions"], expected);
    }
    let page = world
        .sofia
        .get(&of(&steel, "/messages?markRead=false"))
        .await
        .expect(200);
    assert_eq!(page["messages"][0]["reactions"][0]["emoji"], "👍🏽");
    assert_eq!(
        crate::world::unread(&world.anna).await,
        1,
        "the answer alone"
    );
    for _ in 0..2 {
        let without = react(&world.anna, Method::DELETE, &steel, &answer, "👍🏽")
            .await
            .expect(200);
        assert_eq!(without["message"]["reactions"], json!(null));
    }
}

#[tokio::test]
async fn too_late_is_too_late() {
    let world = World::with(&[
        ("HAGGLE_EDIT_MINUTES", "0"),
        ("HAGGLE_RETRACT_MINUTES", "5"),
    ])
    .await;
    let steel = world.steel().await;
    let said = say(&world.anna, &steel, "hello").await;
    let late = correct(&world.anna, &steel, &said, "hallo")
        .await
        .expect(403);
    assert_eq!(late["code"], "edit_window_over");
    let limits = world.anna.get("/api/chat/limits").await.expect(200);
    assert_eq!(
        (&limits["editMinutes"], &limits["retractMinutes"]),
        (&json!(0), &json!(5))
    );
    let older = "update haggle.message_rows set created_at = created_at - interval '5 minutes'";
    sqlx::query(older)
        .execute(&world.database.pool().await)
        .await
        .unwrap();
    let late = take_back(&world.anna, &steel, &said, json!({}))
        .await
        .expect(403);
    assert_eq!(late["code"], "edit_window_over");
    // An administrator is never too late.
    take_back(&world.ada, &steel, &said, json!({"reason": "Asked to"}))
        .await
        .expect(200);
}

#[tokio::test]
async fn whoever_was_away_hears_of_what_changed() {
    let world = World::open().await;
    let steel = world.steel().await;
    let first = say(&world.anna, &steel, "one").await;
    let second = say(&world.anna, &steel, "two").await;
    let seen = listed(&world.sofia, &steel).await;
    let since = json!({&steel: {"seq": 2, "rev": seen["rev"]}});
    correct(&world.anna, &steel, &first, "1").await.expect(200);
    say(&world.anna, &steel, "three").await;
    react(&world.sofia, Method::PUT, &steel, &second, "👍")
        .await
        .expect(200);
    let now = listed(&world.sofia, &steel).await;
    for (since, kinds) in [
        (
            since,
            vec![
                "message",
                "message_updated",
                "message_updated",
                "conversation_updated",
            ],
        ),
        (
            json!({&steel: 2}),
            vec![
                "message",
                "message_updated",
                "message_updated",
                "conversation_updated",
            ],
        ),
        (json!({&steel: {"seq": 3, "rev": now["rev"]}}), vec![]),
    ] {
        let mut socket = world.sofia.connect().await;
        let asked = json!({"token": world.sofia.token, "since": since});
        socket.send("authenticate", asked).await;
        let mut told = Vec::new();
        loop {
            let heard = socket.next().await;
            if heard.kind == "ready" {
                break;
            }
            if heard.payload["conversationId"] == *steel && heard.kind != "notification" {
                told.push(heard);
            }
        }
        let heard: Vec<_> = told.iter().map(|frame| &*frame.kind).collect();
        assert_eq!(heard, kinds);
        if let [new, first, second, _] = &told[..] {
            assert_eq!(new.payload["message"]["message"], "three");
            assert_eq!(first.payload["message"]["message"], "1");
            assert_eq!(second.payload["message"]["reactions"][0]["emoji"], "👍");
        }
    }
}
