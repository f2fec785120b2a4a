//! `haggle migrate` beside a chat that the marketplace had before.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use reqwest::Method;
use serde_json::Value;
use sqlx::{AssertSqlSafe, PgPool, raw_sql};
use test_support::{
    Person, ServerOptions, ServerProcess, TestDatabase,
    old_chat::{MARKETPLACE, tables},
};

const CHAT: &str = "
    alter table public.conversations add column subject text;
    insert into public.users (id, name, role) values ('ann', 'Ann', 'buyer'), ('ada', 'Ada', 'admin');
    insert into public.conversations (id, buyer_id, unread_count_admin, subject, created_at)
    values ('c', 'ann', 'ada', 'Order 7', '2025-01-01');
    insert into public.conversations (id, buyer_id, unread_count_admin) values ('lost', 'gone', 'ada');
    insert into public.messages (id, conversation_id, sender_id, receiver_id, message, attachments, is_read, created_at)
    values
      ('m-1', 'c', 'gone', 'ann', 'from somebody', null, true, '2025-01-02 10:00'),
      ('m-2', 'c', 'ann', 'ada', '', '{/uploads/offer.txt,/uploads/empty.txt,/uploads/gone.pdf}', false, '2025-01-02 11:00'),
      ('m-3', 'c', 'ann', 'ada', 'a note', '{\"data:text/plain;base64,aGVsbG8=\"}', false, '2025-01-02 12:00'),
      ('m-4', 'c', 'ann', 'ada', '', '{\"data:text/plain;base64,\"}', false, '2025-01-02 13:00'),
      ('m-5', 'lost', 'ada', 'gone', 'hello?', null, false, '2025-01-02 14:00');";

struct Shop {
    database: TestDatabase,
    sql: PgPool,
    folder: tempfile::TempDir,
}

