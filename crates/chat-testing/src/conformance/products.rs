//! A product's changes are changes of the conversations about it.

use super::{Checks, World};
use chat::{
    event::EventKind,
    ids::{ConversationId, ProductId},
    storage::{Delete, NewConversation, ProductRecord, Put},
};

pub(super) const CHECKS: Checks = &[
    ("products::a_change_reaches_its_conversations", |world| {
        Box::pin(check_a_change_reaches_its_conversations(world))
    }),
    ("products::what_nobody_sees_is_no_change", |world| {
        Box::pin(check_what_nobody_sees_is_no_change(world))
    }),
    ("products::a_deleted_one_leaves_for_good", |world| {
        Box::pin(check_a_deleted_one_leaves_for_good(world))
    }),
];

fn record(name: &str, image: &str, supplier_id: Option<&str>) -> ProductRecord {
    ProductRecord {
        id: ProductId::new("p1"),
        name: name.to_owned(),
        image: image.to_owned(),
        supplier_id: supplier_id.map(str::to_owned),
    }
}

async fn put(world: &World, product: &ProductRecord) -> Put {
    let put = world.chat.directory_editor.put_product(product);
    put.await.expect("a product can be put")
}

/// Two conversations about the product, and one that is not.
async fn about(world: &World) -> [ConversationId; 3] {
    let (bea, bob) = (world.buyer("bea").await, world.buyer("bob").await);
    let sol = world.supplier("sol").await;
    world.company("c1", &sol.id, "Solar Ltd").await;
    assert_eq!(
        put(world, &record("Panel", "/a.png", Some("c1"))).await,
        Put::Created
    );
    let product = Some(ProductId::new("p1"));
    let one = NewConversation {
        product: product.clone(),
        ..world.between(&bea, &sol)
    };
    let two = NewConversation {
        product,
        ..world.support(&bob)
    };
    let opened = [
        world.open(one).await,
        world.open(two).await,
        world.open(world.between(&bob, &sol)).await,
    ];
    bea.send(&opened[0], "How much?").await;
    world.publisher.take();
    opened
}

async fn check_a_change_reaches_its_conversations(world: &World) {
    let [one, two, other] = about(world).await;
    let untouched = world.conversation(&other).await;
    let (bea, bob, sol) = (
        world.buyer("bea").await,
        world.buyer("bob").await,
        world.supplier("sol").await,
    );
    let changes = [("Panel XL", "/a.png"), ("Panel XL", "/b.png")];
    for (more, (name, image)) in (1..).zip(changes) {
        let edited = record(name, image, Some("c1"));
        assert_eq!(put(world, &edited).await, Put::Replaced);
        for (id, rev) in [(&one, 2 + more), (&two, 1 + more)] {
            let now = world.conversation(id).await;
            let product = now.product.as_ref().expect("it is about the product");
            assert_eq!(
                (product.name.as_str(), product.image.as_str()),
                (name, image)
            );
            assert_eq!(now.rev, rev);
        }
        let update = |conversation| EventKind::ConversationUpdated(Box::new(conversation));
        let first = update(world.conversation(&one).await);
        assert_eq!(bea.heard(), [first.clone()]);
        assert_eq!(sol.heard(), [first]);
        assert_eq!(bob.heard(), [update(world.conversation(&two).await)]);
        world.publisher.take();
    }
    assert_eq!(world.conversation(&other).await, untouched);
}

async fn check_what_nobody_sees_is_no_change(world: &World) {
    let [one, ..] = about(world).await;
    let before = world.conversation(&one).await;
    for same in [
        record("Panel", "/a.png", Some("c1")),
        record("Panel", "/a.png", None),
    ] {
        assert_eq!(put(world, &same).await, Put::Replaced);
    }
    let deleted = world.chat.directory_editor.delete_supplier("c1").await;
    assert_eq!(deleted.expect("it can be deleted"), Delete::Deleted);
    let now = world.conversation(&one).await;
    assert_eq!((now.rev, now.product), (before.rev, before.product));
    assert!(world.publisher.events().is_empty());
}

async fn check_a_deleted_one_leaves_for_good(world: &World) {
    let [one, two, other] = about(world).await;
    let untouched = world.conversation(&other).await;
    let id = ProductId::new("p1");
    let delete = || world.chat.directory_editor.delete_product(&id);
    assert_eq!(delete().await.expect("it can be deleted"), Delete::Deleted);
    for (id, rev) in [(&one, 3), (&two, 2)] {
        let now = world.conversation(id).await;
        assert_eq!((&now.product, now.rev), (&None, rev));
        let update = EventKind::ConversationUpdated(Box::new(now));
        let events = world.publisher.events();
        assert!(events.iter().any(|event| event.kind == update));
    }
    assert_eq!(world.publisher.take().len(), 2);
    assert_eq!(delete().await.expect("it can be tried"), Delete::NotFound);

    let again = record("Another", "/c.png", None);
    assert_eq!(put(world, &again).await, Put::Created);
    assert_eq!(world.conversation(&one).await.product, None);
    assert_eq!(world.conversation(&other).await, untouched);
    assert!(world.publisher.events().is_empty());
}
