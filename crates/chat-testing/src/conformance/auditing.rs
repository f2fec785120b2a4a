//! Everything that was done is written down once, with who, when and where, and never what was said.

use std::net::{IpAddr, Ipv4Addr};

use serde_json::json;

use super::{Checks, World};
use chat::{
    access::{authorize_member, authorize_view, view_audited},
    audit::{Action, Actor, AuditQuery, Entry, Operation, Source},
    conversation_event::{ConversationEvent, EventKind},
    ids::{ConversationId, UserId},
    join_leave,
    list_events::list_events,
    open_conversation::{Request, open_conversation},
    person::Role,
    read_history::read_history,
    send_message::{Outgoing, send_message},
    storage::Anchor,
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("auditing::changes_are_written_once", |world| {
        Box::pin(check_changes(world))
    }),
    ("auditing::looks_of_administrators", |world| {
        Box::pin(check_looks(world))
    }),
    ("auditing::refusals", |world| {
        Box::pin(check_refusals(world))
    }),
    ("auditing::the_demoted_leave", |world| {
        Box::pin(check_demotion(world))
    }),
    ("auditing::who_came_and_went", |world| {
        Box::pin(check_events(world))
    }),
];

const IP: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 7));

pub(super) async fn actor(world: &World, id: &str) -> Actor {
    let person = world.chat.directory.person(&UserId::new(id)).await;
    let person = person.expect("people can be looked up");
    Actor {
        person: person.expect("the person exists"),
        source: Source::new(Some(IP), Some("A browser")),
    }
}

pub(super) async fn entries(world: &World, query: AuditQuery) -> Vec<Entry> {
    let query = AuditQuery {
        limit: 100,
        ..query
    };
    let page = world.chat.audit.entries(&query).await;
    page.expect("the audit can be read").entries
}

/// Who did what, oldest first.
async fn story(world: &World, query: AuditQuery) -> Vec<(String, Action)> {
    let mut all = entries(world, query).await;
    all.reverse();
    let who = |entry: &Entry| entry.actor.as_ref().map(ToString::to_string);
    all.iter()
        .map(|entry| (who(entry).unwrap_or_default(), entry.action))
        .collect()
}

fn expected(story: &[(&str, Action)]) -> Vec<(String, Action)> {
    let known = story.iter();
    known
        .map(|(who, action)| ((*who).to_owned(), *action))
        .collect()
}

fn saying(content: &str) -> Outgoing {
    Outgoing {
        content: content.to_owned(),
        client_message_id: Some("once".to_owned()),
        ..Outgoing::default()
    }
}

/// A conversation of Bea's with Sol's, opened by her.
pub(super) async fn opened(world: &World) -> (Actor, ConversationId) {
    world.buyer("bea").await;
    world.supplier("sol").await;
    let bea = actor(world, "bea").await;
    let request = Request {
        supplier: Some("sol".to_owned()),
        ..Request::default()
    };
    let open = open_conversation(&world.chat, &bea, request).await;
    let id = open.expect("it can be opened").conversation.id;
    world.clock.advance_seconds(1);
    (bea, id)
}

async fn check_changes(world: &World) {
    let chat = &world.chat;
    let started = world.clock.now();
    let (bea, id) = opened(world).await;
    world.admin("ann").await;
    world.admin("art").await;
    let (ann, art) = (actor(world, "ann").await, actor(world, "art").await);

    let request = Request {
        supplier: Some("sol".to_owned()),
        ..Request::default()
    };
    let again = open_conversation(chat, &bea, request).await;
    assert!(!again.expect("it exists").created);
    world.clock.advance_seconds(1);
    let sent = send_message(chat, &bea, &id, saying("The secret price")).await;
    let sent = sent.expect("she sits there").message;
    let retried = send_message(chat, &bea, &id, saying("The secret price")).await;
    assert!(!retried.expect("it is known").created);
    world.clock.advance_seconds(1);
    join_leave::join(chat, &ann, &id).await.expect("it is free");
    join_leave::join(chat, &ann, &id)
        .await
        .expect("she is in already");
    join_leave::join(chat, &art, &id)
        .await
        .expect_err("it is taken");
    world.clock.advance_seconds(1);
    join_leave::leave(chat, &ann, &id).await.expect("she is in");
    join_leave::leave(chat, &ann, &id)
        .await
        .expect_err("she has left");
    world.clock.advance_seconds(1);
    // Sending is a way of joining.
    send_message(chat, &art, &id, saying("Hello"))
        .await
        .expect("it is free");

    let happened = [
        ("bea", Action::Created),
        ("bea", Action::Opened),
        ("bea", Action::Sent),
        ("ann", Action::Joined),
        ("ann", Action::Left),
        ("art", Action::Joined),
        ("art", Action::Sent),
    ];
    let mut told = story(world, AuditQuery::default()).await;
    // Art's two have the same time.
    told[5..].sort_by_key(|(_, action)| *action == Action::Sent);
    assert_eq!(told, expected(&happened));
    for entry in entries(world, AuditQuery::default()).await {
        assert_eq!(entry.conversation.as_ref(), Some(&id));
        assert_eq!(entry.source, bea.source, "from where");
        assert!(entry.at >= started);
        assert!(!format!("{entry:?}").contains("secret"), "what was said");
        if entry.action == Action::Sent && entry.actor == Some(bea.person.id.clone()) {
            assert_eq!(entry.id.as_str(), sent.id.as_str());
            assert_eq!(entry.at, sent.created_at);
        }
    }
}

