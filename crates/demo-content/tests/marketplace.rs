//! The directory of the demo is complete and refers only to itself.

use std::collections::HashSet;

use demo_content::{Role, avatar, marketplace, picture};

#[test]
fn there_are_enough_people_and_products() {
    let market = marketplace();
    let count = |role| {
        market
            .people
            .iter()
            .filter(|person| person.role == role)
            .count()
    };
    assert!(count(Role::Buyer) >= 14);
    assert!(count(Role::Admin) >= 2);
    assert!(market.suppliers.len() >= 10);
    assert_eq!(market.suppliers.len(), count(Role::Supplier));
    assert!(market.products.len() >= 48);
    assert!(market.rfqs.len() >= 16);
}

#[test]
fn ids_and_addresses_are_unique_and_tell_what_they_are() {
    let market = marketplace();
    let mut ids = HashSet::new();
    for person in &market.people {
        let role = match person.role {
            Role::Buyer => "buyer-",
            Role::Supplier => "supplier-",
            Role::Admin => "admin-",
        };
        assert!(person.id.starts_with(role), "{}", person.id);
        assert!(ids.insert(person.id.as_str()));
        assert!(ids.insert(person.email.as_str()) && person.email.ends_with(".example"));
    }
    for supplier in market.suppliers {
        assert!(supplier.id.starts_with("company-") && ids.insert(supplier.id.as_str()));
    }
    for product in &market.products {
        assert!(product.id.starts_with("product-") && ids.insert(product.id));
    }
    for rfq in market.rfqs {
        assert!(rfq.id.starts_with("rfq-") && ids.insert(rfq.id.as_str()));
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let market = marketplace();
    for supplier in market.suppliers {
        let user = market
            .person(&supplier.user_id)
            .expect("the supplier's user");
        assert_eq!((user.role, &user.company), (Role::Supplier, &supplier.name));
        assert_eq!(
            (&user.city, &user.country),
            (&supplier.city, &supplier.country)
        );
        let sells = market
            .products
            .iter()
            .filter(|product| product.supplier_id == supplier.id);
        assert!(sells.count() >= 3, "{} sells something", supplier.id);
    }
    for product in &market.products {
        assert!(
            market
                .suppliers
                .iter()
                .any(|supplier| supplier.id == product.supplier_id)
        );
        // Relative: the pages may lie below any path.
        assert_eq!(product.image, format!("demo/pictures/{}.svg", product.id));
        assert!(product.price.starts_with(['€', '$']), "{}", product.price);
        assert_eq!(
            market.product(product.id).map(|found| found.name),
            Some(product.name)
        );
    }
    for rfq in market.rfqs {
        assert_eq!(
            market.person(&rfq.buyer_id).map(|buyer| buyer.role),
            Some(Role::Buyer)
        );
        assert_eq!(rfq.incoterm.len(), 3);
    }
}

#[test]
fn everything_has_a_picture_of_its_own() {
    let market = marketplace();
    let mut drawings = HashSet::new();
    for product in &market.products {
        let drawing = picture(product.id).expect("a picture");
        assert_harmless(&drawing);
        assert!(
            drawings.insert(drawing),
            "{} looks like another product",
            product.id
        );
    }
    for person in &market.people {
        let drawing = avatar(&person.id).expect("an avatar");
        assert_harmless(&drawing);
        assert!(
            drawings.insert(drawing),
            "{} looks like somebody else",
            person.id
        );
    }
    assert_eq!(picture("product-unknown"), None);
    assert_eq!(picture("hex-bolt"), None);
    assert_eq!(avatar("buyer-unknown"), None);
}

/// A drawing needs nothing from outside, runs nothing and says nothing.
fn assert_harmless(drawing: &str) {
    assert!(drawing.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(drawing.ends_with("</svg>\n"));
    assert_eq!(
        drawing.matches("http").count(),
        1,
        "only the name of the format"
    );
    for forbidden in [
        "<script",
        "<text",
        "<image",
        "<style",
        "<foreignObject",
        "href",
        " on",
        "NaN",
    ] {
        assert!(!drawing.contains(forbidden), "{forbidden}");
    }
    assert_eq!(drawing.matches('<').count(), drawing.matches('>').count());
    assert!(drawing.len() < 100_000);
}
