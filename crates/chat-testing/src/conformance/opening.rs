//! One conversation for each purpose.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use super::{Checks, World};
use chat::{
    conversation::Kind,
    event::{Event, EventKind},
    ids::ConversationId,
    storage::NewConversation,
};

pub(super) const CHECKS: Checks = &[
    ("opening::a_new_one_is_published", |world| {
        Box::pin(check_a_new_one_is_published(world))
    }),
    ("opening::an_old_one_is_found", |world| {
        Box::pin(check_an_old_one_is_found(world))
    }),
    (
        "opening::everything_named_is_part_of_the_purpose",
        |world| Box::pin(check_everything_named_is_part_of_the_purpose(world)),
    ),
    (
        "opening::the_administrator_counts_in_buyer_admin_only",
        |world| Box::pin(check_the_administrator_counts_in_buyer_admin_only(world)),
    ),
    ("opening::a_purpose_outlives_what_it_names", |world| {
        Box::pin(check_a_purpose_outlives_what_it_names(world))
    }),
    ("opening::in_parallel_makes_one", |world| {
        Box::pin(check_in_parallel_makes_one(world))
    }),
];

async fn check_a_new_one_is_published(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    world.company("c1", &supplier.id, "Solar Ltd").await;
    let product = world.product("p1", "Panel").await;
    let new = NewConversation {
        product: Some(product.clone()),
        ..world.between(&buyer, &supplier)
    };

    let opened = world.try_open(new.clone()).await;

    assert!(opened.created);
    let made = opened.conversation;
    assert_eq!(made.id, new.id);
    assert_eq!(made.kind, Kind::BuyerSupplier);
    assert_eq!(
        (&made.buyer.user, made.buyer.name.as_str()),
        (&buyer.id, "Name of bea")
    );
    let seat = made.supplier.clone().expect("the supplier sits there");
    assert_eq!(
        (&seat.user, seat.name.as_str()),
        (&supplier.id, "Solar Ltd")
    );
    assert_eq!((made.buyer.last_read_seq, seat.last_read_seq), (0, 0));
    assert_eq!(made.admin, None);
    let shown = made.product.clone().expect("it is about the product");
    assert_eq!((shown.id, shown.name.as_str()), (product, "Panel"));
    assert_eq!(shown.image, "/p1.png");
    assert_eq!((made.last_seq, made.rev), (0, 1));
    assert_eq!((&made.last_message, made.last_message_at), (&None, None));
    assert_eq!(made.created_at, new.now);

    assert_eq!(world.conversation(&new.id).await, made);
    let updates = world.publisher.events().into_iter();
    let updates: Vec<Event> = updates
        .filter(|event| event.kind.revision().is_some())
        .collect();
    let expected = Event {
        audience: vec![buyer.id, supplier.id],
        kind: EventKind::ConversationUpdated(Box::new(made)),
    };
    assert_eq!(updates, [expected]);
}

async fn check_an_old_one_is_found(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let new = world.between(&buyer, &supplier);
    assert_eq!(world.find(&new).await, None);
    assert_eq!(world.try_conversation(&new.id).await, None);

    let first = world.open(new.clone()).await;
    buyer.send(&first, "Good morning").await;
    let before = world.publisher.count();

    world.clock.advance_seconds(1);
    let again = world.try_open(world.between(&buyer, &supplier)).await;
    assert!(!again.created);
    assert_eq!(again.conversation, world.conversation(&first).await);
    assert_eq!(world.find(&new).await, Some(again.conversation));
    assert_eq!(world.publisher.count(), before, "nothing happened");
}

async fn check_everything_named_is_part_of_the_purpose(world: &World) {
    let (bea, bob) = (world.buyer("bea").await, world.buyer("bob").await);
    let (sol, sue) = (world.supplier("sol").await, world.supplier("sue").await);
    let products = [
        world.product("p1", "Panel").await,
        world.product("p2", "Pump").await,
    ];
    let products = products.map(Some).into_iter().chain([None]);

    let mut made = BTreeSet::new();
    for product in products {
        for new in [
            world.between(&bea, &sol),
            world.between(&bea, &sue),
            world.between(&bob, &sol),
            world.support(&bea),
            world.support(&bob),
        ] {
            let new = NewConversation {
                product: product.clone(),
                ..new
            };
            made.insert(world.open(new.clone()).await);
            let again = NewConversation {
                id: ConversationId::new("01900000-0000-7000-8000-ffffffffffff"),
                ..new
            };
            made.insert(world.try_open(again).await.conversation.id);
        }
    }
    assert_eq!(made.len(), 15);
}

async fn check_the_administrator_counts_in_buyer_admin_only(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);

    let with_ann = world.open(world.with_admin(&buyer, &ann)).await;
    let with_art = world.open(world.with_admin(&buyer, &art)).await;
    assert_ne!(with_ann, with_art);
    let seat = world.conversation(&with_ann).await.admin;
    assert_eq!(seat.map(|seat| seat.user), Some(ann.id.clone()));

    let alone = world.open(world.between(&buyer, &supplier)).await;
    let with_help = NewConversation {
        admin: Some(ann.id.clone()),
        ..world.between(&buyer, &supplier)
    };
    let found = world.try_open(with_help).await;
    assert_eq!((found.conversation.id, found.created), (alone, false));
    assert_eq!(found.conversation.admin, None, "finding seats nobody");

    let sue = world.supplier("sue").await;
    let brought = NewConversation {
        admin: Some(ann.id.clone()),
        ..world.between(&buyer, &sue)
    };
    let brought = world.open(brought).await;
    let audience = world.conversation(&brought).await.audience();
    assert_eq!(audience, [buyer.id.clone(), sue.id.clone(), ann.id]);
    let found = world.try_open(world.between(&buyer, &sue)).await;
    assert_eq!((found.conversation.id, found.created), (brought, false));
}

async fn check_a_purpose_outlives_what_it_names(world: &World) {
    let (buyer, admin) = (world.buyer("bea").await, world.admin("ann").await);
    let product = world.product("p1", "Panel").await;
    let new = NewConversation {
        product: Some(product.clone()),
        ..world.with_admin(&buyer, &admin)
    };
    let first = world.open(new.clone()).await;
    admin.leave(&first).await;
    let deleted = world.chat.directory_editor.delete_product(&product);
    deleted.await.expect("a product can be deleted");

    let found = world.find(&new).await.expect("the purpose is still taken");
    assert_eq!(
        (&found.id, found.product, found.admin),
        (&first, None, None)
    );
    let again = NewConversation {
        id: ConversationId::new("01900000-0000-7000-8000-ffffffffffff"),
        ..new
    };
    let again = world.try_open(again).await;
    assert_eq!(
        (again.conversation.id, again.created),
        (first.clone(), false)
    );

    let without = world.open(world.with_admin(&buyer, &admin)).await;
    assert_ne!(
        without, first,
        "another purpose than one whose product is gone"
    );
}

async fn check_in_parallel_makes_one(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let opens = (0..100).map(|_| world.try_open(world.between(&buyer, &supplier)));

    let opened = join_all(opens).await;

    let created = opened.iter().filter(|opened| opened.created).count();
    assert_eq!(created, 1);
    let ids = opened.iter().map(|opened| &opened.conversation.id);
    assert_eq!(ids.collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(buyer.heard().len(), 1);
    assert_eq!(buyer.conversations().await.len(), 1);
}
