//! What goes, and what stays, when a person is deleted.

use super::{Checks, Persona, World, world::node};
use chat::{
    event::{Event, EventKind},
    ids::{ConversationId, UserId},
    message::FORMER_ADMINISTRATOR,
    person::Role,
    storage::{Anchor, Delete, Scope},
};

pub(super) const CHECKS: Checks = &[
    (
        "deleting::a_buyer_takes_their_conversations_along",
        |world| Box::pin(check_a_buyer_takes_their_conversations_along(world)),
    ),
    ("deleting::a_supplier_takes_their_company_along", |world| {
        Box::pin(check_a_supplier_takes_their_company_along(world))
    }),
    ("deleting::an_administrators_words_stay", |world| {
        Box::pin(check_an_administrators_words_stay(world))
    }),
    ("deleting::nobody_else_is_no_reason_for_silence", |world| {
        Box::pin(check_nobody_else_is_no_reason_for_silence(world))
    }),
    ("deleting::a_namesake_starts_with_nothing", |world| {
        Box::pin(check_a_namesake_starts_with_nothing(world))
    }),
];

async fn delete(world: &World, user: &UserId) -> Delete {
    let deleted = world.chat.directory_editor.delete_user(user);
    deleted.await.expect("a user can be deleted")
}

fn reset(conversation: &ConversationId) -> EventKind {
    EventKind::Reset {
        conversation: Some(conversation.clone()),
    }
}

async fn check_a_buyer_takes_their_conversations_along(world: &World) {
    let (bea, sol, id) = world.pair().await;
    let (bob, ann) = (world.buyer("bob").await, world.admin("ann").await);
    let other = world.open(world.between(&bob, &sol)).await;
    ann.join(&id).await;
    let sent = bea.send(&id, "one").await;
    bob.send(&other, "two").await;
    let untouched = world.conversation(&other).await;
    world.publisher.take();

    assert_eq!(delete(world, &bea.id).await, Delete::Deleted);

    let event = Event {
        audience: vec![sol.id.clone(), ann.id.clone()],
        kind: reset(&id),
    };
    assert_eq!(world.publisher.take(), [event], "the deleted hear nothing");
    assert_eq!(world.try_conversation(&id).await, None);
    let anchor = Anchor::Around(sent.id);
    let page = world.chat.messages.history(&id, &anchor, 50, 0).await;
    assert_eq!(page.expect("history can be read"), None);
    assert_eq!(world.list_of(Scope::All).await, [other.clone()]);
    assert_eq!((sol.unread().await, ann.unread().await), (1, 0));
    assert_eq!(
        (sol.waiting().await, ann.notifications().await),
        (vec![1], vec![])
    );
    assert_eq!(world.conversation(&other).await, untouched);
    let person = world.chat.directory.person(&bea.id).await;
    assert_eq!(person.expect("people can be looked up"), None);

    assert_eq!(delete(world, &bea.id).await, Delete::NotFound);
    assert!(world.publisher.events().is_empty());
}

async fn check_a_supplier_takes_their_company_along(world: &World) {
    let (bea, sol, id) = world.pair().await;
    world.company("c1", &sol.id, "Solar Ltd").await;
    let support = world.open(world.support(&bea)).await;
    world.publisher.take();
    assert_eq!(delete(world, &sol.id).await, Delete::Deleted);
    assert_eq!(bea.heard(), [reset(&id)]);
    assert_eq!(bea.conversations().await, [support]);
    let found = world.chat.directory.supplier_user("c1").await;
    assert_eq!(found.expect("suppliers can be looked up"), None);

    let sue = world.supplier("sue").await;
    world.company("c1", &sue.id, "Sue & Co").await;
    assert_eq!(sue.person().await.name, "Sue & Co");
}

async fn check_an_administrators_words_stay(world: &World) {
    let (bea, sol, id) = world.pair().await;
    let (ann, art) = (world.admin("ann").await, world.admin("art").await);
    let support = world.open(world.support(&bea)).await;
    let earlier = world.open(world.support(&sol)).await;
    for conversation in [&id, &support, &earlier] {
        ann.join(conversation).await;
        ann.send(conversation, "one").await;
    }
    bea.send(&support, "two").await;
    ann.leave(&earlier).await;
    art.join(&earlier).await;
    world.publisher.take();

    assert_eq!(delete(world, &ann.id).await, Delete::Deleted);

    assert_eq!(world.publisher.count(), 2, "the two places that they had");
    assert!(ann.heard().is_empty());
    for (conversation, rev, people) in [(&id, 4, vec![&bea, &sol]), (&support, 5, vec![&bea])] {
        let now = world.conversation(conversation).await;
        assert_eq!((&now.admin, now.rev), (&None, rev));
        let update = EventKind::ConversationUpdated(Box::new(now));
        assert!(people.iter().all(|person| person.heard().contains(&update)));
    }
    for conversation in [&id, &support, &earlier] {
        let page = world.history(conversation, Anchor::Newest, 50).await;
        let first = page.messages.last().expect("it stays");
        assert_eq!((first.seq, &first.sender), (1, &None));
        assert_eq!(first.sender_name, FORMER_ADMINISTRATOR);
        assert_eq!(
            (first.sender_type, first.text.as_str()),
            (Role::Admin, "one")
        );
    }
    let page = world.history(&support, Anchor::Newest, 50).await;
    assert_eq!(page.messages[0].receiver, None, "they received it");
    let now = world.conversation(&earlier).await;
    assert_eq!(now.admin.map(|seat| seat.user), Some(art.id));
    assert_eq!(bea.send(&support, "three").await.seq, 3);
}

async fn check_nobody_else_is_no_reason_for_silence(world: &World) {
    let buyer = world.buyer("bea").await;
    let id = world.open(world.support(&buyer)).await;
    world.publisher.take();
    delete(world, &buyer.id).await;
    let event = Event {
        audience: Vec::new(),
        kind: reset(&id),
    };
    assert_eq!(
        world.publisher.events(),
        [event],
        "caches of lists must hear of it"
    );
}

async fn check_a_namesake_starts_with_nothing(world: &World) {
    let (bea, sol, id) = world.pair().await;
    let ann = world.admin("ann").await;
    ann.join(&id).await;
    ann.send(&id, "one").await;
    sol.send(&id, "two").await;
    ann.come(&node("here")).await;
    assert_eq!(ann.waiting().await, [1]);
    delete(world, &ann.id).await;
    let ann = world.admin("ann").await;
    assert_eq!(ann.conversations().await, []);
    assert_eq!(ann.notifications().await, []);
    let page = world.history(&id, Anchor::Newest, 50).await;
    assert_eq!(page.messages[1].sender, None);

    sol.send(&id, "three").await;
    delete(world, &bea.id).await;
    let bea: Persona<'_> = world.buyer("bea").await;
    assert_eq!((bea.conversations().await, bea.unread().await), (vec![], 0));
    let again = world.open(world.between(&bea, &sol)).await;
    assert_ne!(again, id);
    assert_eq!(sol.send(&again, "hello").await.seq, 1);
}
