use reqwest::Method;
use serde_json::Value;
use test_support::Answer;

use crate::world::World;

#[tokio::test]
async fn the_document_tells_of_every_endpoint_and_each_exists() {
    let world = World::open().await;
    let document = world.nobody().get("/api/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut endpoints = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let method = method.to_uppercase();
            let answer = Answer::to(world.nobody().request(method.parse().unwrap(), path)).await;
            let documented = operation["responses"].as_object().unwrap();
            let status = answer.status.to_string();
            assert!(
                documented.contains_key(&status),
                "{method} {path} answered {status}"
            );
            endpoints.push(format!("{method} {path}"));
        }
    }
    let expected = [
        "GET /api/chat/conversations",
        "POST /api/chat/conversations",
        "GET /api/chat/conversations/{id}",
        "POST /api/chat/conversations/{id}/join",
        "POST /api/chat/conversations/{id}/leave",
        "GET /api/chat/conversations/{id}/messages",
        "POST /api/chat/conversations/{id}/messages",
        "PATCH /api/chat/conversations/{id}/read",
        "GET /api/chat/notifications",
        "PATCH /api/chat/notifications/read",
        "GET /api/chat/unread-count",
        "GET /api/chat/users/{id}/status",
        "PUT /api/directory/users/{id}",
        "DELETE /api/directory/users/{id}",
        "GET /healthz",
        "GET /readyz",
        "GET /metrics",
    ];
    for endpoint in expected {
        assert!(
            endpoints.iter().any(|known| known == endpoint),
            "{endpoint} is not in {endpoints:?}"
        );
    }
}

#[tokio::test]
async fn every_reference_in_the_document_leads_somewhere() {
    let world = World::open().await;
    let document = world.nobody().get("/api/openapi.json").await.expect(200);
    let mut open = vec![&document];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(map) => {
                if let Some(Value::String(reference)) = map.get("$ref") {
                    let pointer = reference.trim_start_matches('#');
                    assert!(document.pointer(pointer).is_some(), "{reference}");
                    references += 1;
                }
                open.extend(map.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    assert!(references > 20);
}

#[tokio::test]
async fn the_pages_of_the_api_come_from_the_server_itself() {
    let world = World::open().await;
    let page = Answer::to(world.nobody().request(Method::GET, "/docs")).await;
    assert_eq!(page.status, 200);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'self'"));
    for file in [
        "swagger-ui.css",
        "swagger-ui-bundle.js",
        "swagger-initializer.js",
    ] {
        assert_eq!(
            world.nobody().get(&format!("/docs/{file}")).await.status,
            200,
            "{file}"
        );
    }
    world.nobody().get("/docs/none.js").await.expect(404);
}
