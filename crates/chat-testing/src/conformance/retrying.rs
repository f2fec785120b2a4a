//! A `clientMessageId` makes a retry return the first result.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::{Checks, Persona, World};
use chat::{
    ids::ConversationId,
    message::Message,
    person::Role,
    storage::{Anchor, Append},
};

pub(super) const CHECKS: Checks = &[
    ("retrying::returns_the_first_result", |world| {
        Box::pin(check_returns_the_first_result(world))
    }),
    (
        "retrying::ids_belong_to_a_sender_and_a_conversation",
        |world| Box::pin(check_ids_belong_to_a_sender_and_a_conversation(world)),
    ),
    ("retrying::in_parallel_creates_one", |world| {
        Box::pin(check_in_parallel_creates_one(world))
    }),
    ("retrying::what_was_sent_can_be_looked_up", |world| {
        Box::pin(check_what_was_sent_can_be_looked_up(world))
    }),
    (
        "retrying::after_leaving_finds_it_without_joining",
        |world| Box::pin(check_after_leaving_finds_it_without_joining(world)),
    ),
];

fn created(append: Append) -> Message {
    match append {
        Append::Created(message) => *message,
        other => panic!("not created: {other:?}"),
    }
}

async fn check_returns_the_first_result(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = created(buyer.send_as(&id, "k1", "one").await);
    assert_eq!(first.client_message_id.as_deref(), Some("k1"));
    buyer.send(&id, "two").await;
    let before = (world.conversation(&id).await, world.publisher.count());

    world.clock.advance_seconds(86_400);
    let again = buyer.send_as(&id, "k1", "another text").await;

    assert_eq!(again, Append::Known(Box::new(first)));
    let after = (world.conversation(&id).await, world.publisher.count());
    assert_eq!(after, before, "nothing changed, nobody heard");
    assert_eq!(supplier.waiting().await, [2]);
}

async fn check_ids_belong_to_a_sender_and_a_conversation(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let longest = "é".repeat(64);
    for key in ["k1", "K1", "k1 ", longest.as_str()] {
        let made = [
            created(buyer.send_as(&id, key, "by the buyer").await),
            created(supplier.send_as(&id, key, "by the supplier").await),
            created(buyer.send_as(&support, key, "to support").await),
        ];
        let ids: BTreeSet<_> = made.iter().map(|message| &message.id).collect();
        assert_eq!(ids.len(), 3);
    }
    assert_eq!(world.conversation(&id).await.last_seq, 8);
    let plain = [buyer.send(&id, "same").await, buyer.send(&id, "same").await];
    assert_ne!(plain[0].id, plain[1].id, "without an id everything is new");
}

async fn check_in_parallel_creates_one(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let sends = (0..20).map(|_| buyer.send_as(&id, "k1", "hello"));

    let answers = join_all(sends).await;

    let mut seen = BTreeSet::new();
    let mut created = 0;
    for answer in answers {
        match answer {
            Append::Created(message) => {
                created += 1;
                seen.insert((message.id, message.seq));
            }
            Append::Known(message) => {
                seen.insert((message.id, message.seq));
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((created, seen.len()), (1, 1));
    assert_eq!(
        world.history(&id, Anchor::Newest, 50).await.messages.len(),
        1
    );
    assert_eq!(world.publisher.revisions(&id), [1, 2]);
    assert_eq!(supplier.waiting().await, [1]);
}

async fn check_what_was_sent_can_be_looked_up(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let first = created(buyer.send_as(&id, "k1", "one").await);
    assert_eq!(sent(world, &buyer, &id, "k1").await, Some(first));
    assert_eq!(sent(world, &buyer, &id, "k2").await, None);
    assert_eq!(sent(world, &supplier, &id, "k1").await, None);
    assert_eq!(sent(world, &buyer, &support, "k1").await, None);
    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    assert_eq!(sent(world, &buyer, &nowhere, "k1").await, None);
}

async fn sent(
    world: &World,
    sender: &Persona<'_>,
    id: &ConversationId,
    client_message_id: &str,
) -> Option<Message> {
    let messages = &world.chat.messages;
    let sent = messages.sent(&sender.id, id, client_message_id).await;
    sent.expect("what was sent can be looked up")
}

async fn check_after_leaving_finds_it_without_joining(world: &World) {
    let (_, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    let first = created(admin.send_as(&id, "k1", "one").await);
    admin.leave(&id).await;
    let before = (world.conversation(&id).await, world.publisher.count());

    let again = admin.send_as(&id, "k1", "one").await;
    assert_eq!(again, Append::Known(Box::new(first)));
    assert_eq!(
        admin.send_as(&id, "k2", "two").await,
        Append::NotParticipant
    );
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );

    let stranger = world.supplier("sue").await;
    assert_eq!(
        stranger.send_as(&id, "k1", "one").await,
        Append::NotParticipant
    );
    assert_eq!(supplier.unread().await, 1);

    world.put_user("ann", Role::Buyer, true).await;
    let demoted = admin.send_as(&id, "k1", "one").await;
    assert_eq!(demoted, Append::NotParticipant, "may not even look");
}
