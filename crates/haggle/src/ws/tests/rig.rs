//! A server without a process: everything behind the sockets, and clients in front of it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use chat::{
    Chat,
    access::authorize_member,
    audit::{Actor, Operation},
    change_settings::change_settings,
    conversation::Conversation,
    correct_message::correct_message,
    ids::{ConversationId, MessageId, NodeId, UserId},
    mark_read::mark_read,
    message::Message,
    open_conversation::{Request, open_conversation},
    own_settings::SettingsChange,
    person::{Person, Role},
    rate_limit::{LocalRateLimiter, Quotas},
    react::react,
    send_message::{Outgoing, send_message},
    storage::{Directory, Leases, UserRecord},
    take_back_message::take_back_message,
};
use chat_testing::memory::MemoryStorage;
use serde_json::json;
use tokio::io::duplex;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{client::Client, clock::TestClock, flaky::FlakyLeases, held_publisher::HeldPublisher};
use crate::{
    admission::Admission,
    app::{App, AppParts},
    attachments::Attachments,
    auth::Auth,
    broker::{Fanout, LocalBroker},
    cache::Caches,
    hub::Hub,
    listener::{self, Door},
    presence::Presence,
    reach::Reach,
    read_share::ReadShares,
    router,
    settings::{Purpose, Secret, Settings, Sources, table},
    ws,
};

pub const HOUR: Duration = Duration::from_hours(1);
/// Bytes that fit between client and server before a write waits.
const PIPE: usize = 16 << 10;

/// Anna buys, Ben sells, Carl buys and has nothing to do with them, Ada administers.
pub struct Rig {
    pub app: App,
    pub storage: Arc<MemoryStorage>,
    pub leases: Arc<FlakyLeases>,
    pub publisher: Arc<HeldPublisher>,
}

/// Minutes: longer ago than anything here.
const EVER: u32 = 100 * 366 * 24 * 60;

impl Rig {
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let mut sources = Sources::default();
        for (name, value) in settings {
            sources.flag(table::named(name).unwrap(), (*value).into());
        }
        let settings = Settings::check(sources, Purpose::Other).unwrap();
        let storage = Arc::new(MemoryStorage::new());
        let clock = Arc::new(TestClock::new());
        let leases = Arc::new(FlakyLeases {
            storage: storage.clone(),
            is_away: AtomicBool::new(false),
            cannot_tell: AtomicBool::new(false),
            ends_unheard: AtomicBool::new(false),
        });
        let caches = Arc::new(Caches::new(storage.clone(), leases.clone()));
        let hub = Arc::new(Hub::new(settings.sockets_per_user as usize));
        let presence = Arc::new(Presence::default());
        let attachments = Attachments::new(&settings, b"a key for tests", clock.clone()).unwrap();
        let links = attachments.links.clone();
        let fanout = Fanout::new(hub.clone(), caches.clone(), presence.clone(), links);
        let (broker, delivery) = LocalBroker::new(fanout);
        let publisher = Arc::new(HeldPublisher::new(broker));
        let limiter = LocalRateLimiter::new(Quotas::UNLIMITED, clock.clone());
        let limiter = Arc::new(limiter);
        let (mut chat, _) = Chat::on(&storage, publisher.clone(), limiter, clock.clone());
        chat.leases = leases.clone();
        let secret = Secret::new("a secret for tests, long enough for HS256");
        let app = App::from(AppParts {
            node: NodeId::new("node"),
            reach: Reach::new(settings.reach.clone(), b"key", None),
            settings: Arc::new(settings),
            auth: Arc::new(Auth::new(Some(&secret), None, clock).unwrap()),
            chat,
            sessions: None,
            attachments,
            caches,
            hub,
            presence,
            read_shares: ReadShares::new(16),
            samples: Arc::default(),
            admission: Admission::default(),
            redis: None,
            draining: CancellationToken::new(),
            giving_up: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        ws::start(&app, delivery);
        let rig = Self {
            app,
            storage,
            leases,
            publisher,
        };
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
            company: None,
            email: format!("{id}@example.org"),
            role,
            is_active,
            time_zone: None,
        };
        self.app
            .chat
            .directory_editor
            .put_user(&user)
            .await
            .unwrap();
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
        let open = open_conversation(&self.app.chat, &buyer.into(), request).await;
        open.unwrap().conversation.id
    }

    pub async fn send(&self, from: &str, conversation: &ConversationId, text: &str) -> Message {
        let outgoing = Outgoing {
            content: text.into(),
            ..Outgoing::default()
        };
        let sender = self.person(from).await;
        let sent = send_message(&self.app.chat, &sender.into(), conversation, outgoing).await;
        sent.unwrap().message
    }

    /// By its sender, whatever comes of it.
    pub async fn correct(&self, message: &Message, text: &str) {
        let sender = self
            .person(message.sender.as_ref().unwrap().as_str())
            .await
            .into();
        let (chat, id) = (&self.app.chat, &message.conversation);
        let corrected = correct_message(chat, &sender, id, &message.id, text.into(), EVER).await;
        drop(corrected);
    }

    /// By its sender, whatever comes of it.
    pub async fn take_back(&self, message: &Message) {
        let sender = self
            .person(message.sender.as_ref().unwrap().as_str())
            .await
            .into();
        let (chat, id) = (&self.app.chat, &message.conversation);
        let taken = take_back_message(chat, &sender, id, &message.id, None, EVER).await;
        drop(taken);
    }

    pub async fn react(&self, who: &str, message: &Message, is_set: bool) {
        let person = self.person(who).await.into();
        let (chat, id) = (&self.app.chat, &message.conversation);
        let reacted = react(chat, &person, id, &message.id, "👍", is_set).await;
        drop(reacted);
    }

    pub async fn read(&self, who: &str, conversation: &ConversationId, up_to: Option<&MessageId>) {
        let person = self.person(who).await;
        let (chat, person) = (&self.app.chat, person.into());
        let reader = authorize_member(chat, &person, conversation, Operation::MarkingRead).await;
        mark_read(chat, &reader.unwrap(), up_to).await.unwrap();
    }

    pub async fn pin(&self, who: &str, conversation: &ConversationId, is_pinned: bool) {
        let change = SettingsChange {
            is_pinned: Some(is_pinned),
            ..SettingsChange::default()
        };
        let person: Actor = self.person(who).await.into();
        let changed = change_settings(&self.app.chat, &person, conversation, &change).await;
        changed.unwrap();
    }

    pub async fn fetch(&self, conversation: &ConversationId) -> Conversation {
        let found = self.app.chat.conversations.get(conversation).await;
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
        let client =
            ws::client::Client::new(self.app.clone(), Box::default(), Box::default(), None);
        let socket = ws::connection::serve(client, theirs, Bytes::new());
        self.app.tasks.spawn(socket);
        Client::over(ours).await
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

    /// Whether storage answers questions about leases.
    pub fn leases_are_away(&self, is_away: bool) {
        self.leases.is_away.store(is_away, Ordering::SeqCst);
    }

    /// The whole server on a port of its own; returns its address.
    pub fn listen(&self) -> String {
        let listener = listener::bind(([127, 0, 0, 1], 0).into()).unwrap();
        let address = listener.local_addr().unwrap();
        let router = router::router(self.app.clone(), false);
        let (draining, tasks) = (self.app.draining.clone(), self.app.tasks.clone());
        let door = Door::open();
        tokio::spawn(listener::accept(listener, router, door, draining, tasks));
        format!("http://{address}")
    }
}
