//! Administrators take the free place, and leave it.

use futures_util::future::join_all;

use super::{Checks, World};
use chat::{
    audit::Actor,
    event::{Event, EventKind},
    ids::ConversationId,
    person::Role,
    send_message::{Outgoing, send_message},
    storage::{Anchor, Join, Leave},
};

pub(super) const CHECKS: Checks = &[
    ("joining::joining_starts_with_everything_read", |world| {
        Box::pin(check_joining_starts_with_everything_read(world))
    }),
    ("joining::joining_twice_or_a_taken_place", |world| {
        Box::pin(check_joining_twice_or_a_taken_place(world))
    }),
    ("joining::leaving_empties_the_place", |world| {
        Box::pin(check_leaving_empties_the_place(world))
    }),
    ("joining::ten_at_once_seat_one", |world| {
        Box::pin(check_ten_at_once_seat_one(world))
    }),
    ("joining::nobody_takes_two_places", |world| {
        Box::pin(check_nobody_takes_two_places(world))
    }),
    ("joining::sending_takes_a_free_place", |world| {
        Box::pin(check_sending_takes_a_free_place(world))
    }),
    ("joining::the_demoted_lose_their_places", |world| {
        Box::pin(check_the_demoted_lose_their_places(world))
    }),
];

async fn check_joining_starts_with_everything_read(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    buyer.send(&id, "one").await;
    supplier.send(&id, "two").await;
    world.publisher.take();

    let joined = admin.join(&id).await;

    let now = world.conversation(&id).await;
    assert_eq!(joined, Join::Joined(Box::new(now.clone())));
    let seat = now.admin.clone().expect("the place is taken");
    assert_eq!((&seat.user, seat.last_read_seq), (&admin.id, 2));
    assert_eq!(seat.name, "Name of ann");
    assert_eq!((now.rev, admin.unread().await), (4, 0));
    let update = Event {
        audience: vec![buyer.id.clone(), supplier.id, admin.id.clone()],
        kind: EventKind::ConversationUpdated(Box::new(now)),
    };
    assert_eq!(world.publisher.take(), [update]);

    admin.leave(&id).await;
    buyer.send(&id, "three").await;
    admin.join(&id).await;
    let now = world.conversation(&id).await;
    assert_eq!(
        now.last_read_seq(&admin.id),
        Some(3),
        "also the second time"
    );
}

async fn check_joining_twice_or_a_taken_place(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    ann.join(&id).await;
    buyer.send(&id, "one").await;
    let before = (world.conversation(&id).await, world.publisher.count());
    let again = ann.join(&id).await;
    assert_eq!(again, Join::AlreadyIn(Box::new(before.0.clone())));
    assert_eq!(art.join(&id).await, Join::Taken);
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );

    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    assert_eq!(ann.join(&nowhere).await, Join::NoConversation);
    assert_eq!(ann.leave(&nowhere).await, Leave::NoConversation);
}

async fn check_leaving_empties_the_place(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    assert_eq!(ann.leave(&id).await, Leave::NotIn);
    ann.join(&id).await;
    ann.send(&id, "one").await;
    assert_eq!(art.leave(&id).await, Leave::NotIn);
    world.publisher.take();

    let left = ann.leave(&id).await;

    let now = world.conversation(&id).await;
    assert_eq!(left, Leave::Left(Box::new(now.clone())));
    assert_eq!((&now.admin, now.rev, now.last_seq), (&None, 4, 1));
    let update = Event {
        audience: vec![buyer.id.clone(), supplier.id, ann.id.clone()],
        kind: EventKind::ConversationUpdated(Box::new(now)),
    };
    assert_eq!(
        world.publisher.take(),
        [update],
        "whoever left hears of it too"
    );
    assert_eq!(ann.leave(&id).await, Leave::NotIn);
    assert_eq!(buyer.leave(&id).await, Leave::NotIn);

    assert!(matches!(art.join(&id).await, Join::Joined(_)), "it is free");
    world.publisher.take();
    buyer.send(&id, "two").await;
    assert!(ann.heard().is_empty(), "nothing more reaches whoever left");
    let page = world.history(&id, Anchor::Newest, 10).await;
    let oldest = page.messages.last().expect("there are messages");
    assert_eq!(oldest.sender_name, "Name of ann", "what they said stays");
}

