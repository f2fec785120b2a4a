//! Everything that can be bought on the demo marketplace.

mod bearings;
mod ceramics;
mod coffee;
mod electronics;
mod fasteners;
mod food;
mod furniture;
mod machines;
mod packaging;
mod rfqs;
mod safety;
mod textiles;
mod tools;

use serde::Serialize;

use crate::language::{English, Language};
use crate::money::{Currency, Price};
use crate::units::Unit;

pub(crate) use rfqs::RFQS;
pub use rfqs::{Rfq, RfqStatus};

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
#[derive(Debug)]
pub(crate) struct Goods {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    /// What people call it in a sentence: plural or a mass noun, without an article.
    pub(crate) short: &'static str,
    pub(crate) company: &'static str,
    pub(crate) category: &'static str,
    pub(crate) origin: &'static str,
    pub(crate) price: Price,
    pub(crate) minimum_order: i64,
    pub(crate) lead_weeks: (i64, i64),
    pub(crate) description: &'static str,
    /// `short` in the other languages of the supplier and its customers.
    pub(crate) local: &'static [(Language, &'static str)],
    pub(crate) packing: &'static str,
    pub(crate) certificate: &'static str,
    /// Questions that buyers ask about it, with the supplier's answers.
    pub(crate) facts: [(&'static str, &'static str); 3],
    /// What can be wrong with a delivery, and what was the cause.
    pub(crate) fault: (&'static str, &'static str),
}

impl Goods {
    pub(crate) fn called(&self, language: Language) -> &'static str {
        let local = self.local.iter().find(|(of, _)| *of == language);
        local.map_or(self.short, |(_, name)| name)
    }

    pub(crate) fn product(&self) -> Product {
        let (soonest, latest) = self.lead_weeks;
        Product {
            id: self.id,
            name: self.name,
            supplier_id: self.company,
            category: self.category,
            price: self.price.in_words(English),
            minimum_order: self.price.unit.count(self.minimum_order, English),
            lead_time: if soonest == latest {
                format!("{soonest} weeks")
            } else {
                format!("{soonest} to {latest} weeks")
            },
            origin: self.origin,
            description: self.description,
            image: format!("demo/pictures/{}.svg", self.id),
        }
    }
}

/// All products, those of one supplier together.
pub(crate) fn goods() -> impl Iterator<Item = &'static Goods> {
    let shelves: [&'static [Goods]; 12] = [
        fasteners::FASTENERS,
        bearings::BEARINGS,
        textiles::TEXTILES,
        coffee::COFFEE,
        ceramics::CERAMICS,
        electronics::ELECTRONICS,
        furniture::FURNITURE,
        packaging::PACKAGING,
        machines::MACHINES,
        food::FOOD,
        tools::TOOLS,
        safety::SAFETY,
    ];
    shelves.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::goods;

    #[test]
    fn every_product_says_something_of_its_own() {
        let mut said: Vec<&str> = goods()
            .flat_map(|goods| goods.facts.iter().map(|fact| fact.0).chain([goods.fault.0]))
            .collect();
        let all = said.len();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), all);
    }
}
