//! PostgreSQL as others run it: few connections, servers that only read, a pooler before it, replicas
//! that take over, and defaults that nobody expects.

mod certificate;
mod encoding;
mod failover;
mod few_connections;
mod lost_sessions;
mod pooler;
mod replica;
mod role_defaults;
mod url;

use std::process::{Command, Output};

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, query};
use test_support::{Answer, Person, SECRET, TestDatabase};

use crate::talk::of;

/// A database of its own, and a role of the marketplace that owns it and is nobody special.
struct Shop {
    database: TestDatabase,
    role: String,
}

impl Shop {
    async fn open() -> Self {
        let database = TestDatabase::create().await;
        let role = format!("{}_shop", name_of(database.url()));
        let shop = Self { database, role };
        let (name, role) = (shop.name().to_owned(), &shop.role);
        shop.admin(&format!("create role {role} login")).await;
        shop.admin(&format!("alter database {name} owner to {role}"))
            .await;
        shop.admin(&format!("grant all on schema public to {role}"))
            .await;
        shop
    }

    fn name(&self) -> &str {
        name_of(self.database.url())
    }

    /// As the role.
    fn url(&self) -> String {
        let (_, rest) = self.database.url().split_once('@').expect("a user");
        format!("postgres://{}@{rest}", self.role)
    }

    /// What only the operator of the database may do.
    async fn admin(&self, statement: &str) {
        let url = self.database.url();
        let mut db = PgConnection::connect(url).await.expect("it answers");
        // Also where the database's default is to read only.
        for statement in ["set default_transaction_read_only = off", statement] {
            let done = query(AssertSqlSafe(statement.to_owned()));
            let done = done.execute(&mut db).await;
            done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        db.close().await.expect("it ends");
    }

    /// Ends every connection of the role, and waits until they have ended.
    async fn cut(&self) {
        let db = self.database.pool().await;
        cut(&db, &self.role).await;
        db.close().await;
    }
}

async fn cut(db: &PgPool, role: &str) {
    let all = "select pg_terminate_backend(pid, 10000) from pg_stat_activity where usename = $1 and pid <> pg_backend_pid()";
    query(all).bind(role).execute(db).await.expect("they end");
}

fn name_of(url: &str) -> &str {
    let (address, _) = url.split_once('?').unwrap_or((url, ""));
    address.rsplit_once('/').expect("a database").1
}

pub async fn run(db: &PgPool, statement: &str) {
    let done = query(AssertSqlSafe(statement.to_owned())).execute(db).await;
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

/// A command of the binary with this database.
fn haggle(command: &str, url: &str, settings: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    Command::new(env!("CARGO_BIN_EXE_haggle"))
        .arg(command)
        .current_dir(folder.path())
        .env_remove("REDIS_URL")
        .env("HAGGLE_JWT_SECRET", SECRET)
        .env("DATABASE_URL", url)
        .envs(settings.iter().copied())
        .output()
        .expect("the binary runs")
}

fn said(output: &Output) -> String {
    let all = [&*output.stdout, &*output.stderr].concat();
    String::from_utf8(all).expect("text")
}

/// The line of the check about the database.
fn checked(output: &Output) -> String {
    let said = said(output);
    let line = said.lines().find(|line| line.starts_with("database"));
    line.unwrap_or_else(|| panic!("{said}")).to_owned()
}

/// One of each kind of thing that people do, at the same time. All of it is answered.
async fn everybody_is_answered(people: [&Person; 2], conversation: &str, what: &str) {
    let message = json!({"content": what});
    let tasks = people.iter().flat_map(|person| {
        [
            (Method::POST, of(conversation, "/messages"), Some(&message)),
            (
                Method::GET,
                of(conversation, "/messages?markRead=false"),
                None,
            ),
            (Method::GET, of(conversation, ""), None),
            (Method::GET, "/api/chat/conversations?limit=20".into(), None),
            (Method::GET, "/api/chat/unread-count".into(), None),
            (Method::GET, "/api/chat/notifications".into(), None),
            (Method::GET, "/api/chat/users/sofia/status".into(), None),
            (Method::PATCH, of(conversation, "/read"), Some(&Value::Null)),
        ]
        .map(async |(method, path, body)| {
            let request = person.request(method.clone(), &path);
            let request = match body {
                Some(Value::Null) => request.json(&json!({})),
                Some(body) => request.json(body),
                None => request,
            };
            let answer = Answer::to(request).await;
            let is_well = matches!(answer.status, 200 | 201);
            assert!(is_well, "{what}: {method} {path}: {:#}", answer.json);
        })
    });
    futures_util::future::join_all(tasks).await;
}
