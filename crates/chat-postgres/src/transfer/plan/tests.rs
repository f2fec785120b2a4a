use chat::{conversation::Kind, person::Role, timestamp::Timestamp};

use super::{
    ADMIN_BUYS, ADMIN_GONE, BUYER_GONE, BUYER_ROLE, Decided, Facts, NO_BUYER, NO_TIME, OTHER_KIND,
    PRODUCT_GONE, Person, Reason, SUPPLIER_GONE, SUPPLIER_HELPS, SUPPLIER_ID, SUPPLIER_ROLE,
    TOO_MANY, decide,
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
