use reqwest::Method;
use serde_json::json;
use sqlx::{PgPool, raw_sql};
use test_support::{Answer, Person, ServerOptions, ServerProcess, TestDatabase};

use crate::world::World;

#[tokio::test]
async fn the_demo_has_people_and_anybody_can_be_one_of_them() {
    let database = TestDatabase::create().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
    let server = ServerProcess::spawn(&options.arguments(&["demo"])).await;
    let nobody = Person::nobody(&server.base());

    let marketplace = nobody.get("/api/demo/marketplace").await.expect(200);
    let people = marketplace["people"].as_array().unwrap();
    let buyer = people
        .iter()
        .find(|person| person["role"] == "buyer")
        .unwrap();
    let login = nobody
        .post("/api/demo/login", json!({"userId": buyer["id"]}))
        .await;
    let cookie = login.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=43200"),
        "{cookie}"
    );
    let login = login.expect(200);
    assert_eq!(&login["user"], buyer);
    assert!(login["expiresAt"].is_string());
    let token = login["token"].as_str().unwrap();
    let person = Person::with_token(&server.base(), "", Some(token.to_owned()));
    person.get("/api/chat/conversations").await.expect(200);
    let conversations = person.get("/api/chat/conversations").await.expect(200);
    assert!(
        !conversations["conversations"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let cookie = cookie.split(';').next().unwrap();
    let request = nobody
        .request(Method::GET, "/api/chat/unread-count")
        .header("cookie", cookie);
    Answer::to(request).await.expect(200);

    let image = marketplace["products"][0]["image"].as_str().unwrap();
    let picture = nobody.get(&format!("/{image}")).await;
    assert_eq!(
        (picture.status, &picture.headers["content-type"]),
        (200, &"image/svg+xml".parse().unwrap())
    );
    nobody
        .post("/api/demo/login", json!({"userId": "nobody"}))
        .await
        .expect(404);
    nobody.post("/api/demo/login", json!({})).await.expect(400);
    nobody.get("/demo/pictures/none.svg").await.expect(404);
    let said = server.output();
    assert!(
        said.contains("export BUYER=") && said.contains("export ADMIN="),
        "{said}"
    );
}

/// How much there is of what the demo shows.
async fn amounts(sql: &PgPool) -> Vec<i64> {
    let amounts = "
        select array[
          (select count(*) from haggle.users),
          (select count(*) from haggle.conversations),
          (select count(*) from haggle.message_rows),
          (select count(*) from haggle.offers),
          (select count(*) from haggle.requests),
          (select count(*) from haggle.reports),
          (select count(*) from haggle.replies)
        ]";
    sqlx::query_scalar(amounts).fetch_one(sql).await.unwrap()
}

#[tokio::test]
async fn a_demo_that_was_ended_while_it_was_filled_is_filled_anew() {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    let start = async || {
        let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
        ServerProcess::spawn(&options.arguments(&["demo"])).await
    };
    drop(start().await);
    let whole = amounts(&sql).await;
    assert!(whole.iter().all(|amount| *amount > 0), "{whole:?}");

    let half = "
        insert into haggle.users (id, name, role, is_active)
        values ('demo-is-being-filled', '', 'buyer', false);
        delete from haggle.replies;
        delete from haggle.reports;";
    raw_sql(half).execute(&sql).await.unwrap();
    drop(start().await);
    assert_eq!(amounts(&sql).await, whole);

    // A whole one stays as it was left.
    let changed = "delete from haggle.replies";
    raw_sql(changed).execute(&sql).await.unwrap();
    drop(start().await);
    assert_eq!(amounts(&sql).await.last(), Some(&0));
}

#[tokio::test]
async fn a_real_server_has_no_such_login() {
    let world = World::open().await;
    world
        .nobody()
        .post("/api/demo/login", json!({"userId": "anna"}))
        .await
        .expect(404);
    world
        .nobody()
        .get("/api/demo/marketplace")
        .await
        .expect(404);
}

#[tokio::test]
async fn pages_come_with_a_strict_policy() {
    let world = World::open().await;
    let page = world.nobody().get("/").await;
    assert_eq!(page.status, 200);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    for part in [
        "default-src 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    assert!(page.headers.contains_key("etag") && page.headers.contains_key("referrer-policy"));
}
