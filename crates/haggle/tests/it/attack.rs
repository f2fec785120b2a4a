//! One person, or nobody, does what they can to keep everybody else out.

use std::{fs, os::unix::fs::PermissionsExt};

use futures_util::future::join_all;
use serde_json::json;
use tempfile::TempDir;
use test_support::{Person, ServerOptions, ServerProcess, TestDatabase, eventually};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    wire,
    world::{API_KEY, World, of, say},
};

/// Open files of the server in these tests.
const FILES: usize = 256;

/// The real server, with few open files.
struct Small {
    server: ServerProcess,
    _folder: TempDir,
    _database: TestDatabase,
    anna: Person,
    conversation: String,
}

impl Small {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("haggle");
        let binary = env!("CARGO_BIN_EXE_haggle");
        let text = format!("#!/bin/sh\nulimit -n {FILES}\nexec {binary} \"$@\"\n");
        fs::write(&script, text).unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        let database = TestDatabase::create().await;
        let options = ServerOptions::new(&script)
            .database(database.url())
            .set("HAGGLE_DATABASE_CONNECTIONS", "4")
            .set("HAGGLE_API_KEY", API_KEY);
        let server = ServerProcess::spawn(&options).await;
        let nobody = Person::nobody(&server.base());
        for (id, role) in [("anna", "buyer"), ("sofia", "supplier")] {
            let user = json!({"name": id, "email": format!("{id}@example.com"), "role": role});
            let put = nobody.request(reqwest::Method::PUT, &format!("/api/directory/users/{id}"));
            let put = put.header("x-api-key", API_KEY).json(&user);
            test_support::Answer::to(put).await.expect(201);
        }
        let company = json!({"userId": "sofia", "name": "Sofia Steel"});
        let put = nobody.request(reqwest::Method::PUT, "/api/directory/suppliers/s-1");
        test_support::Answer::to(put.header("x-api-key", API_KEY).json(&company))
            .await
            .expect(201);
        let anna = Person::new(&server.base(), "anna");
        let opened = anna.post("/api/chat/conversations", json!({"supplierId": "s-1"}));
        let conversation = crate::world::id(&opened.await.expect(201));
        Self {
            anna,
            conversation,
            server,
            _folder: folder,
            _database: database,
        }
    }

    /// Whoever comes now, signed in or a health check, is served.
    async fn serves(&self) {
        for _ in 0..3 {
            // Each by a connection of its own.
            let anna = Person::new(&self.server.base(), "anna");
            say(&anna, &self.conversation, "still here").await;
            drop(anna.online().await);
            let nobody = Person::nobody(&self.server.base());
            nobody.get("/healthz").await.expect(200);
            nobody.get("/readyz").await.expect(200);
        }
    }

    async fn hold(&self, number: usize, say: &[u8]) -> Vec<TcpStream> {
        let mut held = Vec::new();
        for _ in 0..number {
            let mut stream = wire::connect(self.server.address()).await;
            // It may have had to make room already.
            let _ = stream.write_all(say).await;
            held.push(stream);
        }
        held
    }
}

#[tokio::test]
async fn connections_that_say_nothing_keep_nobody_out() {
    let small = Small::open().await;
    let held = small.hold(2 * FILES, b"").await;
    small.serves().await;
    drop(held);
}

#[tokio::test]
async fn heads_that_never_end_keep_nobody_out() {
    let small = Small::open().await;
    let held = small.hold(2 * FILES, b"GET / HTTP/1.1\r\nx: ").await;
    small.serves().await;
    drop(held);
}

#[tokio::test]
async fn answers_that_nobody_reads_keep_nobody_out() {
    let small = Small::open().await;
    let ahead = b"GET /api/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n".repeat(50);
    let held = small.hold(2 * FILES, &ahead).await;
    small.serves().await;
    drop(held);
}

#[tokio::test]
async fn sockets_that_never_say_who_they_are_keep_nobody_out() {
    let small = Small::open().await;
    let handshake = b"GET /api/chat/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\n\
        upgrade: websocket\r\nsec-websocket-version: 13\r\n\
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    let held = small.hold(2 * FILES, handshake).await;
    small.serves().await;
    drop(held);
}

#[tokio::test]
async fn one_persons_unread_answers_keep_nobody_else_out() {
    let small = Small::open().await;
    let sofia = Person::new(&small.server.base(), "sofia");
    let token = sofia.token.as_deref().unwrap();
    let request = format!(
        "GET /api/chat/conversations HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
    );
    let held = small.hold(2 * FILES, request.repeat(50).as_bytes()).await;
    small.serves().await;
    drop(held);
}

#[tokio::test]
async fn a_socket_that_is_in_use_is_never_the_one_that_makes_room() {
    let small = Small::open().await;
    let sofia = Person::new(&small.server.base(), "sofia");
    let mut screen = sofia.online().await;
    let held = small.hold(2 * FILES, b"").await;
    say(&small.anna, &small.conversation, "are you there?").await;
    screen.until("message").await;
    drop(held);
}

#[tokio::test]
async fn what_was_held_is_given_back() {
    let small = Small::open().await;
    let mut held = small.hold(2 * FILES, b"").await;
    // The oldest had to go, and hear of it.
    let read = held[0].read(&mut [0; 1]).await;
    assert!(matches!(read, Ok(0) | Err(_)), "{read:?}");
    drop(held);
    let files = || {
        let listed = fs::read_dir(format!("/proc/{}/fd", small.server.pid())).unwrap();
        listed.count()
    };
    eventually("the files are closed", async || files() < FILES / 4).await;
}

#[tokio::test]
async fn one_persons_searches_answer_nobody_else_with_503() {
    let settings = [
        ("HAGGLE_DATABASE_CONNECTIONS", "4"),
        ("HAGGLE_MESSAGES_PER_MINUTE", "0"),
    ];
    let world = World::with(&settings).await;
    let steel = world.steel().await;
    // Every search looks at all of these, so it lasts.
    let pool = world.database.pool().await;
    let mut database = pool.acquire().await.unwrap();
    for statement in [
        "insert into haggle.conversations (buyer_id, supplier_id, product_key, last_message) \
         select 'anna', 'sofia', 'p-' || number, repeat('words of a long preview ', 8) \
         from generate_series(1, 30000) number",
        "analyze haggle.conversations",
    ] {
        sqlx::query(statement)
            .execute(&mut *database)
            .await
            .unwrap();
    }
    let searches = (0..200).map(|number| {
        let ada = world.ada.clone();
        tokio::spawn(async move {
            let path = format!("/api/chat/conversations?q=nowhere-{number}");
            ada.get(&path).await
        })
    });
    let searches: Vec<_> = searches.collect();
    for _ in 0..20 {
        world.anna.get("/api/chat/conversations").await.expect(200);
        say(&world.anna, &steel, "do you hear me?").await;
        world.sofia.get(&of(&steel, "/messages")).await.expect(200);
    }
    let mut refused = 0;
    for search in join_all(searches).await {
        let search = search.unwrap();
        match search.status {
            200 => {}
            429 => {
                assert!(search.headers.contains_key("retry-after"));
                assert_eq!(search.json["code"], "rate_limited");
                refused += 1;
            }
            other => panic!("{other}: {:#}", search.json),
        }
    }
    assert!(
        refused > 0,
        "200 at once are more than one person may wait for"
    );
}
