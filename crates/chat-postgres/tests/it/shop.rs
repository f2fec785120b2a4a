//! The same marketplace on tables of every kind that hosts have: some can be referenced, the others are
//! looked at.

use std::sync::Arc;

use chat::{
    ids::UserId,
    storage::{Directory, DirectoryEditor, Storage},
};
use chat_postgres::{Mapping, PgStorage, PgWriter, migrate};
use sqlx::{AssertSqlSafe, PgConnection, PgPool, query_scalar, raw_sql};

use crate::{host::Host, support::Heard};

/// What the tables are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With foreign keys of ours on them.
    ForeignKeys,
    /// A table in partitions, which can be referenced as well.
    Partitions,
    Integers,
    Uuids,
    /// Of the host's tables, in which it deletes.
    Views,
    /// Haggle may read, and not reference.
    NoRight,
    /// The ids are not unique to PostgreSQL's knowledge.
    NoKey,
}

impl Way {
    pub const ALL: [Self; 7] = [
        Self::ForeignKeys,
        Self::Partitions,
        Self::Integers,
        Self::Uuids,
        Self::Views,
        Self::NoRight,
        Self::NoKey,
    ];

    /// What the marketplace calls the first, second … of its people or products.
    pub fn id(self, number: u32) -> String {
        match self {
            Self::Integers => number.to_string(),
            Self::Uuids => format!("00000000-0000-4000-8000-{number:012}"),
            _ => format!("id-{number}"),
        }
    }

    pub fn has_keys(self) -> bool {
        matches!(self, Self::ForeignKeys | Self::Partitions)
    }

    fn tables(self) -> String {
        let id = match self {
            Self::Integers => "integer",
            Self::Uuids => "uuid",
            _ => "varchar",
        };
        let key = if self == Self::NoKey {
            ""
        } else {
            "primary key"
        };
        let (parts, made) = if self == Self::Partitions {
            let made = "
                create table public.users_1 partition of public.users
                for values with (modulus 1, remainder 0);
                create table public.products_1 partition of public.products
                for values with (modulus 1, remainder 0);";
            ("partition by hash (id)", made)
        } else {
            ("", "")
        };
        let hidden = if self == Self::Views {
            "alter table public.users rename to members;
             alter table public.products rename to goods;
             create view public.users as select * from public.members;
             create view public.products as select * from public.goods;"
        } else {
            ""
        };
        let rights = if self == Self::NoRight {
            "select"
        } else {
            "select, references"
        };
        let [ann, sam, ada, sheet] = [1, 2, 3, 7].map(|number| self.id(number));
        format!(
            "create table public.users (id {id} {key}, name text, email text, role text, is_active boolean) {parts};
             create table public.products (id {id} {key}, name text, image text, supplier_id {id}) {parts};
             {made}
             insert into public.users values
               ('{ann}', 'Ann', 'ann@example.com', 'buyer', true),
               ('{sam}', 'Sam', 'sam@example.com', 'supplier', true),
               ('{ada}', 'Ada', 'ada@example.com', 'admin', true);
             insert into public.products values ('{sheet}', 'Sheet', '/sheet.png', '{sam}');
             {hidden}
             alter table public.users owner to shop;
             alter table public.products owner to shop;
             do $$ begin
               if to_regclass('public.members') is not null then
                 alter table public.members owner to shop;
                 alter table public.goods owner to shop;
               end if;
             end $$;
             grant usage on schema public to shop, haggler;
             grant {rights} on public.users, public.products to haggler;"
        )
    }

    /// The table in which the host deletes people.
    pub fn people(self) -> &'static str {
        if self == Self::Views {
            "public.members"
        } else {
            "public.users"
        }
    }

    pub fn goods(self) -> &'static str {
        if self == Self::Views {
            "public.goods"
        } else {
            "public.products"
        }
    }
}

/// Ann (1) buys, Sam (2) sells, Ada (3) administers; the product is 7.
pub struct Shop {
    pub way: Way,
    pub host: Host,
    pub sql: PgPool,
    pub storage: Arc<PgStorage>,
    pub writer: Arc<PgWriter>,
    pub heard: Arc<Heard>,
}

impl Shop {
    pub async fn open(way: Way) -> Self {
        let host = Host::open(&way.tables()).await;
        let sql = host.database.pool().await;
        let mut mapping = Mapping::default();
        mapping.set("HAGGLE_SUPPLIERS_TABLE", "none").unwrap();
        let done = migrate(&host.options(), &mapping).await.unwrap();
        assert_eq!(done.notes.is_empty(), way.has_keys(), "{way:?}: {done:?}");
        let storage = PgStorage::connect(&host.options()).await.unwrap();
        let heard: Arc<Heard> = Arc::default();
        Self {
            writer: storage.writer(heard.clone()),
            way,
            host,
            sql,
            storage,
            heard,
        }
    }

    /// Ann's with Sam about the product, where Ada sits too; all have said something and been told.
    pub async fn conversation(&self, id: &str) {
        let [ann, sam, ada, sheet] = [1, 2, 3, 7].map(|number| self.way.id(number));
        let statements = format!(
            "insert into haggle.conversations
               (id, buyer_id, supplier_id, admin_id, product_id, product_key, last_seq)
             values ('{id}', '{ann}', '{sam}', '{ada}', '{sheet}', '{sheet}', 3);
             insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message)
             values ('{id}-1', '{id}', 1, '{ann}', 'buyer', 'One'), ('{id}-2', '{id}', 2, '{sam}', 'supplier', 'Two'),
               ('{id}-3', '{id}', 3, '{ada}', 'admin', 'Three');
             insert into haggle.notifications (id, user_id, conversation_id, count, up_to_seq, created_at, updated_at)
             select '{id}-' || id, id::varchar, '{id}', 1, 3, now(), now() from public.users"
        );
        self.run(&statements).await;
    }

    pub async fn run(&self, statements: &str) {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&self.sql).await.unwrap();
    }

    pub async fn text(&self, query: &str) -> String {
        let text = query_scalar(AssertSqlSafe(query.to_owned()));
        let text: Option<String> = text.fetch_one(&self.sql).await.unwrap();
        text.unwrap_or_default()
    }

    /// What the host's own program does, by a role that knows nothing of Haggle.
    pub async fn host_does(&self, statements: &str) {
        let mut shop: PgConnection = self.host.shop().await;
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&mut shop).await.unwrap();
    }

    /// A server looks for whoever is missing. Returns how many it has removed.
    pub async fn look(&self) -> usize {
        self.run("update haggle.chores set done_at = '-infinity'")
            .await;
        self.writer.remove_orphans().await.unwrap()
    }

    /// As if this much time had passed since the last look.
    pub async fn pass_seconds(&self, seconds: u32) {
        self.run(&format!(
            "update haggle.missing set since = since - interval '{seconds} seconds'"
        ))
        .await;
    }

    /// A minute of a server, in which it looks twice.
    pub async fn minute(&self) {
        self.look().await;
        self.pass_seconds(20).await;
        self.look().await;
        assert_eq!(self.look().await, 0, "nothing is left to do");
    }

    pub async fn is_somebody(&self, number: u32) -> bool {
        let id = UserId::new(self.way.id(number));
        self.storage.person(&id).await.unwrap().is_some()
    }
}
