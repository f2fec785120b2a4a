use proptest::prelude::*;

use super::{Purpose, WrittenItem, WrittenTerms};
use crate::{
    ids::ProductId,
    limits,
    offer::{Title, in_words},
    timestamp::Timestamp,
};

fn now() -> Timestamp {
    Timestamp::parse("2026-03-02T08:00:00Z").unwrap()
}

#[allow(clippy::unnecessary_wraps, reason = "every field may be missing")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn item() -> WrittenItem {
    WrittenItem {
        product_id: Some(ProductId::new("bearing")),
        name: text("Ball bearing 6204"),
        quantity: text("500"),
        unit: text("pcs"),
        unit_price: text("1.20"),
    }
}

fn whole() -> WrittenTerms {
    WrittenTerms {
        items: vec![item()],
        currency: text("EUR"),
        incoterm: text("FOB"),
        place: text("Shanghai"),
        lead_time_days: Some(30),
        payment: text("30 % in advance"),
        valid_until: Some(now().plus_seconds(86_400)),
        remarks: text("Packed in boxes of 50"),
    }
}

fn wrong(terms: WrittenTerms, purpose: Purpose) -> Vec<String> {
    let wrong = terms
        .check(purpose, Some(now()))
        .expect_err("something is wrong");
    wrong
        .into_iter()
        .map(|(name, _)| name.into_owned())
        .collect()
}

#[test]
fn terms_are_kept_as_they_were_written() {
    let terms = whole().check(Purpose::Offer, Some(now())).unwrap();
    assert_eq!(terms.net().unwrap().to_string(), "600.00");
    let expected = "Offer: EUR 600.00\n\
        1. Ball bearing 6204: 500 pcs × 1.20\n\
        Delivery: FOB Shanghai (Incoterms 2020)\n\
        Lead time: 30 days\n\
        Payment: 30 % in advance\n\
        Valid until: 2026-03-03 08:00 UTC\n\
        Remarks: Packed in boxes of 50\n\
        \n\
        Best price";
    assert_eq!(in_words(Title::Offer, &terms, "Best price"), expected);
    let json = serde_json::to_string(&terms).unwrap();
    assert_eq!(serde_json::from_str::<super::Terms>(&json).unwrap(), terms);
}

#[test]
fn every_wrong_field_is_named_by_its_path() {
    let terms = WrittenTerms {
        items: vec![
            item(),
            WrittenItem {
                product_id: None,
                name: text(" \u{202E} "),
                quantity: text("0.00"),
                unit: text(&"u".repeat(41)),
                unit_price: text("1,20"),
            },
        ],
        currency: text("eur"),
        incoterm: text("FOR"),
        place: text(&"x".repeat(201)),
        lead_time_days: Some(-1),
        payment: text(&"x".repeat(501)),
        valid_until: Some(now()),
        remarks: text(&"x".repeat(2_001)),
    };
    let all = [
        "terms.currency",
        "terms.incoterm",
        "terms.items[1].name",
        "terms.items[1].quantity",
        "terms.items[1].unit",
        "terms.items[1].unitPrice",
        "terms.leadTimeDays",
        "terms.payment",
        "terms.place",
        "terms.remarks",
        "terms.validUntil",
    ];
    assert_eq!(wrong(terms, Purpose::Offer), all);
    let nothing = WrittenTerms::default();
    assert_eq!(
        wrong(nothing, Purpose::Offer),
        ["terms.currency", "terms.items", "terms.validUntil"]
    );
    let many = WrittenTerms {
        items: vec![item(); 51],
        ..whole()
    };
    assert_eq!(wrong(many, Purpose::Offer), ["terms.items"]);
}

#[test]
fn an_incoterm_and_its_place_go_together() {
    let without_place = WrittenTerms {
        place: None,
        ..whole()
    };
    assert_eq!(wrong(without_place, Purpose::Offer), ["terms.place"]);
    let without_rule = WrittenTerms {
        incoterm: None,
        ..whole()
    };
    assert_eq!(wrong(without_rule, Purpose::Offer), ["terms.incoterm"]);
}

