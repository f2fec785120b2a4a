//! Reports, and administrators who judge them.

use serde_json::{Value, json};
use test_support::eventually;

use crate::world::{World, id, of, say};

const REPORTS: &str = "/api/chat/reports";

#[tokio::test]
async fn reports_are_for_administrators_to_judge() {
    let world = World::open().await;
    let steel = world.steel().await;
    let message = say(&world.sofia, &steel, "Pay me in cash").await;
    let complaint =
        json!({"messageId": message["id"], "reason": "off_platform", "text": "So they said"});
    let report = of(&steel, "/report");
    let filed = world
        .anna
        .post(&report, complaint.clone())
        .await
        .expect(201);
    assert_eq!(filed["state"], "open");
    for (person, status) in [
        (&world.bert, 403),
        (&world.ada, 403),
        (&world.nobody(), 401),
    ] {
        person.post(&report, complaint.clone()).await.expect(status);
    }
    for (wrong, field) in [
        (json!({}), "reason"),
        (json!({"reason": "boring"}), "reason"),
        (json!({"reason": "spam", "text": "x".repeat(2_001)}), "text"),
        (json!({"reason": "spam", "messageId": "none"}), "messageId"),
    ] {
        let refused = world.anna.post(&report, wrong).await.expect(400);
        assert!(refused["fields"][field].is_string(), "{field}");
    }

    world.anna.get(REPORTS).await.expect(403);
    let open = world
        .ada
        .get(&format!("{REPORTS}?state=open"))
        .await
        .expect(200);
    assert_eq!(
        (&open["hasMore"], &open["nextCursor"]),
        (&json!(false), &Value::Null)
    );
    let [listed] = &open["reports"].as_array().unwrap()[..] else {
        panic!("one, and {open:#}");
    };
    assert_eq!(listed["id"], filed["id"]);
    assert_eq!(listed["reporterId"], "anna");
    assert_eq!(listed["messageId"], message["id"]);

    let one = format!("{REPORTS}/{}", id(&filed));
    let answer = json!({"state": "answered", "answer": "We have talked with them"});
    world.anna.patch(&one, answer.clone()).await.expect(403);
    let judged = world.ada.patch(&one, answer).await.expect(200);
    assert_eq!(
        (&judged["state"], &judged["answeredBy"]),
        (&json!("answered"), &json!("ada"))
    );
    let open = world
        .ada
        .get(&format!("{REPORTS}?state=open"))
        .await
        .expect(200);
    assert_eq!(open["reports"], json!([]));
    let none = json!({"state": "open"});
    world
        .ada
        .patch(&format!("{REPORTS}/none"), none)
        .await
        .expect(404);
    world
        .ada
        .patch(&one, json!({"state": "lost"}))
        .await
        .expect(400);
    world
        .ada
        .get(&format!("{REPORTS}?state=lost"))
        .await
        .expect(400);

    eventually("it is in the audit", async || {
        let audit = world.ada.get("/api/chat/audit?action=report_judged").await;
        let audit = audit.expect(200);
        audit["entries"][0]["detail"]["state"] == "answered"
    })
    .await;
}
