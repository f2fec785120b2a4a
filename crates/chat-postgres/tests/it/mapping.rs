//! What the settings may say of the host's tables and columns, and what is refused, with the setting's
//! name and the thing.

mod keys;
mod refused;
mod tables;

use chat::{
    ids::{ProductId, UserId},
    person::Role,
    storage::{Conversations, Directory, Leases, Membership, Storage},
};
use chat_postgres::{Mapping, PgOptions, PgStorage, migrate, pending};
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use test_support::TestDatabase;

/// The marketplace for which all of this is.
const LEGACY: &str = r#"
    create type mood as enum ('buyer', 'supplier', 'admin');
    create table users (
      id varchar primary key, email text, first_name text, last_name text, company_name text,
      role text, is_active boolean, is_online boolean default false, last_seen timestamp,
      deleted_at timestamp, status text default 'active', age integer, "order" text, "displayName" text,
      "the name" text, tags text[], kind mood, extra jsonb, score float8
    );
    insert into users (id, email, first_name, last_name, company_name, role, is_active, deleted_at, "order", "displayName", "the name")
    values
      ('u-1', 'ann@example.com', 'Ann', 'Arbor', '', 'buyer', null, null, 'first', 'Annie', 'Ann A.'),
      ('u-2', 'bob@example.com', 'Bob', 'Best', 'Best & Co', 'vendor', true, null, null, null, null),
      ('u-3', 'eve@example.com', null, null, null, 'staff', true, null, null, null, null),
      ('u-4', 'old@example.com', 'Old', 'One', null, 'buyer', true, now(), null, null, null),
      ('u-5', 'cat@example.com', 'Cat', '', null, 'guest', true, null, null, null, null);
    create table products (id varchar primary key, name text, slug text, images text[]);
    insert into products values ('p-1', 'Bolt', 'bolt', array['/b-1.png', '/b-2.png']), ('p-2', null, null, null);"#;

struct Host {
    database: TestDatabase,
    sql: PgPool,
    mapping: Mapping,
}

impl Host {
    async fn open() -> Self {
        let database = TestDatabase::create().await;
        let sql = database.pool().await;
        raw_sql(LEGACY).execute(&sql).await.unwrap();
        let mut host = Self {
            database,
            sql,
            mapping: Mapping::default(),
        };
        for (setting, text) in [
            (
                "HAGGLE_USERS_NAME",
                "coalesce(nullif(company_name, ''), concat_ws(' ', first_name, last_name))",
            ),
            (
                "HAGGLE_USERS_IS_ACTIVE",
                "coalesce(is_active, true) and deleted_at is null",
            ),
            ("HAGGLE_ROLES", "buyer=buyer, vendor=supplier, staff=admin"),
            ("HAGGLE_SUPPLIERS_TABLE", "none"),
            ("HAGGLE_PRODUCTS_IMAGE", "images[1]"),
            ("HAGGLE_PRODUCTS_SUPPLIER_ID", "none"),
        ] {
            host.set(setting, text);
        }
        host
    }

    fn set(&mut self, setting: &str, text: &str) {
        self.mapping.set(setting, text).unwrap();
    }

    fn options(&self) -> PgOptions {
        PgOptions::new(self.database.url())
    }

    async fn storage(&self) -> std::sync::Arc<PgStorage> {
        migrate(&self.options(), &self.mapping).await.unwrap();
        PgStorage::connect(&self.options()).await.unwrap()
    }

    /// What a dry run says, which is what a migration says.
    async fn refusal(&self) -> String {
        let dry = pending(&self.options(), &self.mapping).await.unwrap_err();
        let real = migrate(&self.options(), &self.mapping).await.unwrap_err();
        assert_eq!(dry.to_string(), real.to_string());
        dry.to_string()
    }

    async fn run(&self, statements: &str) {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&self.sql).await.unwrap();
    }
}

async fn person(storage: &PgStorage, id: &str) -> Option<(String, Role, bool)> {
    let person = storage.person(&UserId::new(id)).await.unwrap()?;
    Some((person.name, person.role, person.is_active))
}