async fn check_looks(world: &World) {
    let chat = &world.chat;
    let (bea, id) = opened(world).await;
    world.admin("ann").await;
    let ann = actor(world, "ann").await;
    let look = async |who: &Actor| {
        view_audited(chat, who, &id).await.expect("it may be seen");
        let access = authorize_view(chat, who, &id, Operation::Messages).await;
        let access = access.expect("it may be seen");
        read_history(chat, who, &access, &Anchor::Newest, 10, true)
            .await
            .expect("there is a page");
    };
    look(&bea).await;
    look(&ann).await;
    let query = AuditQuery {
        action: Some(Action::Viewed),
        ..AuditQuery::default()
    };
    let looks = entries(world, query.clone()).await;
    let mut seen: Vec<_> = looks
        .iter()
        .map(|entry| entry.detail["what"].as_str())
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, [Some("conversation"), Some("messages")]);
    for entry in looks {
        assert_eq!(
            (entry.actor.as_ref(), entry.conversation.as_ref()),
            (Some(&ann.person.id), Some(&id))
        );
        assert_eq!(entry.source, ann.source);
    }

    join_leave::join(chat, &ann, &id).await.expect("it is free");
    look(&ann).await;
    assert_eq!(entries(world, query).await.len(), 2, "she sits there");
}

async fn check_refusals(world: &World) {
    let chat = &world.chat;
    let (bea, id) = opened(world).await;
    world.buyer("bob").await;
    world.admin("ann").await;
    let (bob, ann) = (actor(world, "bob").await, actor(world, "ann").await);

    view_audited(chat, &bob, &id).await.expect_err("not his");
    authorize_view(chat, &bob, &id, Operation::Messages)
        .await
        .expect_err("not his");
    send_message(chat, &bob, &id, saying("Hello"))
        .await
        .expect_err("not his");
    join_leave::join(chat, &bea, &id)
        .await
        .expect_err("no admin");
    join_leave::leave(chat, &bea, &id)
        .await
        .expect_err("no admin");
    authorize_member(chat, &ann, &id, Operation::MarkingRead)
        .await
        .expect_err("she has not joined");
    authorize_member(chat, &ann, &id, Operation::Typing)
        .await
        .expect_err("she has not joined");
    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    view_audited(chat, &bob, &nowhere)
        .await
        .expect_err("not there, which is no refusal");

    let query = AuditQuery {
        action: Some(Action::Refused),
        ..AuditQuery::default()
    };
    let refusals = entries(world, query.clone()).await;
    let mut told: Vec<_> = refusals
        .iter()
        .map(|entry| {
            assert_eq!(entry.conversation.as_ref(), Some(&id));
            assert_eq!(entry.source, bob.source);
            let who = entry.actor.as_ref().map(UserId::as_str);
            (who.unwrap_or_default(), entry.detail["what"].as_str())
        })
        .collect();
    told.sort_unstable();
    let expected = [
        ("ann", Some("mark_read")),
        ("bea", Some("join")),
        ("bob", Some("conversation")),
    ];
    assert_eq!(
        told, expected,
        "the first of each, until the minute is over"
    );
    world.clock.advance_seconds(60);
    let counted = chat.audit.write_counts(&*chat.clock, false).await;
    counted.expect("they can be written");
    let repeats = entries(world, query).await.into_iter().take(3);
    let mut told: Vec<_> = repeats
        .map(|entry| (entry.actor.expect("somebody").to_string(), entry.detail))
        .collect();
    told.sort_by(|(one, _), (other, _)| one.cmp(other));
    let expected = [
        ("ann".to_owned(), json!({"what": "typing", "count": 1})),
        ("bea".to_owned(), json!({"what": "leave", "count": 1})),
        ("bob".to_owned(), json!({"what": "send", "count": 2})),
    ];
    assert_eq!(told, expected);
}

