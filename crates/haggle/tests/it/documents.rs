use reqwest::Method;
use serde_json::Value;
use test_support::{Answer, Person, ServerOptions, ServerProcess, TestDatabase};

use crate::world::{API_KEY, World};

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
        "GET /api/chat/audit",
        "GET /api/chat/conversations",
        "POST /api/chat/conversations",
        "GET /api/chat/conversations/{id}",
        "POST /api/chat/conversations/{id}/join",
        "POST /api/chat/conversations/{id}/leave",
        "GET /api/chat/conversations/{id}/messages",
        "POST /api/chat/conversations/{id}/messages",
        "PATCH /api/chat/conversations/{id}/read",
        "GET /api/chat/limits",
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

#[tokio::test]
async fn the_socket_has_a_document_and_a_page_beside_those_of_http() {
    let world = World::open().await;
    let document = world.nobody().get("/api/asyncapi.json").await.expect(200);
    assert_eq!(document["asyncapi"], "3.0.0");
    let schemas = &document["components"]["schemas"];
    let updated = &schemas["ServerConversationUpdated"]["properties"]["payload"];
    assert_eq!(
        updated["required"],
        serde_json::json!(["conversationId", "rev", "conversation"])
    );

    let page = world.nobody().request(Method::GET, "/docs/socket");
    let page = page.send().await.unwrap();
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"));
    assert!(page.text().await.unwrap().contains("/api/chat/ws"));
}

#[tokio::test]
async fn both_documents_say_the_same_of_what_both_name() {
    let world = World::open().await;
    let openapi = world.nobody().get("/api/openapi.json").await.expect(200);
    let asyncapi = world.nobody().get("/api/asyncapi.json").await.expect(200);
    let of = |document: &Value| {
        document["components"]["schemas"]
            .as_object()
            .unwrap()
            .clone()
    };
    let http = of(&openapi);
    let mut shared = Vec::new();
    for (name, schema) in of(&asyncapi) {
        if let Some(other) = http.get(&name) {
            assert_eq!(&schema, other, "{name}");
            shared.push(name);
        }
    }
    for name in ["Conversation", "File", "Message", "Notification"] {
        assert!(shared.iter().any(|shared| shared == name), "{name}");
    }
}

#[tokio::test]
async fn the_examples_in_the_document_work_in_the_demo() {
    let database = TestDatabase::create().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
    let server =
        ServerProcess::spawn(&options.set("HAGGLE_API_KEY", API_KEY).arguments(&["demo"])).await;
    let buyer = Person::new(&server.base(), "buyer-amelie");
    let document = buyer.get("/api/openapi.json").await.expect(200);
    let mut conversation = Value::Null;
    for (method, path) in [
        ("put", "/api/directory/users/{id}"),
        ("put", "/api/directory/suppliers/{id}"),
        ("put", "/api/directory/products/{id}"),
        ("post", "/api/chat/conversations"),
        ("post", "/api/chat/conversations/{id}/messages"),
        ("patch", "/api/chat/conversations/{id}/read"),
        ("patch", "/api/chat/notifications/read"),
    ] {
        let operation = &document["paths"][path][method];
        let example = example_of(&document, operation);
        let id = operation["parameters"][0]["example"]
            .as_str()
            .or(conversation["id"].as_str());
        let address = path.replace("{id}", id.unwrap_or_default());
        let request = buyer.request(method.to_uppercase().parse().unwrap(), &address);
        let answer = Answer::to(request.header("x-api-key", API_KEY).json(example)).await;
        assert!(
            matches!(answer.status, 200 | 201),
            "{method} {address}: {}",
            answer.json
        );
        if path == "/api/chat/conversations" {
            conversation = answer.json;
        }
    }
}

fn example_of<'a>(document: &'a Value, operation: &'a Value) -> &'a Value {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let reference = schema["$ref"]
        .as_str()
        .or(schema["oneOf"][1]["$ref"].as_str());
    let named = document.pointer(reference.expect("a named schema").trim_start_matches('#'));
    &named.expect("the schema")["example"]
}
