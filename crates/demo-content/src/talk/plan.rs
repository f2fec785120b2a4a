//! Who talks with whom, about what.

use serde::Deserialize;

use super::ConversationKind;
use super::deal::Party;
use super::standing;
use crate::catalogue::{Goods, goods};
use crate::people::{Profile, companies, profile};
use crate::random::Random;
use crate::source;

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

/// What a buyer of the demo wants.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    name: String,
    /// How many of a supplier's products the buyer talks about.
    interests: Vec<(String, usize)>,
    /// Who of the marketplace took each question of theirs, empty where nobody has yet.
    #[serde(default)]
    support: Vec<String>,
    /// Who of the marketplace has written to them.
    #[serde(default)]
    approached: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Plans {
    buyer: Vec<Plan>,
}

fn person(role: &str, name: &str) -> &'static Profile {
    profile(&format!("{role}-{name}")).expect("a person of the demo")
}

fn shelf(supplier: &Profile) -> Vec<&'static Goods> {
    let company = companies()
        .iter()
        .find(|company| company.user_id == supplier.id());
    goods()
        .iter()
        .filter(|goods| company.is_some_and(|company| company.id == goods.company))
        .collect()
}

/// All conversations but the long one, each buyer's together.
pub(super) fn outlines(random: &mut Random) -> Vec<Outline> {
    let plans: Plans = source::parse(include_str!("../../../../demo/source/plan.toml"));
    let mut outlines = Vec::new();
    for plan in &plans.buyer {
        let buyer = person("buyer", &plan.name);
        for (seller, count) in &plan.interests {
            let supplier = person("supplier", seller);
            let party = Party {
                buyer,
                supplier: Some(supplier),
                admin: None,
            };
            for goods in shelf(supplier).into_iter().take(*count) {
                if buyer.id() == standing::BUYER && goods.id == standing::PRODUCT {
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
        let with = |kind, admin: &str, product| Outline {
            kind,
            party: Party {
                buyer,
                supplier: None,
                admin: (!admin.is_empty()).then(|| person("admin", admin)),
            },
            product,
            goods: anything,
        };
        for (index, admin) in plan.support.iter().enumerate() {
            let product = (index > 0).then_some(anything);
            outlines.push(with(ConversationKind::Support, admin, product));
        }
        for admin in &plan.approached {
            outlines.push(with(ConversationKind::BuyerAdmin, admin, None));
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
            buyer.id(),
            supplier.map(Profile::id),
            outline.product.map(|goods| goods.id.as_str()),
            admin.filter(|_| approached).map(Profile::id),
        ))
    };
    outlines
        .into_iter()
        .filter(|outline| new(outline))
        .collect()
}
