//! A server without a process: everything behind the sockets, and clients in front of it.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chat::{
    Chat,
    access::enter,
    bus::Bus,
    conversation::Conversation,
    event::Event,
    ids::{ConversationId, MessageId, NodeId, UserId},
    mark_read::mark_read,
    memory::MemoryStorage,
    message::Message,
    open_conversation::{Request, open_conversation},
    person::{Person, Role},
    rate::{LocalRates, Quotas},
    send_message::{Outgoing, send_message},
    storage::{Directory, Leases, UserRecord},
    timestamp::{Clock, Timestamp},
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{DuplexStream, duplex},
    net::TcpListener,
    time::Instant,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{self, protocol::Role as Side},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    app::App,
    auth::Auth,
    bus::{LocalBus, dispatch::Dispatch},
    cache::Caches,
    http,
    hub::Hub,
    presence::Presence,
    settings::{Purpose, Secret, Settings, Sources, names::Setting},
    ws,
};

pub const HOUR: Duration = Duration::from_secs(3600);
/// Bytes that fit between client and server before a write waits.
const PIPE: usize = 16 << 10;

/// Goes with the time of tokio, paused or not.
struct TestClock {
    start: Instant,
    ids: AtomicU64,
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        let micros = i64::try_from(self.start.elapsed().as_micros()).unwrap();
        Timestamp::from_micros(1_800_000_000_000_000 + micros)
    }

    fn new_id(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::SeqCst);
        format!("01900000-0000-7000-8000-{count:012x}")
    }
}

/// Passes events on, or keeps them back for a while: between a commit and its event anything may happen.
#[derive(Debug)]
pub struct HeldBus {
    bus: Arc<LocalBus>,
    held: Mutex<Option<VecDeque<Event>>>,
}

impl HeldBus {
    pub fn hold(&self) {
        self.held.lock().unwrap().get_or_insert_default();
    }

    /// Passes on the oldest of those kept back.
    pub fn release(&self, most: usize) {
        let mut held = self.held.lock().unwrap();
        if let Some(held) = &mut *held {
            let most = most.min(held.len());
            held.drain(..most).for_each(|event| self.bus.publish(event));
        }
    }
}

impl Bus for HeldBus {
    fn publish(&self, event: Event) {
        match &mut *self.held.lock().unwrap() {
            Some(held) => held.push_back(event),
            None => self.bus.publish(event),
        }
    }
}

/// Anna buys, Ben sells, Carl buys and has nothing to do with them, Ada administers.
pub struct Rig {
    pub app: App,
    pub storage: Arc<MemoryStorage>,
    pub bus: Arc<HeldBus>,
}

impl Rig {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let mut sources = Sources::default();
        for (name, value) in settings {
            sources.flag(Setting::named(name).unwrap(), (*value).into());
        }
        let settings = Settings::read(sources, Purpose::Other).unwrap();
        let storage = Arc::new(MemoryStorage::new());
        let clock = Arc::new(TestClock {
            start: Instant::now(),
            ids: AtomicU64::new(1),
        });
        let caches = Arc::new(Caches::new(storage.clone(), storage.clone()));
        let hub = Arc::new(Hub::new(settings.sockets_per_user as usize));
        let presence = Arc::new(Presence::default());
        let dispatch = Dispatch::new(hub.clone(), caches.clone(), presence.clone());
        let (bus, delivery) = LocalBus::new(dispatch);
        let bus = Arc::new(HeldBus {
            bus,
            held: Mutex::new(None),
        });
        let secret = Secret::new("a secret for tests, long enough for HS256");
        let app = App {
            node: NodeId::new("node"),
            settings: Arc::new(settings),
            auth: Arc::new(Auth::new(Some(&secret), None, clock.clone()).unwrap()),
            chat: Chat {
                storage: storage.clone(),
                directory: storage.clone(),
                leases: storage.clone(),
                bus: bus.clone(),
                rates: Arc::new(LocalRates::new(Quotas::UNLIMITED, clock.clone())),
                clock,
            },
            caches,
            hub,
            presence,
            draining: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        ws::start(&app, delivery);
        let rig = Self { app, storage, bus };
        for (id, role) in [
            ("anna", Role::Buyer),
            ("ben", Role::Supplier),
            ("sue", Role::Supplier),
            ("carl", Role::Buyer),
            ("ada", Role::Admin),
        ] {
            rig.put(id, role, true).await;
        }
        rig
    }

    /// Creates or changes somebody.
    pub async fn put(&self, id: &str, role: Role, is_active: bool) {
        let user = UserRecord {
            id: UserId::new(id),
            name: id.to_uppercase(),
            email: format!("{id}@example.org"),
            role,
            is_active,
        };
        self.storage.put_user(&user).await.unwrap();
    }

    pub async fn person(&self, id: &str) -> Person {
        let person = self.storage.person(&UserId::new(id)).await.unwrap();
        person.unwrap()
    }

