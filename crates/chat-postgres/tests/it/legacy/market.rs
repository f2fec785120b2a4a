//! A marketplace with an old chat of some shape, and Haggle beside it.

use std::sync::Arc;

use chat::{
    audit::{Act, Source},
    conversation::Kind,
    event::{Event, EventKind},
    ids::{AuditId, ConversationId, MessageId, ProductId, UserId},
    message::Draft,
    participant::Participant,
    person::Role,
    storage::{
        Append, Change, Conversations, Correction, Directory, Membership, MessageChanges, Messages,
        NewConversation, ReadMarks, Retraction, Storage, Target,
    },
    timestamp::Timestamp,
};
use chat_postgres::{
    Mapping, PgError, PgOptions, PgStorage, PgWriter, TakeOver, begin_move, end_copy,
    legacy_copy::{ReportLine, report},
    migrate,
};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, postgres::PgPoolOptions, query_scalar, raw_sql,
};
use test_support::{
    TestDatabase,
    old_chat::{MARKETPLACE, tables},
};
use tokio::sync::Mutex;

use crate::support::Heard;

/// Ann, who buys, Sam, who sells, Ada and Ava, who look after them, and Bob, who buys, too.
const PEOPLE: &str = "
    insert into public.users (id, name, role) values
      ('ann', 'Ann', 'buyer'), ('bob', 'Bob', 'buyer'), ('sam', 'Sam', 'supplier'),
      ('ada', 'Ada', 'admin'), ('ava', 'Ava', 'admin');
    insert into public.suppliers (id, user_id, name) values ('s-1', 'sam', 'Sam Steel');
    insert into public.products (id, name, supplier_id) values ('p-1', 'Sheet', 's-1'), ('p-2', 'Pipe', 's-1');";
/// Where places name their rows.
const PROFILES: &str = "
    insert into public.buyers (id, user_id) values ('b-ann', 'ann'), ('b-bob', 'bob');
    insert into public.supplier_profiles (id, user_id) values ('sp-sam', 'sam');";

pub struct Market {
    pub shape: &'static str,
    url: String,
    /// Nothing: somebody else's.
    _database: Option<TestDatabase>,
    pub sql: PgPool,
    pub storage: Arc<PgStorage>,
    pub writer: Arc<PgWriter>,
    pub heard: Arc<Heard>,
    take_over: Mutex<TakeOver>,
}

impl Market {
    /// With an old chat that is empty, and moved.
    pub async fn open(shape: &'static str) -> Self {
        Self::with(shape, "").await
    }

    /// The same, of which these statements were the last before the move.
    pub async fn with(shape: &'static str, statements: &str) -> Self {
        let market = Self::begun(shape, statements).await;
        end_copy(&market.options()).await.unwrap();
        market
    }

    /// Before the copy has come to its end.
    pub async fn begun(shape: &'static str, statements: &str) -> Self {
        let market = Self::before(shape, statements).await;
        begin_move(&market.options(), "UTC").await.unwrap();
        market
    }

    /// Before the move.
    pub async fn before(shape: &'static str, statements: &str) -> Self {
        let database = TestDatabase::create().await;
        prepare(database.url(), shape, statements).await;
        Self::on(database.url().to_owned(), Some(database), shape).await
    }

    /// A copy of what `fill` made of an old chat before the move, once for all tests of this name.
    pub async fn like(name: &str, shape: &'static str, fill: impl AsyncFnOnce(&Self)) -> Self {
        let name = format!("old_chat_{name}");
        let database = TestDatabase::from_template(&name, async |url| {
            prepare(url, shape, "").await;
            let market = Self::on(url.to_owned(), None, shape).await;
            fill(&market).await;
            market.close().await;
        })
        .await;
        Self::on(database.url().to_owned(), Some(database), shape).await
    }

    async fn on(url: String, database: Option<TestDatabase>, shape: &'static str) -> Self {
        let storage = PgStorage::connect(&PgOptions::new(&url)).await.unwrap();
        let heard = Arc::new(Heard::default());
        let writer = storage.writer(heard.clone());
        let sql = PgPoolOptions::new().max_connections(4);
        Self {
            shape,
            take_over: Mutex::new(TakeOver::new(writer.clone())),
            sql: sql.connect(&url).await.unwrap(),
            storage,
            writer,
            heard,
            url,
            _database: database,
        }
    }

