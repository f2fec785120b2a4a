//! What people set in conversations for themselves.

use super::{Checks, Persona, World, world::whole};
use chat::{
    audit::{Action, Actor, AuditQuery},
    change_settings::change_settings,
    error::ChatError,
    event::{Event, EventKind},
    ids::{ConversationId, NodeId, UserId},
    mark_read::mark_read,
    own_settings::SettingsChange,
    storage::{ListCounts, ListPart, ListQuery, Scope},
    timestamp::Timestamp,
};

pub(super) const CHECKS: Checks = &[
    ("settings::each_has_their_own", |world| {
        Box::pin(check_each_has_their_own(world))
    }),
    ("settings::a_message_brings_an_archived_one_back", |world| {
        Box::pin(check_a_message_brings_an_archived_one_back(world))
    }),
    ("settings::a_muted_one_counts_and_notifies_not", |world| {
        Box::pin(check_a_muted_one_counts_and_notifies_not(world))
    }),
    ("settings::marked_unread_until_they_read", |world| {
        Box::pin(check_marked_unread_until_they_read(world))
    }),
    ("settings::the_pinned_come_first_page_by_page", |world| {
        Box::pin(check_the_pinned_come_first_page_by_page(world))
    }),
    ("settings::filters_and_their_counts", |world| {
        Box::pin(check_filters_and_their_counts(world))
    }),
    ("settings::they_go_with_their_place", |world| {
        Box::pin(check_they_go_with_their_place(world))
    }),
];

/// 2100 and 2000: on the same side of now by every clock.
fn years(micros: i64) -> SettingsChange {
    SettingsChange {
        muted_until: Some(Some(Timestamp::from_micros(micros))),
        ..SettingsChange::default()
    }
}

fn muted() -> SettingsChange {
    years(4_102_444_800_000_000)
}

fn archived(is_archived: bool) -> SettingsChange {
    SettingsChange {
        is_archived: Some(is_archived),
        ..SettingsChange::default()
    }
}

fn pinned() -> SettingsChange {
    SettingsChange {
        is_pinned: Some(true),
        ..SettingsChange::default()
    }
}

fn marked_unread() -> SettingsChange {
    SettingsChange {
        is_marked_unread: Some(true),
        ..SettingsChange::default()
    }
}

async fn set(world: &World, who: &Persona<'_>, id: &ConversationId, change: SettingsChange) {
    let actor = Actor::from(who.person().await);
    let set = change_settings(&world.chat, &actor, id, &change).await;
    set.expect("somebody who sits there sets what they like");
}

/// Everything in this list, one conversation a page.
pub(super) async fn walk(world: &World, mut query: ListQuery) -> Vec<ConversationId> {
    let mut seen = Vec::new();
    loop {
        let page = world.chat.conversations.list(&query).await;
        let page = page.expect("conversations can be listed");
        seen.extend(page.conversations.into_iter().map(|listed| listed.id));
        query.cursor = page.next;
        if query.cursor.is_none() {
            return seen;
        }
    }
}

/// What somebody sees who asks for nothing in particular.
pub(super) fn inbox(user: &UserId) -> ListQuery {
    ListQuery {
        archived: Some(false),
        ..whole(Scope::Of(user.clone()), 1)
    }
}

pub(super) async fn counts(world: &World, query: &ListQuery) -> ListCounts {
    let counts = world.chat.conversations.counts(query).await;
    counts.expect("conversations can be counted")
}

async fn check_each_has_their_own(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.publisher.take();
    let before = world.conversation(&id).await;
    set(world, &buyer, &id, pinned()).await;

    let now = world.conversation(&id).await;
    assert_eq!(now.rev, before.rev + 1);
    assert!(now.is_pinned(&buyer.id) && !now.is_pinned(&supplier.id));
    let update = Event {
        audience: vec![buyer.id.clone(), supplier.id.clone()],
        kind: EventKind::ConversationUpdated(Box::new(now.clone())),
    };
    assert_eq!(world.publisher.take(), [update], "nobody sees a gap");

    set(world, &buyer, &id, pinned()).await;
    assert_eq!(world.conversation(&id).await, now, "it is so already");
    assert_eq!(world.publisher.count(), 0);
    set(world, &buyer, &id, SettingsChange::default()).await;
    assert_eq!(world.conversation(&id).await, now, "nothing was said");

    let query = AuditQuery {
        action: Some(Action::SettingsChanged),
        limit: 10,
        ..AuditQuery::default()
    };
    let entries = world.chat.audit.entries(&query).await;
    let entries = entries.expect("the audit can be read").entries;
    let [entry] = &entries[..] else {
        panic!("one change, and {entries:?}");
    };
    assert_eq!(entry.actor.as_ref(), Some(&buyer.id));
    assert_eq!(entry.detail, serde_json::json!({"isPinned": true}));

    let stranger = Actor::from(world.admin("ann").await.person().await);
    let refused = change_settings(&world.chat, &stranger, &id, &pinned()).await;
    assert!(
        matches!(refused, Err(ChatError::NotParticipant)),
        "administrators have a place first"
    );
}

