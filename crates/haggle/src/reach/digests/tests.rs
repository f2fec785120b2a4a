//! A real mail server, and a clock that tests move.

use std::sync::Arc;

use chat::{
    audit::{Actor, Source},
    error::StorageError,
    ids::{ConversationId, NodeId, UserId},
    person::Role,
    preferences::{EmailFrequency, Preferences},
    storage::UserRecord,
    take_back_message::take_back_message,
    timestamp::Clock,
};
use chat_testing::{
    conformance::{Persona, World},
    memory::MemoryStorage,
};
use mail::ReplyAddress;
use mail_parser::{Message, MessageParser};
use test_support::{KeptMail, SmtpSink};
use tokio_util::sync::CancellationToken;

use super::Sender;
use crate::{
    reach::Reach,
    settings::{Purpose, Settings, Sources},
};

struct Rig {
    memory: Arc<MemoryStorage>,
    world: World,
    sink: SmtpSink,
    sender: Sender,
}

impl Rig {
    /// After a first look, from which on mails are owed.
    async fn start() -> Self {
        let memory = Arc::new(MemoryStorage::new());
        let world = World::new(&memory, memory.clone());
        memory.set_time(world.clock.now());
        let sink = SmtpSink::start();
        let sender = sender(&world, &sink.url());
        sender.round().await.unwrap();
        Self {
            memory,
            world,
            sink,
            sender,
        }
    }

    /// A look every ten seconds for so long.
    async fn pass_minutes(&self, minutes: i64) {
        for _ in 0..minutes * 6 {
            self.world.clock.advance_seconds(10);
            self.sender.round().await.unwrap();
        }
    }

    fn mails(&self) -> Vec<KeptMail> {
        self.sink.mails()
    }

    async fn wish(&self, who: &Persona<'_>, email: EmailFrequency) {
        let wanted = Preferences {
            email,
            ..Preferences::default()
        };
        let store = &self.world.chat.preferences;
        store.set_preferences(&who.id, &wanted).await.unwrap();
    }
}

fn sender(world: &World, smtp: &str) -> Sender {
    sender_with(world, smtp, None)
}

fn sender_with(world: &World, smtp: &str, templates: Option<&str>) -> Sender {
    let given = [
        ("HAGGLE_SMTP_URL", smtp),
        ("HAGGLE_PUBLIC_URL", "https://chat.shop.example"),
        (
            "HAGGLE_CONVERSATION_URL",
            "https://shop.example/messages/{id}",
        ),
        ("HAGGLE_MAIL_REPLY", "reply+{token}@in.shop.example"),
    ];
    let mut sources = Sources::default();
    sources.environment(|name| {
        let found = given.iter().find(|(given, _)| *given == name);
        let found = found.map(|(_, value)| *value);
        let templates = templates.filter(|_| name == "HAGGLE_MAIL_TEMPLATES");
        found.or(templates).map(Into::into)
    });
    let settings = Settings::check(sources, Purpose::Other).unwrap().reach;
    Sender {
        chat: world.chat.clone(),
        mail: settings.mail.clone().unwrap(),
        reach: Reach::new(settings, b"key", None),
        draining: CancellationToken::new(),
    }
}

fn read(mail: &KeptMail) -> Message<'_> {
    MessageParser::default().parse(&mail.bytes).unwrap()
}