    async fn close(self) {
        self.writer.close().await;
        self.storage.close().await;
        self.sql.close().await;
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// A role's own name in the cluster, which all tests share.
    pub fn role(&self, name: &str) -> String {
        let (address, _) = self.url.split_once('?').unwrap();
        let (_, database) = address.rsplit_once('/').unwrap();
        format!("{name}_{database}")
    }

    /// The database for another role.
    pub fn url_of(&self, role: &str) -> String {
        let (_, address) = self.url.split_once('@').unwrap();
        format!("postgres://{role}@{address}")
    }

    pub fn options(&self) -> PgOptions {
        PgOptions::new(&self.url)
    }

    pub async fn run(&self, statements: impl Into<String>) {
        let statements = statements.into();
        let done = raw_sql(AssertSqlSafe(statements.clone()));
        let done = done.execute(&self.sql).await;
        done.unwrap_or_else(|error| panic!("{}: {statements}: {error}", self.shape));
    }

    pub async fn text(&self, query: impl Into<String>) -> String {
        let query = query.into();
        let text = query_scalar::<_, Option<String>>(AssertSqlSafe(query.clone()));
        let text = text.fetch_one(&self.sql).await;
        let text = text.unwrap_or_else(|error| panic!("{}: {query}: {error}", self.shape));
        text.unwrap_or_default()
    }

    pub async fn count(&self, table: &str) -> i64 {
        let count = self
            .text(format!("select count(*)::text from {table}"))
            .await;
        count.parse().expect("a count is a number")
    }

    /// A server looks at the old chat until nothing is left to take.
    pub async fn look(&self) {
        let mut take_over = self.take_over.lock().await;
        while take_over.step().await.unwrap() > 0 {}
    }

    /// Ann's, with Sam where the old chat knows suppliers, else with Ada.
    pub async fn conversation(&self, id: &str) -> ConversationId {
        let supplier = (self.shape == "0").then_some("sam");
        let admin = (self.shape != "0").then_some("ada");
        self.open_conversation(id, supplier, admin, None).await
    }

    pub async fn open_conversation(
        &self,
        id: &str,
        supplier: Option<&str>,
        admin: Option<&str>,
        product: Option<&str>,
    ) -> ConversationId {
        let kind = match (supplier, admin) {
            (Some(_), None) => Kind::BuyerSupplier,
            (None, Some(_)) => Kind::BuyerAdmin,
            _ => Kind::Support,
        };
        let new = NewConversation {
            id: ConversationId::new(id),
            kind,
            buyer: UserId::new("ann"),
            supplier: supplier.map(UserId::new),
            admin: admin.map(UserId::new),
            product: product.map(ProductId::new),
            assign_admin: false,
            now: Timestamp::from_micros(1_700_000_000_000_000),
        };
        let opened = self.writer.open(new, act(&format!("opened {id}"))).await;
        opened.unwrap().conversation.id
    }

    /// Says it in Haggle.
    pub async fn say(&self, conversation: &ConversationId, id: &str, sender: &str) {
        let role = match sender {
            "ann" | "bob" => Role::Buyer,
            "sam" => Role::Supplier,
            _ => Role::Admin,
        };
        let draft = Draft {
            id: MessageId::new(id),
            conversation: conversation.clone(),
            sender: UserId::new(sender),
            sender_name: sender.to_uppercase(),
            sender_role: role,
            text: format!("text of {id}"),
            preview: format!("text of {id}"),
            files: Vec::new(),
            client_message_id: None,
            reply_to: None,
            source: Source::default(),
            now: Timestamp::from_micros(1_700_000_100_000_000),
        };
        let sent = self.writer.append(draft).await.unwrap();
        assert!(
            matches!(sent, Append::Created(_)),
            "{}: {sent:?}",
            self.shape
        );
    }

    /// Corrects it in Haggle.
    pub async fn correct(&self, conversation: &str, message: &str, sender: &str, text: &str) {
        let correction = Correction {
            target: target(conversation, message, sender),
            text: text.to_owned(),
            preview: text.to_owned(),
            window_minutes: EVER,
        };
        let corrected = self.writer.correct(correction).await.unwrap();
        assert!(matches!(corrected, Change::Changed(_)), "{corrected:?}");
    }

    /// Takes it back in Haggle.
    pub async fn take_back(&self, conversation: &str, message: &str, sender: &str) {
        let own = Retraction::Own {
            window_minutes: EVER,
        };
        let target = target(conversation, message, sender);
        let taken = self.writer.take_back(target, own).await.unwrap();
        assert!(matches!(taken, Change::Changed(_)), "{taken:?}");
    }

    /// Reads everything there in Haggle.
    pub async fn read(&self, conversation: &str, reader: &str) {
        let conversation = self.storage.get(&ConversationId::new(conversation)).await;
        let person = self.storage.person(&UserId::new(reader)).await;
        let reader = Participant::of(conversation.unwrap().unwrap(), &person.unwrap().unwrap());
        let now = Timestamp::from_micros(1_700_000_200_000_000);
        let read = self.writer.mark_read(&reader.unwrap(), None, now).await;
        read.unwrap();
    }

    /// The old application opens a conversation of Bob's.
    pub fn old_conversation(&self, id: &str) -> String {
        let (columns, values) = match self.shape {
            "0" => ("buyer_id, supplier_id", "'bob', 'sam'"),
            "A" => ("buyer_id", "'bob'"),
            "B" | "E" | "mixed" => ("buyer_id, admin_id", "'bob', 'ada'"),
            "C" | "D" => ("buyer_id, unread_count_admin", "'bob', 'ada'"),
            _ => ("type, buyer_id, admin_id", "'buyer_admin', 'b-bob', 'ada'"),
        };
        format!("insert into public.conversations (id, {columns}) values ('{id}', {values})")
    }

    /// The old application says something there.
    pub fn old_message(
        &self,
        conversation: &str,
        id: &str,
        sender: &str,
        receiver: &str,
    ) -> String {
        let kind = match sender {
            "ann" | "bob" => "buyer",
            "sam" => "supplier",
            _ => "admin",
        };
        let (columns, values) = match self.shape {
            "0" | "A" | "C" | "mixed" => (
                "receiver_id, message",
                format!("'{receiver}', 'text of {id}'"),
            ),
            "B" => ("sender_type, content", format!("'{kind}', 'text of {id}'")),
            "D" | "E" => (
                "receiver_id, sender_type, message",
                format!("'{receiver}', '{kind}', 'text of {id}'"),
            ),
            _ => ("sender_type, message", format!("'{kind}', 'text of {id}'")),
        };
        format!(
            "insert into public.messages (id, conversation_id, sender_id, {columns})
             values ('{id}', '{conversation}', '{sender}', {values})"
        )
    }

    /// Where the old chat has no place for an administrator, one joins here.
    pub async fn joined(&self, conversation: &str) {
        if self.shape == "A" {
            let (conversation, ada) = (ConversationId::new(conversation), UserId::new("ada"));
            let joined = self
                .writer
                .join(&conversation, &ada, Some(act("joined")))
                .await;
            joined.unwrap();
        }
    }

    /// Who looks after Bob's conversation there.
    pub fn other(&self) -> &'static str {
        if self.shape == "0" { "sam" } else { "ada" }
    }

