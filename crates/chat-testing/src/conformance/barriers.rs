//! What ends writing in a conversation, and for whom.

use futures_util::future::join_all;
use serde_json::json;

use super::{Checks, Persona, World};
use chat::{
    audit::{Action, Actor, AuditQuery},
    barrier::{block, close, reopen},
    conversation::{Barrier, Conversation},
    error::ChatError,
    event::EventKind,
    ids::{ConversationId, ProductId},
    message::{MessageKind, SystemEvent, SystemNote},
    open_conversation::{Open, Request, open_conversation},
    send_message::{Outgoing, send_message},
    storage::{Anchor, Append},
};

pub(super) const CHECKS: Checks = &[
    ("barriers::the_blocked_write_no_more", |world| {
        Box::pin(check_the_blocked_write_no_more(world))
    }),
    ("barriers::who_blocks_whom", |world| {
        Box::pin(check_who_blocks_whom(world))
    }),
    ("barriers::the_blocked_open_nothing_new", |world| {
        Box::pin(check_the_blocked_open_nothing_new(world))
    }),
    ("barriers::nobody_writes_where_it_is_closed", |world| {
        Box::pin(check_nobody_writes_where_it_is_closed(world))
    }),
    ("barriers::a_retry_returns_the_first_result", |world| {
        Box::pin(check_a_retry_returns_the_first_result(world))
    }),
    ("barriers::nothing_is_stored_after_a_block", |world| {
        Box::pin(check_nothing_is_stored_after_a_block(world))
    }),
    ("barriers::they_are_audited", |world| {
        Box::pin(check_they_are_audited(world))
    }),
];

type Answer<T> = Result<T, ChatError>;

async fn blocks(
    world: &World,
    who: &Persona<'_>,
    id: &ConversationId,
    is: bool,
) -> Answer<Conversation> {
    block(&world.chat, &Actor::from(who.person().await), id, is).await
}

async fn closes(world: &World, who: &Persona<'_>, id: &ConversationId) -> Answer<Conversation> {
    let actor = Actor::from(who.person().await);
    close(&world.chat, &actor, id, "  <b>Settled  ").await
}

async fn reopens(world: &World, who: &Persona<'_>, id: &ConversationId) -> Answer<Conversation> {
    reopen(&world.chat, &Actor::from(who.person().await), id, None).await
}

fn barred(answer: &Answer<impl Sized>) -> Option<Barrier> {
    match answer {
        Err(ChatError::Barred(barrier)) => Some(*barrier),
        _ => None,
    }
}

async fn check_the_blocked_write_no_more(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    world.publisher.take();
    let before = world.conversation(&id).await;
    let now = blocks(world, &buyer, &id, true).await.expect("a buyer may");
    assert_eq!(now.rev, before.rev + 1);
    assert_eq!(now, world.conversation(&id).await);
    let told = EventKind::ConversationUpdated(Box::new(now.clone()));
    for person in [&buyer, &supplier, &admin] {
        assert_eq!(person.heard(), [told.clone()], "nobody sees a gap");
    }
    assert_eq!(now.blocker_for(&buyer.id), Some(&buyer.id));
    assert_eq!(now.blocker_for(&admin.id), Some(&buyer.id));
    assert_eq!(now.blocker_for(&supplier.id), None, "they are not told");

    let refused = Append::Barred(Barrier::Blocked);
    assert_eq!(supplier.try_send(&id, "but").await, refused);
    buyer.send(&id, "do not write to me").await;
    admin.send(&id, "I see").await;
    let reader = supplier.participant(&id).await;
    assert_eq!(barred(&reader.may_write()), Some(Barrier::Blocked));
    let again = blocks(world, &buyer, &id, true).await.expect("it is so");
    assert_eq!(again.rev, now.rev + 2, "two messages, and nothing else");

    blocks(world, &supplier, &id, true)
        .await
        .expect("so may they");
    assert_eq!(buyer.try_send(&id, "and").await, refused);
    blocks(world, &buyer, &id, false).await.expect("no longer");
    blocks(world, &supplier, &id, false)
        .await
        .expect("no longer");
    supplier.send(&id, "sorry").await;
    buyer.send(&id, "all right").await;
}

