//! What is not allowed, and what is wrong.

use test_support::{Person, ServerOptions, ServerProcess, TestDatabase};

use super::*;

#[tokio::test]
async fn without_the_key_there_is_no_way_in() {
    let world = open().await;
    let all = [
        (Method::GET, "/api/webhooks"),
        (Method::POST, "/api/webhooks"),
        (Method::PATCH, "/api/webhooks/x"),
        (Method::DELETE, "/api/webhooks/x"),
        (Method::POST, "/api/webhooks/x/rotate"),
        (Method::GET, "/api/webhooks/x/deliveries"),
        (Method::POST, "/api/webhooks/deliveries/x/replay"),
    ];
    for (method, path) in &all {
        let ask = |person: &Person| person.request(method.clone(), path).json(&json!({}));
        Answer::to(ask(&world.nobody())).await.expect(401);
        Answer::to(ask(&world.ada)).await.expect(401);
        let wrong = ask(&world.nobody()).header("x-api-key", "wrong");
        let refused = Answer::to(wrong).await.expect(401);
        assert_eq!(refused["code"], "unauthorized");
    }
    for (method, path) in all.into_iter().skip(2) {
        let missing = ask(&world, method, path, json!({})).await.expect(404);
        assert_eq!(missing["code"], "not_found");
    }

    let database = TestDatabase::create().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
    let server = ServerProcess::spawn(&options).await;
    let nobody = Person::nobody(&server.base());
    let request = nobody.request(Method::GET, "/api/webhooks");
    Answer::to(request.header("x-api-key", API_KEY))
        .await
        .expect(404);
}

/// Other schemes, users, and whatever leads inside in any of its forms.
const UNUSABLE: [&str; 27] = [
    "nonsense",
    "http://example.com/",
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://user:pass@example.com/",
    "https://user@example.com/",
    "https://localhost/",
    "https://hooks.localhost/",
    "https://hooks/",
    "https://metadata.google.internal/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f000001/",
    "https://10.0.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://[::]/",
    "https://[::1]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[ff02::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:10.0.0.1]/",
];

#[tokio::test]
async fn where_the_operator_says_so_an_endpoint_may_be_inside() {
    let world = open().await;
    let add =
        async |url: &str| ask(&world, Method::POST, "/api/webhooks", json!({"url": url})).await;
    for url in ["http://127.0.0.1:9/", "http://hooks/", "https://[::1]/"] {
        add(url).await.expect(201);
    }
    for url in ["ftp://127.0.0.1/", "http://user@127.0.0.1/", "nonsense"] {
        let refused = add(url).await.expect(400);
        assert!(refused["fields"]["url"].is_string(), "{url}");
    }
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let world = World::open().await;
    let wrong = async |body: Value| {
        let refused = ask(&world, Method::POST, "/api/webhooks", body)
            .await
            .expect(400);
        let fields = refused["fields"].as_object().expect("fields").clone();
        fields.into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(wrong(json!({})).await, ["url"]);
    assert_eq!(
        wrong(json!({"url": 1, "events": "all"})).await,
        ["events", "url"]
    );
    assert_eq!(
        wrong(json!({"url": "https://example.com/", "events": ["message.read"]})).await,
        ["events"]
    );
    assert_eq!(
        wrong(json!({"url": "https://example.com/", "events": []})).await,
        ["events"]
    );
    for url in UNUSABLE {
        assert_eq!(wrong(json!({"url": url})).await, ["url"], "{url}");
    }
    let added = ask(
        &world,
        Method::POST,
        "/api/webhooks",
        json!({"url": "https://hooks.example/"}),
    );
    let added = added.await.expect(201);
    assert_eq!(added["events"], json!(["*"]));
    assert!(text(&added, "secret").starts_with("whsec_"));
    for url in UNUSABLE {
        let patched = ask(&world, Method::PATCH, &at(&added, ""), json!({"url": url})).await;
        let patched = patched.expect(400);
        assert!(patched["fields"]["url"].is_string(), "{url}: {patched:#}");
    }
    let listed = get(&world, "/api/webhooks").await["webhooks"].take();
    assert_eq!(
        (listed.as_array().unwrap().len(), &listed[0]["url"]),
        (1, &json!("https://hooks.example/"))
    );
    let cursor = at(&added, "/deliveries?cursor=x&limit=0");
    let request = world
        .nobody()
        .request(Method::GET, &cursor)
        .header("x-api-key", API_KEY);
    let refused = Answer::to(request).await.expect(400);
    let fields: Vec<_> = refused["fields"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["cursor", "limit"]);
    let removed = ask(&world, Method::DELETE, &at(&added, ""), json!({})).await;
    assert_eq!(removed.status, 204);
    ask(&world, Method::DELETE, &at(&added, ""), json!({}))
        .await
        .expect(404);
}

#[tokio::test]
async fn a_name_that_leads_inside_is_not_asked() {
    let world = World::open().await;
    let receiver = Receiver::open().await;
    // It is checked again at each attempt, whatever was said when it was added.
    let added = ask(
        &world,
        Method::POST,
        "/api/webhooks",
        json!({"url": "https://hooks.example/"}),
    );
    let added = added.await.expect(201);
    let sql = world.database.pool().await;
    sqlx::query("update haggle.webhook_endpoints set url = $1")
        .bind(receiver.base.replace("http://", "https://"))
        .execute(&sql)
        .await
        .unwrap();
    world.steel().await;
    eventually("it was tried", async || {
        let all = deliveries(&world, &added).await;
        all.first().is_some_and(|one| one["attempts"] == 1)
    })
    .await;
    let tried = deliveries(&world, &added).await.remove(0);
    assert_eq!(
        (&tried["state"], &tried["status"]),
        (&json!("waiting"), &Value::Null)
    );
    assert!(
        text(&tried, "error").contains("public internet"),
        "{tried:#}"
    );
    assert!(receiver.heard().is_empty());
}
