//! Offers are messages with terms; one is open at a time, and answered once.

use super::{Checks, Persona, World, changing::moderate};
use crate::negotiation;
use chat::{
    audit::{Action, AuditQuery},
    event::EventKind,
    ids::{ConversationId, MessageId, OfferId},
    message::{Message, MessageKind, SystemEvent},
    offer::{Answer, Offer, State},
    person::Role,
    storage::{Anchor, Answered, Append, Change, Make, Missed, OfferDraft, Since},
    timestamp::Clock,
};

pub(super) const CHECKS: Checks = &[
    ("negotiating::an_offer_is_a_message_with_terms", |world| {
        Box::pin(check_an_offer_is_a_message_with_terms(world))
    }),
    ("negotiating::one_is_open_at_a_time", |world| {
        Box::pin(check_one_is_open_at_a_time(world))
    }),
    ("negotiating::the_other_side_accepts_once", |world| {
        Box::pin(check_the_other_side_accepts_once(world))
    }),
    ("negotiating::an_answer_is_told_and_written_down", |world| {
        Box::pin(check_an_answer_is_told_and_written_down(world))
    }),
    ("negotiating::an_offer_answers_another", |world| {
        Box::pin(check_an_offer_answers_another(world))
    }),
    ("negotiating::an_answer_names_what_was_seen", |world| {
        Box::pin(check_an_answer_names_what_was_seen(world))
    }),
    ("negotiating::a_retry_makes_no_second_offer", |world| {
        Box::pin(check_a_retry_makes_no_second_offer(world))
    }),
    ("negotiating::nobody_accepts_too_late", |world| {
        Box::pin(check_nobody_accepts_too_late(world))
    }),
    ("negotiating::what_is_overdue_ends_by_itself", |world| {
        Box::pin(check_what_is_overdue_ends_by_itself(world))
    }),
    ("negotiating::only_buyer_and_supplier_trade", |world| {
        Box::pin(check_only_buyer_and_supplier_trade(world))
    }),
    ("negotiating::whoever_returns_sees_it_as_it_is", |world| {
        Box::pin(check_whoever_returns_sees_it_as_it_is(world))
    }),
    ("negotiating::an_offer_goes_with_its_message", |world| {
        Box::pin(check_an_offer_goes_with_its_message(world))
    }),
    ("negotiating::an_offer_goes_with_its_people", |world| {
        Box::pin(check_an_offer_goes_with_its_people(world))
    }),
];

impl Persona<'_> {
    pub(super) async fn offer_draft(
        &self,
        conversation: &ConversationId,
        cents: usize,
    ) -> OfferDraft {
        let (clock, person) = (&*self.world.clock, self.person().await);
        negotiation::offer(
            clock,
            &person,
            conversation,
            negotiation::terms(cents, false),
            None,
        )
    }

    pub(super) async fn make(&self, draft: OfferDraft) -> Make {
        let made = self.world.chat.offers.make(draft).await;
        made.expect("storage takes an offer")
    }

    /// Makes an offer that must be open.
    pub(super) async fn offers(&self, conversation: &ConversationId, cents: usize) -> Message {
        made(self.make(self.offer_draft(conversation, cents).await).await)
    }

    pub(super) async fn counters(&self, offer: &Offer, cents: usize) -> Make {
        let (clock, person) = (&*self.world.clock, self.person().await);
        let (terms, counters) = (negotiation::terms(cents, false), Some(offer.id.clone()));
        let draft = negotiation::offer(clock, &person, &offer.conversation, terms, counters);
        self.make(draft).await
    }

    pub(super) async fn answers(&self, offer: &OfferId, answer: Answer, rev: i64) -> Answered {
        let (clock, person) = (&*self.world.clock, self.person().await);
        let draft = negotiation::answer(clock, &person, offer, answer, Some(rev));
        let answered = self.world.chat.offers.answer(draft).await;
        answered.expect("storage takes an answer")
    }
}

