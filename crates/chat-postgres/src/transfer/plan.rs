//! Who sits in a conversation that comes from elsewhere, and what it is about.

use chat::{conversation::Kind, person::Role, timestamp::Timestamp};

/// What the source says of a conversation, beside what the marketplace knows of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub buyer: Option<String>,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub kind: Option<String>,
    pub purpose: Option<(Option<String>, Option<String>)>,
    pub created_at: Option<Timestamp>,
    pub first_message_at: Option<Timestamp>,
    /// Those of the people that exist.
    pub buyer_found: Option<Person>,
    pub supplier_found: Option<Person>,
    pub admin_found: Option<Person>,
    pub product_found: Option<String>,
    /// Everybody else who is named and exists, in their order, and how many do not.
    pub people: Vec<Person>,
    pub strangers: usize,
}

/// Whoever has none of the roles is nobody here, and keeps what they had.
pub(super) type Person = (String, Option<Role>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decided {
    pub buyer: String,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    pub product: Option<String>,
    pub kind: Kind,
    pub purpose: (Option<String>, Option<String>),
    pub created_at: Timestamp,
}

/// A reason, and what it is about.
pub(super) type Reason = (&'static str, Option<String>);

const NO_BUYER: &str = "it has no buyer";
const BUYER_GONE: &str = "its buyer is gone";
const SUPPLIER_GONE: &str = "its supplier is gone: it has no supplier";
const SUPPLIER_HELPS: &str = "its supplier is its administrator too: it has no administrator";
const BUYER_ROLE: &str = "its buyer has another role: they keep the place";
const SUPPLIER_ROLE: &str = "its supplier has another role: they keep the place";
const ADMIN_GONE: &str = "its administrator is nobody, or is none: it has no administrator";
const ADMIN_BUYS: &str = "its buyer is its administrator too: it has no administrator";
const SUPPLIER_BUYS: &str = "its buyer is its supplier too: it has no supplier";
const PRODUCT_GONE: &str = "its product is gone or unknown: it has no product";
const SUPPLIER_ID: &str = "it names a supplier and not a user: the supplier's user is taken";
const OTHER_KIND: &str = "its type is decided by who takes part";
const TOO_MANY: &str = "more people than places: who has none keeps what they said";
const NO_TIME: &str = "it has no time: that of its first message is taken, else the present";

/// What old programs wrote where nobody is meant.
fn named(id: Option<&String>) -> Option<&String> {
    const NOBODY: [&str; 4] = ["0", "null", "undefined", "none"];
    id.filter(|id| !id.trim().is_empty() && !NOBODY.contains(&id.trim()))
}

/// Everything that had to be corrected is in `corrected`.
pub(super) fn decide(
    facts: &Facts,
    now: Timestamp,
    corrected: &mut Vec<Reason>,
) -> Result<Decided, Reason> {
    let (mut buyer, mut supplier) = (facts.buyer_found.clone(), facts.supplier_found.clone());
    let mut admin = facts.admin_found.clone();
    let mut spare = facts.strangers;
    for person in &facts.people {
        let (place, given) = match person.1 {
            Some(Role::Buyer) => (&mut buyer, &facts.buyer),
            Some(Role::Supplier) => (&mut supplier, &facts.supplier),
            Some(Role::Admin) => (&mut admin, &facts.admin),
            None => {
                spare += 1;
                continue;
            }
        };
        if place.is_none() && given.is_none() {
            *place = Some(person.clone());
        } else {
            spare += 1;
        }
    }
    if spare > 0 {
        corrected.push((TOO_MANY, Some(spare.to_string())));
    }
    let buyer = match (buyer, named(facts.buyer.as_ref())) {
        (Some((buyer, role)), _) => {
            if role != Some(Role::Buyer) {
                corrected.push((BUYER_ROLE, Some(buyer.clone())));
            }
            buyer
        }
        (None, Some(gone)) => return Err((BUYER_GONE, Some(gone.clone()))),
        (None, None) => return Err((NO_BUYER, None)),
    };
    let supplier = match (supplier, &facts.supplier) {
        (None, Some(gone)) => {
            corrected.push((SUPPLIER_GONE, Some(gone.clone())));
            None
        }
        (Some((user, _)), _) if user == buyer => {
            corrected.push((SUPPLIER_BUYS, Some(user)));
            None
        }
        (supplier, given) => supplier.map(|(user, role)| {
            if let Some(given) = given.as_ref().filter(|given| **given != user) {
                corrected.push((SUPPLIER_ID, Some(given.clone())));
            }
            if role != Some(Role::Supplier) {
                corrected.push((SUPPLIER_ROLE, Some(user.clone())));
            }
            user
        }),
    };
    let is_admin = |person: &Person| person.1 == Some(Role::Admin);
    let admin = match (admin.filter(is_admin), &facts.admin) {
        (None, Some(none)) => {
            corrected.push((ADMIN_GONE, Some(none.clone())));
            None
        }
        (Some((user, _)), _) if user == buyer => {
            corrected.push((ADMIN_BUYS, Some(user)));
            None
        }
        (Some((user, _)), _) if supplier.as_ref() == Some(&user) => {
            corrected.push((SUPPLIER_HELPS, Some(user)));
            None
        }
        (admin, _) => admin.map(|(user, _)| user),
    };
    if let (None, Some(product)) = (&facts.product_found, &facts.product) {
        corrected.push((PRODUCT_GONE, Some(product.clone())));
    }
    let kind = kind(facts.kind.as_deref(), supplier.is_some(), admin.is_some());
    if let Some(given) = facts
        .kind
        .as_deref()
        .filter(|given| *given != kind.as_str())
    {
        corrected.push((OTHER_KIND, Some(given.to_owned())));
    }
    let created_at = facts.created_at.or(facts.first_message_at);
    if facts.created_at.is_none() {
        corrected.push((NO_TIME, None));
    }
    let purpose = facts.purpose.clone().unwrap_or_else(|| {
        let admin = admin.clone().filter(|_| kind == Kind::BuyerAdmin);
        (facts.product_found.clone(), admin)
    });
    Ok(Decided {
        buyer,
        supplier,
        admin,
        product: facts.product_found.clone(),
        kind,
        purpose,
        created_at: created_at.unwrap_or(now),
    })
}

/// The given one, unless the places contradict it. Places empty when people leave, so a support
/// conversation may have lost its administrator.
fn kind(given: Option<&str>, has_supplier: bool, has_admin: bool) -> Kind {
    match (given.and_then(Kind::parse), has_supplier, has_admin) {
        (Some(Kind::BuyerSupplier), true, _) | (None | Some(Kind::BuyerAdmin), true, false) => {
            Kind::BuyerSupplier
        }
        (Some(Kind::BuyerAdmin), false, _) | (None | Some(Kind::BuyerSupplier), false, true) => {
            Kind::BuyerAdmin
        }
        (Some(Kind::Support), ..)
        | (None | Some(Kind::BuyerAdmin), true, true)
        | (None | Some(Kind::BuyerSupplier), false, false) => Kind::Support,
    }
}

#[cfg(test)]
mod tests;
