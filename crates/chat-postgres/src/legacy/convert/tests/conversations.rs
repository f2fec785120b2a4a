use std::collections::HashMap;

use chat::conversation::Kind;

use super::{at, conversation, converted, facts, ids, kept, message, reasons, text};
use crate::legacy::{
    convert::group,
    reason::Reason,
    rows::{OldConversation, OldMessage},
};

#[test]
fn an_administrator_who_is_nobody_or_none_is_no_administrator() {
    for nobody in ["0", "", "admin", "undefined", "gone", "sam", "bea"] {
        let old = OldConversation {
            admin_in_counter: text(nobody),
            ..conversation("c")
        };
        let (kept, reasons) = kept(old, Vec::new());
        assert_eq!(kept.places.admin, None, "{nobody:?}");
        assert_eq!(kept.kind, Kind::Support);
        assert_eq!(reasons, [Reason::NoAdmin]);
    }
}

#[test]
fn an_administrator_stands_in_either_column() {
    for (admin, counter, kept_admin, wanted) in [
        ("ada", "0", "ada", vec![]),
        ("gone", "abe", "abe", vec![]),
        ("ada", "ada", "ada", vec![]),
        ("ada", "abe", "ada", vec![Reason::OtherAdmin]),
    ] {
        let old = OldConversation {
            admin: text(admin),
            admin_in_counter: text(counter),
            ..conversation("c")
        };
        let (kept, reasons) = kept(old, Vec::new());
        assert_eq!(kept.places.admin.as_deref(), Some(kept_admin));
        assert_eq!(reasons, wanted);
    }
}

#[test]
fn a_suppliers_own_id_is_that_suppliers_user() {
    let old = OldConversation {
        supplier: text("s-1"),
        admin_in_counter: None,
        ..conversation("c")
    };
    let (kept, reasons) = kept(old, Vec::new());
    assert_eq!(kept.places.supplier.as_deref(), Some("sam"));
    assert_eq!(kept.kind, Kind::BuyerSupplier);
    assert_eq!(reasons, [Reason::SupplierOwnId]);
}

#[test]
fn an_id_of_a_user_who_sells_comes_before_a_supplier_of_that_id() {
    let mut facts = facts();
    facts.suppliers.insert("sam".to_owned(), "ann".to_owned());
    facts.suppliers.insert("bea".to_owned(), "sam".to_owned());
    for (id, user) in [("sam", "sam"), ("bea", "sam")] {
        let old = OldConversation {
            supplier: text(id),
            ..conversation("c")
        };
        let group = group(vec![old], Vec::new(), &facts, true, at(0));
        let supplier = &group.kept[0].places.supplier;
        assert_eq!(supplier.as_deref(), Some(user), "{id}");
    }
}

#[test]
fn places_that_name_profiles_mean_their_users() {
    let mut facts = facts();
    let profiles = |id: &str, user: &str| HashMap::from([(id.to_owned(), user.to_owned())]);
    facts.buyer_profiles = Some(profiles("1", "ann"));
    facts.supplier_profiles = Some(profiles("1", "sam"));
    for (buyer, supplier, wanted) in [
        ("1", "1", vec![]),
        ("ann", "sam", vec![Reason::BuyerUserId, Reason::BuyerUserId]),
    ] {
        let old = OldConversation {
            buyer: text(buyer),
            supplier: text(supplier),
            admin_in_counter: None,
            ..conversation("c")
        };
        let group = group(vec![old], Vec::new(), &facts, true, at(0));
        let places = &group.kept[0].places;
        assert_eq!(
            (&*places.buyer, places.supplier.as_deref()),
            ("ann", Some("sam"))
        );
        assert_eq!(reasons(&group), wanted);
    }
}

#[test]
fn a_supplier_who_is_gone_leaves_the_place_empty() {
    let old = OldConversation {
        supplier: text("gone"),
        ..conversation("c")
    };
    let (kept, reasons) = kept(old, Vec::new());
    assert_eq!((kept.places.supplier, kept.kind), (None, Kind::BuyerAdmin));
    assert_eq!(reasons, [Reason::SupplierGone]);
}

#[test]
fn a_buyer_who_is_the_administrator_leaves_that_place_empty() {
    let old = OldConversation {
        buyer: text("ada"),
        ..conversation("c")
    };
    let (kept, reasons) = kept(old, Vec::new());
    assert_eq!((&*kept.places.buyer, kept.places.admin), ("ada", None));
    assert_eq!(reasons, [Reason::BuyerOtherRole, Reason::BuyerIsAdmin]);
}

