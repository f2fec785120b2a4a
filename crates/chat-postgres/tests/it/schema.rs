//! Where Haggle's tables live, and what they do beside those of a marketplace.

mod keys;

use chat_postgres::{Mapping, PgOptions, PgStorage, migrate, pending};
use sqlx::{AssertSqlSafe, PgPool, query_scalar, raw_sql};
use test_support::TestDatabase;

use crate::host::{Host, MARKETPLACE};

async fn run(sql: &PgPool, statements: &str) {
    let done = raw_sql(AssertSqlSafe(statements.to_owned()))
        .execute(sql)
        .await;
    done.unwrap();
}

/// With the users in another table.
fn users_in(table: &str) -> Mapping {
    let mut mapping = Mapping::default();
    mapping.set("HAGGLE_USERS_TABLE", table).unwrap();
    mapping
}

async fn count(sql: &PgPool, from: &str) -> i64 {
    let count = format!("select count(*) from {from}");
    let count = query_scalar(AssertSqlSafe(count)).fetch_one(sql).await;
    count.unwrap()
}

/// Everything that a catalogue has, but what belongs to PostgreSQL.
const CATALOGUE: &str = "
    select string_agg(what, E'\n' order by what)
    from (
      select 'schema ' || nspname as what from pg_namespace
      where nspname !~ '^pg_' and nspname <> 'information_schema'
      union all
      select 'relation ' || c.oid::regclass::text || ' ' || c.relkind::text
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      union all
      select 'function ' || oid::regprocedure::text from pg_proc
      where pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
      union all
      select 'trigger ' || tgname || ' ' || tgrelid::regclass::text from pg_trigger
      union all
      select 'constraint ' || conname || ' ' || conrelid::regclass::text || ' ' || confrelid::regclass::text
      from pg_constraint where connamespace::regnamespace::text !~ '^(pg_|information_schema)'
      union all
      select 'type ' || oid::regtype::text from pg_type
      where typnamespace::regnamespace::text !~ '^(pg_|information_schema)'
    ) as everything";

async fn catalogue(sql: &PgPool) -> String {
    let text: Option<String> = query_scalar(CATALOGUE).fetch_one(sql).await.unwrap();
    text.unwrap_or_default()
}

#[tokio::test]
async fn all_of_haggle_is_in_its_own_schema() {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    let before = catalogue(&sql).await;
    migrate(&PgOptions::new(database.url()), &Mapping::default())
        .await
        .unwrap();
    let elsewhere = "pg_class where relnamespace = 'public'::regnamespace";
    assert_eq!(count(&sql, elsewhere).await, 0);
    for table in [
        "conversations",
        "messages",
        "notifications",
        "audit",
        "attachments",
        "participants",
        "nodes",
        "leases",
        "presence",
        "directory",
        "migrations",
        "users",
        "suppliers",
        "products",
    ] {
        count(&sql, &format!("haggle.{table}")).await;
    }
    run(&sql, "drop schema haggle cascade").await;
    assert_eq!(catalogue(&sql).await, before);
}

#[tokio::test]
async fn dropping_the_schema_removes_everything_beside_a_host_and_it_can_be_made_again() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    let before = catalogue(&sql).await;
    let done = host.migrate().await.unwrap();
    let (people, names) = (count(&sql, "public.users").await, "haggle.directory_users");
    assert_eq!(count(&sql, names).await, people);
    host.conversation(&sql, "c-1").await;

    run(&sql, "drop schema haggle cascade").await;
    assert_eq!(catalogue(&sql).await, before);
    assert_eq!(count(&sql, "public.users").await, people);
    // The host's own triggers and references are as before: it can delete.
    run(&sql, "delete from public.users where id = 'ann'").await;

    assert_eq!(host.migrate().await.unwrap(), done);
    assert_eq!(host.migrate().await.unwrap().steps, [""; 0]);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing() {
    let cases = [
        "alter table public.users rename name to full_name",
        "drop table public.products; create table public.products (id varchar primary key, name text, image text)",
        "revoke select on public.users from haggler",
        "revoke usage on schema public from haggler, public",
        // Behind everything else: the last statements of a migration.
        "insert into public.users values ('x', 'X', '', 'buyer', true);
         create function public.refuse() returns event_trigger language plpgsql as $$
         begin
           if exists (select from pg_constraint where conname = 'conversations_product') then
             raise exception 'not here';
           end if;
         end $$;
         create event trigger refuse on ddl_command_end execute function public.refuse()",
    ];
    for case in cases {
        let host = Host::open(MARKETPLACE).await;
        let sql = host.database.pool().await;
        run(&sql, case).await;
        let before = catalogue(&sql).await;
        host.migrate().await.unwrap_err();
        assert_eq!(catalogue(&sql).await, before, "{case}");
    }
}

