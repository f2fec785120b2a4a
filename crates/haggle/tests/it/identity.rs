use serde_json::json;
use test_support::{Person, SECRET, eventually, token};
use time::Duration;

use crate::world::{World, of, unread};

#[tokio::test]
async fn only_a_good_token_of_an_active_user_counts() {
    let world = World::open().await;
    let base = world.server.base();
    let tokens = [
        None,
        Some(token("anna", SECRET, Duration::seconds(-1))),
        Some(token("anna", "another secret", Duration::hours(1))),
        Some(token("nobody", SECRET, Duration::hours(1))),
        Some("nonsense".to_owned()),
        Some(String::new()),
    ];
    for token in tokens {
        let person = Person::with_token(&base, "anna", token);
        let refused = person.get("/api/chat/unread-count").await;
        assert_eq!(refused.headers["www-authenticate"], "Bearer");
        refused.expect(401);
    }
}

#[tokio::test]
async fn name_role_and_activity_come_from_the_directory() {
    let world = World::open().await;
    let steel = world.steel().await;
    let user = |role: &str, active: bool| json!({"name": "Anna", "role": role, "isActive": active});

    world
        .put("users/anna", user("buyer", false))
        .await
        .expect(200);
    world.anna.get("/api/chat/unread-count").await.expect(401);
    world
        .put("users/anna", user("buyer", true))
        .await
        .expect(200);
    assert_eq!(unread(&world.anna).await, 0);

    world
        .put("users/bert", user("admin", true))
        .await
        .expect(200);
    world
        .bert
        .post(&of(&steel, "/join"), json!({}))
        .await
        .expect(200);
    world
        .put("users/bert", user("buyer", true))
        .await
        .expect(200);
    world.bert.get(&of(&steel, "")).await.expect(403);
}

#[tokio::test]
async fn a_change_in_the_marketplaces_own_table_counts_within_two_seconds() {
    let world = World::open().await;
    assert_eq!(unread(&world.anna).await, 0);
    let database = world.database.pool().await;
    let update = sqlx::query("update haggle.users set is_active = false where id = 'anna'");
    update.execute(&database).await.unwrap();
    let start = std::time::Instant::now();
    eventually("Anna is out", async || {
        world.anna.get("/api/chat/unread-count").await.status == 401
    })
    .await;
    assert!(start.elapsed() < std::time::Duration::from_secs(2));
}
