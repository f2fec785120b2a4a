//! Who waits for whom: the list of what needs a reply.

use super::{
    Checks, Persona, World,
    settings::{counts, inbox, walk},
};
use chat::{
    audit::Actor,
    barrier::{close, reopen},
    ids::ConversationId,
    offer::Answer,
    storage::{ListQuery, Sort},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("waiting::who_waits_longest_comes_first", |world| {
        Box::pin(check_who_waits_longest_comes_first(world))
    }),
    ("waiting::an_open_offer_waits_for_its_other_side", |world| {
        Box::pin(check_an_open_offer_waits_for_its_other_side(world))
    }),
    ("waiting::an_answer_is_the_last_word", |world| {
        Box::pin(check_an_answer_is_the_last_word(world))
    }),
    ("waiting::a_request_waits_for_an_offer", |world| {
        Box::pin(check_a_request_waits_for_an_offer(world))
    }),
    ("waiting::offers_wait_for_no_administrator", |world| {
        Box::pin(check_offers_wait_for_no_administrator(world))
    }),
];

impl Persona<'_> {
    /// What needs a reply of theirs: by the filter, by the order, and by the count alike.
    async fn owes(&self) -> Vec<ConversationId> {
        let longest = ListQuery {
            sort: Sort::Waiting,
            ..inbox(&self.id)
        };
        let filtered = ListQuery {
            needs_reply: true,
            ..inbox(&self.id)
        };
        let by_wait = walk(self.world, longest).await;
        let mut found = walk(self.world, filtered.clone()).await;
        let count = counts(self.world, &filtered).await.needs_reply;
        assert_eq!(i64::try_from(found.len()), Ok(count), "the count");
        let mut sorted = by_wait.clone();
        sorted.sort();
        found.sort();
        assert_eq!(sorted, found, "the order lists what the filter does");
        by_wait
    }
}

async fn check_who_waits_longest_comes_first(world: &World) {
    let supplier = world.supplier("sol").await;
    let mut opened = Vec::new();
    for name in ["b1", "b2", "b3"] {
        let buyer = world.buyer(name).await;
        let id = world.open(world.between(&buyer, &supplier)).await;
        world.clock.advance_micros(1);
        buyer.send(&id, "How much?").await;
        opened.push((buyer, id));
    }
    // What the server says is no answer.
    let admin = Actor::from(world.admin("ann").await.person().await);
    let closed = close(&world.chat, &admin, &opened[0].1, "For a moment").await;
    closed.expect("an administrator may");
    let open = reopen(&world.chat, &admin, &opened[0].1, None).await;
    open.expect("an administrator may");
    // The first asks again, and the second was answered before they did.
    world.clock.advance_micros(1);
    opened[0].0.send(&opened[0].1, "Hello?").await;
    supplier.send(&opened[1].1, "EUR 4").await;
    let query = ListQuery {
        sort: Sort::Waiting,
        ..inbox(&supplier.id)
    };
    let expected = [opened[0].1.clone(), opened[2].1.clone()];
    assert_eq!(walk(world, query.clone()).await, expected);
    world.clock.advance_micros(1);
    opened[1].0.send(&opened[1].1, "And for 100?").await;
    let seen = walk(world, query.clone()).await;
    assert_eq!(seen.last(), Some(&opened[1].1));
    assert_eq!(seen.len(), 3);
    let of_buyer = ListQuery {
        sort: Sort::Waiting,
        ..inbox(&opened[0].0.id)
    };
    assert_eq!(walk(world, of_buyer).await, []);
}

async fn check_an_open_offer_waits_for_its_other_side(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    buyer.send(&id, "How much?").await;
    world.clock.advance_micros(1);
    let offer = buyer.offers(&id, 100).await.offer.expect("an offer");
    let other = world.buyer("bob").await;
    let later = world.open(world.between(&other, &supplier)).await;
    world.clock.advance_micros(1);
    other.send(&later, "And for me?").await;
    // A word is no answer to an offer, which waits since it was made.
    supplier.send(&id, "We look into it.").await;
    assert_eq!(supplier.owes().await, [id.clone(), later.clone()]);
    assert_eq!(buyer.owes().await, [id.clone()]);

    world.clock.advance_micros(1);
    buyer.send(&id, "Thank you.").await;
    assert_eq!(buyer.owes().await, []);
    buyer.answers(&offer.id, Answer::Withdraw, 1).await;
    assert_eq!(
        supplier.owes().await,
        [later, id],
        "what was written still waits"
    );
}

async fn check_an_answer_is_the_last_word(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    for answer in [Answer::Accept, Answer::Decline] {
        let offer = supplier.offers(&id, 100).await.offer.expect("an offer");
        assert_eq!(buyer.owes().await, [id.clone()]);
        buyer.answers(&offer.id, answer, 1).await;
        assert_eq!(buyer.owes().await, []);
        assert_eq!(supplier.owes().await, [], "it asks nothing of them");
    }
    supplier.send(&id, "Can you take 400?").await;
    let offer = supplier.offers(&id, 100).await.offer.expect("an offer");
    buyer.answers(&offer.id, Answer::Decline, 1).await;
    assert_eq!(buyer.owes().await, []);
    let offer = supplier.offers(&id, 90).await.offer.expect("an offer");
    buyer.counters(&offer, 80).await;
    assert_eq!(buyer.owes().await, []);
    assert_eq!(supplier.owes().await, [id]);
}

async fn check_a_request_waits_for_an_offer(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let request = buyer.requests(None).await;
    buyer.asks(&request, &id).await;
    supplier.send(&id, "Which steel?").await;
    assert_eq!(supplier.owes().await, [id.clone()], "a word is no offer");
    assert_eq!(buyer.owes().await, [id.clone()]);
    buyer.send(&id, "S235.").await;
    let offer = supplier.offers(&id, 100).await.offer.expect("an offer");
    assert_eq!(supplier.owes().await, []);
    assert_eq!(buyer.owes().await, [id.clone()]);
    supplier.answers(&offer.id, Answer::Withdraw, 1).await;
    assert_eq!(supplier.owes().await, [id.clone()], "no offer is good");
    let now = world.clock.now();
    let closed = world.chat.offers.close(&request.id, None, now).await;
    closed.expect("storage closes");
    assert_eq!(supplier.owes().await, []);
}

async fn check_offers_wait_for_no_administrator(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ann").await;
    admin.join(&id).await;
    let request = buyer.requests(None).await;
    buyer.asks(&request, &id).await;
    buyer.offers(&id, 100).await;
    assert_eq!(admin.owes().await, []);
    assert_eq!(supplier.owes().await, [id.clone()]);
    buyer.send(&id, "Is anybody there?").await;
    assert_eq!(admin.owes().await, [id]);
}
