//! Marketplaces whose tables are not as Haggle would have made them: `check` says how to name them, and
//! what it says is pasted, migrated and chatted on.

mod versions;

use std::{
    fs,
    path::Path,
    process::{Command, Output},
    time::Duration,
};

use serde_json::json;
use sqlx::{AssertSqlSafe, raw_sql};
use test_support::{
    Person, SECRET, ServerOptions, ServerProcess, TestDatabase, eventually, within,
};

use self::versions::VERSIONS;
use crate::world::{id, of, say};

fn haggle(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
    command.args(arguments).current_dir(folder);
    for name in ["REDIS_URL", "HAGGLE_DATA_DIR", "HAGGLE_CONFIG"] {
        command.env_remove(name);
    }
    let settings = [("DATABASE_URL", database), ("HAGGLE_JWT_SECRET", SECRET)];
    command.envs(settings).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What `check` says is for haggle.toml, its comments included.
fn proposal(said: &str) -> String {
    let (_, proposal) = said
        .split_once("\n\n# ")
        .unwrap_or_else(|| panic!("{said}"));
    format!("# {proposal}")
}

async fn open(tables: &str) -> TestDatabase {
    let database = TestDatabase::create().await;
    let sql = database.pool().await;
    let done = raw_sql(AssertSqlSafe(tables.to_owned()));
    done.execute(&sql).await.unwrap();
    database
}

async fn serve(database: &TestDatabase, folder: &Path) -> ServerProcess {
    let file = folder.join("haggle.toml");
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .arguments(&["serve", "--config", file.to_str().unwrap()]);
    ServerProcess::spawn(&options).await
}

#[tokio::test]
async fn what_check_proposes_is_pasted_and_people_chat() {
    for version in VERSIONS {
        let database = open(version.tables).await;
        let folder = tempfile::tempdir().unwrap();
        let haggle = |arguments: &[&str]| haggle(folder.path(), database.url(), arguments);
        let before = haggle(&["check"]);
        let before = String::from_utf8(before.stdout).unwrap();
        let proposal = proposal(&before);
        for expected in version.proposed {
            assert!(
                proposal.contains(expected),
                "{}: {expected}\n{before}",
                version.name
            );
        }
        fs::write(folder.path().join("haggle.toml"), proposal).unwrap();
        for command in [&["migrate", "--dry-run"][..], &["migrate"], &["check"]] {
            let output = haggle(command);
            assert!(
                output.status.success(),
                "{} {command:?}: {}",
                version.name,
                said(&output)
            );
        }
        assert!(
            !said(&haggle(&["check"])).contains("haggle.toml:"),
            "it is satisfied"
        );

        let server = serve(&database, folder.path()).await;
        let person = |id| Person::new(&server.base(), id);
        let (buyer, other) = (person(version.buyer), person(version.answers));
        let mut purpose = json!({"productId": version.product});
        if let Some(supplier) = version.supplier {
            purpose["supplierId"] = json!(supplier);
        }
        let made = buyer
            .post("/api/chat/conversations", purpose)
            .await
            .expect(201);
        let kind = if version.supplier.is_some() {
            "buyer_supplier"
        } else {
            "support"
        };
        assert_eq!(made["type"], kind, "{}", version.name);
        assert_eq!(made["product"]["name"], "Bolt", "{}", version.name);
        assert_eq!(made["product"]["image"], version.image, "{}", version.name);
        let conversation = id(&made);
        say(&buyer, &conversation, "Is it in stock?").await;
        let list = other.get("/api/chat/conversations").await.expect(200);
        assert_eq!(
            list["conversations"][0]["participants"]["buyer"]["name"],
            version.buyer_name
        );
        say(&other, &conversation, "It is.").await;
        let page = buyer.get(&of(&conversation, "/messages")).await.expect(200);
        assert_eq!(page["messages"][0]["message"], "It is.", "{}", version.name);
    }
}

#[tokio::test]
async fn whoever_has_no_role_here_is_refused_in_words_and_check_counts_them() {
    let database = open(
        "create table users (id varchar primary key, name text, role text, is_active boolean);
         insert into users values ('ann', 'Ann', 'customer', true), ('eve', 'Eve', 'guest', true),
           ('eva', 'Eva', 'guest', true), ('nil', 'Nil', null, true), ('Ann', 'Ann', 'Customer', true)",
    )
    .await;
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("haggle.toml"),
        "roles = ['customer=buyer', 'staff=admin']",
    )
    .unwrap();
    let output = haggle(folder.path(), database.url(), &["check"]);
    let expected = r#"HAGGLE_ROLES: nobody here are people of public.users with "guest" (2 people), "Customer" (1 person), no role (1 person)"#;
    assert!(said(&output).contains(expected), "{}", said(&output));
    let server = serve(&database, folder.path()).await;
    let person = |id| Person::new(&server.base(), id);
    person("ann")
        .get("/api/chat/unread-count")
        .await
        .expect(200);
    let mut errors = Vec::new();
    for id in ["eve", "nil", "Ann", "nobody"] {
        let refused = person(id).get("/api/chat/unread-count").await.expect(401);
        errors.push((refused["code"].clone(), refused["message"].clone()));
    }
    assert!(errors.iter().all(|error| *error == errors[3]), "{errors:?}");
}

