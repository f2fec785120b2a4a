//! Who is there, and what they talk about in a round.

use serde_json::{Value, json};
use test_support::Person;

/// A person on one or more devices.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    pub id: &'static str,
    /// As the directory calls it.
    pub kind: &'static str,
    pub devices: usize,
    pub manner: Manner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    Calm,
    /// Sends more than the limit allows.
    Eager,
    /// Takes part in nothing, and tries to.
    Outside,
}

pub const PEOPLE: &[Role] = &[
    role("anna", "buyer", 2, Manner::Calm),
    role("bert", "buyer", 1, Manner::Calm),
    role("cleo", "buyer", 1, Manner::Eager),
    role("sofia", "supplier", 3, Manner::Calm),
    role("tom", "supplier", 1, Manner::Calm),
    role("ada", "admin", 1, Manner::Calm),
    role("alan", "admin", 1, Manner::Calm),
    // Who are flooded: see `faults::flood`.
    role("flora", "buyer", 1, Manner::Calm),
    role("dora", "supplier", 1, Manner::Calm),
    role("oleg", "buyer", 1, Manner::Outside),
    role("olga", "supplier", 1, Manner::Outside),
];

/// The administrator who is asked at the end.
pub const OBSERVER: &str = "ada";

const fn role(id: &'static str, kind: &'static str, devices: usize, manner: Manner) -> Role {
    Role {
        id,
        kind,
        devices,
        manner,
    }
}

/// What a conversation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose {
    pub buyer: &'static str,
    /// `None`: with the administrator.
    pub supplier: Option<&'static str>,
    /// A product of this round, so that a round begins without messages.
    pub product: String,
}

const PURPOSES: &[(&str, Option<&str>)] = &[
    ("anna", Some("sofia")),
    ("anna", Some("tom")),
    ("bert", Some("sofia")),
    ("cleo", Some("sofia")),
    ("cleo", Some("tom")),
    ("bert", None),
    ("flora", Some("dora")),
];

pub fn purposes(round: &str) -> Vec<Purpose> {
    let purposes = PURPOSES.iter().enumerate();
    purposes
        .map(|(number, &(buyer, supplier))| Purpose {
            buyer,
            supplier,
            product: format!("{round}-{number}"),
        })
        .collect()
}

impl Role {
    pub fn is_admin(&self) -> bool {
        self.kind == "admin"
    }
}

impl Purpose {
    /// Whether this person opens it and takes part in it.
    pub fn is_of(&self, person: &str) -> bool {
        self.buyer == person || self.other() == person
    }

    fn other(&self) -> &'static str {
        self.supplier.unwrap_or(OBSERVER)
    }

    /// What this person posts to open it.
    pub fn request(&self, person: &str) -> Value {
        let mut request = json!({"productId": self.product});
        if self.buyer != person {
            request["buyerId"] = json!(self.buyer);
        }
        match self.supplier {
            Some(supplier) if supplier != person => request["supplierId"] = json!(supplier),
            Some(_) => {}
            None => request["adminId"] = json!(OBSERVER),
        }
        request
    }
}

/// One person at every node, in the nodes' order.
pub fn at_every_node(bases: &[String], id: &str) -> Vec<Person> {
    bases.iter().map(|base| Person::new(base, id)).collect()
}