#[test]
fn nobody_takes_two_places() {
    let supplier = |buyer: &str, supplier: &str, admin: &str| OldConversation {
        buyer: text(buyer),
        supplier: text(supplier),
        admin_in_counter: text(admin),
        ..conversation("c")
    };
    let (kept_buyer, said) = kept(supplier("ann", "ann", "ada"), Vec::new());
    assert_eq!(kept_buyer.places.supplier, None);
    assert!(said.contains(&Reason::BuyerIsSupplier), "{said:?}");
    let (kept_supplier, said) = kept(supplier("ann", "ada", "ada"), Vec::new());
    assert_eq!(kept_supplier.places.supplier.as_deref(), Some("ada"));
    assert_eq!(kept_supplier.places.admin, None);
    assert!(said.contains(&Reason::SupplierIsAdmin), "{said:?}");
}

#[test]
fn a_buyer_of_another_role_keeps_the_place() {
    for buyer in ["sam", "abe", "guest"] {
        let old = OldConversation {
            buyer: text(buyer),
            ..conversation("c")
        };
        let (kept, reasons) = kept(old, Vec::new());
        assert_eq!(kept.places.buyer, buyer);
        assert_eq!(reasons, [Reason::BuyerOtherRole]);
    }
}

#[test]
fn without_a_buyer_it_is_refused_with_its_messages() {
    for (buyer, reason) in [
        (text("gone"), Reason::BuyerGone),
        (text(""), Reason::NoBuyer),
        (None, Reason::NoBuyer),
    ] {
        let old = OldConversation {
            buyer,
            ..conversation("c")
        };
        let group = converted(vec![old], vec![message("m-1", 1), message("m-2", 2)]);
        assert!(group.kept.is_empty());
        let refused = Reason::ConversationRefused;
        assert_eq!(reasons(&group), [reason, refused, refused]);
        let [outcome] = &*group.outcomes else {
            panic!("{group:?}")
        };
        assert_eq!((&outcome.kept_in, outcome.messages_refused), (&None, 2));
    }
}

#[test]
fn a_product_that_is_gone_is_none_unless_a_slug_names_exactly_one() {
    for (named, product, wanted) in [
        ("p-1", Some("p-1"), vec![]),
        ("sheet", Some("p-1"), vec![Reason::ProductSlug]),
        ("twice", None, vec![Reason::NoProduct]),
        ("gone", None, vec![Reason::NoProduct]),
        ("", None, vec![Reason::NoProduct]),
    ] {
        let old = OldConversation {
            product: text(named),
            ..conversation("c")
        };
        let (kept, reasons) = kept(old, Vec::new());
        assert_eq!(kept.product.as_deref(), product, "{named}");
        assert_eq!(kept.purpose.0.as_deref(), product);
        assert_eq!(reasons, wanted);
    }
}

#[test]
fn the_places_decide_the_type() {
    use Kind::{BuyerAdmin, BuyerSupplier, Support};
    for (given, supplier, admin, kind) in [
        ("buyer_support", None, Some("ada"), BuyerAdmin),
        ("buyer_support", Some("sam"), None, BuyerSupplier),
        ("supplier_admin", Some("sam"), Some("ada"), Support),
        ("whatever", None, None, Support),
        ("support", Some("sam"), None, BuyerSupplier),
        ("support", Some("sam"), Some("ada"), Support),
        ("buyer_supplier", None, Some("ada"), BuyerAdmin),
        ("buyer_supplier", Some("sam"), Some("ada"), BuyerSupplier),
        ("buyer_admin", Some("sam"), None, BuyerSupplier),
        ("buyer_admin", None, None, BuyerAdmin),
    ] {
        let old = OldConversation {
            kind: text(given),
            supplier: supplier.and_then(text),
            admin: admin.and_then(text),
            admin_in_counter: None,
            ..conversation("c")
        };
        let (kept, said) = kept(old, Vec::new());
        assert_eq!(kept.kind, kind, "{given}");
        assert_eq!(said.contains(&Reason::Kind), given != kind.as_str());
    }
}

#[test]
fn duplicates_are_merged_into_the_oldest_in_the_order_of_time() {
    let younger = OldConversation {
        created_at: Some(at(50)),
        ..conversation("a-younger")
    };
    let own = |id: &str, conversation: &str, seconds| OldMessage {
        conversation: text(conversation),
        ..message(id, seconds)
    };
    let messages = vec![
        own("3", "a-younger", 60),
        own("1", "c", 10),
        own("4", "c", 70),
        own("2", "a-younger", 20),
    ];
    let group = converted(vec![younger, conversation("c")], messages);
    let [kept] = &*group.kept else {
        panic!("{group:?}")
    };
    assert_eq!((&*kept.old_id, kept.created_at), ("c", at(0)));
    assert_eq!(ids(kept), ["1", "2", "3", "4"]);
    let outcomes: Vec<_> = group
        .outcomes
        .iter()
        .map(|outcome| (&*outcome.old_id, outcome.messages_kept))
        .collect();
    assert_eq!(outcomes, [("c", 2), ("a-younger", 2)]);
    let merged = group
        .notes
        .iter()
        .find(|note| note.reason == Reason::Merged);
    assert_eq!(merged.unwrap().id, "a-younger");
}

