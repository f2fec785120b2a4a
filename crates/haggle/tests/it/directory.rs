use reqwest::Method;
use serde_json::json;
use test_support::{Answer, Person, ServerOptions, ServerProcess, TestDatabase};

use crate::world::{API_KEY, World, listed, of, say};

#[tokio::test]
async fn the_marketplace_keeps_its_people_companies_and_goods() {
    let world = World::open().await;
    let user = json!({"name": "Eve", "role": "supplier"});
    let created = world.put("users/eve", user).await.expect(201);
    let expected =
        json!({"id": "eve", "name": "Eve", "email": "", "role": "supplier", "isActive": true});
    assert_eq!(created, expected);
    let company = json!({"userId": "eve", "name": "Eve & Co"});
    let created = world
        .put("suppliers/s-3", company.clone())
        .await
        .expect(201);
    assert_eq!(
        created,
        json!({"id": "s-3", "userId": "eve", "name": "Eve & Co"})
    );
    world
        .put("suppliers/s-3", company.clone())
        .await
        .expect(200);
    let taken = world.put("suppliers/s-4", company).await.expect(409);
    assert_eq!(taken["code"], "taken");
    let product = json!({"name": "Bolts", "supplierId": "s-3"});
    let created = world.put("products/bolts", product).await.expect(201);
    assert_eq!(
        created,
        json!({"id": "bolts", "name": "Bolts", "image": "", "supplierId": "s-3"})
    );

    let wrong = world
        .put(
            "users/eve",
            json!({"name": "", "role": "boss", "isActive": "yes"}),
        )
        .await;
    let wrong = wrong.expect(400);
    let fields: Vec<_> = wrong["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["isActive", "name", "role"]);
    let nobody = json!({"name": "X", "userId": "nobody"});
    assert!(world.put("suppliers/s-9", nobody).await.expect(400)["fields"]["userId"].is_string());

    for path in ["products/bolts", "suppliers/s-3", "users/eve"] {
        assert_eq!(world.delete(path).await.status, 204, "{path}");
        world.delete(path).await.expect(404);
    }
}

#[tokio::test]
async fn names_change_for_everybody_at_once() {
    let world = World::open().await;
    let steel = world.steel().await;
    listed(&world.anna, &steel).await;
    let sheet = json!({"name": "Steel sheet, 2 mm", "image": "", "supplierId": "s-1"});
    world.put("products/steel", sheet).await.expect(200);
    world
        .put(
            "suppliers/s-1",
            json!({"userId": "sofia", "name": "Sofia Metals"}),
        )
        .await
        .expect(200);
    let shown = listed(&world.anna, &steel).await;
    assert_eq!(shown["product"]["name"], "Steel sheet, 2 mm");
    assert_eq!(shown["participants"]["supplier"]["name"], "Sofia Metals");
    world.delete("products/steel").await;
    assert_eq!(listed(&world.anna, &steel).await.get("product"), None);
}

#[tokio::test]
async fn a_deleted_buyers_conversations_go_an_administrators_words_stay() {
    let world = World::open().await;
    let steel = world.steel().await;
    say(&world.ada, &steel, "may I help?").await;
    assert_eq!(world.delete("users/ada").await.status, 204);
    world.ada.get("/api/chat/unread-count").await.expect(401);
    let page = world.anna.get(&of(&steel, "/messages")).await.expect(200);
    let said = &page["messages"][0];
    assert_eq!(
        (&said["senderId"], &said["senderName"]),
        (&json!(null), &json!("Former administrator"))
    );

    assert_eq!(world.delete("users/anna").await.status, 204);
    world.sofia.get(&of(&steel, "")).await.expect(404);
    let list = world.sofia.get("/api/chat/conversations").await.expect(200);
    assert_eq!(list["conversations"], json!([]));
}

#[tokio::test]
async fn without_the_key_there_is_no_way_in() {
    let world = World::open().await;
    let ask = |key: &'static str| {
        let request = world
            .nobody()
            .request(Method::DELETE, "/api/directory/users/anna");
        Answer::to(request.header("x-api-key", key))
    };
    ask("wrong").await.expect(401);
    ask("").await.expect(401);
    world
        .ada
        .delete("/api/directory/users/anna")
        .await
        .expect(401);
    world.anna.get("/api/chat/unread-count").await.expect(200);
}

#[tokio::test]
async fn it_is_off_without_a_key_and_closed_where_the_host_has_tables() {
    let database = TestDatabase::create().await;
    let tables = "
        create table users (id text primary key, name text, email text, role text, is_active boolean);
        create table suppliers (id text primary key, user_id text, name text);
        create table products (id text primary key, name text, image text, supplier_id text);
        insert into users values ('anna', 'Anna', 'a@example.com', 'buyer', true);";
    sqlx::raw_sql(tables)
        .execute(&database.pool().await)
        .await
        .unwrap();
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());

    let server = ServerProcess::spawn(&options).await;
    let put = |server: &ServerProcess| {
        let request =
            Person::nobody(&server.base()).request(Method::PUT, "/api/directory/users/bert");
        let body = json!({"name": "Bert", "role": "buyer"});
        Answer::to(request.header("x-api-key", API_KEY).json(&body))
    };
    put(&server).await.expect(404);
    drop(server);

    let server = ServerProcess::spawn(&options.set("HAGGLE_API_KEY", API_KEY)).await;
    let refused = put(&server).await.expect(409);
    assert_eq!(refused["code"], "host_owned");
    let anna = Person::new(&server.base(), "anna");
    anna.get("/api/chat/conversations").await.expect(200);
}