async fn check_a_message_brings_an_archived_one_back(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    supplier.send(&id, "one").await;
    set(world, &buyer, &id, archived(true)).await;
    let list = async |user: &UserId| walk(world, inbox(user)).await;
    let put_away = ListQuery {
        archived: Some(true),
        ..inbox(&buyer.id)
    };
    assert_eq!(list(&buyer.id).await, []);
    assert_eq!(walk(world, put_away.clone()).await, [id.clone()]);
    assert_eq!(list(&supplier.id).await, [id.clone()], "theirs alone");
    buyer.read(&id).await;
    assert_eq!(list(&buyer.id).await, [], "reading is no message");

    supplier.send(&id, "two").await;
    assert_eq!(list(&buyer.id).await, [id.clone()]);
    assert_eq!(walk(world, put_away).await, []);

    set(world, &buyer, &id, archived(true)).await;
    set(world, &buyer, &id, muted()).await;
    supplier.send(&id, "three").await;
    assert_eq!(list(&buyer.id).await, [], "unless it is muted");
    set(world, &buyer, &id, years(946_684_800_000_000)).await;
    assert_eq!(list(&buyer.id).await, [id.clone()]);
    set(world, &buyer, &id, archived(true)).await;
    set(world, &buyer, &id, archived(false)).await;
    assert_eq!(list(&buyer.id).await, [id.clone()]);
}

async fn check_a_muted_one_counts_and_notifies_not(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let other = world.open(world.support(&buyer)).await;
    let admin = world.admin("ann").await;
    set(world, &buyer, &id, muted()).await;
    supplier.send(&id, "one").await;
    admin.join(&other).await;
    admin.send(&other, "two").await;
    let unread_only = async || {
        let page = world
            .chat
            .notifications
            .page(&buyer.id, true, None, 10)
            .await;
        let page = page.expect("notifications can be read");
        page.expect("there is no cursor").0.len()
    };
    assert_eq!(buyer.unread().await, 1);
    assert_eq!((buyer.waiting().await.len(), unread_only().await), (1, 1));
    let now = world.conversation(&id).await;
    assert_eq!(now.unread_count(&buyer.id), 1, "it says what waits in it");
    assert_eq!(counts(world, &inbox(&buyer.id)).await.unread, 1);

    // A last lease that ends tells of what is unread.
    let node = NodeId::new("n1");
    world.chat.leases.heartbeat(&node).await.expect("a node");
    buyer.come(&node).await;
    buyer.go(&node).await;
    assert_eq!(buyer.waiting().await.len(), 1);

    let unmuted = SettingsChange {
        muted_until: Some(None),
        ..SettingsChange::default()
    };
    set(world, &buyer, &id, unmuted).await;
    assert_eq!(buyer.unread().await, 2);
    assert_eq!((buyer.waiting().await.len(), unread_only().await), (2, 2));
}

async fn check_marked_unread_until_they_read(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let is_marked = async || world.conversation(&id).await.is_marked_unread(&buyer.id);
    let marked = async || {
        set(world, &buyer, &id, marked_unread()).await;
        assert!(is_marked().await);
        buyer.participant(&id).await
    };
    // Nothing was said yet, and nothing is left to read.
    let reader = marked().await;
    assert_eq!(buyer.unread().await, 0, "a dot and no number");
    let rev = world.conversation(&id).await.rev;
    let unread = mark_read(&world.chat, &reader, None).await;
    assert_eq!(unread.expect("a mark can be moved"), 0);
    assert!(!is_marked().await);
    let now = world.conversation(&id).await;
    assert_eq!(now.rev, rev + 1);
    let told = EventKind::ConversationUpdated(Box::new(now));
    assert_eq!(buyer.heard().last(), Some(&told));

    marked().await;
    supplier.send(&id, "one").await;
    assert!(is_marked().await, "what comes is no reading");
    buyer.read(&id).await;
    assert!(!is_marked().await);
    marked().await;
    buyer.send(&id, "two").await;
    assert!(!is_marked().await, "who writes has read");
}