#[test]
fn conversations_that_become_duplicates_by_a_correction_are_merged() {
    let of = |id: &str, admin: &str, product: &str| OldConversation {
        admin_in_counter: text(admin),
        product: text(product),
        ..conversation(id)
    };
    let group = converted(
        vec![
            of("c-1", "0", "sheet"),
            of("c-2", "undefined", "p-1"),
            of("c-3", "gone", "p-2"),
            of("c-4", "ada", "p-1"),
        ],
        Vec::new(),
    );
    let kept: Vec<_> = group.kept.iter().map(|kept| &*kept.old_id).collect();
    assert_eq!(kept, ["c-1", "c-3", "c-4"]);
}

#[test]
fn an_empty_place_is_taken_by_whoever_took_it_in_a_duplicate() {
    let of = |id: &str, admin: Option<&str>| OldConversation {
        supplier: text("sam"),
        kind: text("buyer_supplier"),
        admin: admin.and_then(text),
        admin_in_counter: None,
        ..conversation(id)
    };
    let olds = vec![
        of("c-1", None),
        of("c-2", Some("ada")),
        of("c-3", Some("abe")),
    ];
    let group = converted(olds, Vec::new());
    let [kept] = &*group.kept else {
        panic!("{group:?}")
    };
    assert_eq!(kept.places.admin.as_deref(), Some("ada"));
    let other = group
        .notes
        .iter()
        .find(|note| note.reason == Reason::OtherAdmin);
    assert_eq!(other.unwrap().id, "c-3");
}

#[test]
fn a_last_message_without_any_message_is_none_and_the_subject_is_kept() {
    let old = OldConversation {
        last_message: text("Order 7"),
        subject: text(" Order <b>7</b> "),
        ..conversation("c")
    };
    let (kept, reasons) = kept(old, Vec::new());
    assert_eq!(kept.subject.as_deref(), Some("Order < b>7< /b>"));
    assert_eq!(reasons, [Reason::LastMessage]);
}

#[test]
fn subjects_of_duplicates_are_told_where_there_is_another() {
    let of = |id: &str, subject: &str| OldConversation {
        subject: text(subject),
        ..conversation(id)
    };
    let olds = vec![
        of("c-1", ""),
        of("c-2", "One"),
        of("c-3", "One"),
        of("c-4", "Two"),
    ];
    let group = converted(olds, Vec::new());
    assert_eq!(group.kept[0].subject.as_deref(), Some("One"));
    let left: Vec<_> = group
        .notes
        .iter()
        .filter(|note| note.reason == Reason::SubjectLeft)
        .map(|note| note.detail.as_deref())
        .collect();
    assert_eq!(left, [Some("Two")]);
}

#[test]
fn wrong_counters_are_derived_from_what_is_read() {
    let read = OldMessage {
        is_read: Some(true),
        ..message("1", 1)
    };
    for (counter, is_wrong) in [
        (Some(1), false),
        (Some(-3), true),
        (Some(0), true),
        (None, false),
    ] {
        let old = OldConversation {
            unread_admin: counter,
            ..conversation("c")
        };
        let (kept, said) = kept(old, vec![read.clone(), message("2", 2)]);
        assert_eq!(kept.read_seqs, [2, 0, 1]);
        assert_eq!(said.contains(&Reason::Counters), is_wrong, "{counter:?}");
    }
}

#[test]
fn a_status_other_than_active_is_told() {
    for (status, is_told) in [("active", false), ("", false), ("closed", true)] {
        let old = OldConversation {
            status: text(status),
            ..conversation("c")
        };
        let (_, said) = kept(old, Vec::new());
        assert_eq!(said.contains(&Reason::Status), is_told);
    }
}

#[test]
fn without_a_time_it_has_that_of_its_first_message_else_the_present() {
    let old = || OldConversation {
        created_at: None,
        ..conversation("c")
    };
    let (kept_with, said) = kept(old(), vec![message("1", 30), message("2", 20)]);
    assert_eq!(
        (kept_with.created_at, said),
        (at(20), vec![Reason::OpenedWithoutTime])
    );
    let (kept_without, _) = kept(old(), Vec::new());
    assert_eq!(kept_without.created_at, at(9_999));
}

#[test]
fn an_id_that_cannot_be_kept_is_told() {
    for id in ["", &"x".repeat(129)] {
        let (kept, said) = kept(conversation(id), Vec::new());
        assert_eq!((kept.id, &*kept.old_id), (None, id));
        assert_eq!(said, [Reason::ConversationId]);
    }
}