#[tokio::test]
async fn a_recipient_a_conversation_and_a_window_have_one_mail_at_most() {
    let rig = Rig::start().await;
    let world = &rig.world;
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "Is it <b>ready</b>?").await;
    rig.pass_minutes(4).await;
    assert_eq!(rig.mails().len(), 0, "the grace period");
    rig.pass_minutes(2).await;
    let first = rig.mails();
    assert_eq!(first.len(), 1);
    let mail = read(&first[0]);
    assert_eq!(first[0].to, "sol@example.test");
    assert!(mail.body_html(0).unwrap().contains("Is it &lt;b&gt;ready"));
    let page = format!("https://shop.example/messages/{id}");
    assert!(mail.body_text(0).unwrap().contains(&page));
    let reply_to = mail.reply_to().unwrap().first().unwrap().address().unwrap();
    assert_eq!(
        first[0].from, reply_to,
        "what comes back is known by its token"
    );
    let token = ReplyAddress::parse("reply+{token}@in.shop.example").unwrap();
    let token = token.token(reply_to).unwrap();
    let answers = world.chat.digests.answers(&token).await.unwrap();
    assert_eq!(answers, Some((supplier.id.clone(), id.clone())));

    // For an hour somebody writes every minute: four windows, and the rest of one.
    for minute in 0..60 {
        buyer.send(&id, &format!("minute {minute}")).await;
        rig.pass_minutes(1).await;
    }
    rig.pass_minutes(15).await;
    let all = rig.mails();
    assert!(
        (5..=6).contains(&all.len()),
        "{} mails in 76 minutes",
        all.len()
    );
    let threads: Vec<_> = all
        .iter()
        .map(|mail| read(mail).references().as_text().unwrap().to_owned())
        .collect();
    assert!(threads.iter().all(|thread| *thread == threads[0]));
    let mut ids: Vec<_> = all
        .iter()
        .map(|mail| read(mail).message_id().unwrap().to_owned())
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), all.len(), "each tells something new");
    rig.pass_minutes(60).await;
    assert_eq!(rig.mails().len(), all.len(), "nothing is told twice");
    let state = world.chat.mailboxes.mail_state(world.clock.now()).await;
    assert_eq!(state.unwrap().waiting, 0);
}

#[tokio::test]
async fn nobody_gets_a_mail_who_read_or_was_here_or_wants_none() {
    let rig = Rig::start().await;
    let world = &rig.world;
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "read in time").await;
    rig.pass_minutes(4).await;
    supplier.read(&id).await;
    rig.pass_minutes(30).await;
    assert_eq!(rig.mails().len(), 0);

    buyer.send(&id, "looked in").await;
    let desk = NodeId::new("desk");
    rig.pass_minutes(1).await;
    supplier.come(&desk).await;
    rig.pass_minutes(6).await;
    assert_eq!(rig.mails().len(), 0, "they are here");
    supplier.read(&id).await;
    rig.memory.set_time(world.clock.now());
    supplier.go(&desk).await;

    rig.wish(&supplier, EmailFrequency::Off).await;
    buyer.send(&id, "not by mail").await;
    rig.pass_minutes(30).await;
    rig.wish(&supplier, EmailFrequency::Now).await;
    rig.pass_minutes(30).await;
    assert_eq!(rig.mails().len(), 0, "also not afterwards");
    buyer.send(&id, "by mail").await;
    rig.pass_minutes(6).await;
    assert_eq!(rig.mails().len(), 1);
}

#[tokio::test]
async fn an_hourly_mail_gathers_conversations() {
    let rig = Rig::start().await;
    let world = &rig.world;
    let supplier = world.supplier("sol").await;
    rig.wish(&supplier, EmailFrequency::Hourly).await;
    let mut about: Vec<ConversationId> = Vec::new();
    for name in ["bea", "bob"] {
        let buyer = world.buyer(name).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        buyer.send(&id, &format!("from {name}")).await;
        about.push(id);
    }
    rig.pass_minutes(20).await;
    let mails = rig.mails();
    assert_eq!(mails.len(), 1);
    let mail = read(&mails[0]);
    assert!(
        mail.reply_to().is_none(),
        "an answer to two would go nowhere"
    );
    let text = mail.body_text(0).unwrap();
    for (id, said) in about.iter().zip(["from bea", "from bob"]) {
        assert!(text.contains(id.as_str()) && text.contains(said), "{text}");
    }
    assert_eq!(mails[0].from, "no-reply@chat.shop.example");
}

async fn deliver_to(rig: &Rig, address: &str) {
    let supplier = UserRecord {
        id: UserId::new("sol"),
        name: "Sol".to_owned(),
        company: None,
        email: address.to_owned(),
        role: Role::Supplier,
        is_active: true,
        time_zone: None,
    };
    let put = rig.world.chat.directory_editor.put_user(&supplier).await;
    put.unwrap();
}

