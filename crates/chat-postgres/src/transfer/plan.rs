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
mod tests {
    use chat::{conversation::Kind, person::Role, timestamp::Timestamp};

    use super::{
        ADMIN_BUYS, ADMIN_GONE, BUYER_GONE, BUYER_ROLE, Decided, Facts, NO_BUYER, NO_TIME,
        OTHER_KIND, PRODUCT_GONE, Person, Reason, SUPPLIER_GONE, SUPPLIER_HELPS, SUPPLIER_ID,
        SUPPLIER_ROLE, TOO_MANY, decide,
    };

    fn now() -> Timestamp {
        Timestamp::from_micros(9)
    }

    #[expect(clippy::unnecessary_wraps, reason = "the shape of a field")]
    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[expect(clippy::unnecessary_wraps, reason = "the shape of a field")]
    fn person(id: &str, role: Role) -> Option<Person> {
        Some((id.to_owned(), Some(role)))
    }

    /// Of Ann with Sam, nothing wrong.
    fn facts() -> Facts {
        Facts {
            buyer: text("ann"),
            supplier: text("sam"),
            buyer_found: person("ann", Role::Buyer),
            supplier_found: person("sam", Role::Supplier),
            created_at: Some(now()),
            ..Facts::default()
        }
    }

    fn decided(facts: &Facts) -> (Result<Decided, Reason>, Vec<&'static str>) {
        let mut corrected = Vec::new();
        let decided = decide(facts, now(), &mut corrected);
        (decided, corrected.into_iter().map(|(why, _)| why).collect())
    }

    #[test]
    fn what_is_right_is_not_corrected() {
        let (decided, corrected) = decided(&facts());
        let decided = decided.unwrap();
        assert_eq!(corrected, Vec::<&str>::new());
        assert_eq!(
            (&*decided.buyer, decided.supplier.as_deref()),
            ("ann", Some("sam"))
        );
        assert_eq!(decided.kind, Kind::BuyerSupplier);
    }

    #[test]
    fn whoever_is_no_administrator_leaves_the_place_empty() {
        for (admin, role) in [
            ("0", None),
            ("", None),
            ("undefined", None),
            ("gone", None),
            ("sue", Some(Role::Supplier)),
        ] {
            let facts = Facts {
                admin: text(admin),
                admin_found: role.and_then(|role| person(admin, role)),
                ..facts()
            };
            let (decided, corrected) = decided(&facts);
            assert_eq!(decided.unwrap().admin, None, "{admin}");
            assert_eq!(corrected, [ADMIN_GONE]);
        }
    }

    #[test]
    fn a_buyer_who_is_the_administrator_too_stays_the_buyer() {
        let facts = Facts {
            buyer: text("root"),
            buyer_found: person("root", Role::Admin),
            admin: text("root"),
            admin_found: person("root", Role::Admin),
            ..facts()
        };
        let (decided, corrected) = decided(&facts);
        let decided = decided.unwrap();
        assert_eq!((&*decided.buyer, decided.admin), ("root", None));
        assert_eq!(corrected, [BUYER_ROLE, ADMIN_BUYS]);
    }

    #[test]
    fn a_supplier_who_is_the_administrator_too_stays_the_supplier() {
        let facts = Facts {
            supplier: text("root"),
            supplier_found: person("root", Role::Admin),
            admin: text("root"),
            admin_found: person("root", Role::Admin),
            ..facts()
        };
        let (decided, corrected) = decided(&facts);
        let decided = decided.unwrap();
        assert_eq!((decided.supplier, decided.admin), (text("root"), None));
        assert_eq!(corrected, [SUPPLIER_ROLE, SUPPLIER_HELPS]);
    }

    #[test]
    fn nothing_is_kept_without_its_buyer() {
        let gone = Facts {
            buyer_found: None,
            ..facts()
        };
        assert_eq!(decided(&gone).0.unwrap_err(), (BUYER_GONE, text("ann")));
        let none = Facts {
            buyer: text("0"),
            ..gone
        };
        assert_eq!(decided(&none).0.unwrap_err(), (NO_BUYER, None));
    }

    #[test]
    fn a_supplier_who_is_gone_leaves_the_place_empty() {
        let alone = Facts {
            supplier_found: None,
            kind: text("buyer_supplier"),
            ..facts()
        };
        let (decided, corrected) = decided(&alone);
        let decided = decided.unwrap();
        assert_eq!((decided.supplier, decided.kind), (None, Kind::Support));
        assert_eq!(corrected, [SUPPLIER_GONE, OTHER_KIND]);
    }

    #[test]
    fn a_supplier_may_be_named_by_its_own_id() {
        let facts = Facts {
            supplier: text("acme"),
            ..facts()
        };
        let (decided, corrected) = decided(&facts);
        assert_eq!(decided.unwrap().supplier, text("sam"));
        assert_eq!(corrected, [SUPPLIER_ID]);
    }

    #[test]
    fn a_product_that_is_gone_is_none() {
        let facts = Facts {
            product: text("old-slug"),
            ..facts()
        };
        let (decided, corrected) = decided(&facts);
        let decided = decided.unwrap();
        assert_eq!((decided.product, decided.purpose), (None, (None, None)));
        assert_eq!(corrected, [PRODUCT_GONE]);
    }

    #[test]
    fn a_type_is_decided_by_who_sits_there() {
        let cases = [
            ("buyer_support", true, false, Kind::BuyerSupplier),
            ("supplier_admin", true, true, Kind::Support),
            ("buyer_supplier", false, true, Kind::BuyerAdmin),
            ("buyer_admin", true, false, Kind::BuyerSupplier),
            ("nonsense", false, false, Kind::Support),
        ];
        for (given, has_supplier, has_admin, kind) in cases {
            let facts = Facts {
                kind: text(given),
                supplier: text("sam").filter(|_| has_supplier),
                supplier_found: person("sam", Role::Supplier).filter(|_| has_supplier),
                admin: text("root").filter(|_| has_admin),
                admin_found: person("root", Role::Admin).filter(|_| has_admin),
                ..facts()
            };
            let (decided, corrected) = decided(&facts);
            assert_eq!(decided.unwrap().kind, kind, "{given}");
            assert_eq!(corrected, [OTHER_KIND], "{given}");
        }
    }

    #[test]
    fn a_type_that_the_places_allow_stays_also_when_somebody_left() {
        for (given, has_supplier) in [
            ("support", true),
            ("buyer_admin", false),
            ("support", false),
        ] {
            let facts = Facts {
                kind: text(given),
                supplier: text("sam").filter(|_| has_supplier),
                supplier_found: person("sam", Role::Supplier).filter(|_| has_supplier),
                ..facts()
            };
            let (decided, corrected) = decided(&facts);
            assert_eq!(decided.unwrap().kind.as_str(), given);
            assert_eq!(corrected, Vec::<&str>::new());
        }
    }

    #[test]
    fn people_without_a_place_take_the_one_of_their_role() {
        let people = [
            person("sam", Role::Supplier),
            person("ann", Role::Buyer),
            person("bob", Role::Buyer),
            person("root", Role::Admin),
        ];
        let facts = Facts {
            people: people.into_iter().flatten().collect(),
            strangers: 1,
            ..Facts::default()
        };
        let (decided, corrected) = decided(&facts);
        let decided = decided.unwrap();
        assert_eq!(decided.buyer, "ann");
        assert_eq!(
            (decided.supplier, decided.admin),
            (text("sam"), text("root"))
        );
        assert_eq!(decided.kind, Kind::Support);
        assert_eq!(corrected, [TOO_MANY, NO_TIME]);
    }
}
