//! A buyer asks several suppliers, each for themselves, and compares what they say.

use super::{Checks, Persona, World, negotiating::made};
use crate::negotiation;
use chat::{
    ids::{ConversationId, RequestId, UserId},
    message::{Message, MessageKind},
    offer::{Answer, State, Title},
    quotation::{Quotation, Standing},
    storage::{Anchor, Append, NewQuotation},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("requesting::each_supplier_is_asked_by_a_message", |world| {
        Box::pin(check_each_supplier_is_asked_by_a_message(world))
    }),
    ("requesting::offers_answer_what_was_asked", |world| {
        Box::pin(check_offers_answer_what_was_asked(world))
    }),
    ("requesting::nothing_is_asked_twice", |world| {
        Box::pin(check_nothing_is_asked_twice(world))
    }),
    (
        "requesting::a_closed_request_is_answered_no_more",
        |world| Box::pin(check_a_closed_request_is_answered_no_more(world)),
    ),
    ("requesting::a_request_goes_with_its_buyer", |world| {
        Box::pin(check_a_request_goes_with_its_buyer(world))
    }),
];

impl Persona<'_> {
    pub(super) async fn requests(&self, client_message_id: Option<&str>) -> Quotation {
        let new = NewQuotation {
            id: RequestId::new(self.world.clock.new_id()),
            buyer: self.id.clone(),
            suppliers: vec![UserId::new("sol")],
            terms: negotiation::wanted(),
            words: "Request for quotation".to_owned(),
            client_message_id: client_message_id.map(str::to_owned),
            now: self.world.clock.now(),
        };
        let kept = self.world.chat.offers.request(new).await;
        kept.expect("storage keeps a request").0
    }

    pub(super) async fn asks(&self, request: &Quotation, conversation: &ConversationId) -> Append {
        let (clock, person) = (&*self.world.clock, self.person().await);
        let mut draft =
            negotiation::message(clock, &person, conversation, Title::Request, &request.terms);
        draft.client_message_id = Some(format!("request-{}", request.id));
        let asked = self
            .world
            .chat
            .offers
            .ask(&request.id, draft, self.act())
            .await;
        asked.expect("storage asks")
    }
}

fn created(append: Append) -> Message {
    match append {
        Append::Created(message) => *message,
        other => panic!("nobody was asked: {other:?}"),
    }
}

async fn whole(world: &World, id: &RequestId) -> Quotation {
    let found = world.chat.offers.quotation(id).await;
    found
        .expect("requests can be read")
        .expect("the request is there")
}

fn standings(request: &Quotation) -> Vec<Standing> {
    request
        .answers
        .iter()
        .map(|asked| request.standing(asked))
        .collect()
}

async fn check_each_supplier_is_asked_by_a_message(world: &World) {
    let (buyer, sol, id) = world.pair().await;
    let sue = world.supplier("sue").await;
    let other = world.open(world.between(&buyer, &sue)).await;
    let request = buyer.requests(None).await;
    assert_eq!(
        (&request.buyer, &request.terms),
        (&buyer.id, &negotiation::wanted())
    );
    assert_eq!(request.answers, []);
    let message = created(buyer.asks(&request, &id).await);
    created(buyer.asks(&request, &other).await);
    assert_eq!(message.kind, MessageKind::Request);
    assert!(
        message
            .text
            .starts_with("Request for quotation\n1. Ball bearing"),
        "{}",
        message.text
    );
    let put = message.request.clone().expect("it puts a request");
    assert_eq!(
        (put.id, put.terms),
        (request.id.clone(), negotiation::wanted())
    );
    assert_eq!(
        world.history(&id, Anchor::Newest, 10).await.messages,
        [message]
    );
    assert_eq!((sol.unread().await, sol.waiting().await), (1, vec![1]));

    let request = whole(world, &request.id).await;
    let asked: Vec<_> = request
        .answers
        .iter()
        .map(|asked| (&asked.supplier, &asked.conversation))
        .collect();
    assert_eq!(asked, [(&sol.id, &id), (&sue.id, &other)]);
    assert_eq!(standings(&request), [Standing::Waiting, Standing::Waiting]);
}

