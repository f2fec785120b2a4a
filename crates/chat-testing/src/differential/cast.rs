//! Who and what the numbers in commands stand for.

use chat::{
    ids::{NodeId, ProductId, UserId},
    person::Role,
};

pub(super) const PEOPLE: usize = 10;
pub(super) const COMPANIES: usize = 3;
pub(super) const PRODUCTS: usize = 4;
pub(super) const NODES: usize = 3;

/// An id that no world makes.
pub(super) const NO_SUCH_ID: &str = "01900000-0000-7000-8000-ffffffffffff";

const NAMES: [&str; 6] = [
    "Ada Möller",
    "100% Cotton_Co",
    r"Back\Slash & Sons",
    "O'Neill <Trade>",
    "ГОСТ 漢字",
    "Ada Moller",
];

const TEXTS: [&str; 8] = [
    "What is the lead time?",
    "FOB or CIF?",
    "<b>Bold</b> & \"quoted\"",
    "M8 < M10",
    "100%_sure\\",
    "  two\n\nlines  ",
    "   ",
    "Größe: 漢字 🧵",
];

const SEARCHES: [&str; 12] = [
    "ada",
    "ADA M",
    "%",
    "_",
    r"\",
    "o'neill",
    "lead",
    "quoted",
    "",
    "nowhere",
    "MOLLER ada",
    "grosse 漢字",
];

/// What they are in the beginning: four buyers, three suppliers, three administrators.
pub(super) fn role(who: usize) -> Role {
    match who % PEOPLE {
        0..4 => Role::Buyer,
        4..7 => Role::Supplier,
        _ => Role::Admin,
    }
}

pub(super) fn user(who: usize) -> UserId {
    UserId::new(format!("u{:02}", who % PEOPLE))
}

pub(super) fn everybody() -> Vec<UserId> {
    (0..PEOPLE).map(user).collect()
}

pub(super) fn company(company: usize) -> String {
    format!("c{}", company % COMPANIES)
}

pub(super) fn product(product: usize) -> ProductId {
    ProductId::new(format!("p{}", product % PRODUCTS))
}

pub(super) fn node(node: usize) -> NodeId {
    NodeId::new(format!("n{}", node % NODES))
}

pub(super) fn name(name: usize) -> String {
    NAMES[name % NAMES.len()].to_owned()
}

pub(super) fn text(text: usize) -> String {
    TEXTS[text % TEXTS.len()].to_owned()
}

pub(super) fn search(search: usize) -> String {
    SEARCHES[search % SEARCHES.len()].to_owned()
}
