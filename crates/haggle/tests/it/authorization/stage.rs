//! What an operation is tried on: things that nobody else has touched.

use std::process::Command;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use test_support::{Answer, Person, eventually, now};
use time::{Duration, format_description::well_known::Rfc3339};

use super::{
    actor::Actor,
    rows::{Body, Row},
};
use crate::{
    attachments::upload,
    files::png,
    world::{API_KEY, World, id, of, say},
};

const SUBSCRIPTIONS: &str = r#"{
  "endpoint": "https://push.example/$name",
  "keys": {
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg"
  }
}"#;

/// A marketplace that offers everything there is.
pub async fn world() -> World {
    let folder = tempfile::tempdir().unwrap().keep();
    let push_key = folder.join("vapid.pem");
    let made = Command::new(env!("CARGO_BIN_EXE_haggle"))
        .arg("push-key")
        .arg(&push_key)
        .output();
    assert!(made.unwrap().status.success());
    World::with(&[
        ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
        ("HAGGLE_CONVERSATIONS_PER_HOUR", "0"),
        ("HAGGLE_PUBLIC_URL", "https://shop.example"),
        (
            "HAGGLE_CONVERSATION_URL",
            "https://shop.example/messages/{id}",
        ),
        ("HAGGLE_VAPID_KEY", push_key.to_str().unwrap()),
    ])
    .await
}

/// A conversation of a buyer and Sofia about a product of its own, and what the row needs in it.
pub struct Stage {
    pub buyer: Person,
    /// A word that only those in the conversation may read.
    pub secret: String,
    /// What goes for each name in an address or a body.
    things: Vec<(&'static str, String)>,
    conversation: String,
}

fn later() -> String {
    let at = now() + Duration::days(1);
    at.format(&Rfc3339).unwrap()
}

fn terms(unit_price: Option<&str>, remarks: &str) -> Value {
    let mut item = json!({"name": "Steel", "quantity": "5", "unit": "t"});
    if let Some(price) = unit_price {
        item["unitPrice"] = json!(price);
    }
    json!({"items": [item], "currency": "EUR", "validUntil": later(), "remarks": remarks})
}

impl Stage {
    pub async fn set(world: &World, row: &Row, key: &str, is_sent: bool) -> Self {
        let secret = format!("secret{}x", key.replace('-', "x").to_lowercase());
        // Of this stage alone: whoever blocks them, blocks nobody elsewhere.
        let buyer = Person::new(&world.server.base(), &format!("buyer-{key}"));
        let entry = json!({"name": "Dora", "role": "buyer"});
        world
            .put(&format!("users/{}", buyer.id), entry)
            .await
            .expect(201);
        let product = format!("product-{key}");
        let about = json!({"name": "Steel sheet", "supplierId": "s-1"});
        world
            .put(&format!("products/{product}"), about)
            .await
            .expect(201);
        let about = json!({"supplierId": "s-1", "productId": product});
        let opened = buyer.post("/api/chat/conversations", about).await;
        let conversation = id(&opened.expect(201));
        let mut stage = Self {
            things: vec![
                ("conversation", conversation.clone()),
                ("secret", secret.clone()),
                ("buyer", buyer.id.clone()),
                ("product", product),
                ("name", key.to_owned()),
            ],
            conversation,
            buyer,
            secret,
        };
        if !row.is_free {
            let path = of(&stage.conversation, "/join");
            world.alan.post(&path, json!({})).await.expect(200);
        }
        stage.fill(world, row.operation, key, is_sent).await;
        stage
    }

    /// The marketplace switches them off.
    pub async fn deactivate_buyer(&self, world: &World) {
        let gone = json!({"name": "Dora", "role": "buyer", "isActive": false});
        let path = format!("users/{}", self.buyer.id);
        world.put(&path, gone).await.expect(200);
    }