impl Shop {
    async fn open() -> Self {
        let database = TestDatabase::create().await;
        let shop = Self {
            sql: database.pool().await,
            database,
            folder: test_support::open_folder(),
        };
        for statements in [MARKETPLACE, &tables("C"), CHAT] {
            let done = raw_sql(AssertSqlSafe(statements.to_owned()));
            done.execute(&shop.sql).await.unwrap();
        }
        shop
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn store(&self) -> String {
        format!("file://{}", self.path("store"))
    }

    fn haggle(&self, arguments: &[&str]) -> Output {
        let mut haggle = Command::new(env!("CARGO_BIN_EXE_haggle"));
        haggle.args(arguments).current_dir(self.folder.path());
        haggle.envs([
            ("DATABASE_URL", self.database.url()),
            ("HAGGLE_DATA_DIR", &self.path("data")),
            ("HAGGLE_OBJECT_STORE", &self.store()),
        ]);
        haggle.output().unwrap()
    }

    fn says(&self, arguments: &[&str]) -> String {
        let output = self.haggle(arguments);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap()
    }

    async fn serve(&self) -> ServerProcess {
        let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
            .database(self.database.url())
            .set("HAGGLE_OBJECT_STORE", &self.store());
        ServerProcess::spawn(&options).await
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let report = fs::read_to_string(path).unwrap();
    let lines = report
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    lines.collect()
}

async fn bytes(person: &Person, url: &Value) -> String {
    let request = person.request(Method::GET, url.as_str().unwrap());
    request.send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn an_old_chat_is_tried_moved_and_shown() {
    let shop = Shop::open().await;
    fs::create_dir_all(shop.path("public/uploads")).unwrap();
    fs::write(shop.path("public/uploads/offer.txt"), "500 pieces").unwrap();
    fs::write(shop.path("public/uploads/empty.txt"), "").unwrap();

    let tried = shop.says(&["migrate", "--dry-run"]);
    for said in [
        "would create the schema haggle",
        "old chat: public.conversations and public.messages, shape C",
        "conversations: 2 found = would be 1 kept + 0 merged + 1 refused",
        "messages: 5 found = would be 3 kept + 0 merged + 2 refused",
        "1 conversation refused: its buyer is gone",
        "it would take about",
    ] {
        assert!(tried.contains(said), "{said:?} in {tried}");
    }
    assert!(!Path::new(&shop.path("data/legacy-report.jsonl")).exists());

    let moved = shop.says(&["migrate", "--files", &shop.path("public")]);
    for said in [
        "conversations: 2 found = 1 kept + 0 merged + 1 refused",
        "messages: 5 found = 3 kept + 0 merged + 2 refused",
        "checked: 3 messages",
    ] {
        assert!(moved.contains(said), "{said:?} in {moved}");
    }
    let report = lines(Path::new(&shop.path("data/legacy-report.jsonl")));
    let told = |id: &str, what: &str| {
        let line = report
            .iter()
            .find(|line| line["id"] == id && line["what"] == what);
        line.unwrap_or_else(|| panic!("{id} {what} in {report:?}"))["why"].clone()
    };
    assert_eq!(told("lost", "refused"), "its buyer is gone");
    assert_eq!(told("m-5", "refused"), "its conversation is refused");
    assert_eq!(told("m-4", "refused"), "it has no text and no file");
    assert_eq!(
        told("m-1", "corrected"),
        "its sender is gone: it is a former user's"
    );

    let again = shop.says(&["migrate", "--report", &shop.path("again.jsonl")]);
    assert!(again.contains("the schema is up to date"), "{again}");
    assert!(again.contains("nothing is left to do"), "{again}");
    assert_eq!(lines(Path::new(&shop.path("again.jsonl"))), report);

    let server = shop.serve().await;
    let ann = Person::new(&server.base(), "ann");
    let conversation = ann.get("/api/chat/conversations/c").await.expect(200);
    assert_eq!(conversation["subject"], "Order 7");
    assert_eq!(conversation["lastSeq"], 3);
    let page = ann
        .get("/api/chat/conversations/c/messages?markRead=false")
        .await
        .expect(200);
    let messages = page["messages"].as_array().unwrap();
    let ids: Vec<_> = messages
        .iter()
        .map(|message| message["id"].clone())
        .collect();
    assert_eq!(ids, ["m-3", "m-2", "m-1"]);
    assert_eq!(messages[2]["senderName"], "Former user");
    assert_eq!(messages[2]["senderId"], Value::Null);

    let files = messages[1]["files"].as_array().unwrap();
    let external: Vec<_> = files
        .iter()
        .map(|file| file["isExternal"].clone())
        .collect();
    assert_eq!(external, [Value::Null, true.into(), true.into()]);
    assert_eq!(files[1]["url"], "/uploads/empty.txt");
    assert_eq!(
        (&files[2]["name"], &files[2]["type"]),
        (&"gone.pdf".into(), &"application/pdf".into())
    );
    assert_eq!(files[0]["name"], "offer.txt");
    assert_eq!(bytes(&ann, &files[0]["url"]).await, "500 pieces");
    // Nothing is kept of a link.
    let link = format!("/api/chat/attachments/{}", files[1]["id"].as_str().unwrap());
    ann.get(&link).await.expect(404);
    let carried = &messages[0]["files"][0];
    assert_eq!(bytes(&ann, &carried["url"]).await, "hello");
}

#[tokio::test]
async fn the_rights_and_the_zone_of_an_old_chat_are_asked_for_by_name() {
    let shop = Shop::open().await;
    let grants = shop.says(&["migrate", "--print-grants", "mover"]);
    for table in ["conversations", "messages"] {
        let grant = format!(
            "grant select, insert, update, trigger on \"public\".\"{table}\" to \"mover\";"
        );
        assert!(grants.contains(&grant), "{grants}");
    }
    let refused = shop.haggle(&["migrate", "--time-zone", "at home; drop"]);
    assert_eq!(refused.status.code(), Some(2));
    let moved = shop.says(&["migrate", "--time-zone", "+02:00"]);
    assert!(
        moved.contains("times without a zone are those of +02:00"),
        "{moved}"
    );
}
