//! Who talks with whom, about what.

use super::ConversationKind;
use super::deal::Party;
use super::standing;
use crate::catalogue::{Goods, goods};
use crate::people::{COMPANIES, Profile, profile};
use crate::random::Random;

/// A conversation before anything is said in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outline {
    pub(super) kind: ConversationKind,
    pub(super) party: Party,
    /// What the page was about from which the conversation was opened.
    pub(super) product: Option<&'static Goods>,
    /// What is spoken about, also where no product is attached.
    pub(super) goods: &'static Goods,
}

/// How many of a supplier's four products each buyer talks about.
const INTERESTS: [(&str, &[(&str, usize)]); 16] = [
    (
        "amelie",
        &[
            ("moreau", 3),
            ("kaya", 4),
            ("bellandi", 3),
            ("lima", 2),
            ("nguyen", 3),
            ("haddad", 2),
        ],
    ),
    (
        "sanne",
        &[
            ("moreau", 4),
            ("haddad", 2),
            ("lima", 2),
            ("chen", 1),
            ("iyer", 2),
        ],
    ),
    (
        "oliver",
        &[
            ("brandt", 4),
            ("vega", 3),
            ("iyer", 3),
            ("novak", 2),
            ("nguyen", 2),
        ],
    ),
    (
        "katrin",
        &[("brandt", 4), ("tanaka", 4), ("novak", 4), ("chen", 2)],
    ),
    (
        "mateo",
        &[
            ("vega", 3),
            ("tanaka", 3),
            ("chen", 3),
            ("brandt", 2),
            ("iyer", 2),
        ],
    ),
    (
        "sofia",
        &[("bellandi", 4), ("moreau", 3), ("haddad", 2), ("kaya", 2)],
    ),
    (
        "joao",
        &[("lima", 4), ("vega", 3), ("kaya", 3), ("moreau", 2)],
    ),
    (
        "yuki",
        &[("tanaka", 4), ("chen", 4), ("brandt", 3), ("novak", 2)],
    ),
    (
        "lin",
        &[
            ("chen", 3),
            ("nguyen", 4),
            ("bellandi", 3),
            ("lima", 3),
            ("kaya", 2),
        ],
    ),
    (
        "omar",
        &[
            ("haddad", 4),
            ("kaya", 3),
            ("bellandi", 2),
            ("nguyen", 2),
            ("lima", 2),
        ],
    ),
    (
        "layla",
        &[("haddad", 3), ("moreau", 3), ("chen", 2), ("iyer", 2)],
    ),
    (
        "grace",
        &[
            ("brandt", 2),
            ("vega", 3),
            ("iyer", 4),
            ("bellandi", 2),
            ("novak", 2),
        ],
    ),
    (
        "daniel",
        &[
            ("tanaka", 3),
            ("brandt", 2),
            ("novak", 3),
            ("chen", 3),
            ("vega", 2),
        ],
    ),
    (
        "zeynep",
        &[
            ("kaya", 4),
            ("bellandi", 2),
            ("moreau", 2),
            ("vega", 1),
            ("brandt", 1),
        ],
    ),
    (
        "ingrid",
        &[("lima", 4), ("moreau", 3), ("bellandi", 1), ("haddad", 2)],
    ),
    (
        "camila",
        &[
            ("iyer", 3),
            ("vega", 4),
            ("chen", 2),
            ("nguyen", 1),
            ("lima", 1),
        ],
    ),
];

/// Buyers who asked the marketplace for help, and who of its people took the question. Nobody
/// has taken the last two yet.
const SUPPORT: [(&str, Option<&str>); 18] = [
    ("amelie", Some("ines")),
    ("sanne", Some("marcus")),
    ("oliver", Some("hana")),
    ("katrin", Some("marcus")),
    ("mateo", Some("ines")),
    ("sofia", Some("hana")),
    ("joao", Some("ines")),
    ("yuki", Some("hana")),
    ("lin", Some("hana")),
    ("omar", Some("marcus")),
    ("layla", Some("ines")),
    ("grace", Some("marcus")),
    ("zeynep", Some("marcus")),
    ("ingrid", Some("ines")),
    ("camila", Some("ines")),
    ("oliver", Some("marcus")),
    ("daniel", None),
    ("grace", None),
];

/// Buyers whom somebody of the marketplace has written to.
const APPROACHED: [(&str, &str); 14] = [
    ("amelie", "ines"),
    ("amelie", "marcus"),
    ("sanne", "ines"),
    ("oliver", "marcus"),
    ("katrin", "hana"),
    ("sofia", "marcus"),
    ("yuki", "marcus"),
    ("lin", "ines"),
    ("omar", "hana"),
    ("grace", "ines"),
    ("daniel", "marcus"),
    ("daniel", "hana"),
    ("ingrid", "marcus"),
    ("camila", "hana"),
];

fn person(role: &str, name: &str) -> &'static Profile {
    profile(&format!("{role}-{name}")).expect("a person of the demo")
}

fn shelf(supplier: &Profile) -> Vec<&'static Goods> {
    let company = COMPANIES
        .iter()
        .find(|company| company.user_id == supplier.person.id);
    goods()
        .filter(|goods| company.is_some_and(|company| company.id == goods.company))
        .collect()
}

/// All conversations but the long one, each buyer's together.
pub(super) fn outlines(random: &mut Random) -> Vec<Outline> {
    let mut outlines = Vec::new();
    for (name, interests) in INTERESTS {
        let buyer = person("buyer", name);
        for (seller, count) in interests {
            let supplier = person("supplier", seller);
            let party = Party {
                buyer,
                supplier: Some(supplier),
                admin: None,
            };
            for goods in shelf(supplier).into_iter().take(*count) {
                if name == "sanne" && goods.id == standing::PRODUCT {
                    continue;
                }
                // A few people write to the company, not about one of its products.
                let product = (!random.chance(6)).then_some(goods);
                outlines.push(Outline {
                    kind: ConversationKind::BuyerSupplier,
                    party,
                    product,
                    goods,
                });
            }
        }
        let anything = outlines.last().expect("everybody has an interest").goods;
        let with = |kind, admin: Option<&str>, product| Outline {
            kind,
            party: Party {
                buyer,
                supplier: None,
                admin: admin.map(|name| person("admin", name)),
            },
            product,
            goods: anything,
        };
        for (index, (_, admin)) in SUPPORT.iter().filter(|(of, _)| *of == name).enumerate() {
            let product = (index > 0).then_some(anything);
            outlines.push(with(ConversationKind::Support, *admin, product));
        }
        for (_, admin) in APPROACHED.iter().filter(|(of, _)| *of == name) {
            outlines.push(with(ConversationKind::BuyerAdmin, Some(admin), None));
        }
    }
    keep_first_of_each(outlines)
}

/// One conversation for each purpose, as the server has it: buyer, supplier, product and kind,
/// and the administrator where the marketplace wrote to a buyer.
fn keep_first_of_each(outlines: Vec<Outline>) -> Vec<Outline> {
    let mut seen = std::collections::HashSet::new();
    let mut new = |outline: &Outline| {
        let Party {
            buyer,
            supplier,
            admin,
        } = outline.party;
        let approached = matches!(outline.kind, ConversationKind::BuyerAdmin);
        seen.insert((
            outline.kind,
            buyer.person.id,
            supplier.map(|profile| profile.person.id),
            outline.product.map(|goods| goods.id),
            admin
                .filter(|_| approached)
                .map(|profile| profile.person.id),
        ))
    };
    outlines
        .into_iter()
        .filter(|outline| new(outline))
        .collect()
}
