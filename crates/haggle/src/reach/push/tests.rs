//! A push service of our own, and a decoder that others wrote.

use std::{
    io::Write,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use chat::{
    ids::{ConversationId, NodeId},
    job::JobQuery,
    push::PushSubscription,
    timestamp::Clock,
};
use chat_testing::conformance::{Persona, World};
use serde_json::Value;
use tokio::net::TcpListener;
use web_push::Vapid;

use super::PushHandler;
use crate::{
    outbox::{Handler, Verdict},
    outgoing_http::{self, Client},
    reach::Reach,
    settings::{Purpose, Settings, Sources},
};

/// The browser of RFC 8291, appendix A, whose private key everybody knows.
const P256DH: &str =
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
const DECODER: &str = r#"
import base64, sys
import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
def bytes_of(text): return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
number = int.from_bytes(bytes_of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), "big")
key = ec.derive_private_key(number, ec.SECP256R1())
body = sys.stdin.buffer.read()
secret = bytes_of("BTBZMqHH6r4Tts7J_aSIgg")
sys.stdout.buffer.write(http_ece.decrypt(body, private_key=key, auth_secret=secret, version="aes128gcm"))
"#;

fn decoded(body: &[u8]) -> Value {
    let mut decoder = Command::new("python3")
        .args(["-c", DECODER])
        .env("PYTHONPATH", test_support::python_packages())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    decoder.stdin.take().unwrap().write_all(body).unwrap();
    let output = decoder.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What a push service got, and what it answers.
struct Service {
    got: Mutex<Vec<(HeaderMap, Bytes)>>,
    answer: Mutex<StatusCode>,
}

async fn take(State(service): State<Arc<Service>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    service.got.lock().unwrap().push((headers, body));
    *service.answer.lock().unwrap()
}

struct Rig {
    world: World,
    service: Arc<Service>,
    handler: PushHandler,
    endpoint: String,
}

impl Rig {
    async fn start(text: &'static str) -> Self {
        let service = Arc::new(Service {
            got: Mutex::default(),
            answer: Mutex::new(StatusCode::CREATED),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = format!("http://{}/push/1", listener.local_addr().unwrap());
        let router = Router::new().route("/push/{id}", post(take));
        let router = router.with_state(service.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let world = {
            let memory = Arc::new(chat_testing::memory::MemoryStorage::new());
            World::new(&memory, memory.clone())
        };
        let handler = handler(&world, text);
        world
            .chat
            .push_subscriptions
            .collect_pushes(world.clock.now())
            .await
            .unwrap();
        world.clock.advance_seconds(1);
        Self {
            world,
            service,
            handler,
            endpoint,
        }
    }

    async fn subscribe(&self, who: &Persona<'_>) {
        let browser = PushSubscription {
            endpoint: self.endpoint.clone(),
            p256dh: P256DH.to_owned(),
            auth: AUTH.to_owned(),
        };
        let subscriptions = &self.world.chat.push_subscriptions;
        subscriptions
            .subscribe(&who.id, &browser, self.world.clock.now())
            .await
            .unwrap();
    }

    /// Does what waits.
    async fn run(&self) -> Vec<Verdict> {
        let chat = &self.world.chat;
        chat.push_subscriptions
            .collect_pushes(chat.clock.now())
            .await
            .unwrap();
        let query = JobQuery {
            dead: false,
            after: None,
            limit: 10,
        };
        let mut verdicts = Vec::new();
        for job in chat.jobs.list(&query).await.unwrap() {
            verdicts.push(self.handler.run(&job).await);
        }
        verdicts
    }

    fn answer(&self, status: StatusCode) {
        *self.service.answer.lock().unwrap() = status;
    }

    fn got(&self) -> Vec<(HeaderMap, Bytes)> {
        self.service.got.lock().unwrap().clone()
    }

    /// Somebody writes to somebody whose browser subscribed.
    async fn missed(&self) -> (Persona<'_>, Persona<'_>, ConversationId) {
        let (buyer, supplier, id) = self.world.pair().await;
        self.subscribe(&supplier).await;
        buyer.send(&id, "Is it ready?").await;
        (buyer, supplier, id)
    }
}

fn handler(world: &World, text: &'static str) -> PushHandler {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key.pem");
    std::fs::write(&key, Vapid::generate().unwrap()).unwrap();
    let given = [
        ("HAGGLE_VAPID_KEY", key.to_str().unwrap()),
        ("HAGGLE_PUBLIC_URL", "https://chat.shop.example"),
        (
            "HAGGLE_CONVERSATION_URL",
            "https://shop.example/messages/{id}",
        ),
        ("HAGGLE_PUSH_TEXT", text),
    ];
    let mut sources = Sources::default();
    sources.environment(|name| {
        let found = given.iter().find(|(given, _)| *given == name);
        found.map(|(_, value)| (*value).into())
    });
    let settings = Settings::check(sources, Purpose::Other).unwrap().reach;
    PushHandler {
        chat: world.chat.clone(),
        settings: settings.push.clone().unwrap(),
        reach: Reach::new(settings, b"key", None),
        client: Client::default(),
        services: outgoing_http::Reach::Anywhere,
    }
}

#[tokio::test]
async fn a_browser_alone_can_read_what_it_is_told() {
    let rig = Rig::start("on").await;
    let (buyer, _, id) = rig.missed().await;
    assert_eq!(rig.run().await, [Verdict::Done]);
    let (headers, body) = rig.got().remove(0);
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-encoding"), "aes128gcm");
    assert_eq!(
        (header("ttl"), header("urgency")),
        ("86400".to_owned(), "high".to_owned())
    );
    assert!(header("authorization").starts_with("vapid t="));
    let topic = header("topic");
    assert!(topic.len() <= 32 && topic.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let told = decoded(&body);
    assert_eq!(told["text"], "Is it ready?");
    assert_eq!(
        (&told["conversationId"], &told["count"]),
        (&id.as_str().into(), &1.into())
    );
    assert_eq!(told["sender"], Value::from(buyer.person().await.name));
    assert_eq!(told["url"], format!("https://shop.example/messages/{id}"));
}

#[tokio::test]
async fn nothing_of_what_was_written_leaves_where_that_is_unwanted() {
    let rig = Rig::start("off").await;
    rig.missed().await;
    assert_eq!(rig.run().await, [Verdict::Done]);
    let told = decoded(&rig.got()[0].1);
    assert_eq!((&told["text"], &told["count"]), (&Value::Null, &1.into()));
    assert!(!told.to_string().contains("ready"));
}

#[tokio::test]
async fn whoever_read_it_or_is_here_hears_nothing() {
    let rig = Rig::start("on").await;
    let (buyer, supplier, id) = rig.missed().await;
    // Read before anybody looked, and then between the look and the telling.
    supplier.read(&id).await;
    assert_eq!(rig.run().await, []);
    buyer.send(&id, "And now?").await;
    supplier.come(&NodeId::new("desk")).await;
    rig.run().await;
    assert_eq!(rig.got().len(), 0);
}

#[tokio::test]
async fn a_browser_that_is_gone_is_forgotten_and_a_service_that_fails_is_asked_again() {
    let rig = Rig::start("on").await;
    let (_, supplier, _) = rig.missed().await;
    for (status, again) in [
        (StatusCode::SERVICE_UNAVAILABLE, true),
        (StatusCode::TOO_MANY_REQUESTS, true),
        (StatusCode::FORBIDDEN, false),
    ] {
        rig.answer(status);
        let verdict = rig.run().await.remove(0);
        assert_eq!(matches!(verdict, Verdict::Again(_)), again, "{verdict:?}");
        assert_eq!(matches!(verdict, Verdict::Dead(_)), !again, "{verdict:?}");
    }
    let left = async || {
        rig.world
            .chat
            .push_subscriptions
            .subscriptions(&supplier.id)
            .await
    };
    assert_eq!(left().await.unwrap().len(), 1);
    rig.answer(StatusCode::GONE);
    assert_eq!(rig.run().await, [Verdict::Done]);
    assert_eq!(left().await.unwrap(), []);
}

#[tokio::test]
async fn an_address_in_the_own_network_is_asked_nothing() {
    let mut rig = Rig::start("on").await;
    rig.handler.services = outgoing_http::Reach::Public;
    // Nothing but its address is wrong with it.
    rig.endpoint = rig.endpoint.replace("http:", "https:");
    rig.missed().await;
    assert_eq!(rig.run().await, [Verdict::Done]);
    assert_eq!(rig.got().len(), 0);
}

#[tokio::test]
async fn a_name_that_fills_a_message_is_cut_and_costs_nobody_their_browser() {
    let rig = Rig::start("on").await;
    let supplier = rig.world.supplier("sam").await;
    // The name says the id.
    let buyer = rig.world.buyer(&"b".repeat(4_000)).await;
    let id = rig.world.open(rig.world.between(&buyer, &supplier)).await;
    rig.subscribe(&supplier).await;
    buyer.send(&id, &"\u{1f69a}".repeat(400)).await;
    assert_eq!(rig.run().await, [Verdict::Done]);
    let told = decoded(&rig.got()[0].1);
    let sender = told["sender"].as_str().unwrap();
    assert!(sender.starts_with("Name of bbb"), "{sender}");
    assert_eq!(sender.len(), 100);
}
