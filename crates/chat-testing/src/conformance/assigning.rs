//! Support goes to the available administrator who sits in the fewest conversations.

use super::{Checks, World, world::node};
use chat::{
    ids::{ConversationId, UserId},
    limits::LEASE_SECONDS,
    person::Role,
    storage::NewConversation,
};

pub(super) const CHECKS: Checks = &[
    ("assigning::to_the_least_busy_of_the_available", |world| {
        Box::pin(check_to_the_least_busy_of_the_available(world))
    }),
    ("assigning::equals_take_turns_by_id", |world| {
        Box::pin(check_equals_take_turns_by_id(world))
    }),
    ("assigning::nobody_when_nobody_is_available", |world| {
        Box::pin(check_nobody_when_nobody_is_available(world))
    }),
    ("assigning::a_lapsed_lease_is_none", |world| {
        Box::pin(check_a_lapsed_lease_is_none(world))
    }),
];

/// Opens support for a new buyer of this name. Returns who was assigned.
async fn ask(world: &World, buyer: &str) -> (ConversationId, Option<UserId>) {
    let buyer = world.buyer(buyer).await;
    let id = world.open(world.support(&buyer)).await;
    let admin = world.conversation(&id).await.admin;
    (id, admin.map(|seat| seat.user))
}

async fn check_to_the_least_busy_of_the_available(world: &World) {
    let here = node("here");
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let inactive = world.put_user("abe", Role::Admin, false).await;
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    world.admin("away").await;
    for person in [&ann, &art, &inactive, &buyer, &supplier] {
        person.come(&here).await;
    }
    world.open(world.with_admin(&buyer, &ann)).await;
    let brought = NewConversation {
        admin: Some(ann.id.clone()),
        ..world.between(&buyer, &supplier)
    };
    world.open(brought).await;
    let first = world.open(world.with_admin(&buyer, &art)).await;
    world.publisher.take();

    let (id, assigned) = ask(world, "b1").await;
    assert_eq!(assigned, Some(art.id.clone()), "one is fewer than two");
    let made = world.conversation(&id).await;
    assert_eq!(made.last_read_seq(&art.id), Some(0));
    assert_eq!((art.heard().len(), ann.heard().len()), (1, 0));

    art.leave(&first).await;
    art.leave(&id).await;
    let (_, assigned) = ask(world, "b2").await;
    assert_eq!(assigned, Some(art.id), "none is fewer than two");
}

async fn check_equals_take_turns_by_id(world: &World) {
    for id in ["a3", "a1", "a2"] {
        world.admin(id).await.come(&node("here")).await;
    }
    let mut turns = Vec::new();
    for buyer in ["b1", "b2", "b3", "b4"] {
        turns.extend(ask(world, buyer).await.1);
    }
    let turns: Vec<&str> = turns.iter().map(UserId::as_str).collect();
    assert_eq!(turns, ["a1", "a2", "a3", "a1"]);
}

async fn check_nobody_when_nobody_is_available(world: &World) {
    let admin = world.admin("ann").await;
    let (id, assigned) = ask(world, "bea").await;
    assert_eq!(assigned, None);
    assert!(admin.heard().is_empty());

    admin.come(&node("here")).await;
    let buyer = world.buyer("bea").await;
    let again = world.try_open(world.support(&buyer)).await;
    assert_eq!((again.conversation.id, again.created), (id, false));
    assert_eq!(
        again.conversation.admin, None,
        "what waits is taken by joining"
    );
}

async fn check_a_lapsed_lease_is_none(world: &World) {
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    ann.come(&node("one")).await;
    world.pass_seconds(LEASE_SECONDS).await;
    assert_eq!(ask(world, "b1").await.1, None);

    art.come(&node("two")).await;
    assert_eq!(ask(world, "b2").await.1, Some(art.id));
}
