//! The audit is read page by page, and by any filter.

use super::{Checks, World, auditing::entries};
use chat::{
    audit::{Action, Actor, AuditQuery, Entry, Operation, record},
    ids::{ConversationId, UserId},
    person::Role,
};

pub(super) const CHECKS: Checks = &[
    ("reading_audit::pages", |world| Box::pin(check_pages(world))),
    ("reading_audit::filters", |world| {
        Box::pin(check_filters(world))
    }),
];

/// Many entries, two at a time.
async fn write(world: &World, count: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    for index in 0..count {
        let actor = UserId::new(["ann", "bob"][index % 2]);
        let conversation = ConversationId::new(["c1", "c2", "c3"][index % 3]);
        let action = Action::ALL[index % Action::ALL.len()];
        let act = world.act(Some(actor));
        entries.push(act.entry(action, &conversation, serde_json::json!({"index": index})));
        if index % 2 == 1 {
            world.clock.advance_seconds(1);
        }
    }
    let recorded = world.chat.audit.record(entries.clone()).await;
    recorded.expect("entries can be written");
    entries.reverse();
    entries
}

async fn check_pages(world: &World) {
    let expected = write(world, 25).await;
    let (mut seen, mut cursor) = (Vec::new(), None);
    loop {
        let query = AuditQuery {
            cursor,
            limit: 4,
            ..AuditQuery::default()
        };
        let page = world.chat.audit.entries(&query).await;
        let page = page.expect("the audit can be read");
        cursor = page.next();
        assert_eq!(page.has_more, cursor.is_some());
        seen.extend(page.entries);
        // What is written meanwhile is newer than every page that follows.
        world.clock.advance_seconds(1);
        let new = world.act(None);
        let new = new.entry(
            Action::Viewed,
            &ConversationId::new("c9"),
            expected[0].detail.clone(),
        );
        world.chat.audit.record(vec![new]).await.expect("written");
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(seen, expected, "each once, newest first");
}

async fn check_filters(world: &World) {
    let all = write(world, 48).await;
    let half = (all[24].at, all[6].at);
    let is = |query: AuditQuery, holds: fn(&Entry) -> bool| {
        let expected: Vec<Entry> = all.iter().filter(|entry| holds(entry)).cloned().collect();
        async move {
            assert!(!expected.is_empty());
            assert_eq!(entries(world, query).await, expected);
        }
    };
    let none = AuditQuery::default;
    let conversation = Some(ConversationId::new("c2"));
    let actor = Some(UserId::new("bob"));
    let query = AuditQuery {
        conversation: conversation.clone(),
        ..none()
    };
    is(query, |entry| {
        entry.conversation == Some(ConversationId::new("c2"))
    })
    .await;
    let query = AuditQuery {
        actor: actor.clone(),
        ..none()
    };
    is(query, |entry| entry.actor == Some(UserId::new("bob"))).await;
    let query = AuditQuery {
        action: Some(Action::Refused),
        ..none()
    };
    is(query, |entry| entry.action == Action::Refused).await;
    let query = AuditQuery {
        conversation,
        actor,
        action: Some(Action::Sent),
        ..none()
    };
    let found = entries(world, query).await;
    assert!(found.iter().all(|entry| entry.action == Action::Sent));

    let query = AuditQuery {
        from: Some(half.0),
        to: Some(half.1),
        ..none()
    };
    let between: Vec<Entry> = all
        .iter()
        .filter(|entry| half.0 <= entry.at && entry.at < half.1)
        .cloned()
        .collect();
    assert_eq!(entries(world, query).await, between);
    let somewhere = record::viewed(&world.chat, &nobody(), [], Operation::Missed).await;
    somewhere.expect("nothing is written for nothing");
    assert_eq!(entries(world, none()).await.len(), all.len());
}

fn nobody() -> Actor {
    Actor::from(chat::person::Person {
        id: UserId::new("nobody"),
        name: String::new(),
        role: Role::Admin,
        is_active: true,
    })
}
