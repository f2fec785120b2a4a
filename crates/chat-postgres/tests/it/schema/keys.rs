//! The foreign keys to the host's tables.

use chat_postgres::{Mapping, PgOptions, migrate};
use test_support::TestDatabase;

use super::{count, run, users_in};
use crate::host::{Host, MARKETPLACE};

#[tokio::test]
async fn where_a_foreign_key_is_not_possible_it_says_why_and_all_else_works() {
    let cases = [
        (
            "alter table public.users rename to members; create view public.users as select * from public.members; grant select on public.users to haggler",
            "no foreign key to public.users (it is not a table)",
        ),
        (
            "alter table public.suppliers drop constraint suppliers_user_id_fkey; alter table public.users drop constraint users_pkey",
            "no foreign key to public.users (its id is not unique)",
        ),
        (
            "revoke references on public.users from haggler",
            r#"no foreign key to public.users (grant references on "public"."users" to haggler)"#,
        ),
        (
            "alter table public.products alter id type uuid using gen_random_uuid()",
            "no foreign key to public.products (its id is uuid, not text or varchar)",
        ),
    ];
    for (case, expected) in cases {
        let host = Host::open(MARKETPLACE).await;
        let sql = host.database.pool().await;
        run(&sql, case).await;
        let planned = host.pending().await.unwrap();
        assert_eq!(planned.notes.len(), 1, "{planned:?}");
        assert!(planned.notes[0].starts_with(expected), "{planned:?}");
        assert_eq!(host.migrate().await.unwrap(), planned);
        host.conversation(&sql, "c-1").await;
        host.send("c-1").await;
        // It is said for as long as it is so.
        assert_eq!(host.pending().await.unwrap().notes, planned.notes);
    }
}

#[tokio::test]
async fn a_foreign_key_that_becomes_possible_is_made() {
    let host = Host::open(MARKETPLACE).await;
    let sql = host.database.pool().await;
    run(&sql, "revoke references on public.users from haggler").await;
    host.migrate().await.unwrap();
    run(&sql, "grant references on public.users to haggler").await;
    let done = host.migrate().await.unwrap();
    assert_eq!(done.steps, ["add the foreign keys to public.users"]);
    assert_eq!(done.notes, [""; 0]);
}

#[tokio::test]
async fn a_host_that_names_other_tables_later_has_the_keys_moved_there() {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    let options = PgOptions::new(database.url());
    migrate(&options, &Mapping::default()).await.unwrap();
    run(&sql, "create schema shop; create table shop.people (id text primary key, name text, email text, role text, is_active boolean)").await;
    let names = users_in("shop.people");
    migrate(&options, &names).await.unwrap();
    let moved = "pg_constraint where conname = 'conversations_buyer' and confrelid = 'shop.people'::regclass";
    assert_eq!(count(&sql, moved).await, 1);
    assert_eq!(count(&sql, "haggle.directory where owned_by_host").await, 1);
}