pub(super) fn made(make: Make) -> Message {
    match make {
        Make::Made(message) => *message,
        other => panic!("no offer was made: {other:?}"),
    }
}

fn given(answered: Answered) -> (Message, Offer) {
    match answered {
        Answered::Given(message, offer) => (*message, *offer),
        other => panic!("no answer was given: {other:?}"),
    }
}

fn of(message: &Message) -> Offer {
    *message.offer.clone().expect("it is an offer")
}

async fn stored(world: &World, id: &OfferId) -> Offer {
    let found = world.chat.offers.offer(id).await;
    found
        .expect("offers can be read")
        .expect("the offer is there")
}

async fn check_an_offer_is_a_message_with_terms(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    world.publisher.take();
    world.clock.advance_seconds(1);
    let message = supplier.offers(&id, 120).await;
    let offer = of(&message);
    assert_eq!((message.kind, message.seq), (MessageKind::Offer, 1));
    assert!(
        message.text.starts_with("Offer: EUR 600.00\n"),
        "{}",
        message.text
    );
    assert_eq!((&offer.message, &offer.conversation), (&message.id, &id));
    assert_eq!(
        (offer.rev, offer.state, offer.role),
        (1, State::Open, Role::Supplier)
    );
    assert_eq!(
        (&offer.by, offer.created_at),
        (&supplier.id, message.created_at)
    );
    assert_eq!(offer.terms, negotiation::terms(120, false));
    assert_eq!(offer.totals.net.to_string(), "600.00");
    let unanswered = (
        offer.answered_at,
        &offer.answered_by,
        &offer.supersedes,
        &offer.superseded_by,
    );
    assert_eq!(unanswered, (None, &None, &None, &None));

    let now = world.conversation(&id).await;
    assert_eq!((now.rev, now.last_seq), (2, 1));
    assert_eq!(now.last_read_seq(&supplier.id), Some(1));
    assert_eq!((buyer.unread().await, buyer.waiting().await), (1, vec![1]));
    let glance = now.offer.expect("the list shows it");
    assert_eq!(
        (glance.id, glance.state, glance.role),
        (offer.id.clone(), State::Open, Role::Supplier)
    );
    let kind = EventKind::Message {
        rev: 2,
        message: message.clone(),
    };
    assert_eq!(buyer.heard(), [kind.clone()]);
    assert_eq!(supplier.heard(), [kind]);
    assert_eq!(
        world.history(&id, Anchor::Newest, 10).await.messages,
        [message]
    );
    assert_eq!(stored(world, &offer.id).await, offer);
    let plain = buyer.send(&id, "thank you").await;
    assert_eq!((plain.kind, plain.offer), (MessageKind::Text, None));
}

async fn check_one_is_open_at_a_time(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = of(&supplier.offers(&id, 120).await);
    let before = (world.conversation(&id).await, world.publisher.count());
    for who in [&supplier, &buyer] {
        let make = who.make(who.offer_draft(&id, 110).await).await;
        assert_eq!(make, Make::Open(Box::new(first.clone())));
    }
    assert_eq!(
        (world.conversation(&id).await, world.publisher.count()),
        before
    );
    given(supplier.answers(&first.id, Answer::Withdraw, 1).await);
    let second = of(&buyer.offers(&id, 100).await);
    assert_eq!((second.role, second.supersedes), (Role::Buyer, None));
    assert_eq!(
        world.conversation(&id).await.offer.expect("the newest").id,
        second.id
    );
}

