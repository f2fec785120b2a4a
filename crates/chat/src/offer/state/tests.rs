use proptest::prelude::*;

use super::{Answer, State, Verdict};
use crate::{
    ids::{ConversationId, MessageId, OfferId, UserId},
    offer::{Offer, Purpose, Totals, WrittenItem, WrittenTerms},
    person::Role,
    timestamp::Timestamp,
};

const ANSWERS: [Answer; 4] = [
    Answer::Accept,
    Answer::Decline,
    Answer::Withdraw,
    Answer::Counter,
];

fn second(second: i64) -> Timestamp {
    Timestamp::from_micros(second * 1_000_000)
}

fn offer() -> Offer {
    let terms = WrittenTerms {
        items: vec![WrittenItem {
            name: Some("Nut".into()),
            quantity: Some("1".into()),
            unit: Some("pcs".into()),
            unit_price: Some("1".into()),
            product_id: None,
        }],
        currency: Some("EUR".into()),
        valid_until: Some(second(100)),
        ..WrittenTerms::default()
    };
    let terms = terms.check(Purpose::Offer, Some(second(0))).unwrap();
    Offer {
        id: OfferId::new("offer"),
        conversation: ConversationId::new("conversation"),
        message: MessageId::new("message"),
        rev: 1,
        by: UserId::new("sol"),
        role: Role::Supplier,
        state: State::Open,
        totals: Totals::of(&terms).unwrap(),
        valid_until: second(100),
        terms,
        created_at: second(0),
        answered_at: None,
        answered_by: None,
        supersedes: None,
        superseded_by: None,
        request: None,
    }
}

fn user(place: Role) -> UserId {
    UserId::new(match place {
        Role::Buyer => "bea",
        Role::Supplier => "sol",
        Role::Admin => "ann",
    })
}

fn judge(offer: &Offer, answer: Answer, place: Role, rev: i64, at: i64) -> Verdict {
    offer.judge(answer, &user(place), place, Some(rev), second(at))
}

#[test]
fn the_other_side_answers_and_whoever_made_it_withdraws() {
    for answer in ANSWERS {
        let is_withdrawal = answer == Answer::Withdraw;
        let verdict = |place| judge(&offer(), answer, place, 1, 1);
        let expected = |is_theirs| {
            if is_theirs {
                Verdict::Taken
            } else {
                Verdict::NotTheirs
            }
        };
        assert_eq!(verdict(Role::Buyer), expected(!is_withdrawal), "{answer:?}");
        assert_eq!(
            verdict(Role::Supplier),
            expected(is_withdrawal),
            "{answer:?}"
        );
        assert_eq!(verdict(Role::Admin), Verdict::NotTheirs, "{answer:?}");
    }
}

#[test]
fn an_answer_names_the_version_that_was_seen_and_comes_in_time() {
    assert_eq!(
        judge(&offer(), Answer::Accept, Role::Buyer, 2, 1),
        Verdict::Changed
    );
    assert_eq!(
        judge(&offer(), Answer::Accept, Role::Buyer, 1, 99),
        Verdict::Taken
    );
    assert_eq!(
        judge(&offer(), Answer::Accept, Role::Buyer, 1, 100),
        Verdict::Overdue
    );
    let expired = offer().changed(State::Expired, None, second(100));
    assert_eq!(
        judge(&expired, Answer::Accept, Role::Buyer, 2, 101),
        Verdict::NotOpen
    );
    assert_eq!((expired.answered_at, expired.answered_by), (None, None));
}

#[test]
fn the_same_answer_of_the_same_person_is_no_other() {
    let accepted = offer().changed(State::Accepted, Some(&user(Role::Buyer)), second(1));
    assert_eq!(
        judge(&accepted, Answer::Accept, Role::Buyer, 1, 200),
        Verdict::Again
    );
    assert_eq!(
        judge(&accepted, Answer::Decline, Role::Buyer, 2, 2),
        Verdict::NotOpen
    );
    assert_eq!(
        judge(&accepted, Answer::Withdraw, Role::Supplier, 2, 2),
        Verdict::NotOpen
    );
    let countered = offer().changed(State::Countered, Some(&user(Role::Buyer)), second(1));
    assert_eq!(
        judge(&countered, Answer::Counter, Role::Buyer, 2, 2),
        Verdict::NotOpen
    );
}

proptest! {
    /// Whoever says what and when: once an offer is no longer open it never changes.
    #[test]
    fn an_offer_is_decided_once(said in proptest::collection::vec((0..4_usize, 0..3_usize, 0..4_i64, 0..200_i64), 0..30)) {
        let mut now = 0;
        let mut offer = offer();
        let mut decisions = 0;
        for (answer, place, rev, later) in said {
            now += later / 10;
            let (answer, place) = (ANSWERS[answer], Role::ALL[place]);
            let before = offer.clone();
            match judge(&offer, answer, place, rev, now) {
                Verdict::Taken => {
                    prop_assert!(now < 100 && rev == 1);
                    offer = offer.changed(answer.leads_to(), Some(&user(place)), second(now));
                    decisions += 1;
                }
                Verdict::Overdue => {
                    prop_assert!(now >= 100);
                    offer = offer.changed(State::Expired, None, second(now));
                    decisions += 1;
                }
                _ => prop_assert_eq!(&offer, &before),
            }
        }
        prop_assert!(decisions <= 1);
        prop_assert_eq!(offer.rev, 1 + decisions);
        prop_assert_eq!(offer.state == State::Open, decisions == 0);
    }
}