#[tokio::test]
async fn columns_are_expressions_over_the_table() {
    let host = Host::open().await;
    let storage = host.storage().await;
    let who = |name: &str, role, is_active| Some((name.to_owned(), role, is_active));
    assert_eq!(
        person(&storage, "u-1").await,
        who("Ann Arbor", Role::Buyer, true)
    );
    assert_eq!(
        person(&storage, "u-2").await,
        who("Best & Co", Role::Supplier, true)
    );
    assert_eq!(
        person(&storage, "u-4").await,
        who("Old One", Role::Buyer, false)
    );
    let product = storage
        .product(&ProductId::new("p-1"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((&*product.name, &*product.image), ("Bolt", "/b-1.png"));
}

#[tokio::test]
async fn what_has_no_name_has_one_all_the_same() {
    let host = Host::open().await;
    let storage = host.storage().await;
    let eve = person(&storage, "u-3").await;
    assert_eq!(eve, Some(("User u-3".to_owned(), Role::Admin, true)));
    let product = storage
        .product(&ProductId::new("p-2"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((&*product.name, &*product.image), ("Product p-2", ""));
}

#[tokio::test]
async fn whoever_has_none_of_the_roles_is_nobody_here() {
    let host = Host::open().await;
    let storage = host.storage().await;
    assert_eq!(person(&storage, "u-5").await, None);
    let ids = ["u-1", "u-5"].map(UserId::new);
    assert_eq!(storage.statuses(&ids).await.unwrap().len(), 1);
    let known = [(UserId::new("u-5"), Role::Buyer)];
    assert_eq!(
        storage.changed(&known).await.unwrap(),
        [(UserId::new("u-5"), None)]
    );
    // The word itself, and no other.
    host.run("update users set role = 'Buyer' where id = 'u-1'")
        .await;
    assert_eq!(person(&storage, "u-1").await, None);
}

#[tokio::test]
async fn an_administrator_who_is_nobody_now_loses_the_place_and_others_keep_their_words() {
    let host = Host::open().await;
    let storage = host.storage().await;
    host.run(
        "insert into haggle.conversations (id, buyer_id, admin_id, type) values ('c-1', 'u-1', 'u-3', 'buyer_admin');
         update users set role = 'guest' where id in ('u-1', 'u-3')",
    )
    .await;
    let writer = storage.writer(std::sync::Arc::new(crate::support::Heard::default()));
    let vacated = writer.vacate_demoted().await;
    assert_eq!(vacated.unwrap(), 1);
    let id = chat::ids::ConversationId::new("c-1");
    let conversation = storage.get(&id).await.unwrap().unwrap();
    assert_eq!(conversation.buyer.name, "Ann Arbor");
}

#[tokio::test]
async fn a_setting_that_is_the_name_of_a_column_means_that_column() {
    let mut host = Host::open().await;
    for (text, name) in [
        ("order", "first"),
        ("displayName", "Annie"),
        ("the name", "Ann A."),
        ("\"the name\"", "Ann A."),
        ("FIRST_NAME", "Ann"),
        ("users.first_name", "Ann"),
        ("public.users.first_name", "Ann"),
        ("upper(\"displayName\")", "ANNIE"),
        ("first_name::text", "Ann"),
        (
            "'it''s :users_name; (' || first_name",
            "it's :users_name; (Ann",
        ),
        (
            "case when deleted_at is null then 'Client' else 'Gone' end",
            "Client",
        ),
    ] {
        host.set("HAGGLE_USERS_NAME", text);
        let storage = host.storage().await;
        let found = person(&storage, "u-1").await.unwrap();
        assert_eq!(found.0, name, "{text}");
        storage.close().await;
    }
}

#[tokio::test]
async fn constants_and_columns_that_are_not_there_can_be_said() {
    let mut host = Host::open().await;
    for (setting, text) in [
        ("HAGGLE_USERS_IS_ACTIVE", "true"),
        ("HAGGLE_USERS_NAME", "null"),
        ("HAGGLE_USERS_EMAIL", "none"),
        ("HAGGLE_PRODUCTS_IMAGE", "none"),
        ("HAGGLE_PRODUCTS_NAME", "slug"),
    ] {
        host.set(setting, text);
    }
    let storage = host.storage().await;
    let old = person(&storage, "u-4").await;
    assert_eq!(old, Some(("User u-4".to_owned(), Role::Buyer, true)));
}

#[tokio::test]
async fn a_mapping_that_changes_is_taken_at_the_next_start() {
    let mut host = Host::open().await;
    let storage = host.storage().await;
    host.set("HAGGLE_USERS_NAME", "first_name");
    let done = migrate(&host.options(), &host.mapping).await.unwrap();
    assert_eq!(done.steps, ["create the views of the directory"]);
    assert_eq!(person(&storage, "u-1").await.unwrap().0, "Ann");
    assert_eq!(
        migrate(&host.options(), &host.mapping).await.unwrap().steps,
        [""; 0]
    );
}

#[tokio::test]
async fn another_table_by_mistake_is_refused_before_anything_is_lost() {
    let mut host = Host::open().await;
    host.storage().await;
    host.run(
        "insert into haggle.conversations (id, buyer_id, supplier_id) values ('c-1', 'u-1', 'u-2');
         create table public.members (like users); insert into public.members select * from users where id = 'u-3'",
    )
    .await;
    host.set("HAGGLE_USERS_TABLE", "members");
    let refused = host.refusal().await;
    let expected = "HAGGLE_USERS_TABLE: of 2 people who have conversations public.members has 0";
    assert!(refused.starts_with(expected), "{refused}");
}