async fn check_the_other_side_accepts_once(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let stranger = world.buyer("bob").await;
    let offer = of(&supplier.offers(&id, 120).await);
    assert_eq!(
        supplier.answers(&offer.id, Answer::Accept, 1).await,
        Answered::NotTheirs
    );
    assert_eq!(
        buyer.answers(&offer.id, Answer::Withdraw, 1).await,
        Answered::NotTheirs
    );
    assert_eq!(
        stranger.answers(&offer.id, Answer::Accept, 1).await,
        Answered::NotParticipant
    );
    let nothing = OfferId::new("01900000-0000-7000-8000-ffffffffffff");
    assert_eq!(
        buyer.answers(&nothing, Answer::Accept, 1).await,
        Answered::NoOffer
    );
    assert_eq!(stored(world, &offer.id).await, offer);

    world.clock.advance_seconds(5);
    let (message, accepted) = given(buyer.answers(&offer.id, Answer::Accept, 1).await);
    assert_eq!((accepted.state, accepted.rev), (State::Accepted, 2));
    assert_eq!(accepted.answered_at, Some(world.clock.now()));
    assert_eq!(accepted.answered_by, Some(buyer.id.clone()));
    assert_eq!(stored(world, &offer.id).await, accepted);
    let count = world.publisher.count();
    let again = Answered::Again(Box::new(message), Box::new(accepted.clone()));
    assert_eq!(buyer.answers(&offer.id, Answer::Accept, 1).await, again);
    let over = Answered::NotOpen(Box::new(accepted));
    assert_eq!(buyer.answers(&offer.id, Answer::Decline, 2).await, over);
    assert_eq!(supplier.answers(&offer.id, Answer::Withdraw, 2).await, over);
    assert_eq!(world.publisher.count(), count, "nothing changed");
}

async fn check_an_answer_is_told_and_written_down(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    for (answer, event, says) in [
        (
            Answer::Accept,
            SystemEvent::OfferAccepted,
            "accepted the offer of EUR 600.00",
        ),
        (
            Answer::Decline,
            SystemEvent::OfferDeclined,
            "declined the offer of EUR 600.00",
        ),
        (
            Answer::Withdraw,
            SystemEvent::OfferWithdrawn,
            "withdrew the offer of EUR 600.00",
        ),
    ] {
        let offer = of(&supplier.offers(&id, 120).await);
        let before = world.conversation(&id).await;
        world.publisher.take();
        let who = if answer == Answer::Withdraw {
            &supplier
        } else {
            &buyer
        };
        let (message, answered) = given(who.answers(&offer.id, answer, 1).await);
        assert_eq!(message.text, format!("Name of {} {says}", who.id));
        assert_eq!(
            (message.kind, message.seq),
            (MessageKind::System, before.last_seq + 1)
        );
        assert_eq!(message.sender, Some(who.id.clone()));
        let note = message.system.clone().expect("it says what happened");
        assert_eq!(
            (note.event, note.offer),
            (event, Some(offer.id.to_string()))
        );

        let now = world.conversation(&id).await;
        assert_eq!(now.rev, before.rev + 2);
        assert_eq!(now.offer.expect("the newest").state, answer.leads_to());
        let [
            EventKind::MessageUpdated {
                rev,
                message: changed,
            },
            EventKind::Message {
                rev: last,
                message: told,
            },
        ] = &buyer.heard()[..]
        else {
            panic!(
                "the offer changed, and then it was told: {:?}",
                buyer.heard()
            );
        };
        assert_eq!((*rev, *last), (before.rev + 1, before.rev + 2));
        assert_eq!((of(changed), told), (answered.clone(), &message));
        assert_eq!(supplier.heard(), buyer.heard(), "both hear the same");

        let query = AuditQuery {
            action: Some(Action::Negotiated),
            limit: 1,
            ..AuditQuery::default()
        };
        let newest = world
            .chat
            .audit
            .entries(&query)
            .await
            .expect("the audit can be read")
            .entries
            .remove(0);
        assert_eq!(
            (newest.actor, newest.conversation),
            (Some(who.id.clone()), Some(id.clone()))
        );
        assert_eq!(newest.detail["state"], answer.leads_to().as_str());
        world.clock.advance_seconds(1);
    }
}

