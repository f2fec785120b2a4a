//! The least rights: with them everything works, and each one that is missing is named.

use chat::{
    ids::{NodeId, UserId},
    storage::{Directory, Leases},
};
use chat_postgres::{Mapping, PgOptions, PgStorage, grants, migrate, pending};
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use test_support::TestDatabase;

const TABLES: &str = r#"
    create schema shop;
    create table shop.users (
      id varchar primary key, first_name text, "lastName" text, role text, is_active boolean, secret text,
      is_online boolean, last_seen timestamptz
    );
    create table shop.session (sid varchar primary key, sess json, expire timestamp);
    create table shop.products (id integer primary key, name text, images text[], price numeric);
    insert into shop.users values ('ann', 'Ann', 'Arbor', 'buyer', true, 'x', false, null);"#;

struct Shop {
    database: TestDatabase,
    sql: PgPool,
    mapping: Mapping,
    role: String,
}

impl Shop {
    /// With a role that has no right at all, not even those that everybody has.
    async fn open(name: &str) -> Self {
        let database = TestDatabase::create().await;
        let sql = database.pool().await;
        raw_sql(TABLES).execute(&sql).await.unwrap();
        let mut mapping = Mapping::default();
        for (setting, text) in [
            ("HAGGLE_USERS_TABLE", "shop.users"),
            (
                "HAGGLE_USERS_NAME",
                "concat_ws(' ', first_name, \"lastName\")",
            ),
            ("HAGGLE_USERS_ONLINE", "is_online, last_seen"),
            ("HAGGLE_SUPPLIERS_TABLE", "none"),
            ("HAGGLE_PRODUCTS_TABLE", "shop.products"),
            ("HAGGLE_PRODUCTS_IMAGE", "images[1]"),
            ("HAGGLE_PRODUCTS_SUPPLIER_ID", "none"),
        ] {
            mapping.set(setting, text).unwrap();
        }
        let current: String = sqlx::query_scalar("select current_database()::text")
            .fetch_one(&sql)
            .await
            .unwrap();
        let role = format!("{name} of {current}");
        let shop = Self {
            database,
            sql,
            mapping,
            role,
        };
        let role = &shop.role;
        shop.run(&format!("create role \"{role}\" login")).await;
        shop.run("do $$ begin execute format('revoke all on database %I from public', current_database()); end $$; revoke all on schema public from public").await;
        shop
    }

    async fn run(&self, statements: &str) {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&self.sql)
            .await
            .unwrap_or_else(|error| panic!("{statements}: {error}"));
    }

    async fn grants(&self) -> Vec<String> {
        let options = PgOptions::new(self.database.url());
        let lines = grants(&options, &self.mapping, Some("shop.session"), &self.role)
            .await
            .unwrap();
        lines
            .into_iter()
            .filter(|line| !line.starts_with("--"))
            .collect()
    }

    fn options(&self) -> PgOptions {
        let (_, address) = self.database.url().split_once('@').unwrap();
        let role = self.role.replace(' ', "%20");
        PgOptions::new(format!("postgres://{role}@{address}"))
    }

    /// What a start says.
    async fn refusal(&self) -> Option<String> {
        let tried = pending(&self.options(), &self.mapping).await;
        tried.err().map(|error| error.to_string())
    }

    async fn end(self) {
        let role = &self.role;
        self.run(&format!("drop owned by \"{role}\"; drop role \"{role}\""))
            .await;
    }
}

/// What takes it away again.
fn revoked(grant: &str) -> String {
    grant
        .replacen("grant", "revoke", 1)
        .replacen(" to ", " from ", 1)
}

async fn works(storage: &PgStorage) {
    let ann = UserId::new("ann");
    assert_eq!(
        storage.person(&ann).await.unwrap().unwrap().name,
        "Ann Arbor"
    );
    storage
        .hold(&NodeId::new("n"), std::slice::from_ref(&ann))
        .await
        .unwrap();
    assert_eq!(storage.mirror(Some(&[ann])).await.unwrap(), 1);
}