    /// What the address names.
    async fn fill(&mut self, world: &World, operation: &str, key: &str, is_sent: bool) {
        let (buyer, conversation) = (self.buyer.clone(), self.conversation.clone());
        let said = say(&buyer, &conversation, &self.secret).await;
        self.things.push(("message", id(&said)));
        self.things.push(("messageId", id(&said)));
        self.things.push(("emoji", "%F0%9F%91%8D".to_owned()));
        self.things
            .push(("terms", terms(Some("4"), "Packed").to_string()));
        self.things
            .push(("wanted", terms(None, "Packed").to_string()));
        self.things
            .push(("subscription", SUBSCRIPTIONS.replace("$name", key)));
        let (_, path) = operation.split_once(' ').unwrap();
        let named = match path {
            _ if path.contains("/search") => {
                eventually("the message is found", async || {
                    let path = format!("/api/chat/search?q={}", self.secret);
                    let found = buyer.get(&path).await.expect(200);
                    !found["results"].as_array().unwrap().is_empty()
                })
                .await;
                String::new()
            }
            _ if path.contains("{offerId}") || path.contains("/api/chat/offers/") => {
                let offer = json!({"terms": terms(Some("4"), &self.secret)});
                let path = of(&conversation, "/offers");
                let made = world.sofia.post(&path, offer).await.expect(201);
                let offer = id(&made["offer"]);
                self.things.push(("offerId", offer.clone()));
                if operation.contains("/conversations/") {
                    conversation
                } else {
                    offer
                }
            }
            _ if path.contains("/users/{id}/status") => "sofia".to_owned(),
            _ if path.contains("/conversations") => conversation,
            _ if path.contains("/requests/") => {
                let asked = json!({"supplierIds": ["s-1"], "terms": terms(None, &self.secret)});
                id(&buyer.post("/api/chat/requests", asked).await.expect(201))
            }
            _ if path.contains("/resumable/") => begin(&buyer).await,
            _ if path.contains("/attachments/") => {
                let file = upload(&buyer, "a.png", &png()).await;
                if is_sent {
                    let body = json!({"content": "", "attachments": [file["id"]]});
                    let sent = buyer.post(&of(&conversation, "/messages"), body).await;
                    sent.expect(201);
                }
                id(&file)
            }
            _ if path.contains("/replies") => {
                let reply = json!({"name": format!("Mine {key}"), "text": self.secret});
                id(&buyer.post("/api/chat/replies", reply).await.expect(201))
            }
            _ if path.contains("/reports") => {
                let spam = json!({"reason": "spam"});
                let filed = world.sofia.post(&of(&conversation, "/report"), spam).await;
                id(&filed.expect(201))
            }
            _ if path.starts_with("/api/directory/") => self.entry(world, path, key).await,
            _ if path.starts_with("/api/webhooks/{id}") => {
                let hook = json!({"url": format!("https://hooks.example/{key}"), "events": ["*"]});
                let request = world.nobody().request(Method::POST, "/api/webhooks");
                let made = Answer::to(request.header("x-api-key", API_KEY).json(&hook)).await;
                id(&made.expect(201))
            }
            _ => "nothing".to_owned(),
        };
        self.things.push(("id", named));
    }

    /// One more entry of the directory.
    async fn entry(&mut self, world: &World, path: &str, key: &str) -> String {
        let (kind, body) = match path {
            _ if path.contains("/users/") => ("users", json!({"name": "Old", "role": "supplier"})),
            _ if path.contains("/suppliers/") => {
                let speaker = format!("speaker-{key}");
                let user = json!({"name": "Sol", "role": "supplier"});
                world
                    .put(&format!("users/{speaker}"), user)
                    .await
                    .expect(201);
                self.things.push(("speaker", speaker.clone()));
                ("suppliers", json!({"name": "Old", "userId": speaker}))
            }
            _ => ("products", json!({"name": "Old"})),
        };
        let entry = format!("entry-{key}");
        world
            .put(&format!("{kind}/{entry}"), body)
            .await
            .expect(201);
        entry
    }

    /// A text in which things stand for their names.
    fn filled(&self, text: &str) -> String {
        // The longest names first: `$message` is no `$me`.
        let mut things: Vec<_> = self.things.iter().collect();
        things.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        things.iter().fold(text.to_owned(), |text, (name, thing)| {
            let text = text.replace(&format!("{{{name}}}"), thing);
            text.replace(&format!("${name}"), thing)
        })
    }

    /// Does it. Returns the answer, and its body as text.
    pub async fn ask(&self, world: &World, row: &Row, actor: Actor) -> (Answer, String) {
        let (method, path) = row.operation.split_once(' ').unwrap();
        let person = actor.person(world, self);
        let mut request = person.request(method.parse().unwrap(), &self.filled(path));
        if path.contains("/resumable") {
            request = request.header("tus-resumable", "1.0.0");
        }
        if path.ends_with("/resumable") {
            request = request.header("upload-length", 3);
        }
        if actor == Actor::Key {
            request = request.header("x-api-key", API_KEY);
        }
        answered(self.with_body(request, row)).await
    }

    fn with_body(&self, request: RequestBuilder, row: &Row) -> RequestBuilder {
        match row.body {
            Body::None => request,
            Body::Json(body) => {
                let body: Value = serde_json::from_str(&self.filled(body)).unwrap();
                request.json(&body)
            }
            Body::Form => {
                let form = "--limit\r\nContent-Disposition: form-data; name=\"file\"; \
                     filename=\"a.txt\"\r\n\r\nMine\r\n--limit--\r\n";
                let kind = "multipart/form-data; boundary=limit";
                request.header("content-type", kind).body(form)
            }
            Body::Part => request
                .header("upload-offset", 0)
                .header("content-type", "application/offset+octet-stream")
                .body("abc"),
        }
    }

    /// How often the conversation has changed.
    pub async fn rev(&self, world: &World) -> i64 {
        let seen = world.ada.get(&of(&self.conversation, "")).await.expect(200);
        seen["rev"].as_i64().unwrap()
    }
}

async fn answered(request: RequestBuilder) -> (Answer, String) {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = String::from_utf8_lossy(&response.bytes().await.unwrap()).into_owned();
    let json = serde_json::from_str(&text).unwrap_or_default();
    let answer = Answer {
        status,
        headers,
        json,
    };
    (answer, text)
}

/// An upload of three bytes of which none is there yet.
async fn begin(person: &Person) -> String {
    let request = person.request(Method::POST, "/api/chat/attachments/resumable");
    let name = STANDARD.encode("a.txt");
    let begun = request
        .header("tus-resumable", "1.0.0")
        .header("upload-length", 3)
        .header("upload-metadata", format!("filename {name}"))
        .send()
        .await
        .unwrap();
    assert_eq!(begun.status(), 201);
    let place = begun.headers()["location"].to_str().unwrap();
    place.rsplit('/').next().unwrap().to_owned()
}
