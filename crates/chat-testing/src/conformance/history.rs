//! Pages of messages, each message exactly once.

use super::{Checks, World};
use chat::{
    ids::{ConversationId, MessageId},
    storage::{Anchor, HistoryPage},
};

pub(super) const CHECKS: Checks = &[
    (
        "history::three_hundred_of_one_instant_page_both_ways",
        |world| Box::pin(check_three_hundred_of_one_instant_page_both_ways(world)),
    ),
    ("history::the_ends_are_known", |world| {
        Box::pin(check_the_ends_are_known(world))
    }),
    ("history::around_is_half_a_page_on_each_side", |world| {
        Box::pin(check_around_is_half_a_page_on_each_side(world))
    }),
    ("history::an_anchor_of_elsewhere_is_unknown", |world| {
        Box::pin(check_an_anchor_of_elsewhere_is_unknown(world))
    }),
    ("history::names_are_those_of_today", |world| {
        Box::pin(check_names_are_those_of_today(world))
    }),
];

/// Sends this many messages at one instant. Returns their ids in order.
async fn fill(world: &World, count: usize) -> (ConversationId, Vec<MessageId>) {
    let (buyer, supplier, id) = world.pair().await;
    let mut sent = Vec::new();
    for index in 0..count {
        let sender = if index % 3 == 0 { &supplier } else { &buyer };
        sent.push(sender.send(&id, "again").await.id);
    }
    (id, sent)
}

fn seqs(page: &HistoryPage) -> Vec<i64> {
    page.messages.iter().map(|message| message.seq).collect()
}

fn ids(page: &HistoryPage) -> Vec<MessageId> {
    page.messages
        .iter()
        .map(|message| message.id.clone())
        .collect()
}

async fn check_three_hundred_of_one_instant_page_both_ways(world: &World) {
    let (id, sent) = fill(world, 300).await;
    for limit in [7, 50, 100] {
        let mut page = world.history(&id, Anchor::Newest, limit).await;
        assert!(!page.has_newer);
        let mut back = ids(&page);
        while page.has_older {
            let oldest = back.last().cloned().expect("a page is not empty");
            page = world.history(&id, Anchor::Before(oldest), limit).await;
            assert!(page.has_newer && !page.messages.is_empty());
            back.extend(ids(&page));
        }
        back.reverse();
        assert_eq!(back, sent, "backwards by {limit}");

        let mut forth = vec![sent[0].clone()];
        loop {
            let newest = forth.last().cloned().expect("it starts with one");
            let page = world.history(&id, Anchor::After(newest), limit).await;
            assert!(page.has_older);
            forth.extend(ids(&page).into_iter().rev());
            if !page.has_newer {
                break;
            }
            assert_eq!(seqs(&page).len(), usize::try_from(limit).unwrap_or(0));
        }
        assert_eq!(forth, sent, "forwards by {limit}");
    }
}

async fn check_the_ends_are_known(world: &World) {
    let (buyer, _, empty) = world.pair().await;
    let nothing = HistoryPage {
        messages: Vec::new(),
        has_older: false,
        has_newer: false,
    };
    assert_eq!(world.history(&empty, Anchor::Newest, 50).await, nothing);

    let mut sent = Vec::new();
    for _ in 0..4 {
        sent.push(buyer.send(&empty, "now").await.id);
    }
    let [first, second, third, fourth] = sent.try_into().expect("four");
    let id = empty;
    let cases = [
        (Anchor::Newest, 4, vec![4, 3, 2, 1], false, false),
        (Anchor::Newest, 3, vec![4, 3, 2], true, false),
        (Anchor::Before(first.clone()), 2, vec![], false, true),
        (Anchor::Before(third.clone()), 2, vec![2, 1], false, true),
        (Anchor::Before(fourth.clone()), 2, vec![3, 2], true, true),
        (Anchor::After(fourth), 2, vec![], true, false),
        (Anchor::After(second), 2, vec![4, 3], true, false),
        (Anchor::After(first), 2, vec![3, 2], true, true),
    ];
    for (anchor, limit, expected, has_older, has_newer) in cases {
        let page = world.history(&id, anchor.clone(), limit).await;
        assert_eq!(seqs(&page), expected, "{anchor:?}");
        assert_eq!(
            (page.has_older, page.has_newer),
            (has_older, has_newer),
            "{anchor:?}"
        );
    }
}

async fn check_around_is_half_a_page_on_each_side(world: &World) {
    let (id, sent) = fill(world, 9).await;
    let cases = [
        (5, 1, vec![5], true, true),
        (5, 2, vec![6, 5], true, true),
        (5, 3, vec![6, 5, 4], true, true),
        (5, 4, vec![7, 6, 5, 4], true, true),
        (5, 50, vec![9, 8, 7, 6, 5, 4, 3, 2, 1], false, false),
        (1, 4, vec![3, 2, 1], false, true),
        (2, 5, vec![4, 3, 2, 1], false, true),
        (9, 4, vec![9, 8], true, false),
        (8, 5, vec![9, 8, 7, 6], true, false),
    ];
    for (seq, limit, expected, has_older, has_newer) in cases {
        let anchor = Anchor::Around(sent[seq - 1].clone());
        let page = world.history(&id, anchor, limit).await;
        assert_eq!(seqs(&page), expected, "around {seq} by {limit}");
        assert_eq!(
            (page.has_older, page.has_newer),
            (has_older, has_newer),
            "around {seq} by {limit}"
        );
    }
}

async fn check_an_anchor_of_elsewhere_is_unknown(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let elsewhere = buyer.send(&support, "one").await;
    buyer.send(&id, "one").await;
    for message in [
        elsewhere.id,
        world.message_id(),
        MessageId::new("no id at all"),
    ] {
        let before = Anchor::Before(message.clone());
        let after = Anchor::After(message.clone());
        for anchor in [before, after, Anchor::Around(message)] {
            let page = world.chat.messages.history(&id, &anchor, 50, 0).await;
            assert_eq!(page.expect("history can be read"), None, "{anchor:?}");
        }
    }
}

async fn check_names_are_those_of_today(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "one").await;
    let sent = supplier.send(&id, "two").await;
    assert_eq!(sent.sender_name, "Name of sol");
    world.company("c1", &supplier.id, "Solar Ltd").await;
    let page = world.history(&id, Anchor::Newest, 50).await;
    let names = page
        .messages
        .iter()
        .map(|message| message.sender_name.as_str());
    assert_eq!(names.collect::<Vec<_>>(), ["Solar Ltd", "Name of bea"]);
    let place = world.conversation(&id).await.supplier;
    assert_eq!(place.map(|seat| seat.name).as_deref(), Some("Solar Ltd"));
}