#[tokio::test]
async fn what_is_wrong_names_the_setting_and_the_thing() {
    let cases = [
        (
            "alter table public.users rename name to full_name",
            r#"HAGGLE_USERS_NAME: column "name" does not exist in public.users"#,
        ),
        (
            "alter table public.users rename is_active to active",
            r#"HAGGLE_USERS_IS_ACTIVE: column "is_active" does not exist in public.users"#,
        ),
        (
            "alter table public.users alter is_active type date using null",
            "HAGGLE_USERS_IS_ACTIVE: cannot cast type date to boolean in public.users",
        ),
        (
            "alter table public.products drop supplier_id",
            r#"HAGGLE_PRODUCTS_SUPPLIER_ID: column "supplier_id" does not exist in public.products"#,
        ),
        (
            "alter table public.suppliers rename user_id to owner; alter table public.suppliers rename name to title",
            r#"HAGGLE_SUPPLIERS_USER_ID: column "user_id" does not exist in public.suppliers; HAGGLE_SUPPLIERS_NAME: column "name" does not exist in public.suppliers"#,
        ),
        (
            "revoke select on public.suppliers from haggler",
            r#"HAGGLE_SUPPLIERS_TABLE: permission denied for table suppliers; grant select on "public"."suppliers" to haggler"#,
        ),
        (
            "do $$ begin execute format('revoke create on database %I from haggler', current_database()); end $$",
            "the schema haggle cannot be created; grant create on database",
        ),
        (
            "create schema haggle",
            "the schema haggle cannot be used; grant usage, create on schema haggle to haggler",
        ),
        (
            "create schema haggle authorization haggler; create table haggle.bargains (id int)",
            "the schema haggle has a table bargains that is not Haggle's",
        ),
    ];
    for (case, expected) in cases {
        let host = Host::open(MARKETPLACE).await;
        run(&host.database.pool().await, case).await;
        for dry in [true, false] {
            let refused = if dry {
                host.pending().await.unwrap_err().to_string()
            } else {
                host.migrate().await.unwrap_err().to_string()
            };
            assert!(refused.contains(expected), "{case}: {refused}");
        }
    }
}

#[tokio::test]
async fn a_table_that_the_settings_name_must_exist() {
    let host = Host::open(MARKETPLACE).await;
    for (named, expected) in [
        (
            "people",
            "HAGGLE_USERS_TABLE: the table people does not exist",
        ),
        (
            "shop.users",
            "HAGGLE_USERS_TABLE: the table shop.users does not exist",
        ),
    ] {
        let names = users_in(named);
        let refused = migrate(&host.options(), &names).await.unwrap_err();
        assert!(refused.to_string().contains(expected), "{refused}");
    }
}

#[tokio::test]
async fn a_dry_run_writes_nothing_and_says_what_a_migration_does() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    let before = catalogue(&sql).await;
    let planned = host.pending().await.unwrap();
    assert_eq!(catalogue(&sql).await, before);
    assert_eq!(host.migrate().await.unwrap(), planned);
    assert!(
        planned
            .steps
            .contains(&"add the foreign keys to public.users".to_owned())
    );
}

#[tokio::test]
async fn two_marketplaces_in_two_databases_of_one_server_do_not_meet() {
    let (one, other) = (TestDatabase::create().await, TestDatabase::create().await);
    let options = [one.url(), other.url()].map(PgOptions::new);
    let names = Mapping::default();
    let done = tokio::join!(migrate(&options[0], &names), migrate(&options[1], &names));
    assert_eq!(done.0.unwrap(), done.1.unwrap());
    let storages = (
        PgStorage::connect(&options[0]).await.unwrap(),
        PgStorage::connect(&options[1]).await.unwrap(),
    );
    assert_ne!(
        storages.0.link_key().await.unwrap(),
        storages.1.link_key().await.unwrap()
    );
    let sql = (one.pool().await, other.pool().await);
    run(&sql.0, "insert into haggle.users (id, name, role) values ('ann', 'Ann', 'buyer'); insert into haggle.conversations (id, buyer_id) values ('c-1', 'ann')").await;
    assert_eq!(count(&sql.1, "haggle.users").await, 0);
    run(&sql.0, "drop schema haggle cascade").await;
    assert_eq!(count(&sql.1, "haggle.conversations").await, 0);
}

