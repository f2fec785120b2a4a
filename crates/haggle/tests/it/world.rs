//! A marketplace with a few people, for one test.

use std::fmt::Write;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, Person, ServerOptions, ServerProcess, TestDatabase};

pub const API_KEY: &str = "the key of the directory";

/// Buyers Anna and Bert; Sofia speaks for Sofia Steel, Tom for Tom Textiles;
/// Ada and Alan are administrators; `steel` is a product of Sofia's.
pub struct World {
    pub server: ServerProcess,
    pub anna: Person,
    pub bert: Person,
    pub sofia: Person,
    pub tom: Person,
    pub ada: Person,
    pub alan: Person,
    pub database: TestDatabase,
}

impl World {
    /// Nobody is limited.
    pub async fn open() -> Self {
        Self::with(&[
            ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
            ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
        ])
        .await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        let mut options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
            .database(database.url())
            .set("HAGGLE_API_KEY", API_KEY);
        for (name, value) in settings {
            options = options.set(name, value);
        }
        let server = ServerProcess::spawn(&options).await;
        let base = server.base();
        let person = |id| Person::new(&base, id);
        let world = Self {
            anna: person("anna"),
            bert: person("bert"),
            sofia: person("sofia"),
            tom: person("tom"),
            ada: person("ada"),
            alan: person("alan"),
            database,
            server,
        };
        world.fill().await;
        world
    }

    async fn fill(&self) {
        for (id, name, role) in [
            ("anna", "Anna", "buyer"),
            ("bert", "Bert", "buyer"),
            ("sofia", "Sofia", "supplier"),
            ("tom", "Tom", "supplier"),
            ("ada", "Ada", "admin"),
            ("alan", "Alan", "admin"),
        ] {
            let user = json!({"name": name, "email": format!("{id}@example.com"), "role": role});
            self.put(&format!("users/{id}"), user).await.expect(201);
        }
        let company = |user: &str, name: &str| json!({"userId": user, "name": name});
        self.put("suppliers/s-1", company("sofia", "Sofia Steel"))
            .await
            .expect(201);
        self.put("suppliers/s-2", company("tom", "Tom Textiles"))
            .await
            .expect(201);
        let steel = json!({"name": "Steel sheet", "image": "/steel.png", "supplierId": "s-1"});
        self.put("products/steel", steel).await.expect(201);
    }

    /// What the marketplace's own server does.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        let request = self
            .nobody()
            .request(Method::PUT, &format!("/api/directory/{path}"));
        Answer::to(request.header("x-api-key", API_KEY).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        let request = self
            .nobody()
            .request(Method::DELETE, &format!("/api/directory/{path}"));
        Answer::to(request.header("x-api-key", API_KEY)).await
    }

    pub fn nobody(&self) -> Person {
        Person::nobody(&self.server.base())
    }

    /// Anna's conversation with Sofia about steel.
    pub async fn steel(&self) -> String {
        let purpose = json!({"supplierId": "s-1", "productId": "steel"});
        id(&self
            .anna
            .post("/api/chat/conversations", purpose)
            .await
            .expect(201))
    }
}

pub fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}

/// The address of a conversation's part.
pub fn of(conversation: &str, part: &str) -> String {
    format!("/api/chat/conversations/{conversation}{part}")
}

pub async fn say(person: &Person, conversation: &str, content: &str) -> Value {
    let sent = person
        .post(&of(conversation, "/messages"), json!({"content": content}))
        .await;
    sent.expect(201)["message"].take()
}

pub async fn unread(person: &Person) -> i64 {
    let count = person.get("/api/chat/unread-count").await.expect(200);
    count["count"].as_i64().expect("a count")
}

/// The conversation as this person's list shows it.
pub async fn listed(person: &Person, conversation: &str) -> Value {
    let mut list = person.get("/api/chat/conversations").await.expect(200);
    let list = list["conversations"].as_array_mut().expect("a list");
    let found = list.iter_mut().find(|found| found["id"] == conversation);
    found.expect("the conversation is in the list").take()
}

/// Percent-encoded in full.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02x}");
        encoded
    })
}
