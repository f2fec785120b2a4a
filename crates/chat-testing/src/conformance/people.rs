//! The directory: people and suppliers by any of their names.

use super::{Checks, World};
use chat::{
    ids::{ProductId, UserId},
    person::{Person, Product, Role},
    storage::{Delete, ProductRecord, Put, SupplierRecord, UserRecord},
};

pub(super) const CHECKS: Checks = &[
    ("people::a_person_is_as_put", |world| {
        Box::pin(check_a_person_is_as_put(world))
    }),
    ("people::a_company_lends_its_name", |world| {
        Box::pin(check_a_company_lends_its_name(world))
    }),
    ("people::a_supplier_has_two_ids", |world| {
        Box::pin(check_a_supplier_has_two_ids(world))
    }),
    ("people::what_a_row_names_must_exist", |world| {
        Box::pin(check_what_a_row_names_must_exist(world))
    }),
    ("people::changes_of_role_and_activity_are_seen", |world| {
        Box::pin(check_changes_of_role_and_activity_are_seen(world))
    }),
];

async fn person(world: &World, id: &str) -> Option<Person> {
    let person = world.chat.directory.person(&UserId::new(id)).await;
    person.expect("people can be looked up")
}

async fn check_a_person_is_as_put(world: &World) {
    assert_eq!(person(world, "x").await, None);
    let mut user = UserRecord {
        id: UserId::new("x"),
        name: r"O'Neill \ Søn % 漢".to_owned(),
        company: Some("Søn & Sons".to_owned()),
        email: "x@example.test".to_owned(),
        role: Role::Buyer,
        is_active: true,
        time_zone: None,
    };
    let directory = &world.chat.directory_editor;
    for (role, is_active, expected) in [
        (Role::Buyer, true, Put::Created),
        (Role::Supplier, false, Put::Replaced),
        (Role::Admin, true, Put::Replaced),
        (Role::Admin, true, Put::Replaced),
    ] {
        (user.role, user.is_active) = (role, is_active);
        let put = directory.put_user(&user).await;
        assert_eq!(put.expect("a user can be put"), expected);
        let as_put = Person {
            id: user.id.clone(),
            name: user.name.clone(),
            role,
            is_active,
        };
        assert_eq!(person(world, "x").await, Some(as_put));
    }
    assert_eq!(person(world, "X").await, None, "ids are exact");
    assert!(world.publisher.events().is_empty());
}

async fn check_a_company_lends_its_name(world: &World) {
    let supplier = world.supplier("sol").await;
    let name = || async { supplier.person().await.name };
    assert_eq!(name().await, "Name of sol");
    world.company("c1", &supplier.id, "Solar Ltd").await;
    assert_eq!(name().await, "Solar Ltd");
    world.company("c1", &supplier.id, "Solar GmbH").await;
    assert_eq!(name().await, "Solar GmbH");
    let delete = || world.chat.directory_editor.delete_supplier("c1");
    assert_eq!(delete().await.expect("it can be deleted"), Delete::Deleted);
    assert_eq!(name().await, "Name of sol");
    assert_eq!(delete().await.expect("it can be tried"), Delete::NotFound);
}

async fn check_a_supplier_has_two_ids(world: &World) {
    let (sol, bea) = (world.supplier("sol").await, world.buyer("bea").await);
    world.company("c1", &sol.id, "Solar Ltd").await;
    let user = |id: &'static str| async move {
        let found = world.chat.directory.supplier_user(id).await;
        let found = found.expect("suppliers can be looked up");
        found.map(|person| (person.id, person.role))
    };
    let expected = Some((sol.id.clone(), Role::Supplier));
    assert_eq!(user("c1").await, expected);
    assert_eq!(user("sol").await, expected);
    assert_eq!(
        user("bea").await,
        Some((bea.id, Role::Buyer)),
        "whatever their role"
    );
    assert_eq!(user("nobody").await, None);

    let sue = world.supplier("sue").await;
    world.company("sol", &sue.id, "Sol & Sons").await;
    assert_eq!(user("sol").await.map(|found| found.0), Some(sue.id));
}

async fn check_what_a_row_names_must_exist(world: &World) {
    let (sol, sue) = (world.supplier("sol").await, world.supplier("sue").await);
    let directory = &world.chat.directory_editor;
    let company = |id: &str, user: &UserId| SupplierRecord {
        id: id.to_owned(),
        user_id: user.clone(),
        name: "Any".to_owned(),
        working_hours: None,
    };
    let cases = [
        (
            company("c1", &UserId::new("nobody")),
            Put::Unknown("userId"),
        ),
        (company("c1", &sol.id), Put::Created),
        (company("c1", &sol.id), Put::Replaced),
        (company("c2", &sol.id), Put::Taken("userId")),
        (company("c2", &sue.id), Put::Created),
        (company("c2", &sol.id), Put::Taken("userId")),
    ];
    for (record, expected) in cases {
        let put = directory.put_supplier(&record).await;
        assert_eq!(put.expect("it can be tried"), expected, "{record:?}");
    }
    assert_eq!(sue.person().await.name, "Any", "a refusal changes nothing");

    let mut product = ProductRecord {
        id: ProductId::new("p1"),
        name: "Panel".to_owned(),
        image: String::new(),
        supplier_id: Some("sol".to_owned()),
    };
    let put = directory.put_product(&product).await;
    assert_eq!(put.expect("it can be tried"), Put::Unknown("supplierId"));
    let found = world.chat.directory.product(&product.id).await;
    assert_eq!(found.expect("it can be looked up"), None);
    product.supplier_id = Some("c1".to_owned());
    let put = directory.put_product(&product).await;
    assert_eq!(put.expect("it can be tried"), Put::Created);
    let shown = Product {
        id: product.id.clone(),
        name: "Panel".to_owned(),
        image: String::new(),
    };
    let found = world.chat.directory.product(&product.id).await;
    assert_eq!(found.expect("it can be looked up"), Some(shown));
}

async fn check_changes_of_role_and_activity_are_seen(world: &World) {
    let (bea, sol) = (world.buyer("bea").await, world.supplier("sol").await);
    let ann = world.admin("ann").await;
    let known = [
        (bea.id.clone(), Role::Buyer),
        (sol.id.clone(), Role::Supplier),
        (ann.id.clone(), Role::Admin),
        (UserId::new("nobody"), Role::Buyer),
    ];
    let changed = || async {
        let changed = world.chat.directory.changed(&known).await;
        let mut changed = changed.expect("people can be compared");
        changed.sort_by_key(|(id, _)| id.clone());
        changed
    };
    let nobody = (UserId::new("nobody"), None);
    assert_eq!(changed().await, [nobody.clone()]);
    world.company("c1", &sol.id, "Solar Ltd").await;
    assert_eq!(
        changed().await,
        [nobody.clone()],
        "a name is no such change"
    );

    world.put_user("bea", Role::Buyer, false).await;
    world.put_user("ann", Role::Buyer, true).await;
    let expected = [
        (ann.id.clone(), Some(ann.person().await)),
        (bea.id.clone(), Some(bea.person().await)),
        nobody.clone(),
    ];
    assert_eq!(changed().await, expected);
    let deleted = world.chat.directory_editor.delete_user(&bea.id);
    deleted.await.expect("a user can be deleted");
    world.put_user("ann", Role::Admin, true).await;
    assert_eq!(changed().await, [(bea.id.clone(), None), nobody]);
    let none = world.chat.directory.changed(&[]).await;
    assert_eq!(none.expect("nobody can be compared"), []);
}