#[test]
fn an_offer_is_valid_for_a_year_at_most() {
    for (seconds, is_right) in [
        (1, true),
        (366 * 86_400, true),
        (366 * 86_400 + 1, false),
        (-5, false),
    ] {
        let terms = WrittenTerms {
            valid_until: Some(now().plus_seconds(seconds)),
            ..whole()
        };
        assert_eq!(
            terms.check(Purpose::Offer, Some(now())).is_ok(),
            is_right,
            "{seconds}"
        );
    }
}

#[test]
fn a_request_names_the_goods_and_no_prices() {
    let unpriced = WrittenItem {
        unit_price: None,
        ..item()
    };
    let request = WrittenTerms {
        items: vec![unpriced],
        ..WrittenTerms::default()
    };
    let terms = request.check(Purpose::Request, Some(now())).unwrap();
    assert_eq!(terms.net(), None);
    let expected = "Request for quotation\n1. Ball bearing 6204: 500 pcs";
    assert_eq!(in_words(Title::Request, &terms, ""), expected);
    assert_eq!(
        wrong(whole(), Purpose::Request),
        ["terms.items[0].unitPrice"]
    );
}

#[test]
fn a_total_that_no_amount_can_hold_is_refused() {
    let huge = WrittenItem {
        quantity: text("999999999999"),
        unit_price: text("999999999999"),
        ..item()
    };
    let terms = WrittenTerms {
        items: vec![huge],
        ..whole()
    };
    assert_eq!(wrong(terms, Purpose::Offer), ["terms.items"]);
}

#[test]
fn every_text_is_cleaned() {
    let terms = WrittenTerms {
        items: vec![WrittenItem {
            name: text("<b>Nut\u{0}\nM8"),
            ..item()
        }],
        remarks: text("see <https://a.example>\r\nline two"),
        ..whole()
    };
    let terms = terms.check(Purpose::Offer, Some(now())).unwrap();
    assert_eq!(terms.items[0].name, "< b>Nut M8");
    assert_eq!(terms.remarks.unwrap(), "see < https://a.example>\nline two");
}

proptest! {
    /// Whatever is written, it is refused by name, or fits what an amount and a text may be; and what is in
    /// words is clean already.
    #[test]
    fn what_is_taken_holds_every_limit(
        texts in proptest::collection::vec(proptest::option::of("[\\PC<>\u{202E}\n]{0,60}"), 6),
        amounts in proptest::collection::vec("[0-9]{0,13}(\\.[0-9]{0,5})?", 2),
        days in -10_i64..5_000,
        seconds in -100_i64..40_000_000,
    ) {
        let terms = WrittenTerms {
            items: vec![WrittenItem {
                product_id: None,
                name: texts[0].clone(),
                unit: texts[1].clone(),
                quantity: Some(amounts[0].clone()),
                unit_price: Some(amounts[1].clone()),
            }],
            currency: text("JPY"),
            incoterm: text("DAP"),
            place: texts[2].clone(),
            lead_time_days: Some(days),
            payment: texts[3].clone(),
            valid_until: Some(now().plus_seconds(seconds)),
            remarks: texts[4].clone(),
        };
        match terms.check(Purpose::Offer, Some(now())) {
            Err(wrong) => prop_assert!(wrong.into_iter().all(|(name, reason)| name.starts_with("terms.") && !reason.is_empty())),
            Ok(terms) => {
                let words = in_words(Title::Offer, &terms, texts[5].as_deref().unwrap_or(""));
                prop_assert_eq!(&crate::content::clean(&words), &words);
                prop_assert!(words.chars().count() <= limits::MESSAGE_CHARS);
                prop_assert!(!terms.net().unwrap().to_string().contains('.'));
            }
        }
    }
}