async fn check_an_offer_goes_with_its_message(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let ann = world.admin("ann").await;
    let agreed = supplier.offers(&id, 130).await;
    given(buyer.answers(&of(&agreed).id, Answer::Accept, 1).await);
    moderate(world, &ann, &agreed).await;
    let agreed = stored(world, &of(&agreed).id).await;
    assert_eq!(agreed.state, State::Accepted, "what was agreed is agreed");

    let message = supplier.offers(&id, 120).await;
    let offer = of(&message);
    let before = world.conversation(&id).await;
    world.publisher.take();
    let taken = moderate(world, &ann, &message).await;
    let Change::Changed(taken) = taken else {
        panic!("it was not taken back: {taken:?}")
    };
    let withdrawn = stored(world, &offer.id).await;
    assert_eq!(
        (withdrawn.state, &withdrawn.answered_by),
        (State::Withdrawn, &Some(ann.id.clone()))
    );
    let [
        EventKind::MessageUpdated { rev: ended, .. },
        EventKind::MessageUpdated { rev: gone, message },
        EventKind::Message {
            rev: last,
            message: told,
        },
    ] = &buyer.heard()[..]
    else {
        panic!("it ended, went, and was told: {:?}", buyer.heard());
    };
    let revs = [*ended, *gone, *last];
    assert_eq!(revs, [1, 2, 3].map(|more| before.rev + more));
    assert_eq!(
        (message, message.deleted_by.as_ref()),
        (&*taken, Some(&ann.id))
    );
    let note = told.system.clone().expect("it says what happened");
    let of_it = Some(offer.id.to_string());
    assert_eq!(
        (note.event, note.offer),
        (SystemEvent::OfferWithdrawn, of_it)
    );
    assert_eq!(told.sender, Some(ann.id.clone()));
    assert_eq!(supplier.heard(), buyer.heard(), "both hear the same");

    let over = Answered::NotOpen(Box::new(withdrawn));
    assert_eq!(buyer.answers(&offer.id, Answer::Accept, 1).await, over);
    supplier.offers(&id, 110).await;
}

async fn check_an_offer_answers_another(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = of(&supplier.offers(&id, 120).await);
    assert_eq!(supplier.counters(&first, 115).await, Make::NotTheirs);
    let elsewhere = world.supplier("sue").await;
    let other = world.open(world.between(&buyer, &elsewhere)).await;
    let mut foreign = buyer.offer_draft(&other, 100).await;
    foreign.counters = Some(first.id.clone());
    assert_eq!(buyer.make(foreign).await, Make::NoOffer);

    let rev = world.conversation(&id).await.rev;
    world.publisher.take();
    let message = made(buyer.counters(&first, 100).await);
    let second = of(&message);
    assert!(
        message.text.starts_with("Counter-offer: EUR 500.00\n"),
        "{}",
        message.text
    );
    assert_eq!(second.supersedes, Some(first.id.clone()));
    let countered = stored(world, &first.id).await;
    assert_eq!((countered.state, countered.rev), (State::Countered, 2));
    assert_eq!(countered.superseded_by, Some(second.id.clone()));
    assert_eq!(countered.answered_by, Some(buyer.id.clone()));
    let [
        EventKind::MessageUpdated {
            rev: changed,
            message: old,
        },
        EventKind::Message {
            rev: told,
            message: new,
        },
    ] = &supplier.heard()[..]
    else {
        panic!(
            "the first changed, and the second came: {:?}",
            supplier.heard()
        );
    };
    assert_eq!((*changed, *told), (rev + 1, rev + 2));
    assert_eq!((of(old), new), (countered.clone(), &message));

    assert_eq!(
        buyer.counters(&first, 90).await,
        Make::NotOpen(Box::new(countered.clone()))
    );
    let third = of(&made(supplier.counters(&second, 110).await));
    given(buyer.answers(&third.id, Answer::Accept, 1).await);
    let chain = world
        .chat
        .offers
        .chain(&second.id)
        .await
        .expect("a chain can be read");
    let states: Vec<_> = chain.iter().map(|offer| (&offer.id, offer.state)).collect();
    let expected = [
        (&first.id, State::Countered),
        (&second.id, State::Countered),
        (&third.id, State::Accepted),
    ];
    assert_eq!(states, expected);
    let apart = of(&supplier.offers(&id, 130).await);
    let chain = world
        .chat
        .offers
        .chain(&apart.id)
        .await
        .expect("a chain can be read");
    assert_eq!(chain, [apart]);
}