#[tokio::test]
async fn tables_of_somebody_else_with_the_same_names_are_left_alone() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    run(
        &sql,
        "create table public.conversations (id int primary key, conversations_buyer text,
           constraint conversations_buyer check (conversations_buyer <> ''),
           constraint conversations_type check (id > 0));
         create table public.messages (id int);
         create table public.notifications (id int);
         create table public.directory (kind text);
         create table public.migrations (version text);
         insert into public.conversations values (7, 'theirs');
         insert into public.messages values (8)",
    )
    .await;
    host.migrate().await.unwrap();
    host.conversation(&sql, "c-1").await;
    host.send("c-1").await;
    assert_eq!(count(&sql, "haggle.messages").await, 4);
    assert_eq!(count(&sql, "public.conversations where id = 7").await, 1);
    assert_eq!(count(&sql, "public.messages").await, 1);
    let keys = "pg_constraint where conname = 'conversations_buyer' and contype = 'f'";
    assert_eq!(count(&sql, keys).await, 1);
}

#[tokio::test]
async fn a_search_path_that_changes_later_means_nothing() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    host.migrate().await.unwrap();
    run(
        &sql,
        "create schema trap authorization haggler;
         create table trap.users (id varchar primary key, name text, email text, role text, is_active boolean);
         create table trap.conversations (id varchar); create table trap.messages (id varchar);
         grant select on trap.users to haggler",
    )
    .await;
    // Another time with none at all.
    for path in ["trap, public", "pg_catalog"] {
        let set = "alter role haggler in database %I set search_path";
        run(
            &sql,
            &format!(
                "do $do$ begin execute format('{set} = {path}', current_database()); end $do$"
            ),
        )
        .await;
        assert_eq!(host.migrate().await.unwrap().steps, [""; 0]);
        let people = "haggle.directory_users";
        assert_eq!(count(&sql, people).await, count(&sql, "public.users").await);
    }
    host.conversation(&sql, "c-1").await;
    host.send("c-1").await;
    assert_eq!(count(&sql, "haggle.messages").await, 4);
}

#[tokio::test]
async fn a_role_with_the_name_of_the_schema_does_not_take_it_for_the_hosts() {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    run(
        &sql,
        "create schema haggle; create table haggle.users (id varchar primary key)",
    )
    .await;
    run(&sql, "drop schema haggle cascade").await;
    let options = PgOptions::new(database.url());
    migrate(&options, &Mapping::default()).await.unwrap();
    run(&sql, "do $$ begin execute format('alter database %I set search_path = haggle, public', current_database()); end $$").await;
    let names = users_in("haggle.users");
    for names in [Mapping::default(), names] {
        assert_eq!(pending(&options, &names).await.unwrap().steps, [""; 0]);
    }
    let ours = "haggle.directory where not owned_by_host";
    assert_eq!(count(&sql, ours).await, 3);
}

#[tokio::test]
async fn what_a_server_may_not_do_is_told_with_the_grant_that_is_missing() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    host.migrate().await.unwrap();
    // A role that only serves, with no right on the host's tables.
    let server = PgOptions::new(host.url_of("shop"));
    let names = Mapping::default();
    let refused = async || pending(&server, &names).await.unwrap_err().to_string();
    assert!(
        refused()
            .await
            .contains("grant usage, create on schema haggle to shop")
    );
    run(&sql, "grant usage on schema haggle to shop; grant select on haggle.migrations, haggle.directory to shop").await;
    let said = refused().await;
    assert!(
        said.contains("grant select, insert on haggle.audit, haggle.legacy_report, haggle.message_versions to shop"),
        "{said}"
    );
    for grant in said.split("; ").filter(|line| line.starts_with("grant ")) {
        run(&sql, grant).await;
    }
    run(
        &sql,
        "alter table public.users owner to current_user; revoke all on public.users from shop",
    )
    .await;
    assert_eq!(pending(&server, &names).await.unwrap().steps, [""; 0]);
    PgStorage::connect(&server).await.unwrap().close().await;

    // The views read with the rights of whoever made them.
    run(&sql, "revoke select on public.users from haggler").await;
    let refused = refused().await;
    let expected = r#"HAGGLE_USERS_TABLE: permission denied for table users; grant select on "public"."users" to haggler"#;
    assert!(refused.contains(expected), "{refused}");
}
