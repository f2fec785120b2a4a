//! The list, searched by a part of what it shows.

use super::{Checks, World};
use chat::{
    conversation::Kind,
    ids::ConversationId,
    storage::{ListQuery, NewConversation, Scope},
};

pub(super) const CHECKS: Checks = &[
    ("searching::names_products_and_previews", |world| {
        Box::pin(check_names_products_and_previews(world))
    }),
    ("searching::every_character_is_itself", |world| {
        Box::pin(check_every_character_is_itself(world))
    }),
    ("searching::case_is_no_matter_in_any_alphabet", |world| {
        Box::pin(check_case_is_no_matter_in_any_alphabet(world))
    }),
    ("searching::stays_within_scope_and_kind", |world| {
        Box::pin(check_stays_within_scope_and_kind(world))
    }),
];

async fn search(world: &World, scope: &Scope, text: &str) -> Vec<ConversationId> {
    let query = ListQuery {
        scope: scope.clone(),
        kind: None,
        search: Some(text.to_owned()),
        cursor: None,
        limit: 100,
    };
    let found = world.list(&query).await;
    found
        .into_iter()
        .map(|conversation| conversation.id)
        .collect()
}

async fn check_names_products_and_previews(world: &World) {
    let (buyer, supplier) = (world.buyer("bea").await, world.supplier("sol").await);
    let admin = world.admin("ann").await;
    world.company("c1", &supplier.id, "Solar Works").await;
    let product = world.product("p1", "Hydraulic Pump").await;
    let new = NewConversation {
        product: Some(product),
        ..world.between(&buyer, &supplier)
    };
    let id = world.open(new).await;
    let support = world.open(world.support(&buyer)).await;
    admin.join(&id).await;
    buyer.send(&id, "What about the lead time?").await;
    buyer.send(&id, "And the Incoterms?").await;

    let only = [id];
    for text in [
        "solar",
        "R W",
        "hydraulic",
        "C PUMP",
        "of ann",
        "incoterms",
        "the inco",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
    for text in [
        "lead time",
        "name of sol",
        "p1",
        "c1",
        "ann@example.test",
        "solarworks",
    ] {
        assert_eq!(
            search(world, &Scope::All, text).await,
            [],
            "{text} is not shown"
        );
    }
    let both = search(world, &Scope::All, "of bea").await;
    assert_eq!(both.len(), 2);
    assert!(both.contains(&support));
}

async fn check_every_character_is_itself(world: &World) {
    let (buyer, _, id) = world.pair().await;
    buyer
        .send(&id, r"100% of A_B at C:\D, 'quoted' [x] (y)* .+?")
        .await;
    let only = [id];
    for text in [
        "%", "100%", "_", "a_b", r"\", r"c:\d", "'", "[x]", "(y)*", ".+?",
    ] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
    for text in ["1%0", "a%b", "a__b", "100_", r"\%", ".*", "a.b"] {
        assert_eq!(search(world, &Scope::All, text).await, [], "{text}");
    }
}

async fn check_case_is_no_matter_in_any_alphabet(world: &World) {
    let (buyer, _, id) = world.pair().await;
    buyer.send(&id, "Élan für ГОСТ и ΑΘΗΝΑ, 漢字").await;
    let only = [id];
    for text in ["élan", "ÉLAN", "FÜR", "гост", "αθηνα", "漢字"] {
        assert_eq!(search(world, &Scope::All, text).await, only, "{text}");
    }
    assert_eq!(search(world, &Scope::All, "elan").await, []);
}

async fn check_stays_within_scope_and_kind(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let other = world.buyer("bob").await;
    let others = world.open(world.between(&other, &supplier)).await;
    buyer.send(&id, "pump").await;
    other.send(&others, "pump").await;
    let of = |scope: &Scope| search_of(world, scope.clone());
    assert_eq!(of(&Scope::Of(buyer.id)).await, [id.clone()]);
    assert_eq!(of(&Scope::Of(other.id)).await, [others.clone()]);
    assert_eq!(of(&Scope::Of(supplier.id)).await.len(), 2);
    let query = ListQuery {
        scope: Scope::All,
        kind: Some(Kind::Support),
        search: Some("pump".to_owned()),
        cursor: None,
        limit: 100,
    };
    assert_eq!(world.list(&query).await, []);
}

async fn search_of(world: &World, scope: Scope) -> Vec<ConversationId> {
    search(world, &scope, "PUMP").await
}
