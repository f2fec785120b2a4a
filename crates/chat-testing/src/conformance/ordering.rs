//! Everybody sees one order, whoever writes at the same time.

use futures_util::future::join_all;

use super::{Checks, World};
use chat::{
    event::EventKind,
    ids::{ConversationId, MessageId},
    storage::Anchor,
};

pub(super) const CHECKS: Checks = &[
    ("ordering::fifty_senders_leave_no_gap", |world| {
        Box::pin(check_fifty_senders_leave_no_gap(world))
    }),
    (
        "ordering::each_conversation_is_published_in_order",
        |world| Box::pin(check_each_conversation_is_published_in_order(world)),
    ),
];

async fn check_fifty_senders_leave_no_gap(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    let people = [&buyer, &supplier, &admin];

    let sends = (0..50).map(|index: usize| people[index % 3].send(&id, "now"));
    let sent = join_all(sends).await;

    let mut seqs: Vec<i64> = sent.iter().map(|message| message.seq).collect();
    seqs.sort_unstable();
    assert!(seqs.into_iter().eq(1..=50), "1 to 50, each once");

    let page = world.history(&id, Anchor::Newest, 50).await;
    let stored: Vec<MessageId> = page.messages.iter().rev().map(|m| m.id.clone()).collect();
    for person in people {
        assert_eq!(
            messages_heard(&person.heard(), &id),
            stored,
            "{:?}",
            person.id
        );
    }
    let now = world.conversation(&id).await;
    assert_eq!((now.last_seq, now.rev), (50, 52));
    assert!(world.publisher.revisions(&id).into_iter().eq(1..=52));
}

/// The messages of this conversation among these events.
fn messages_heard(events: &[EventKind], id: &ConversationId) -> Vec<MessageId> {
    let messages = events.iter().filter_map(|event| match event {
        EventKind::Message { message, .. } if message.conversation == *id => {
            Some(message.id.clone())
        }
        _ => None,
    });
    messages.collect()
}

async fn check_each_conversation_is_published_in_order(world: &World) {
    let supplier = world.supplier("sol").await;
    let mut pairs = Vec::new();
    for index in 0..8 {
        let buyer = world.buyer(&format!("b{index}")).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        pairs.push((buyer, id));
    }
    let mut exchanges = Vec::new();
    for (buyer, id) in &pairs {
        for _ in 0..6 {
            exchanges.push((buyer, &supplier, id));
            exchanges.push((&supplier, buyer, id));
        }
    }

    let exchange = |(from, to, id)| async move {
        let from: &super::Persona<'_> = from;
        let to: &super::Persona<'_> = to;
        from.send(id, "now").await;
        to.read(id).await;
    };
    join_all(exchanges.into_iter().map(exchange)).await;

    for (_, id) in &pairs {
        let now = world.conversation(id).await;
        assert_eq!(now.last_seq, 12);
        let revisions = world.publisher.revisions(id);
        assert!(
            revisions.into_iter().eq(1..=now.rev),
            "each rev once, in order"
        );
        let page = world.history(id, Anchor::Newest, 50).await;
        let stored: Vec<MessageId> = page.messages.iter().rev().map(|m| m.id.clone()).collect();
        assert_eq!(messages_heard(&supplier.heard(), id), stored);
    }
}