async fn check_the_pinned_come_first_page_by_page(world: &World) {
    let buyer = world.buyer("bea").await;
    let mut opened = Vec::new();
    for supplier in ["s1", "s2", "s3", "s4"] {
        let supplier = world.supplier(supplier).await;
        world.clock.advance_micros(1);
        opened.push(world.open(world.between(&buyer, &supplier)).await);
    }
    for place in [0, 2] {
        set(world, &buyer, &opened[place], pinned()).await;
    }
    let expected = [2, 0, 3, 1].map(|place: usize| opened[place].clone());
    for limit in [1, 2, 3, 4] {
        let query = ListQuery {
            limit,
            ..inbox(&buyer.id)
        };
        assert_eq!(walk(world, query).await, expected, "by {limit}");
    }
    let supplier = whole(Scope::Of(UserId::new("s1")), 10);
    assert_eq!(walk(world, supplier).await, [opened[0].clone()]);

    // Of an administrator, who sees all of them and sits in some.
    let admin = world.admin("ann").await;
    for place in [0, 1] {
        admin.join(&opened[place]).await;
    }
    set(world, &admin, &opened[1], pinned()).await;
    set(world, &admin, &opened[0], archived(true)).await;
    let expected = [1, 3, 2].map(|place: usize| opened[place].clone());
    for limit in [1, 2, 3] {
        let query = ListQuery {
            archived: Some(false),
            ..ListQuery::new(Scope::All, admin.id.clone(), limit)
        };
        assert_eq!(walk(world, query.clone()).await, expected, "by {limit}");
        let page = world.chat.conversations.list(&query).await;
        let next = page.expect("a page").next.map(|next| next.part);
        let part = match limit {
            1 => Some(ListPart::Pinned),
            2 => Some(ListPart::Unpinned),
            _ => None,
        };
        assert_eq!(next, part);
    }
}

async fn check_filters_and_their_counts(world: &World) {
    let buyer = world.buyer("bea").await;
    let mut opened = Vec::new();
    for name in ["s1", "s2", "s3", "s4"] {
        let supplier = world.supplier(name).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        if name != "s4" {
            supplier.send(&id, "hello").await;
            buyer.read(&id).await;
        }
        opened.push(id);
    }
    let (own, admin) = (inbox(&buyer.id), world.admin("ann").await);
    buyer.send(&opened[0], "an answer").await;
    set(world, &buyer, &opened[1], archived(true)).await;
    set(world, &buyer, &opened[2], pinned()).await;
    set(world, &buyer, &opened[3], marked_unread()).await;

    let only = |pinned, unread, needs_reply| ListQuery {
        pinned,
        unread,
        needs_reply,
        ..own.clone()
    };
    assert_eq!(
        walk(world, only(true, false, false)).await,
        [opened[2].clone()]
    );
    assert_eq!(
        walk(world, only(false, true, false)).await,
        [opened[3].clone()]
    );
    assert_eq!(
        walk(world, only(false, false, true)).await,
        [opened[2].clone()],
        "what is put away wants nothing"
    );
    let expected = ListCounts {
        all: 3,
        buyer_supplier: 3,
        archived: 1,
        pinned: 1,
        unread: 1,
        needs_reply: 1,
        ..ListCounts::default()
    };
    assert_eq!(counts(world, &own).await, expected);
    let found = ListQuery {
        search: Some("hello".to_owned()),
        archived: None,
        ..own.clone()
    };
    let of_search = counts(world, &found).await;
    assert_eq!(
        (of_search.all, of_search.archived, of_search.needs_reply),
        (2, 1, 2),
        "a search finds what is put away"
    );

    let everything = ListQuery::new(Scope::All, admin.id.clone(), 1);
    let all = counts(world, &everything).await;
    assert_eq!((all.all, all.unread, all.needs_reply), (4, 0, 0));
    admin.join(&opened[0]).await;
    let all = counts(world, &everything).await;
    assert_eq!(all.needs_reply, 1, "the buyer had the last word");
}

async fn check_they_go_with_their_place(world: &World) {
    let (_, _, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    set(world, &admin, &id, pinned()).await;
    let reader = admin.participant(&id).await;
    admin.leave(&id).await;
    let late = archived(true);
    let late = world.chat.settings.change(&reader, &late, None).await;
    assert_eq!(late.expect("storage answers"), None);
    world.admin("art").await.join(&id).await;
    let now = world.conversation(&id).await;
    assert!(!now.is_pinned(&UserId::new("art")));
    admin.leave(&id).await;
}
