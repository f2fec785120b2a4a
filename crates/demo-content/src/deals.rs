//! Offers and requests for quotation of the demo, as people wrote them.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::source;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deals {
    #[serde(rename(deserialize = "deal", serialize = "deals"))]
    pub deals: Vec<Deal>,
    #[serde(rename(deserialize = "request", serialize = "requests"))]
    pub requests: Vec<Request>,
}

/// What happens in a conversation of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deal {
    pub buyer: String,
    pub supplier: String,
    pub product: Option<String>,
    #[serde(rename(deserialize = "step", serialize = "steps"))]
    pub steps: Vec<Step>,
}

/// An offer, which counters the one that is open, or an answer to that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Step {
    pub by: Side,
    pub hours_ago: i64,
    pub note: Option<String>,
    pub offer: Option<Terms>,
    pub answer: Option<Answer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Buyer,
    Supplier,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Accept,
    Decline,
    Withdraw,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Request {
    pub buyer: String,
    pub suppliers: Vec<String>,
    pub hours_ago: i64,
    pub note: Option<String>,
    pub terms: Terms,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Terms {
    pub items: Vec<Item>,
    pub currency: Option<String>,
    pub incoterm: Option<String>,
    pub place: Option<String>,
    pub lead_time_days: Option<i64>,
    pub payment: Option<String>,
    /// From the offer on.
    pub valid_days: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Item {
    pub name: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: Option<String>,
}

pub fn deals() -> &'static Deals {
    static DEALS: LazyLock<Deals> =
        LazyLock::new(|| source::parse(include_str!("../../../demo/source/deals.toml")));
    &DEALS
}

#[cfg(test)]
mod tests {
    use super::{Side, deals};
    use crate::{conversations, marketplace};

    #[test]
    fn whoever_trades_is_there_and_talks_with_the_other() {
        let people = marketplace().people;
        let is_there = |id: &str| people.iter().any(|person| person.id == id);
        let deals = deals();
        for deal in &deals.deals {
            assert!(
                is_there(&deal.buyer) && is_there(&deal.supplier),
                "{deal:?}"
            );
            let Some(product) = &deal.product else {
                let mut asked = deals.requests.iter();
                assert!(
                    asked.any(|request| request.suppliers.contains(&deal.supplier)),
                    "{deal:?}"
                );
                continue;
            };
            let mut talks = conversations().into_iter();
            let talk = talks.find(|talk| {
                talk.buyer == deal.buyer
                    && talk.supplier == Some(deal.supplier.as_str())
                    && talk.product == Some(product.as_str())
            });
            assert!(talk.is_some(), "{deal:?}");
        }
        for request in &deals.requests {
            assert!(is_there(&request.buyer), "{request:?}");
            assert!(
                request.suppliers.iter().all(|supplier| is_there(supplier)),
                "{request:?}"
            );
        }
    }

    #[test]
    fn each_step_is_an_offer_or_an_answer_and_later_than_the_one_before() {
        for deal in &deals().deals {
            assert!(
                deal.steps
                    .is_sorted_by(|one, next| one.hours_ago > next.hours_ago),
                "{deal:?}"
            );
            assert!(
                deal.steps
                    .iter()
                    .all(|step| step.offer.is_some() != step.answer.is_some()),
                "{deal:?}"
            );
            assert!(
                deal.steps
                    .iter()
                    .all(|step| matches!(step.by, Side::Buyer | Side::Supplier))
            );
        }
    }
}