#[tokio::test]
async fn a_directory_without_suppliers_takes_none_by_its_api() {
    let database = open("create table products (id varchar primary key, title text)").await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .set("HAGGLE_API_KEY", "key")
        .set("HAGGLE_SUPPLIERS_TABLE", "none")
        .set("HAGGLE_PRODUCTS_TABLE", "none");
    let server = ServerProcess::spawn(&options).await;
    let put = async |path: &str, body: serde_json::Value| {
        let nobody = Person::nobody(&server.base());
        let request = nobody.request(reqwest::Method::PUT, &format!("/api/directory/{path}"));
        test_support::Answer::to(request.header("x-api-key", "key").json(&body)).await
    };
    let ann = json!({"name": "Ann", "email": "ann@example.com", "role": "buyer"});
    put("users/ann", ann).await.expect(201);
    put("suppliers/s", json!({"userId": "ann", "name": "S"}))
        .await
        .expect(409);
    put("products/p", json!({"name": "P", "image": ""}))
        .await
        .expect(409);
    let ann = Person::new(&server.base(), "ann");
    ann.post("/api/chat/conversations", json!({}))
        .await
        .expect(201);
    let unknown = ann
        .post("/api/chat/conversations", json!({"productId": "p"}))
        .await;
    assert!(unknown.expect(400)["fields"]["productId"].is_string());
}

const NUMBERS: &str = "
    create table users (
      id serial primary key, name text, role text, is_active boolean, is_online boolean default false, last_seen timestamp
    );
    insert into users (name, role, is_active) values ('Ann', 'buyer', true), ('Sam', 'supplier', true);";

#[tokio::test]
async fn whoever_is_deleted_where_no_key_is_possible_is_out_at_once_and_gone_within_a_minute() {
    let database = open(NUMBERS).await;
    let sql = database.pool().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .set("HAGGLE_SUPPLIERS_TABLE", "none");
    let server = ServerProcess::spawn(&options).await;
    let [ann, sam] = ["1", "2"].map(|id| Person::new(&server.base(), id));
    let made = ann
        .post("/api/chat/conversations", json!({"supplierId": "2"}))
        .await
        .expect(201);
    say(&ann, &id(&made), "Hello").await;
    let mut socket = ann.online().await;
    let mut other = sam.online().await;

    sqlx::query("delete from public.users where id = 1")
        .execute(&sql)
        .await
        .unwrap();
    let out = within(Duration::from_secs(2), "Ann is nobody", async || {
        ann.get("/api/chat/unread-count").await.status == 401
    });
    tokio::join!(out, async { assert_eq!(socket.close_code().await, 4401) });
    within(
        Duration::from_mins(1),
        "her conversations are gone",
        async || {
            let list = sam.get("/api/chat/conversations").await.expect(200);
            list["conversations"].as_array().unwrap().is_empty()
        },
    )
    .await;
    other.until("reset").await;
}

#[tokio::test]
async fn the_hosts_own_green_dots_are_true_and_end_with_a_server_that_dies() {
    let database = open(NUMBERS).await;
    let sql = database.pool().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(database.url())
        .set("HAGGLE_SUPPLIERS_TABLE", "none")
        .set("HAGGLE_USERS_ONLINE", "is_online, last_seen");
    let mut server = ServerProcess::spawn(&options).await;
    let online = async |expected: &str| {
        eventually(&format!("{expected:?} are online"), async || {
            let online = "select coalesce(string_agg(name, ' ' order by id), '') from public.users where is_online";
            let online: String = sqlx::query_scalar(online).fetch_one(&sql).await.unwrap();
            online == expected
        })
        .await;
    };
    let [ann, sam] = ["1", "2"].map(|id| Person::new(&server.base(), id));
    let (first, _second) = (ann.online().await, sam.online().await);
    online("Ann Sam").await;
    first.close().await;
    online("Sam").await;

    server.kill9();
    sqlx::query("update haggle.nodes set expires_at = now() - interval '1 second'")
        .execute(&sql)
        .await
        .unwrap();
    let mut server = ServerProcess::spawn(&options).await;
    online("").await;

    let ann = Person::new(&server.base(), "1");
    let _socket = ann.online().await;
    online("Ann").await;
    server.sigterm_and_wait().await;
    online("").await;
}