async fn check_an_answer_names_what_was_seen(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let offer = of(&supplier.offers(&id, 120).await);
    let changed = Answered::Changed(Box::new(offer.clone()));
    assert_eq!(buyer.answers(&offer.id, Answer::Accept, 2).await, changed);
    assert_eq!(stored(world, &offer.id).await, offer);
}

async fn check_a_retry_makes_no_second_offer(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let named = async |cents, offer| {
        let mut draft: OfferDraft = supplier.offer_draft(&id, cents).await;
        draft.message.client_message_id = Some("k1".to_owned());
        draft.counters = offer;
        draft
    };
    let first = made(supplier.make(named(120, None).await).await);
    let again = supplier.make(named(90, None).await).await;
    assert_eq!(
        again,
        Make::NotAppended(Append::Known(Box::new(first.clone())))
    );
    given(buyer.answers(&of(&first).id, Answer::Decline, 1).await);
    let again = supplier.make(named(120, None).await).await;
    let Make::NotAppended(Append::Known(message)) = again else {
        panic!("it is known: {again:?}");
    };
    assert_eq!(of(&message).state, State::Declined, "as it is by now");
    let plain = supplier.send_as(&id, "k1", "not an offer").await;
    assert!(matches!(plain, Append::Known(known) if known.id == first.id));
}

/// An offer that is open, and whose time is over.
pub(super) async fn overdue(world: &World, who: &Persona<'_>, id: &ConversationId) -> Offer {
    let person = who.person().await;
    let terms = negotiation::terms(120, true);
    let draft = negotiation::offer(&*world.clock, &person, id, terms, None);
    of(&made(who.make(draft).await))
}

async fn check_nobody_accepts_too_late(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let offer = overdue(world, &supplier, &id).await;
    let rev = world.conversation(&id).await.rev;
    let answered = buyer.answers(&offer.id, Answer::Accept, 1).await;
    let Answered::NotOpen(expired) = answered else {
        panic!("it is over: {answered:?}");
    };
    assert_eq!((expired.state, expired.rev), (State::Expired, 2));
    assert_eq!((expired.answered_at, &expired.answered_by), (None, &None));
    assert_eq!(stored(world, &offer.id).await, *expired);
    let newest = world
        .history(&id, Anchor::Newest, 1)
        .await
        .messages
        .remove(0);
    assert_eq!(newest.sender, None);
    assert_eq!(
        newest.system.expect("it is told").event,
        SystemEvent::OfferExpired
    );
    assert_eq!(world.conversation(&id).await.rev, rev + 2);

    let countered = overdue(world, &supplier, &id).await;
    assert!(matches!(
        buyer.counters(&countered, 100).await,
        Make::NotOpen(_)
    ));
    let replaced = overdue(world, &supplier, &id).await;
    let next = of(&supplier.offers(&id, 110).await);
    assert_eq!(next.state, State::Open);
    assert_eq!(stored(world, &replaced.id).await.state, State::Expired);
    assert_eq!(
        world.publisher.revisions(&id).len(),
        usize::try_from(world.conversation(&id).await.rev).unwrap_or(0)
    );
}