    /// The column in which the old chat has what was said.
    pub fn words(&self) -> &'static str {
        if self.shape == "B" {
            "content"
        } else {
            "message"
        }
    }

    /// Of the old messages of a conversation, in the order of time.
    pub async fn old_said(&self, conversation: &str) -> String {
        let words = self.words();
        self.text(format!(
            "select string_agg(sender_id || ': ' || {words}, ', ' order by created_at, id)
             from public.messages where conversation_id = '{conversation}'"
        ))
        .await
    }

    pub async fn said(&self, conversation: &str) -> String {
        self.text(format!(
            "select string_agg(seq || ' ' || coalesce(sender_id, '-') || ': ' || message, ', ' order by seq)
             from haggle.message_rows where conversation_id = '{conversation}'"
        ))
        .await
    }

    /// Notes, debts and what was left out: nothing of all three when both sides have the same.
    pub async fn differences(&self) -> String {
        self.text(
            "select concat_ws(' ',
               (select count(*) from haggle.legacy_changes),
               (select count(*) from haggle.legacy_owed),
               (select count(*) from haggle.legacy_left_out))",
        )
        .await
    }

    /// The lines of the report, by their rows.
    pub async fn reported(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let each = |line: ReportLine| {
            lines.push(format!("{}: {}", line.id, line.reason.words()));
            Ok::<_, PgError>(())
        };
        report(&self.options(), each).await.unwrap();
        lines.sort();
        lines
    }

    /// What sockets heard, in words.
    pub fn told(&self) -> Vec<String> {
        let events: Vec<Event> = std::mem::take(&mut self.heard.0.lock().unwrap());
        let words = |event: Event| match event.kind {
            EventKind::Message { rev, message } => {
                format!("message {} seq {} rev {rev}", message.id, message.seq)
            }
            EventKind::Read {
                user,
                last_read_seq,
                ..
            } => format!("read {user} {last_read_seq}"),
            EventKind::ConversationUpdated(conversation) => format!("updated {}", conversation.id),
            EventKind::Reset { conversation } => {
                format!(
                    "reset {}",
                    conversation.map(|id| id.to_string()).unwrap_or_default()
                )
            }
            other => format!("{other:?}"),
        };
        events.into_iter().map(words).collect()
    }
}

/// An old chat of this shape with Haggle's schema beside it.
async fn prepare(url: &str, shape: &str, statements: &str) {
    let mut sql = PgConnection::connect(url).await.unwrap();
    let profiles = if shape == "F" { PROFILES } else { "" };
    for statements in [MARKETPLACE, PEOPLE, &tables(shape), profiles, statements] {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        done.execute(&mut sql).await.unwrap();
    }
    sql.close().await.unwrap();
    let migrated = migrate(&PgOptions::new(url), &Mapping::default()).await;
    migrated.unwrap();
}

pub fn act(id: &str) -> Act {
    Act {
        id: AuditId::new(id),
        at: Timestamp::from_micros(1_700_000_000_000_000),
        actor: None,
        source: Source::default(),
    }
}

/// Minutes: longer ago than anything here.
const EVER: u32 = 100 * 366 * 24 * 60;

fn target(conversation: &str, message: &str, sender: &str) -> Target {
    Target {
        conversation: ConversationId::new(conversation),
        message: MessageId::new(message),
        act: Act {
            actor: Some(UserId::new(sender)),
            ..act(&format!("changed {message}"))
        },
    }
}
