//! The directory of the demo: who is there and what is on offer.

use std::sync::LazyLock;

use serde::Serialize;

use crate::catalogue::{Goods, Product, RFQS, Rfq, goods};
use crate::people::{COMPANIES, Person, Supplier, profiles};

/// Everything the pages of the demo marketplace list.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Marketplace {
    pub name: &'static str,
    /// Buyers, then the suppliers' users, then administrators.
    pub people: Vec<Person>,
    pub suppliers: &'static [Supplier],
    pub products: Vec<Product>,
    pub rfqs: &'static [Rfq],
}

impl Marketplace {
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }
}

/// The demo marketplace.
pub fn marketplace() -> &'static Marketplace {
    static MARKETPLACE: LazyLock<Marketplace> = LazyLock::new(|| Marketplace {
        name: "Quayside Market",
        people: profiles().map(|profile| profile.person).collect(),
        suppliers: COMPANIES,
        products: goods().map(Goods::product).collect(),
        rfqs: RFQS,
    });
    &MARKETPLACE
}
