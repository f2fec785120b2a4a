//! Everything that can be bought on the demo marketplace, and what buyers ask for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::language::{English, Language};
use crate::money::Price;
use crate::source;

/// Something a supplier offers, as a product page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub id: &'static str,
    pub name: &'static str,
    pub supplier_id: &'static str,
    pub category: &'static str,
    /// With currency and unit, ready to be shown.
    pub price: String,
    pub minimum_order: String,
    pub lead_time: String,
    pub origin: &'static str,
    pub description: &'static str,
    /// Path of the picture that [`crate::picture`] draws.
    pub image: String,
}

/// A product and what two people can say about it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Goods {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What people call it in a sentence: plural or a mass noun, without an article.
    pub(crate) short: String,
    pub(crate) company: String,
    pub(crate) category: String,
    pub(crate) origin: String,
    pub(crate) price: Price,
    pub(crate) minimum_order: i64,
    /// The soonest and the latest.
    pub(crate) lead_weeks: (i64, i64),
    pub(crate) description: String,
    pub(crate) packing: String,
    pub(crate) certificate: String,
    /// Questions that buyers ask about it, with the supplier's answers.
    pub(crate) facts: [(String, String); 3],
    /// What can be wrong with a delivery.
    pub(crate) fault: String,
    /// What was the cause.
    pub(crate) cause: String,
    /// `short` in the other languages of the supplier and its customers.
    #[serde(default)]
    called: BTreeMap<Language, String>,
}

/// A request for quotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Rfq {
    pub id: String,
    pub buyer_id: String,
    pub product_name: String,
    pub quantity: String,
    pub target_price: String,
    /// One of the three-letter codes of Incoterms 2020.
    pub incoterm: String,
    pub destination: String,
    pub due_in_days: i64,
    pub note: String,
    pub status: RfqStatus,
}

/// How far a request for quotation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RfqStatus {
    Open,
    Quoted,
    Awarded,
    Closed,
}

impl Goods {
    pub(crate) fn called(&self, language: Language) -> &str {
        self.called.get(&language).unwrap_or(&self.short)
    }

    pub(crate) fn product(&'static self) -> Product {
        let (soonest, latest) = self.lead_weeks;
        Product {
            id: &self.id,
            name: &self.name,
            supplier_id: &self.company,
            category: &self.category,
            price: self.price.in_words(English),
            minimum_order: self.price.unit.count(self.minimum_order, English),
            lead_time: if soonest == latest {
                format!("{soonest} weeks")
            } else {
                format!("{soonest} to {latest} weeks")
            },
            origin: &self.origin,
            description: &self.description,
            image: format!("demo/pictures/{}.svg", self.id),
        }
    }
}

/// A file of products.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Products {
    product: Vec<Goods>,
}

/// The file of requests for quotation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rfqs {
    rfq: Vec<Rfq>,
}

/// All products, those of one supplier together.
pub(crate) fn goods() -> &'static [Goods] {
    static GOODS: LazyLock<Vec<Goods>> = LazyLock::new(|| {
        let files = [
            include_str!("../../../demo/source/catalogue/fasteners.toml"),
            include_str!("../../../demo/source/catalogue/bearings.toml"),
            include_str!("../../../demo/source/catalogue/textiles.toml"),
            include_str!("../../../demo/source/catalogue/coffee.toml"),
            include_str!("../../../demo/source/catalogue/ceramics.toml"),
            include_str!("../../../demo/source/catalogue/electronics.toml"),
            include_str!("../../../demo/source/catalogue/furniture.toml"),
            include_str!("../../../demo/source/catalogue/packaging.toml"),
            include_str!("../../../demo/source/catalogue/machines.toml"),
            include_str!("../../../demo/source/catalogue/food.toml"),
            include_str!("../../../demo/source/catalogue/tools.toml"),
            include_str!("../../../demo/source/catalogue/safety.toml"),
        ];
        let products = files.into_iter().map(source::parse::<Products>);
        products.flat_map(|products| products.product).collect()
    });
    &GOODS
}

pub(crate) fn rfqs() -> &'static [Rfq] {
    static RFQS: LazyLock<Rfqs> =
        LazyLock::new(|| source::parse(include_str!("../../../demo/source/catalogue/rfqs.toml")));
    &RFQS.rfq
}

#[cfg(test)]
mod tests {
    use super::goods;

    #[test]
    fn every_product_says_something_of_its_own() {
        let questions = |goods: &'static super::Goods| goods.facts.iter().map(|fact| &fact.0);
        let mut said: Vec<&String> = goods()
            .iter()
            .flat_map(|goods| questions(goods).chain([&goods.fault]))
            .collect();
        let all = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all);
    }
}
