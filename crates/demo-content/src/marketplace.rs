//! The directory of the demo: who is there and what is on offer.

use serde::Serialize;

use crate::catalogue::{Goods, Product, Rfq, goods, rfqs};
use crate::people::{Person, Supplier, companies, profiles};

/// Everything the pages of the demo marketplace list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Marketplace {
    pub name: &'static str,
    /// Buyers, then the suppliers' users, then administrators.
    pub people: Vec<&'static Person>,
    pub suppliers: &'static [Supplier],
    pub products: Vec<Product>,
    pub rfqs: &'static [Rfq],
}

impl Marketplace {
    pub fn person(&self, id: &str) -> Option<&'static Person> {
        self.people.iter().copied().find(|person| person.id == id)
    }

    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }
}

/// The demo marketplace.
pub fn marketplace() -> Marketplace {
    Marketplace {
        name: "Quayside Market",
        people: profiles().iter().map(|profile| &profile.person).collect(),
        suppliers: companies(),
        products: goods().iter().map(Goods::product).collect(),
        rfqs: rfqs(),
    }
}
