//! Nobody hears or sees what is not theirs.

use super::{Checks, Persona, World, world::node};
use chat::{
    ids::{ConversationId, UserId},
    storage::{Missed, NewConversation, ProductRecord},
    typing,
};

pub(super) const CHECKS: Checks = &[
    ("outsiders::are_in_no_audience", |world| {
        Box::pin(check_are_in_no_audience(world))
    }),
    ("outsiders::see_nothing", |world| {
        Box::pin(check_see_nothing(world))
    }),
    ("outsiders::typing_reaches_the_others_only", |world| {
        Box::pin(check_typing_reaches_the_others_only(world))
    }),
];

/// Another buyer, another supplier, and an administrator, each with a
/// conversation of their own, online.
async fn outsiders(world: &World) -> [Persona<'_>; 3] {
    let (bob, sue) = (world.buyer("bob").await, world.supplier("sue").await);
    let art = world.admin("art").await;
    let brought = NewConversation {
        admin: Some(art.id.clone()),
        ..world.between(&bob, &sue)
    };
    world.open(brought).await;
    for outsider in [&bob, &sue, &art] {
        outsider.come(&node("elsewhere")).await;
    }
    world.publisher.take();
    [bob, sue, art]
}

/// Everything that can happen in a conversation.
async fn everything(world: &World) -> (Vec<UserId>, ConversationId) {
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    let ann = world.admin("ann").await;
    let product = world.product("p1", "Panel").await;
    let new = NewConversation {
        product: Some(product.clone()),
        ..world.between(&bea, &sol)
    };
    let id = world.open(new).await;
    let first = bea.send(&id, "one").await;
    sol.read_up_to(&first).await;
    ann.join(&id).await;
    ann.send(&id, "two").await;
    bea.read(&id).await;
    typing::typing(&world.chat, &sol.participant(&id).await, true);
    let changed = ProductRecord {
        id: product.clone(),
        name: "Panel XL".to_owned(),
        image: String::new(),
        supplier_id: None,
    };
    let directory = &world.chat.directory_editor;
    let put = directory.put_product(&changed).await;
    put.expect("a product can be put");
    let deleted = directory.delete_product(&product).await;
    deleted.expect("a product can be deleted");
    ann.leave(&id).await;
    sol.send(&id, "three").await;
    (vec![bea.id, sol.id, ann.id], id)
}

async fn check_are_in_no_audience(world: &World) {
    let outsiders = outsiders(world).await;
    let (insiders, id) = everything(world).await;
    assert!(world.publisher.revisions(&id).into_iter().eq(1..=10));
    let deleted = world.chat.directory_editor.delete_user(&insiders[0]);
    deleted.await.expect("a user can be deleted");

    let events = world.publisher.events();
    assert_eq!(events.len(), 12, "ten changes, typing, and the end");
    for event in events {
        let strangers: Vec<_> = event
            .audience
            .iter()
            .filter(|user| !insiders.contains(user))
            .collect();
        assert!(strangers.is_empty(), "{strangers:?} heard {:?}", event.kind);
    }
    for outsider in outsiders {
        assert!(outsider.heard().is_empty());
    }
}

async fn check_see_nothing(world: &World) {
    let outsiders = outsiders(world).await;
    let (insiders, id) = everything(world).await;
    for outsider in &outsiders {
        assert_eq!(outsider.conversations().await.len(), 1, "their own");
        assert!(!outsider.conversations().await.contains(&id));
        assert_eq!(
            (outsider.unread().await, outsider.notifications().await),
            (0, vec![])
        );
        let companions = world.chat.leases.companions(&outsider.id).await;
        let companions = companions.expect("companions can be read");
        assert!(!companions.iter().any(|user| insiders.contains(user)));
    }
    for stranger in &outsiders[..2] {
        assert_eq!(stranger.missed(&id, 0).await, Missed::Reset(id.clone()));
    }
}

async fn check_typing_reaches_the_others_only(world: &World) {
    let outsiders = outsiders(world).await;
    let (bea, sol, id) = world.pair().await;
    let ann = world.admin("ann").await;
    ann.join(&id).await;
    world.publisher.take();
    typing::typing(&world.chat, &bea.participant(&id).await, true);
    typing::typing(&world.chat, &bea.participant(&id).await, false);
    let heard = [&sol, &ann].map(|person| person.heard().len());
    assert_eq!((heard, bea.heard().len()), ([2, 2], 0));
    assert!(outsiders.iter().all(|outsider| outsider.heard().is_empty()));
    let now = world.conversation(&id).await;
    assert_eq!(now.rev, 2, "typing is no change");
}