async fn failures(rig: &Rig) -> Result<(i64, i64), StorageError> {
    let now = rig.world.clock.now();
    let state = rig.world.chat.mailboxes.mail_state(now).await?;
    let failures = state.unreachable.first().map_or(0, |one| one.failures);
    Ok((failures, state.stopped))
}

#[tokio::test]
async fn an_address_that_refuses_three_times_gets_no_more() {
    let rig = Rig::start().await;
    let (buyer, _, id) = rig.world.pair().await;
    deliver_to(&rig, "gone@example.test").await;
    for refused in 1..=4 {
        buyer.send(&id, "hello").await;
        rig.pass_minutes(70).await;
        let expected = refused.min(3);
        assert_eq!(
            failures(&rig).await.unwrap(),
            (expected, i64::from(expected == 3))
        );
    }
    assert_eq!(rig.mails().len(), 0);
}

#[tokio::test]
async fn a_mail_server_that_is_busy_or_away_is_tried_again() {
    let rig = Rig::start().await;
    let (buyer, _, id) = rig.world.pair().await;
    deliver_to(&rig, "busy@example.test").await;
    buyer.send(&id, "hello").await;
    rig.pass_minutes(8).await;
    assert_eq!(rig.mails().len(), 0);
    assert_eq!(failures(&rig).await.unwrap(), (0, 0), "that is no bounce");

    deliver_to(&rig, "sol@example.test").await;
    let away = sender(&rig.world, "smtp://127.0.0.1:1");
    for _ in 0..6 {
        rig.world.clock.advance_seconds(60);
        away.round().await.unwrap();
    }
    rig.pass_minutes(60).await;
    assert_eq!(rig.mails().len(), 1, "it comes once");
}

/// A mistake that shows with some mails only.
#[tokio::test]
async fn a_mail_that_cannot_be_made_comes_once_it_can() {
    let rig = Rig::start().await;
    let (buyer, _, id) = rig.world.pair().await;
    let folder = tempfile::tempdir().unwrap();
    let template = "{% if 'hello' in sections[0].lines[0].parts %}{{ subject|shout }}{% endif %}";
    std::fs::write(folder.path().join("digest.txt"), template).unwrap();
    let wrong = sender_with(&rig.world, &rig.sink.url(), folder.path().to_str());
    buyer.send(&id, "hello").await;
    for _ in 0..12 {
        rig.world.clock.advance_seconds(60);
        wrong.round().await.unwrap();
    }
    assert_eq!(rig.mails().len(), 0);
    rig.pass_minutes(60).await;
    assert_eq!(rig.mails().len(), 1);
}

#[tokio::test]
async fn what_was_taken_back_hides_nothing_that_is_unread() {
    let rig = Rig::start().await;
    let (buyer, _, id) = rig.world.pair().await;
    buyer.send(&id, "Can you deliver?").await;
    let actor = Actor {
        person: buyer.person().await,
        source: Source::new(None, None),
    };
    for _ in 0..45 {
        let sent = buyer.send(&id, "wrong window").await.id;
        let taken = take_back_message(&rig.world.chat, &actor, &id, &sent, None, 60);
        taken.await.unwrap();
    }
    rig.pass_minutes(6).await;
    let mails = rig.mails();
    assert_eq!(mails.len(), 1);
    let mail = read(&mails[0]);
    let text = mail.body_text(0).unwrap();
    assert!(
        text.contains("Can you deliver?") && !text.contains("window"),
        "{text}"
    );
}

/// Two servers on one database, which look at the same time.
#[tokio::test]
async fn several_servers_send_each_mail_once() {
    let rig = Rig::start().await;
    let world = &rig.world;
    let other = Arc::new(sender(world, &rig.sink.url()));
    let supplier = world.supplier("sol").await;
    for n in 0..30 {
        let buyer = world.buyer(&format!("b{n:02}")).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        supplier.send(&id, "for you").await;
    }
    for _ in 0..40 {
        world.clock.advance_seconds(10);
        let (one, two) = tokio::join!(rig.sender.round(), other.round());
        one.unwrap();
        two.unwrap();
    }
    let mut to: Vec<_> = rig.mails().into_iter().map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to.len(), 30);
    to.dedup();
    assert_eq!(to.len(), 30, "each of them once");
}