async fn check_who_blocks_whom(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (admin, stranger) = (world.admin("ann").await, world.buyer("bob").await);
    for nobody in [&admin, &stranger] {
        let refused = blocks(world, nobody, &id, true).await;
        assert!(matches!(refused, Err(ChatError::NotParticipant)));
    }
    admin.join(&id).await;
    let refused = blocks(world, &admin, &id, true).await;
    assert!(matches!(refused, Err(ChatError::Forbidden(_))));
    let support = world.open(world.support(&buyer)).await;
    let refused = blocks(world, &buyer, &support, true).await;
    assert!(matches!(refused, Err(ChatError::Conflict(_))));
    supplier.send(&id, "nothing happened").await;
}

async fn check_the_blocked_open_nothing_new(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let pump = world.product("p1", "Pump").await;
    let request = |product: Option<ProductId>| Request {
        buyer: Some(buyer.id.clone()),
        supplier: Some(supplier.id.to_string()),
        product,
        ..Request::default()
    };
    let open = async |who: &Persona<'_>, product: Option<&ProductId>| -> Answer<Open> {
        let actor = Actor::from(who.person().await);
        open_conversation(&world.chat, &actor, request(product.cloned())).await
    };
    blocks(world, &buyer, &id, true).await.expect("a buyer may");
    let refused = open(&supplier, Some(&pump)).await;
    assert_eq!(barred(&refused), Some(Barrier::Blocked));
    let found = open(&supplier, None).await.expect("it is there already");
    assert_eq!((found.conversation.id, found.created), (id.clone(), false));
    let admin = world.admin("ann").await;
    let opened = open(&admin, Some(&pump)).await.expect("nobody blocks them");
    assert!(opened.created);

    blocks(world, &buyer, &id, false).await.expect("no longer");
    let gear = world.product("p2", "Gear").await;
    blocks(world, &supplier, &id, true)
        .await
        .expect("so may they");
    let refused = open(&buyer, Some(&gear)).await;
    assert_eq!(barred(&refused), Some(Barrier::Blocked));
    let opened = open(&supplier, Some(&gear)).await;
    assert!(opened.expect("who blocks may").created);
}

async fn check_nobody_writes_where_it_is_closed(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (admin, late) = (world.admin("ann").await, world.admin("art").await);
    for nobody in [&buyer, &supplier] {
        let refused = closes(world, nobody, &id).await;
        assert!(matches!(refused, Err(ChatError::Forbidden(_))));
        let refused = reopens(world, nobody, &id).await;
        assert!(matches!(refused, Err(ChatError::Forbidden(_))));
    }
    let none = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    let missing = closes(world, &admin, &none).await;
    assert!(matches!(missing, Err(ChatError::NotFound(_))));
    let actor = Actor::from(admin.person().await);
    let empty = close(&world.chat, &actor, &id, " \u{202e} ").await;
    assert!(matches!(empty, Err(ChatError::Invalid(_))));

    let now = closes(world, &admin, &id).await.expect("without joining");
    let closed = now.closed.clone().expect("it is closed");
    assert_eq!(closed.reason, "< b>Settled");
    let page = world.history(&id, Anchor::Newest, 1).await;
    let told = &page.messages[0];
    assert_eq!(
        (told.kind, &told.sender),
        (MessageKind::System, &Some(admin.id.clone()))
    );
    let expected = SystemNote {
        event: SystemEvent::Closed,
        offer: None,
        reason: Some(closed.reason.clone()),
    };
    assert_eq!(told.system, Some(expected), "it stands in the thread");
    assert_eq!(world.publisher.revisions(&id), [1, 2, 3]);
    let heard = EventKind::ConversationUpdated(Box::new(now.clone()));
    assert_eq!(buyer.heard().last(), Some(&heard));
    assert_eq!(closes(world, &admin, &id).await.expect("it is so"), now);
    world.clock.advance_micros(1_000);
    let other = close(&world.chat, &actor, &id, "Sold").await;
    let other = other.expect("another reason").closed.expect("still");
    assert_eq!((other.at, &*other.reason), (closed.at, "Sold"));

    let refused = Append::Barred(Barrier::Closed);
    for person in [&buyer, &supplier, &admin] {
        assert_eq!(person.try_send(&id, "but").await, refused);
    }
    let hello = Outgoing {
        content: "me too".to_owned(),
        ..Outgoing::default()
    };
    let sender = Actor::from(late.person().await);
    let sent = send_message(&world.chat, &sender, &id, hello).await;
    assert_eq!(barred(&sent), Some(Barrier::Closed));
    let now = world.conversation(&id).await;
    assert_eq!(now.admin, None, "nobody joins by what is refused");
    let stranger = world.buyer("bob").await;
    assert_eq!(
        stranger.try_send(&id, "hello").await,
        Append::NotParticipant
    );
    buyer.read(&id).await;

    let open = reopens(world, &late, &id).await.expect("any of them may");
    assert_eq!(open.closed, None);
    assert_eq!(reopens(world, &late, &id).await.expect("it is so"), open);
    buyer.send(&id, "one more thing").await;
}

