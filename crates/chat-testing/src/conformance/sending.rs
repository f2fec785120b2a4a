//! A message takes its place in the order, in one change.

use super::{Checks, World};
use chat::{
    event::{Event, EventKind},
    ids::ConversationId,
    person::Role,
    storage::{Anchor, Append},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("sending::messages_are_numbered_and_published", |world| {
        Box::pin(check_messages_are_numbered_and_published(world))
    }),
    ("sending::one_change_includes_the_senders_mark", |world| {
        Box::pin(check_one_change_includes_the_senders_mark(world))
    }),
    ("sending::the_receiver_is_the_main_recipient", |world| {
        Box::pin(check_the_receiver_is_the_main_recipient(world))
    }),
    ("sending::time_never_runs_backwards", |world| {
        Box::pin(check_time_never_runs_backwards(world))
    }),
    ("sending::only_those_who_sit_there_may", |world| {
        Box::pin(check_only_those_who_sit_there_may(world))
    }),
    ("sending::from_the_place_where_they_sit", |world| {
        Box::pin(check_from_the_place_where_they_sit(world))
    }),
    ("sending::text_is_kept_as_it_is", |world| {
        Box::pin(check_text_is_kept_as_it_is(world))
    }),
];

async fn check_messages_are_numbered_and_published(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.publisher.take();
    let audience = vec![buyer.id.clone(), supplier.id.clone()];
    for (seq, text) in (1..).zip(["one", "two", "three"]) {
        world.clock.advance_seconds(1);
        let from_buyer = seq % 2 == 1;
        let sender = if from_buyer { &buyer } else { &supplier };
        let message = sender.send(&id, text).await;

        assert_eq!((message.seq, message.text.as_str()), (seq, text));
        assert_eq!((&message.conversation, message.is_read), (&id, false));
        assert_eq!(message.sender.as_ref(), Some(&sender.id));
        assert_eq!(message.sender_name, format!("Name of {}", sender.id));
        assert_eq!(message.sender_type == Role::Buyer, from_buyer);
        assert_eq!(message.created_at, world.clock.now());

        let now = world.conversation(&id).await;
        assert_eq!((now.last_seq, now.rev), (seq, seq + 1));
        assert_eq!(now.last_message.as_deref(), Some(text));
        assert_eq!(now.last_message_at, Some(message.created_at));
        let kind = EventKind::Message {
            rev: now.rev,
            message,
        };
        let audience = audience.clone();
        assert_eq!(world.publisher.take(), [Event { audience, kind }]);
    }
}

async fn check_one_change_includes_the_senders_mark(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "one").await;
    buyer.send(&id, "two").await;
    supplier.send(&id, "three").await;

    let now = world.conversation(&id).await;
    assert_eq!((now.rev, now.last_seq), (4, 3));
    assert_eq!(now.last_read_seq(&buyer.id), Some(2));
    assert_eq!(
        now.last_read_seq(&supplier.id),
        Some(3),
        "an answer reads all"
    );
    assert_eq!((buyer.unread().await, supplier.unread().await), (1, 0));
    assert_eq!(world.publisher.revisions(&id), [1, 2, 3, 4]);
}

async fn check_the_receiver_is_the_main_recipient(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let first = buyer.send(&id, "one").await;
    assert_eq!(first.receiver, Some(supplier.id.clone()));
    assert_eq!(
        supplier.send(&id, "two").await.receiver,
        Some(buyer.id.clone())
    );
    admin.join(&id).await;
    let three = buyer.send(&id, "three").await;
    assert_eq!(
        three.receiver,
        Some(supplier.id.clone()),
        "also beside an administrator"
    );
    for sender in [&supplier, &admin] {
        let four = sender.send(&id, "four").await;
        assert_eq!(
            four.receiver,
            Some(buyer.id.clone()),
            "of anybody else the buyer"
        );
    }
    let page = world.history(&id, Anchor::Newest, 10).await;
    let oldest = page.messages.last().expect("there are messages");
    assert_eq!(oldest.receiver, Some(supplier.id), "as of the sending");

    let support = world.open(world.support(&buyer)).await;
    assert_eq!(
        buyer.send(&support, "one").await.receiver,
        None,
        "nobody else"
    );
    admin.join(&support).await;
    assert_eq!(
        buyer.send(&support, "two").await.receiver,
        Some(admin.id.clone())
    );
    assert_eq!(admin.send(&support, "three").await.receiver, Some(buyer.id));
}

async fn check_time_never_runs_backwards(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let opened_at = world.clock.now();
    world.clock.advance_seconds(-60);
    assert_eq!(buyer.send(&id, "one").await.created_at, opened_at);
    world.clock.advance_seconds(120);
    let latest = supplier.send(&id, "two").await.created_at;
    assert_eq!(latest, world.clock.now());
    world.clock.advance_seconds(-3_600);
    assert_eq!(buyer.send(&id, "three").await.created_at, latest);
    assert_eq!(world.conversation(&id).await.active_at(), latest);
    let page = world.history(&id, Anchor::Newest, 10).await;
    let times = page.messages.iter().rev().map(|message| message.created_at);
    assert!(times.is_sorted());
}

async fn check_only_those_who_sit_there_may(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (other, rival) = (world.buyer("bob").await, world.supplier("sue").await);
    let admin = world.admin("ann").await;
    world.open(world.between(&other, &rival)).await;
    world.open(world.with_admin(&buyer, &admin)).await;
    let before = (world.conversation(&id).await, world.publisher.count());
    for outsider in [&other, &rival, &admin] {
        let answer = outsider.try_send(&id, "let me in").await;
        assert_eq!(answer, Append::NotParticipant, "{:?}", outsider.id);
    }
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    assert_eq!(supplier.unread().await, 0);

    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    assert_eq!(
        buyer.try_send(&nowhere, "hello?").await,
        Append::NoConversation
    );
}

async fn check_from_the_place_where_they_sit(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    world.put_user("ann", Role::Buyer, true).await;
    let before = world.conversation(&id).await;
    assert_eq!(
        admin.try_send(&id, "still here?").await,
        Append::NotParticipant
    );
    assert_eq!(world.conversation(&id).await, before);

    world.put_user("bea", Role::Admin, true).await;
    let message = buyer.send(&id, "promoted").await;
    assert_eq!(message.sender_type, Role::Buyer);
    let now = world.conversation(&id).await;
    assert_eq!(now.last_read_seq(&buyer.id), Some(1));
    assert_eq!(now.last_read_seq(&admin.id), Some(0));
}

async fn check_text_is_kept_as_it_is(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let texts = [
        r#"M8 < M10 && "5 > 3""#,
        r"it's 100% \n $1 ?",
        "two\nlines\tand a tab",
        "Größe 🧵 ελληνικά עברית 漢字",
        "'; drop table messages; --",
    ];
    for text in texts {
        assert_eq!(buyer.send(&id, text).await.text, text);
    }
    let long = "ж".repeat(10_000);
    buyer.send(&id, &long).await;
    let page = world.history(&id, Anchor::Newest, 10).await;
    let mut kept: Vec<&str> = page.messages.iter().map(|m| m.text.as_str()).collect();
    kept.reverse();
    assert_eq!(kept[..5], texts);
    assert_eq!(kept[5], long);
    let preview = world.conversation(&id).await.last_message;
    assert_eq!(preview.map(|line| line.chars().count()), Some(200));
}