async fn check_ten_at_once_seat_one(world: &World) {
    let (_, _, id) = world.pair().await;
    let mut admins = Vec::new();
    for index in 0..10 {
        admins.push(world.admin(&format!("a{index}")).await);
    }
    let joins = join_all(admins.iter().map(|admin| admin.join(&id))).await;
    let joined = joins.iter().filter(|join| matches!(join, Join::Joined(_)));
    assert_eq!(joined.count(), 1);
    let taken = joins.iter().filter(|join| **join == Join::Taken);
    assert_eq!(taken.count(), 9);
    assert_eq!(world.publisher.revisions(&id), [1, 2]);
}

async fn check_nobody_takes_two_places(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.put_user("bea", Role::Admin, true).await;
    world.put_user("sol", Role::Admin, true).await;
    buyer.send(&id, "one").await;
    let before = (world.conversation(&id).await, world.publisher.count());
    for person in [&buyer, &supplier] {
        let answer = person.join(&id).await;
        assert_eq!(answer, Join::AlreadyIn(Box::new(before.0.clone())));
        assert_eq!(person.leave(&id).await, Leave::NotIn);
    }
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    assert_eq!(
        supplier.waiting().await,
        [1],
        "a refused leave reads nothing"
    );
}

async fn check_sending_takes_a_free_place(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let hello = || Outgoing {
        content: "How can I help?".to_owned(),
        ..Outgoing::default()
    };
    let sender = Actor::from(ann.person().await);
    let sent = send_message(&world.chat, &sender, &id, hello()).await;
    let message = sent.expect("the place is free").message;
    assert_eq!((message.seq, message.sender_type), (1, Role::Admin));
    assert_eq!(
        world.publisher.revisions(&id),
        [1, 2, 3],
        "opened, joined, sent"
    );
    for person in [&buyer, &supplier, &ann] {
        assert_eq!(
            person.heard().last(),
            world.publisher.events().last().map(|e| &e.kind)
        );
    }

    let late = Actor::from(art.person().await);
    let refused = send_message(&world.chat, &late, &id, hello()).await;
    assert!(refused.is_err(), "the place is taken");
    assert_eq!(world.publisher.revisions(&id), [1, 2, 3]);
}

async fn check_the_demoted_lose_their_places(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let away = world.put_user("away", Role::Admin, true).await;
    let support = world.open(world.support(&buyer)).await;
    let with_art = world.open(world.with_admin(&buyer, &art)).await;
    let with_away = world.open(world.with_admin(&buyer, &away)).await;
    ann.join(&id).await;
    ann.join(&support).await;
    ann.send(&id, "one").await;
    world.put_user("away", Role::Admin, false).await;
    assert_eq!(vacate(world).await, 0, "administrators who rest stay");
    world.put_user("ann", Role::Supplier, true).await;
    world.publisher.take();

    assert_eq!(vacate(world).await, 2);

    assert!(ann.heard().is_empty(), "nothing reaches the demoted");
    assert_eq!((buyer.heard().len(), supplier.heard().len()), (2, 1));
    let now = world.conversation(&id).await;
    assert_eq!((&now.admin, now.rev, now.last_seq), (&None, 4, 1));
    let update = EventKind::ConversationUpdated(Box::new(now));
    assert_eq!(supplier.heard(), [update]);
    for kept in [&with_art, &with_away] {
        assert!(world.conversation(kept).await.admin.is_some());
    }
    assert_eq!(
        (ann.unread().await, ann.conversations().await),
        (0, Vec::new())
    );
    assert_eq!(vacate(world).await, 0);
}

async fn vacate(world: &World) -> u64 {
    let vacated = world.chat.membership.vacate_demoted().await;
    vacated.expect("places can be emptied")
}