async fn check_a_retry_returns_the_first_result(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let Append::Created(first) = supplier.send_as(&id, "k1", "one").await else {
        panic!("nothing keeps them from it");
    };
    blocks(world, &buyer, &id, true).await.expect("a buyer may");
    let known = Append::Known(first);
    assert_eq!(supplier.send_as(&id, "k1", "one").await, known);
    let new = supplier.send_as(&id, "k2", "two").await;
    assert_eq!(new, Append::Barred(Barrier::Blocked));
    // Many at once, of whom some may.
    let (mut buyers, mut suppliers) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        buyers.push(buyer.try_send(&id, "mine"));
        suppliers.push(supplier.try_send(&id, "theirs"));
    }
    let (buyers, suppliers) =
        futures_util::future::join(join_all(buyers), join_all(suppliers)).await;
    assert!(buyers.iter().all(|one| matches!(one, Append::Created(_))));
    assert!(suppliers.iter().all(|one| *one == new));
    assert_eq!(world.conversation(&id).await.last_seq, 6);
}

async fn check_nothing_is_stored_after_a_block(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let some = || join_all((0..10).map(|_| supplier.try_send(&id, "again")));
    let blocking = async {
        let blocked = blocks(world, &buyer, &id, true).await;
        blocked.expect("a buyer may").last_seq
    };
    let (_, last_seq, _) = futures_util::future::join3(some(), blocking, some()).await;
    assert_eq!(world.conversation(&id).await.last_seq, last_seq);
}

async fn check_they_are_audited(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    for is in [true, true, false] {
        blocks(world, &buyer, &id, is).await.expect("a buyer may");
    }
    closes(world, &admin, &id).await.expect("they may");
    let hello = Outgoing {
        content: "hello".to_owned(),
        ..Outgoing::default()
    };
    let sender = Actor::from(supplier.person().await);
    let refused = send_message(&world.chat, &sender, &id, hello).await;
    assert_eq!(barred(&refused), Some(Barrier::Closed));
    reopens(world, &admin, &id).await.expect("they may");
    for (action, actor, detail) in [
        (Action::Blocked, &buyer, json!({})),
        (Action::Unblocked, &buyer, json!({})),
        (Action::Closed, &admin, json!({"reason": "< b>Settled"})),
        (Action::Refused, &supplier, json!({"what": "send"})),
        (Action::Reopened, &admin, json!({})),
    ] {
        let query = AuditQuery {
            conversation: Some(id.clone()),
            action: Some(action),
            limit: 10,
            ..AuditQuery::default()
        };
        let page = world.chat.audit.entries(&query).await;
        let entries = page.expect("the audit can be read").entries;
        let [entry] = &entries[..] else {
            panic!("{action:?} once, and {entries:?}");
        };
        assert_eq!(entry.actor.as_ref(), Some(&actor.id));
        assert_eq!(entry.detail, detail, "{action:?}");
    }
}
