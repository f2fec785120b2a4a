//! What people always say: saved replies.

use serde_json::json;
use test_support::Person;

use crate::world::{World, id};

const REPLIES: &str = "/api/chat/replies";

#[tokio::test]
async fn saved_replies_are_ones_own_and_the_companys() {
    let world = World::open().await;
    let clerk = json!({"name": "Sam", "role": "supplier", "company": "Sofia Steel"});
    world.put("users/sam", clerk).await.expect(201);
    let sam = Person::new(&world.server.base(), "sam");
    let wording =
        |name: &str| json!({"name": name, "text": "{{buyer}}: {{product}}", "isShared": true});
    let shared = world
        .sofia
        .post(REPLIES, wording("lead time"))
        .await
        .expect(201);
    assert_eq!(
        shared,
        json!({"id": shared["id"], "name": "lead time", "text": "{{buyer}}: {{product}}", "isShared": true})
    );
    let of_sam = sam.get(REPLIES).await.expect(200);
    assert_eq!(of_sam, json!({"replies": [shared]}));
    let none = json!({"replies": []});
    assert_eq!(world.tom.get(REPLIES).await.expect(200), none);
    assert_eq!(world.anna.get(REPLIES).await.expect(200), none);
    let refused = world.anna.post(REPLIES, wording("ours")).await.expect(400);
    assert!(refused["fields"]["isShared"].is_string());

    let taken = sam.post(REPLIES, wording("Lead Time")).await.expect(409);
    assert!(taken["fields"]["name"].is_string());
    let one = format!("{REPLIES}/{}", id(&shared));
    let own = json!({"name": "delivery", "text": "Two weeks", "isShared": false});
    world.tom.put(&one, own.clone()).await.expect(404);
    let replaced = sam.put(&one, own).await.expect(200);
    assert_eq!(
        (&replaced["name"], &replaced["isShared"]),
        (&json!("delivery"), &json!(false))
    );
    assert_eq!(world.sofia.get(REPLIES).await.expect(200), none);
    world.sofia.delete(&one).await.expect(404);
    sam.delete(&one).await.expect(204);
    sam.delete(&one).await.expect(404);
    let wrong = world
        .anna
        .post(REPLIES, json!({"isShared": "no"}))
        .await
        .expect(400);
    let fields = wrong["fields"].as_object().unwrap();
    assert_eq!(
        fields.keys().collect::<Vec<_>>(),
        ["isShared", "name", "text"]
    );
    world.nobody().get(REPLIES).await.expect(401);
}