#[tokio::test]
async fn a_role_with_the_rights_that_are_printed_migrates_and_serves() {
    let shop = Shop::open("migrator").await;
    let grants = shop.grants().await;
    let sessions = "grant select (sid, sess, expire) on shop.session to ";
    assert!(
        grants.iter().any(|grant| grant.starts_with(sessions)),
        "{grants:?}"
    );
    for grant in grants {
        assert!(
            !grant.contains("secret") && !grant.contains("price"),
            "{grant}"
        );
        shop.run(&grant).await;
    }
    migrate(&shop.options(), &shop.mapping).await.unwrap();
    let storage = PgStorage::connect(&shop.options()).await.unwrap();
    works(&storage).await;
    storage.close().await;
    shop.end().await;
}

#[tokio::test]
async fn each_right_that_a_migration_lacks_is_named() {
    let shop = Shop::open("poor").await;
    let grants = shop.grants().await;
    for grant in &grants {
        shop.run(grant).await;
    }
    assert_eq!(shop.refusal().await, None);
    // Of sessions a server says it itself.
    let grants: Vec<_> = grants
        .into_iter()
        .filter(|grant| !grant.contains("session"))
        .collect();
    for grant in &grants {
        shop.run(&revoked(grant)).await;
        // The right, and on what; without this one there are looks in place of keys.
        let (rights, thing) = grant.trim_end_matches(';').split_once(" on ").unwrap();
        let (thing, _) = thing.split_once(" to ").unwrap();
        let kind = rights.split([' ', '(']).nth(1).unwrap();
        let named = |said: &str| {
            said.contains(&format!("grant {kind}"))
                && said.contains(thing.rsplit(' ').next().unwrap().trim_matches('"'))
        };
        if kind == "references" {
            let planned = pending(&shop.options(), &shop.mapping).await.unwrap();
            assert!(
                planned.notes.iter().any(|note| named(note)),
                "{grant}: {planned:?}"
            );
        } else {
            let said = shop
                .refusal()
                .await
                .unwrap_or_else(|| panic!("{grant} is not needed"));
            assert!(named(&said), "{grant}: {said}");
        }
        shop.run(grant).await;
    }
    shop.end().await;
}

#[tokio::test]
async fn a_role_that_only_serves_needs_nothing_of_the_hosts_and_each_right_is_named() {
    let shop = Shop::open("server").await;
    migrate(&PgOptions::new(shop.database.url()), &shop.mapping)
        .await
        .unwrap();
    let all = grants(
        &PgOptions::new(shop.database.url()),
        &shop.mapping,
        None,
        &shop.role,
    )
    .await
    .unwrap();
    let of_serving = all
        .iter()
        .skip_while(|line| !line.contains("a role that does not migrate"));
    let of_serving: Vec<_> = of_serving.filter(|line| !line.starts_with("--")).collect();
    assert!(of_serving.len() > 5 && of_serving.iter().all(|line| !line.contains("shop\"")));
    for grant in &of_serving {
        shop.run(grant).await;
    }
    assert_eq!(shop.refusal().await, None);
    let storage = PgStorage::connect(&shop.options()).await.unwrap();
    works(&storage).await;
    storage.close().await;
    for grant in &of_serving {
        let (rights, rest) = grant.trim_end_matches(';').split_once(" on ").unwrap();
        let (things, _) = rest.split_once(" to ").unwrap();
        // One right on one thing at a time.
        for right in rights.trim_start_matches("grant ").split(", ") {
            for thing in things.split(", ") {
                let one = format!("grant {right} on {thing} to \"{}\"", shop.role);
                shop.run(&revoked(&one)).await;
                let said = shop
                    .refusal()
                    .await
                    .unwrap_or_else(|| panic!("{one} is not needed"));
                let name = thing.rsplit(' ').next().unwrap();
                assert!(
                    said.contains("grant ") && said.contains(right) && said.contains(name),
                    "{one}: {said}"
                );
                shop.run(&one).await;
            }
        }
    }
    shop.end().await;
}

#[tokio::test]
async fn a_server_that_may_not_change_the_views_says_who_may() {
    let shop = Shop::open("other").await;
    let options = PgOptions::new(shop.database.url());
    migrate(&options, &shop.mapping).await.unwrap();
    for grant in shop.grants().await {
        shop.run(&grant).await;
    }
    let mut changed = shop.mapping.clone();
    changed.set("HAGGLE_USERS_NAME", "first_name").unwrap();
    let refused = pending(&shop.options(), &changed)
        .await
        .unwrap_err()
        .to_string();
    assert!(refused.contains("its views belong to"), "{refused}");
    shop.end().await;
}