    /// Opens the conversation of Anna and Ben.
    pub async fn conversation(&self) -> ConversationId {
        self.open("anna", "ben").await
    }

    pub async fn open(&self, buyer: &str, supplier: &str) -> ConversationId {
        let request = Request {
            supplier: Some(supplier.into()),
            ..Request::default()
        };
        let buyer = self.person(buyer).await;
        let open = open_conversation(&self.app.chat, &buyer, request).await;
        open.unwrap().conversation.id
    }

    pub async fn send(&self, from: &str, conversation: &ConversationId, text: &str) -> Message {
        let outgoing = Outgoing {
            content: text.into(),
            ..Outgoing::default()
        };
        let sender = self.person(from).await;
        let sent = send_message(&self.app.chat, &sender, conversation, outgoing).await;
        sent.unwrap().message
    }

    pub async fn read(&self, who: &str, conversation: &ConversationId, up_to: Option<&MessageId>) {
        let person = self.person(who).await;
        let access = enter(&self.app.chat, &person, conversation).await.unwrap();
        let reader = access.participant().unwrap();
        mark_read(&self.app.chat, &reader, up_to).await.unwrap();
    }

    pub async fn fetch(&self, conversation: &ConversationId) -> Conversation {
        let found = self.app.chat.storage.conversation(conversation).await;
        found.unwrap().unwrap()
    }

    pub fn token(&self, user: &str, ttl: Duration) -> String {
        let (token, _) = self.app.auth.sign(&UserId::new(user), ttl).unwrap();
        token
    }

    /// A socket that has not said who it is, over a pipe.
    pub async fn connect(&self) -> Client {
        self.connect_through(PIPE).await
    }

    /// The same over a pipe that holds so many bytes in each direction.
    pub async fn connect_through(&self, bytes: usize) -> Client {
        let (ours, theirs) = duplex(bytes);
        let socket = ws::serve(self.app.clone(), theirs, None);
        self.app.tasks.spawn(socket);
        Client(WebSocketStream::from_raw_socket(ours, Side::Client, None).await)
    }

    /// A socket that is ready.
    pub async fn join(&self, user: &str) -> Client {
        self.join_for(user, HOUR).await
    }

    pub async fn join_for(&self, user: &str, ttl: Duration) -> Client {
        let mut client = self.connect().await;
        let token = self.token(user, ttl);
        client.say("authenticate", json!({ "token": token })).await;
        client.until("ready").await;
        client
    }

    pub async fn is_online(&self, user: &str) -> bool {
        let statuses = self.storage.statuses(&[UserId::new(user)]).await.unwrap();
        statuses[0].is_online
    }

    /// The whole server on a port of its own; returns its address.
    pub async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = http::router::router(self.app.clone());
        tokio::spawn(axum::serve(listener, router).into_future());
        format!("http://{address}")
    }
}

/// A client over a pipe.
pub struct Client(pub WebSocketStream<DuplexStream>);

impl Client {
    pub async fn say(&mut self, kind: &str, payload: Value) {
        let frame = json!({ "type": kind, "payload": payload });
        self.say_raw(tungstenite::Message::text(frame.to_string()))
            .await;
    }

    pub async fn say_raw(&mut self, message: tungstenite::Message) {
        self.0.send(message).await.unwrap();
    }

    /// The next frame as (type, payload).
    pub async fn next(&mut self) -> (String, Value) {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                tungstenite::Message::Text(text) => {
                    let mut frame: Value = serde_json::from_str(&text).unwrap();
                    let kind = frame["type"].as_str().unwrap().to_owned();
                    return (kind, frame["payload"].take());
                }
                tungstenite::Message::Ping(_) => self.0.flush().await.unwrap(),
                other => panic!("waited for a frame, got {other:?}"),
            }
        }
    }

    /// Everything up to the first frame of this type, which is the last.
    pub async fn until(&mut self, kind: &str) -> Vec<(String, Value)> {
        let mut frames = Vec::new();
        loop {
            frames.push(self.next().await);
            if frames.last().is_some_and(|frame| frame.0 == kind) {
                return frames;
            }
        }
    }

    /// The next frame, which has this type.
    pub async fn expect(&mut self, kind: &str) -> Value {
        let (heard, payload) = self.next().await;
        assert_eq!(heard, kind, "{payload}");
        payload
    }

    /// Nothing was waiting for this client.
    pub async fn expect_silence(&mut self) {
        self.say("ping", json!({})).await;
        self.expect("pong").await;
    }

    /// The code with which the server closes, whatever it says before.
    pub async fn close_code(&mut self) -> u16 {
        loop {
            match self.0.next().await {
                Some(Ok(tungstenite::Message::Close(Some(frame)))) => return frame.code.into(),
                Some(Ok(_)) => {}
                other => panic!("cut off without a close: {other:?}"),
            }
        }
    }
}