async fn check_demotion(world: &World) {
    let (_, id) = opened(world).await;
    world.admin("ann").await;
    let ann = actor(world, "ann").await;
    join_leave::join(&world.chat, &ann, &id)
        .await
        .expect("it is free");
    world.put_user("ann", Role::Supplier, true).await;
    for _ in 0..2 {
        let vacated = world.chat.membership.vacate_demoted().await;
        vacated.expect("places can be emptied");
    }
    let query = AuditQuery {
        action: Some(Action::Left),
        ..AuditQuery::default()
    };
    let left = entries(world, query).await;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].actor, Some(ann.person.id));
    assert_eq!(left[0].conversation, Some(id));
    assert_eq!(
        left[0].detail,
        serde_json::json!({"because": "demoted", "lastSeq": 0})
    );
}

async fn check_events(world: &World) {
    let chat = &world.chat;
    let (bea, id) = opened(world).await;
    let start = || Request {
        supplier: Some("sol".to_owned()),
        ..Request::default()
    };
    world.admin("ann").await;
    world.admin("art").await;
    let (ann, art) = (actor(world, "ann").await, actor(world, "art").await);
    join_leave::join(chat, &ann, &id).await.expect("it is free");
    world.clock.advance_seconds(1);
    open_conversation(chat, &bea, start())
        .await
        .expect("it exists");
    send_message(chat, &bea, &id, saying("One"))
        .await
        .expect("she sits there");
    world.clock.advance_seconds(1);
    join_leave::leave(chat, &ann, &id).await.expect("she is in");
    world.clock.advance_seconds(1);
    // Sending is a way of joining, before the message.
    send_message(chat, &art, &id, saying("Two"))
        .await
        .expect("it is free");
    world.clock.advance_seconds(1);
    join_leave::leave(chat, &art, &id).await.expect("he is in");

    let access = authorize_view(chat, &bea, &id, Operation::Events).await;
    let access = access.expect("she sits there");
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let page = list_events(chat, &bea, &access, cursor.as_ref(), 3).await;
        let page = page.expect("the events can be read");
        cursor = page.next();
        assert_eq!(page.has_more, cursor.is_some());
        seen.extend(page.events);
        if cursor.is_none() {
            break;
        }
    }
    let told: Vec<_> = seen
        .iter()
        .map(|event| {
            let actor = event.actor.as_ref().map(UserId::as_str);
            (actor.unwrap_or_default(), event.kind, event.seq)
        })
        .collect();
    let expected = [
        ("art", EventKind::Left, Some(2)),
        ("art", EventKind::Joined, Some(1)),
        ("ann", EventKind::Left, Some(1)),
        ("ann", EventKind::Joined, Some(0)),
    ];
    assert_eq!(told, expected, "newest first");
    let now = chat.directory.person(&ann.person.id).await;
    let name = now.expect("people can be looked up").map(|ann| ann.name);
    assert_eq!(seen[3].actor_name, name, "the name that others see");

    join_leave::join(chat, &ann, &id).await.expect("it is free");
    let deleted = chat.directory_editor.delete_user(&ann.person.id).await;
    deleted.expect("people can be deleted");
    let page = chat.audit.events(&id, None, 100).await;
    let page = page.expect("the events can be read");
    let hers = page.events.iter();
    let hers: Vec<_> = hers
        .filter(|event| event.actor.as_ref() == Some(&ann.person.id))
        .collect();
    assert_eq!(hers.len(), 4);
    let left = |event: &&&ConversationEvent| event.kind == EventKind::Left;
    let newest = hers.iter().filter(left).filter_map(|event| event.seq).max();
    assert_eq!(newest, Some(2), "whoever is deleted leaves");
    assert!(hers.iter().all(|event| event.actor_name.is_none()));
    let elsewhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    let none = chat.audit.events(&elsewhere, None, 2).await;
    let none = none.expect("the events can be read");
    assert_eq!((none.events.len(), none.has_more), (0, false));
}
