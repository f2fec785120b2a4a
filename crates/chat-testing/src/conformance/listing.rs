//! The list, page by page, each conversation exactly once.

use super::{Checks, World, world::whole as query};
use chat::{
    conversation::{Conversation, Kind},
    ids::ConversationId,
    storage::{ListCursor, ListPart, ListQuery, Scope},
};

pub(super) const CHECKS: Checks = &[
    ("listing::the_latest_activity_comes_first", |world| {
        Box::pin(check_the_latest_activity_comes_first(world))
    }),
    ("listing::three_hundred_of_one_instant_page_once", |world| {
        Box::pin(check_three_hundred_of_one_instant_page_once(world))
    }),
    ("listing::only_those_in_which_somebody_sits", |world| {
        Box::pin(check_only_those_in_which_somebody_sits(world))
    }),
    ("listing::by_kind", |world| Box::pin(check_by_kind(world))),
    ("listing::a_cursor_outlives_its_conversation", |world| {
        Box::pin(check_a_cursor_outlives_its_conversation(world))
    }),
];

fn behind(conversation: &Conversation) -> ListCursor {
    ListCursor {
        part: ListPart::Unpinned,
        at: conversation.active_at(),
        id: conversation.id.clone(),
    }
}

/// All pages of a query, one after the other.
async fn walk(world: &World, mut query: ListQuery) -> Vec<ConversationId> {
    let mut seen = Vec::new();
    loop {
        let page = world.chat.conversations.list(&query).await;
        let page = page.expect("conversations can be listed");
        let full = usize::try_from(query.limit).unwrap_or(0);
        assert!(page.conversations.len() <= full);
        assert!(page.next.is_none() || page.conversations.len() == full);
        assert!(
            seen.is_empty() || !page.conversations.is_empty(),
            "there was more"
        );
        query.cursor.clone_from(&page.next);
        seen.extend(page.conversations.into_iter().map(|listed| listed.id));
        if page.next.is_none() {
            return seen;
        }
    }
}

async fn check_the_latest_activity_comes_first(world: &World) {
    let (buyer, _, first) = world.pair().await;
    world.clock.advance_micros(1);
    let second = world.open(world.support(&buyer)).await;
    world.clock.advance_micros(1);
    let admin = world.admin("ann").await;
    let third = world.open(world.with_admin(&buyer, &admin)).await;
    let listed = buyer.conversations().await;
    assert_eq!(listed, [third.clone(), second.clone(), first.clone()]);

    world.clock.advance_micros(1);
    buyer.send(&first, "back to this").await;
    admin.join(&second).await;
    let listed = buyer.conversations().await;
    assert_eq!(
        listed,
        [first.clone(), third, second],
        "joining is no activity"
    );

    let page = world.list(&query(Scope::All, 1)).await;
    assert_eq!(page, [world.conversation(&first).await], "the whole of it");
}

async fn check_three_hundred_of_one_instant_page_once(world: &World) {
    let mut suppliers = Vec::new();
    for index in 0..15 {
        suppliers.push(world.supplier(&format!("s{index:02}")).await);
    }
    let mut opened = Vec::new();
    for index in 0..20 {
        let buyer = world.buyer(&format!("b{index:02}")).await;
        for supplier in &suppliers {
            opened.push(world.open(world.between(&buyer, supplier)).await);
        }
    }
    opened.reverse();
    for limit in [7, 100, 300] {
        assert_eq!(walk(world, query(Scope::All, limit)).await, opened);
    }
    let of_one: Vec<ConversationId> = opened.chunks(15).map(|chunk| chunk[14].clone()).collect();
    let scope = Scope::Of(suppliers[0].id.clone());
    for limit in [1, 19, 20, 21] {
        let seen = walk(world, query(scope.clone(), limit)).await;
        assert_eq!(seen, of_one, "by {limit}");
    }
}

async fn check_only_those_in_which_somebody_sits(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (other, admin) = (world.buyer("bob").await, world.admin("ann").await);
    let support = world.open(world.support(&other)).await;
    assert_eq!(buyer.conversations().await, [id.clone()]);
    assert_eq!(supplier.conversations().await, [id.clone()]);
    assert_eq!(other.conversations().await, [support.clone()]);
    assert_eq!(
        admin.conversations().await,
        [],
        "the unassigned is nobody's"
    );
    assert_eq!(
        world.list_of(Scope::All).await,
        [support.clone(), id.clone()]
    );
    admin.join(&id).await;
    assert_eq!(admin.conversations().await, [id.clone()]);
    admin.leave(&id).await;
    assert_eq!(admin.conversations().await, []);
}

async fn check_by_kind(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let admin = world.admin("ann").await;
    let support = world.open(world.support(&buyer)).await;
    let with_admin = world.open(world.with_admin(&buyer, &admin)).await;
    let scopes = [Scope::All, Scope::Of(buyer.id.clone())];
    for scope in scopes {
        for (kind, expected) in [
            (Kind::BuyerSupplier, &id),
            (Kind::Support, &support),
            (Kind::BuyerAdmin, &with_admin),
        ] {
            let query = ListQuery {
                kind: Some(kind),
                ..query(scope.clone(), 10)
            };
            assert_eq!(walk(world, query).await, [expected.clone()]);
        }
    }
}

async fn check_a_cursor_outlives_its_conversation(world: &World) {
    let (buyer, supplier, last) = world.pair().await;
    let gone = world.buyer("bob").await;
    let gone_id = world.open(world.between(&gone, &supplier)).await;
    let first = world.open(world.support(&buyer)).await;
    let scope = Scope::All;
    let page = world.list(&query(scope.clone(), 2)).await;
    assert_eq!((&page[0].id, &page[1].id), (&first, &gone_id));
    let deleted = world.chat.directory_editor.delete_user(&gone.id);
    deleted.await.expect("a user can be deleted");
    let rest = ListQuery {
        cursor: Some(behind(&page[1])),
        ..query(scope, 2)
    };
    assert_eq!(walk(world, rest).await, [last]);
}
