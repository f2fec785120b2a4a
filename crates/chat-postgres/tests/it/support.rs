use std::sync::{Arc, Mutex};

use chat::{
    audit::{Act, Source},
    conversation::Kind,
    event::Event,
    ids::{AuditId, ConversationId, MessageId, UserId},
    message::Draft,
    person::Role,
    publisher::Publisher,
    storage::{DirectoryEditor, Membership, NewConversation, Storage, UserRecord},
    timestamp::Timestamp,
};
use chat_postgres::{Mapping, PgOptions, PgStorage, PgWriter, grants, migrate};
use sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};
use test_support::TestDatabase;

/// A migrated database, and the storage on it with its writer.
pub struct Fixture {
    pub storage: Arc<PgStorage>,
    pub writer: Arc<PgWriter>,
    pub heard: Arc<Heard>,
    pub database: TestDatabase,
}

#[derive(Default)]
pub struct Heard(pub Mutex<Vec<Event>>);

impl Publisher for Heard {
    fn publish(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}

/// Has the rights that are printed for a server, and no other. It stays in the tests' cluster.
const SERVER: &str = "chat_postgres_server";

impl Fixture {
    pub async fn new() -> Self {
        let database = TestDatabase::from_template("chat_postgres_schema", async |url| {
            migrate(&PgOptions::new(url), &Mapping::default())
                .await
                .unwrap();
            let_serve(url).await;
        })
        .await;
        let (_, address) = database.url().split_once('@').unwrap();
        let url = format!("postgres://{SERVER}@{address}");
        let storage = PgStorage::connect(&PgOptions::new(url)).await.unwrap();
        let heard = Arc::new(Heard::default());
        Self {
            writer: storage.writer(heard.clone()),
            storage,
            heard,
            database,
        }
    }

    /// Ann, who buys, and Sam and Sue, who sell.
    pub async fn people(&self) {
        let people = [
            ("ann", Role::Buyer),
            ("sam", Role::Supplier),
            ("sue", Role::Supplier),
        ];
        for (id, role) in people {
            let user = UserRecord {
                id: UserId::new(id),
                name: id.to_uppercase(),
                company: None,
                email: String::new(),
                role,
                is_active: true,
                time_zone: None,
            };
            self.writer.put_user(&user).await.unwrap();
        }
    }

    /// Of Ann with Sam.
    pub async fn conversation(&self, id: &str) -> ConversationId {
        self.conversation_with(id, "sam").await
    }

    pub async fn conversation_with(&self, id: &str, supplier: &str) -> ConversationId {
        let new = NewConversation {
            id: ConversationId::new(id),
            kind: Kind::BuyerSupplier,
            buyer: UserId::new("ann"),
            supplier: Some(UserId::new(supplier)),
            admin: None,
            product: None,
            assign_admin: false,
            now: Timestamp::from_micros(0),
        };
        let act = Act {
            id: AuditId::new(format!("opened {id}")),
            at: new.now,
            actor: None,
            source: Source::default(),
        };
        let opened = self.writer.open(new, act).await.unwrap();
        assert!(opened.created);
        opened.conversation.id
    }
}

async fn let_serve(url: &str) {
    let options = PgOptions::new(url);
    let lines = grants(&options, &Mapping::default(), None, SERVER)
        .await
        .unwrap();
    let of_serving = lines
        .iter()
        .skip_while(|line| !line.contains("a role that does not migrate"));
    let mut statements = vec![format!(
        "drop role if exists {SERVER}; create role {SERVER} login;"
    )];
    statements.extend(of_serving.cloned());
    let mut db = PgConnection::connect(url).await.unwrap();
    let granted = raw_sql(AssertSqlSafe(statements.join("\n")));
    granted.execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

/// What Ann says there.
pub fn draft(n: u32, conversation: &ConversationId, client: Option<&str>) -> Draft {
    Draft {
        id: MessageId::new(format!("message-{n}")),
        conversation: conversation.clone(),
        sender: UserId::new("ann"),
        sender_name: "Ann".into(),
        sender_role: Role::Buyer,
        text: format!("text {n}"),
        preview: format!("text {n}"),
        files: Vec::new(),
        client_message_id: client.map(Into::into),
        reply_to: None,
        source: Source::default(),
        now: Timestamp::from_micros(1_000_000_000 + i64::from(n)),
    }
}
