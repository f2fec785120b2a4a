//! What an offer says: goods, price, delivery, payment.

use serde::{Deserialize, Serialize};

use super::{
    currency::Currency,
    decimal::{Decimal, sum_of_products},
    incoterm::Incoterm,
};
use crate::{ids::ProductId, timestamp::Timestamp};

/// Items of an offer: one at least.
pub const ITEMS: usize = 50;
/// Characters of an item's name.
pub const NAME_CHARS: usize = 200;
/// Characters of a unit, such as `pcs`.
pub const UNIT_CHARS: usize = 40;
/// Characters of the place of delivery.
pub const PLACE_CHARS: usize = 200;
/// Characters of the terms of payment.
pub const PAYMENT_CHARS: usize = 500;
pub const REMARKS_CHARS: usize = 2_000;
/// Days between the order and the delivery.
pub const LEAD_TIME_DAYS: i64 = 3_650;
/// How far ahead an offer may be valid: a year, whichever.
pub const VALID_DAYS: i64 = 366;

/// Checked. Of an offer every item has its price, and currency and validity are there; of a request no item
/// has one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    pub items: Vec<Item>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub incoterm: Option<Incoterm>,
    /// There is one where there is an incoterm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead_time_days: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// In whole milliseconds, as it is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remarks: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<ProductId>,
    pub name: String,
    pub quantity: Decimal,
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price: Option<Decimal>,
}

impl Terms {
    /// The sum of all items. `None`: there are no prices, or it has more digits than an amount may have.
    pub fn net(&self) -> Option<Decimal> {
        let priced = |item: &Item| Some((item.quantity, item.unit_price?));
        let priced: Option<Vec<_>> = self.items.iter().map(priced).collect();
        sum_of_products(priced?, self.currency?.digits)
    }
}