async fn check_what_is_overdue_ends_by_itself(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let offers = &world.chat.offers;
    let offer = overdue(world, &supplier, &id).await;
    let other = world
        .open(world.between(&world.buyer("bob").await, &supplier))
        .await;
    let fresh = of(&supplier.offers(&other, 120).await);
    assert_eq!(
        offers.overdue(10).await.expect("they can be found"),
        [offer.id.clone()]
    );
    let end = async |offer: &OfferId| {
        let message = MessageId::new(world.clock.new_id());
        let ended = offers.expire(offer, message, world.act(None)).await;
        ended.expect("storage answers")
    };
    assert!(!end(&fresh.id).await, "it has time");
    world.publisher.take();
    assert!(end(&offer.id).await);
    assert!(!end(&offer.id).await, "it is ended once");
    assert_eq!(offers.overdue(10).await.expect("they can be found"), []);
    let kinds: Vec<_> = buyer.heard();
    let [
        EventKind::MessageUpdated { message, .. },
        EventKind::Message { message: told, .. },
    ] = &kinds[..]
    else {
        panic!("{kinds:?}");
    };
    assert_eq!(of(message).state, State::Expired);
    assert_eq!(told.text, "The offer of EUR 600.00 has expired");
    assert_eq!(stored(world, &fresh.id).await.state, State::Open);
}

async fn check_only_buyer_and_supplier_trade(world: &World) {
    let (buyer, _supplier, id) = world.pair().await;
    let (admin, stranger) = (world.admin("ann").await, world.buyer("bob").await);
    let make = stranger.make(stranger.offer_draft(&id, 1).await).await;
    assert_eq!(make, Make::NotAppended(Append::NotParticipant));
    admin.join(&id).await;
    assert_eq!(
        admin.make(admin.offer_draft(&id, 1).await).await,
        Make::NoDeal
    );
    let help = world.open(world.with_admin(&buyer, &admin)).await;
    for who in [&buyer, &admin] {
        assert_eq!(
            who.make(who.offer_draft(&help, 1).await).await,
            Make::NoDeal
        );
    }
    let nowhere = ConversationId::new("01900000-0000-7000-8000-ffffffffffff");
    let make = buyer.make(buyer.offer_draft(&nowhere, 1).await).await;
    assert_eq!(make, Make::NotAppended(Append::NoConversation));
    let offer = of(&buyer.offers(&id, 100).await);
    assert_eq!(
        admin.answers(&offer.id, Answer::Accept, 1).await,
        Answered::NotTheirs
    );
}

async fn check_whoever_returns_sees_it_as_it_is(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let first = of(&supplier.offers(&id, 120).await);
    let seen = world.conversation(&id).await;
    let second = of(&made(buyer.counters(&first, 100).await));
    given(supplier.answers(&second.id, Answer::Accept, 1).await);
    let since = Since {
        conversation: id.clone(),
        seq: seen.last_seq,
        rev: Some(seen.rev),
    };
    let messages = &world.chat.messages;
    let missed = messages.missed(&supplier.person().await, &[since]).await;
    let missed = missed.expect("what was missed can be read").remove(0);
    let Missed::Caught {
        messages, updated, ..
    } = missed
    else {
        panic!("{missed:?}");
    };
    let states = |messages: &[Message]| {
        let offers = messages.iter().filter_map(|message| message.offer.as_ref());
        offers
            .map(|offer| (offer.id.clone(), offer.state))
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&updated), [(first.id, State::Countered)]);
    assert_eq!(states(&messages), [(second.id, State::Accepted)]);
}

async fn check_an_offer_goes_with_its_people(world: &World) {
    let (_, supplier, id) = world.pair().await;
    let offer = of(&supplier.offers(&id, 120).await);
    let gone = world.chat.directory_editor.delete_user(&supplier.id).await;
    gone.expect("a user can be deleted");
    assert_eq!(
        world
            .chat
            .offers
            .offer(&offer.id)
            .await
            .expect("offers can be read"),
        None
    );
    assert_eq!(
        world
            .chat
            .offers
            .chain(&offer.id)
            .await
            .expect("a chain can be read"),
        []
    );
}
