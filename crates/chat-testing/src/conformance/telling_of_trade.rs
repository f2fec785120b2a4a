//! Each step of an offer and of a report is written for webhooks once, with all that it says.

use super::{
    Checks, World,
    negotiating::{made, overdue},
    telling::{add, told},
};
use chat::{
    audit::Actor,
    event::EventKind,
    file_report::{Complaint, judge_report, report},
    ids::MessageId,
    offer::{Answer, Offer, State},
    report::{Reason, State as Judged},
    storage::{Answered, Make},
    webhook::Happened,
};

pub(super) const CHECKS: Checks = &[
    ("telling_of_trade::every_step_of_an_offer", |world| {
        Box::pin(check_every_step_of_an_offer(world))
    }),
    ("telling_of_trade::an_offer_whose_time_is_over", |world| {
        Box::pin(check_an_offer_whose_time_is_over(world))
    }),
    ("telling_of_trade::what_becomes_of_a_report", |world| {
        Box::pin(check_what_becomes_of_a_report(world))
    }),
];

/// What was written of offers since the last time, against the events that sockets heard meanwhile.
async fn steps(world: &World) -> Vec<(&'static str, Offer)> {
    let heard = world.publisher.take();
    let steps = told(world).await.into_iter().filter_map(|happened| {
        let name = happened.name();
        let Happened::Offer { rev, offer } = happened else {
            return None;
        };
        let is_its = |kind: &EventKind| match kind {
            EventKind::Message { rev: of, message }
            | EventKind::MessageUpdated { rev: of, message } => {
                *of == rev && message.offer.as_ref() == Some(&offer)
            }
            _ => false,
        };
        let its = heard.iter().filter(|event| is_its(&event.kind)).count();
        assert_eq!(its, 1, "{name} has the number of its event: {rev}");
        Some((name, *offer))
    });
    steps.collect()
}

async fn check_every_step_of_an_offer(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    add(world, "all", &["*"]).await;
    let first = *supplier.offers(&id, 120).await.offer.expect("it is one");
    assert_eq!(steps(world).await, [("offer.made", first.clone())]);

    let Make::Made(second) = buyer.counters(&first, 110).await else {
        panic!("it can be countered")
    };
    let second = *second.offer.expect("it is one");
    let countered = Offer {
        superseded_by: Some(second.id.clone()),
        ..first.changed(State::Countered, Some(&buyer.id), second.created_at)
    };
    let heard = steps(world).await;
    let [(ended, one), made] = &heard[..] else {
        panic!("{heard:?}")
    };
    assert_eq!(*ended, "offer.countered");
    assert_eq!(
        (&one.id, one.state, &one.superseded_by, &one.terms),
        (
            &countered.id,
            countered.state,
            &countered.superseded_by,
            &first.terms
        )
    );
    assert_eq!(*made, ("offer.made", second.clone()));

    let declined = supplier.answers(&second.id, Answer::Decline, 1).await;
    let Answered::Given(_, declined) = declined else {
        panic!("{declined:?}")
    };
    assert_eq!(steps(world).await, [("offer.declined", *declined)]);
    supplier.answers(&second.id, Answer::Decline, 1).await;
    supplier.answers(&second.id, Answer::Accept, 2).await;
    assert_eq!(steps(world).await, [], "what changes nothing is not told");

    for (answer, name) in [
        (Answer::Withdraw, "offer.withdrawn"),
        (Answer::Accept, "offer.accepted"),
    ] {
        let draft = supplier.offer_draft(&id, 115).await;
        let offer = *made_of(supplier.make(draft.clone()).await);
        supplier.make(draft).await;
        assert_eq!(steps(world).await, [("offer.made", offer.clone())]);
        let who = if answer == Answer::Withdraw {
            &supplier
        } else {
            &buyer
        };
        let Answered::Given(_, ended) = who.answers(&offer.id, answer, 1).await else {
            panic!("it is open")
        };
        assert_eq!(steps(world).await, [(name, *ended)]);
    }
}

fn made_of(make: Make) -> Box<Offer> {
    made(make).offer.expect("it is one")
}

async fn check_an_offer_whose_time_is_over(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    add(world, "all", &["offer.expired"]).await;
    let overdue = async || overdue(world, &supplier, &id).await;
    let expired = async |offer: &Offer| {
        let heard = steps(world).await;
        let [(name, ended)] = &heard[..] else {
            panic!("{heard:?}")
        };
        assert_eq!(*name, "offer.expired");
        assert_eq!(
            (&ended.id, ended.state, &ended.answered_by),
            (&offer.id, State::Expired, &None)
        );
    };

    let offer = overdue().await;
    let message = || MessageId::new(world.chat.clock.new_id());
    let offers = &world.chat.offers;
    for is_first in [true, false] {
        let ended = offers.expire(&offer.id, message(), world.act(None)).await;
        assert_eq!(ended.expect("it can be ended"), is_first);
    }
    expired(&offer).await;

    let offer = overdue().await;
    buyer.answers(&offer.id, Answer::Accept, 1).await;
    expired(&offer).await;

    let offer = overdue().await;
    buyer.counters(&offer, 100).await;
    expired(&offer).await;

    let offer = overdue().await;
    supplier.offers(&id, 130).await;
    expired(&offer).await;
}

async fn check_what_becomes_of_a_report(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let admin = world.admin("ada").await;
    let message = supplier.send(&id, "Pay me in cash").await;
    let endpoint = add(world, "all", &["report.*"]).await;
    let complaint = Complaint {
        message: Some(message.id.clone()),
        reason: Reason::OffPlatform,
        text: "Asks to pay outside".to_owned(),
    };
    let actor = Actor::from(buyer.person().await);
    let filed = report(&world.chat, &actor, &id, complaint).await;
    let filed = filed.expect("they sit there");
    let only = async || {
        let heard = told(world).await;
        let [happened] = &heard[..] else {
            panic!("{heard:?}")
        };
        let Happened::Report { report, .. } = happened else {
            panic!("{happened:?}")
        };
        (happened.name(), (**report).clone())
    };
    assert_eq!(only().await, ("report.created", filed.clone()));
    let actor = Actor::from(admin.person().await);
    for (state, name) in [
        (Judged::Answered, "report.answered"),
        (Judged::Dismissed, "report.dismissed"),
        (Judged::Open, "report.reopened"),
    ] {
        let answer = Some("We have talked with them");
        let judged = judge_report(&world.chat, &actor, &filed.id, state, answer).await;
        assert_eq!(only().await, (name, judged.expect("they may")));
    }
    let removed = world.chat.webhooks.remove_endpoint(&endpoint.id).await;
    assert!(removed.expect("it can be removed"));
    let judged = judge_report(&world.chat, &actor, &filed.id, Judged::Answered, None).await;
    judged.expect("they may");
    assert_eq!(told(world).await, [], "nobody wants to hear it");
}
