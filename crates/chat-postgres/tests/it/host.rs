//! A marketplace that was there before: its own role owns its tables, and gave another one to Haggle.

use std::sync::Arc;

use chat::{
    ids::ConversationId,
    storage::{Append, Messages, Storage},
};
use chat_postgres::{Mapping, Migration, PgError, PgOptions, PgStorage, migrate, pending};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, raw_sql};
use test_support::TestDatabase;

use crate::support::{Heard, draft};

/// The host's role, which owns the tables, and Haggle's, which may read and reference them.
pub const MARKETPLACE: &str = "
    create table public.users (
      id varchar primary key, name text, email text, role text not null, is_active boolean
    );
    create table public.suppliers (
      id varchar primary key, user_id varchar references public.users (id) on delete cascade, name text
    );
    create table public.products (
      id varchar primary key, name text, image text, supplier_id varchar
    );
    insert into public.users values
      ('ann', 'Ann', 'ann@example.com', 'buyer', true),
      ('sam', 'Sam', 'sam@example.com', 'supplier', true),
      ('ada', 'Ada', 'ada@example.com', 'admin', true);
    insert into public.suppliers values ('s-1', 'sam', 'Sam Steel');
    insert into public.products values ('p-1', 'Sheet', '/p-1.png', 's-1');
    alter table public.users owner to shop;
    alter table public.suppliers owner to shop;
    alter table public.products owner to shop;
    grant usage on schema public to shop, haggler;
    grant select, references on public.users, public.suppliers, public.products to haggler;";

pub struct Host {
    pub database: TestDatabase,
}

impl Host {
    /// As the role that made the database, these statements have all rights.
    pub async fn open(statements: &str) -> Self {
        let database = TestDatabase::create().await;
        let sql = database.pool().await;
        // Roles belong to the whole cluster; two tests at once make them once.
        let roles = "
            begin;
            select pg_advisory_xact_lock(1);
            do $$ begin
              if not exists (select from pg_roles where rolname = 'haggler') then
                create role shop login;
                create role haggler login;
              end if;
              execute format('grant create on database %I to haggler', current_database());
            end $$;
            commit;";
        for statements in [roles, statements] {
            let done = raw_sql(AssertSqlSafe(statements.to_owned()));
            done.execute(&sql).await.unwrap();
        }
        Self { database }
    }

    /// Of the role that the host gave to Haggle.
    pub fn options(&self) -> PgOptions {
        PgOptions::new(self.url_of("haggler"))
    }

    pub async fn migrate(&self) -> Result<Migration, PgError> {
        migrate(&self.options(), &Mapping::default()).await
    }

    pub async fn pending(&self) -> Result<Migration, PgError> {
        pending(&self.options(), &Mapping::default()).await
    }

    /// The host's own program, in a schema of its own that has nothing of Haggle's.
    pub async fn shop(&self) -> PgConnection {
        let url = self.url_of("shop");
        let mut shop = PgConnection::connect(&url).await.unwrap();
        let path = raw_sql("set search_path = public");
        path.execute(&mut shop).await.unwrap();
        shop
    }

    pub fn url_of(&self, role: &str) -> String {
        let url = self.database.url();
        let (_, address) = url.split_once('@').unwrap();
        format!("postgres://{role}@{address}")
    }

    /// Ann's with Sam about the product, where Ada sits too; all have said something and been told.
    pub async fn conversation(&self, sql: &PgPool, id: &str) {
        let statements = format!(
            "insert into haggle.conversations
               (id, buyer_id, supplier_id, admin_id, product_id, product_key, last_seq)
             values ('{id}', 'ann', 'sam', 'ada', 'p-1', 'p-1', 3);
             insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message)
             values ('{id}-1', '{id}', 1, 'ann', 'buyer', 'One'), ('{id}-2', '{id}', 2, 'sam', 'supplier', 'Two'),
               ('{id}-3', '{id}', 3, 'ada', 'admin', 'Three');
             insert into haggle.notifications (id, user_id, conversation_id, count, up_to_seq, created_at, updated_at)
             select '{id}-' || id, id, '{id}', 1, 3, now(), now() from public.users"
        );
        let done = raw_sql(AssertSqlSafe(statements)).execute(sql).await;
        done.unwrap();
    }

    /// Ann says something there, through the storage.
    pub async fn send(&self, conversation: &str) {
        let storage = PgStorage::connect(&self.options()).await.unwrap();
        let writer = storage.writer(Arc::new(Heard::default()));
        let draft = draft(1, &ConversationId::new(conversation), None);
        let sent = writer.append(draft).await.unwrap();
        assert!(matches!(sent, Append::Created(_)), "{sent:?}");
        writer.close().await;
        storage.close().await;
    }
}
