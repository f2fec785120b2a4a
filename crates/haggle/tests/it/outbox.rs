//! The outbox as operators see it.

use serde_json::json;
use sqlx::PgPool;

use crate::{commands::haggle, world::World};

async fn put(sql: &PgPool, id: &str, dead: bool) {
    let job = "
        insert into haggle.jobs (id, kind, payload, due_at, dead_at, attempts, last_error)
        values ($1, 'nobody does this', '{}', '2026-01-02T03:04:05Z', case when $2 then timestamptz '2026-01-03T00:00:00Z' end, 3, 'a' || chr(9) || 'b')";
    let job = sqlx::query(job).bind(id).bind(dead);
    job.execute(sql).await.unwrap();
}

#[tokio::test]
async fn administrators_see_what_waits_and_what_failed() {
    let world = World::open().await;
    let sql = world.database.pool().await;
    let none = world.ada.get("/api/chat/delivery").await.expect(200);
    assert_eq!(
        none["jobs"],
        json!({"waiting": 0, "failed": 0, "oldest": null})
    );
    put(&sql, "j-1", false).await;
    put(&sql, "j-2", true).await;
    let some = world.ada.get("/api/chat/delivery").await.expect(200);
    let expected = json!({"waiting": 1, "failed": 1, "oldest": "2026-01-02T03:04:05.000Z"});
    assert_eq!(some["jobs"], expected);

    world.anna.get("/api/chat/delivery").await.expect(403);
    world.sofia.get("/api/chat/delivery").await.expect(403);
    world.nobody().get("/api/chat/delivery").await.expect(401);
}

#[tokio::test]
async fn the_command_lists_jobs_and_replays_the_dead() {
    let world = World::open().await;
    let sql = world.database.pool().await;
    for (id, dead) in [("j-1", false), ("j-2", true), ("j-3", true)] {
        put(&sql, id, dead).await;
    }
    let run = async |arguments: &'static [&'static str]| {
        let url = world.database.url().to_owned();
        let output = haggle(arguments, &[("DATABASE_URL", &url)]);
        let said = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), said)
    };
    let (status, waiting) = run(&["jobs"]).await;
    let expected = "j-1\tnobody does this\tattempts 3\tdue 2026-01-02T03:04:05.000Z\ta b\n";
    assert_eq!((status, waiting.as_str()), (Some(0), expected));
    let (status, dead) = run(&["jobs", "--dead"]).await;
    assert_eq!(status, Some(0));
    let ids: Vec<_> = dead.lines().map(|line| &line[..3]).collect();
    assert_eq!(ids, ["j-2", "j-3"]);
    assert!(dead.contains("dead 2026-01-03T00:00:00.000Z"), "{dead}");

    let (status, said) = run(&["jobs", "--replay", "j-2"]).await;
    assert_eq!((status, said.as_str()), (Some(0), "1 to be tried again\n"));
    let (status, _) = run(&["jobs", "--replay", "j-2"]).await;
    assert_eq!(status, Some(1), "it is not dead any more");
    let (status, said) = run(&["jobs", "--replay", "all"]).await;
    assert_eq!((status, said.as_str()), (Some(0), "1 to be tried again\n"));
    let (_, dead) = run(&["jobs", "--dead"]).await;
    assert_eq!(dead, "");
}