async fn check_offers_answer_what_was_asked(world: &World) {
    let (buyer, sol, id) = world.pair().await;
    let sue = world.supplier("sue").await;
    let other = world.open(world.between(&buyer, &sue)).await;
    let before = sol.offers(&id, 200).await.offer.expect("an offer");
    assert_eq!(before.request, None);
    sol.answers(&before.id, Answer::Withdraw, 1).await;
    let request = buyer.requests(None).await;
    for conversation in [&id, &other] {
        created(buyer.asks(&request, conversation).await);
    }
    let first = sol.offers(&id, 120).await.offer.expect("an offer");
    assert_eq!(first.request.as_ref(), Some(&request.id));
    let seen = whole(world, &request.id).await;
    assert_eq!(standings(&seen), [Standing::Offered, Standing::Waiting]);
    assert_eq!(
        seen.answers[0].offer.as_ref().map(|offer| &offer.id),
        Some(&first.id)
    );

    let counter = made(buyer.counters(&first, 100).await)
        .offer
        .expect("an offer");
    assert_eq!(counter.request.as_ref(), Some(&request.id));
    let from_sue = sue.offers(&other, 130).await.offer.expect("an offer");
    sol.answers(&counter.id, Answer::Accept, 1).await;
    buyer.answers(&from_sue.id, Answer::Decline, 1).await;
    let seen = whole(world, &request.id).await;
    assert_eq!(standings(&seen), [Standing::Accepted, Standing::Declined]);
    let states: Vec<_> = seen
        .answers
        .iter()
        .filter_map(|asked| asked.offer.as_ref())
        .map(|offer| offer.state)
        .collect();
    assert_eq!(states, [State::Accepted, State::Declined]);
}

async fn check_nothing_is_asked_twice(world: &World) {
    let (buyer, _, id) = world.pair().await;
    let request = buyer.requests(Some("k1")).await;
    assert_eq!(buyer.requests(Some("k1")).await.id, request.id);
    assert_ne!(buyer.requests(Some("k2")).await.id, request.id);
    let found = world.chat.offers.requested(&buyer.id, "k1").await;
    assert_eq!(
        found.expect("requests can be found").map(|found| found.id),
        Some(request.id.clone())
    );
    let first = created(buyer.asks(&request, &id).await);
    let rev = world.conversation(&id).await.rev;
    assert_eq!(
        buyer.asks(&request, &id).await,
        Append::Known(Box::new(first))
    );
    assert_eq!(world.conversation(&id).await.rev, rev);
    assert_eq!(whole(world, &request.id).await.answers.len(), 1);
}

async fn check_a_closed_request_is_answered_no_more(world: &World) {
    let (buyer, sol, id) = world.pair().await;
    let request = buyer.requests(None).await;
    created(buyer.asks(&request, &id).await);
    let now = world.clock.now();
    let closed = world.chat.offers.close(&request.id, None, now).await;
    let closed = closed.expect("storage closes").expect("it is there");
    assert_eq!(
        (closed.closed_at, standings(&closed)),
        (Some(now), vec![Standing::Declined])
    );
    world.clock.advance_seconds(1);
    let again = world
        .chat
        .offers
        .close(&request.id, None, world.clock.now())
        .await;
    assert_eq!(
        again.expect("storage closes").expect("it is there"),
        closed,
        "the first counts"
    );
    let late = sol.offers(&id, 120).await.offer.expect("an offer");
    assert_eq!(late.request, None);
    let nothing = RequestId::new("01900000-0000-7000-8000-ffffffffffff");
    let none = world.chat.offers.close(&nothing, None, now).await;
    assert_eq!(none.expect("storage answers"), None);
}

async fn check_a_request_goes_with_its_buyer(world: &World) {
    let (buyer, sol, id) = world.pair().await;
    let request = buyer.requests(None).await;
    created(buyer.asks(&request, &id).await);
    let gone = world.chat.directory_editor.delete_user(&buyer.id).await;
    gone.expect("a user can be deleted");
    let found = world.chat.offers.quotation(&request.id).await;
    assert_eq!(found.expect("requests can be read"), None);
    assert!(sol.conversations().await.is_empty());
}
