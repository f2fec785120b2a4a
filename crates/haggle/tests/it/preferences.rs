//! How people want to hear of messages, over HTTP.

use serde_json::json;

use crate::{authorization, world::World};

const PATH: &str = "/api/chat/preferences";
const SUBSCRIPTIONS: &str = "/api/chat/push/subscriptions";

#[tokio::test]
async fn everybody_has_their_own() {
    let world = World::open().await;
    let default = json!({"email": "now", "push": true, "quietHours": null, "language": "en"});
    assert_eq!(world.anna.get(PATH).await.expect(200), default);
    let wanted = json!({
        "email": "hourly", "push": false, "language": "ar-EG",
        "quietHours": {"from": "22:00", "to": "07:00", "timeZone": "Europe/Berlin"},
    });
    assert_eq!(
        world.anna.put(PATH, wanted.clone()).await.expect(200),
        wanted
    );
    assert_eq!(world.anna.get(PATH).await.expect(200), wanted);
    assert_eq!(world.bert.get(PATH).await.expect(200), default);
    world.nobody().get(PATH).await.expect(401);
    world.nobody().put(PATH, default).await.expect(401);
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_changes() {
    let world = World::open().await;
    let wrong = json!({
        "email": "weekly", "language": "en_GB",
        "quietHours": {"from": "22:60", "to": "07:00", "timeZone": "Mars/Phobos"},
    });
    let problem = world.anna.put(PATH, wrong).await.expect(400);
    let fields = problem["fields"].as_object().unwrap();
    let names: Vec<_> = fields.keys().map(String::as_str).collect();
    let expected = [
        "email",
        "language",
        "push",
        "quietHours.from",
        "quietHours.timeZone",
    ];
    assert_eq!(names, expected, "{problem}");
    assert_eq!(world.anna.get(PATH).await.expect(200)["email"], "now");
}

#[tokio::test]
async fn what_is_not_set_up_is_not_offered() {
    let world = World::open().await;
    world.anna.get("/api/chat/push/key").await.expect(404);
    let browser =
        json!({"endpoint": "https://push.example/x", "keys": {"p256dh": "x", "auth": "x"}});
    world.anna.post(SUBSCRIPTIONS, browser).await.expect(404);
}

#[tokio::test]
async fn a_push_service_that_can_never_be_asked_is_refused() {
    let world = authorization::world().await;
    let browser = |endpoint: &str| {
        json!({"endpoint": endpoint, "keys": {
            "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "auth": "BTBZMqHH6r4Tts7J_aSIgg",
        }})
    };
    for endpoint in [
        "http://push.example/x",
        "https://127.0.0.1/x",
        "https://push/x",
    ] {
        let refused = world.anna.post(SUBSCRIPTIONS, browser(endpoint)).await;
        let problem = refused.expect(400);
        assert!(problem["fields"]["endpoint"].is_string(), "{problem}");
    }
    let taken = world
        .anna
        .post(SUBSCRIPTIONS, browser("https://push.example/x"));
    taken.await.expect(201);
}
