//! Browsers and proxies as they are.

use std::net::SocketAddr;

use reqwest::Method;
use serde_json::{Value, json};
use test_support::{Answer, SECRET, Socket, TestDatabase, token};
use time::Duration;

use crate::{
    wire,
    world::{World, of, say},
};

fn stale(user: &str) -> String {
    token(user, SECRET, Duration::hours(-1))
}

#[tokio::test]
async fn of_several_session_cookies_the_valid_one_counts() {
    let world = World::open().await;
    let fresh = world.anna.token.clone().unwrap();
    let (stale, other) = (
        stale("anna"),
        token("anna", "another key", Duration::hours(1)),
    );
    let unknown = token("nobody-knows", SECRET, Duration::hours(1));
    let cookie = |value: String| [b"cookie: ".as_slice(), value.as_bytes()].concat();
    let all = [
        vec![cookie(format!(
            "haggle_session={stale}; haggle_session={fresh}"
        ))],
        vec![cookie(format!(
            "haggle_session={fresh}; haggle_session={stale}"
        ))],
        vec![
            cookie(format!("haggle_session={other}")),
            cookie(format!("haggle_session={fresh}")),
        ],
        vec![cookie(format!(
            "haggle_session={unknown};haggle_session=\"{fresh}\""
        ))],
        vec![cookie(format!(
            "haggle_session=; haggle_session=x; haggle_session={fresh}"
        ))],
        vec![
            [
                &b"cookie: name=J\xfcrgen; haggle_session="[..],
                fresh.as_bytes(),
            ]
            .concat(),
        ],
        vec![
            b"cookie: a=\xff\xfe".to_vec(),
            cookie(format!("haggle_session={fresh}")),
        ],
    ];
    let address = world.server.address();
    for headers in &all {
        let headers: Vec<_> = headers.iter().map(Vec::as_slice).collect();
        let status = wire::ask(address, "/api/chat/unread-count", &headers).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(headers[0]));
    }
    let none = cookie(format!("haggle_session={stale}; haggle_session={other}"));
    assert_eq!(
        wire::ask(address, "/api/chat/unread-count", &[&none]).await,
        401
    );
}

#[tokio::test]
async fn of_several_session_cookies_the_valid_one_counts_on_a_socket() {
    let world = World::open().await;
    let (base, fresh) = (world.server.base(), world.anna.token.clone().unwrap());
    for cookie in [
        format!("haggle_session={}; haggle_session={fresh}", stale("anna")),
        format!(
            "haggle_session=\"{fresh}\"; haggle_session={}",
            stale("anna")
        ),
    ] {
        let headers = [("cookie", &*cookie), ("origin", &*base)];
        let mut socket = Socket::handshake(&base, &headers, "").await.unwrap();
        socket.send("authenticate", json!({})).await;
        let frames = socket.until("authenticated").await;
        let frame = frames.last().unwrap();
        assert_eq!(frame.payload["userId"], "anna");
    }
}

async fn last_address(world: &World, action: &str) -> Value {
    let path = format!("/api/chat/audit?action={action}&limit=1");
    let mut audit = world.ada.get(&path).await.expect(200);
    audit["entries"][0]["ip"].take()
}

/// Bert is refused, through a proxy that says this.
async fn refused(world: &World, conversation: &str, header: (&str, &str)) {
    let asked = world.bert.request(Method::GET, &of(conversation, ""));
    Answer::to(asked.header(header.0, header.1))
        .await
        .expect(403);
}

#[tokio::test]
async fn the_address_of_a_client_behind_trusted_proxies_is_the_clients() {
    let trusted = [("HAGGLE_TRUSTED_PROXIES", "10.0.0.0/8, 127.0.0.1")];
    let world = World::with(&trusted).await;
    let conversation = world.steel().await;
    for (user, header, expected) in [
        (
            "bert",
            ("x-forwarded-for", "1.2.3.4, 203.0.113.9, 10.0.0.7"),
            "203.0.113.9",
        ),
        (
            "tom",
            (
                "forwarded",
                "for=1.2.3.4, for=\"[2001:db8::17]:4711\";proto=https",
            ),
            "2001:db8::17",
        ),
    ] {
        let person = if user == "bert" {
            &world.bert
        } else {
            &world.tom
        };
        let asked = person.request(Method::GET, &of(&conversation, ""));
        Answer::to(asked.header(header.0, header.1))
            .await
            .expect(403);
        assert_eq!(last_address(&world, "refused").await, expected);
    }
    // It is in the log as well.
    test_support::eventually("the refusal is logged", async || {
        world.server.output().contains("203.0.113.9")
    })
    .await;
}

#[tokio::test]
async fn what_strangers_say_of_addresses_is_ignored() {
    let world = World::with(&[("HAGGLE_TRUSTED_PROXIES", "10.0.0.0/8")]).await;
    let steel = world.steel().await;
    refused(&world, &steel, ("x-forwarded-for", "203.0.113.9")).await;
    assert_eq!(last_address(&world, "refused").await, "127.0.0.1");
}

#[tokio::test]
async fn figures_may_have_an_address_of_their_own() {
    let world = World::with(&[("HAGGLE_METRICS_LISTEN", "127.0.0.1:0")]).await;
    let steel = world.steel().await;
    say(&world.anna, &steel, "hello").await;
    world.nobody().get("/metrics").await.expect(404);
    let said = "haggle metrics on http://";
    test_support::eventually("it says where", async || {
        world.server.output().contains(said)
    })
    .await;
    let output = world.server.output();
    let line = output.lines().find_map(|line| line.strip_prefix(said));
    let address = line.unwrap().strip_suffix("/metrics").unwrap();
    let address: SocketAddr = address.parse().unwrap();
    assert_eq!(wire::ask(address, "/metrics", &[]).await, 200);
    assert_eq!(wire::ask(address, "/api/chat/unread-count", &[]).await, 404);
    assert!(
        output.find("haggle listening on") < output.find(said),
        "{output}"
    );
}

#[tokio::test]
async fn a_hangup_drains_like_a_request_to_end() {
    let mut world = World::open().await;
    let mut socket = world.sofia.online().await;
    let status = world.server.sighup_and_wait().await;
    assert_eq!(status.code(), Some(0), "{status}");
    assert_eq!(socket.close_code().await, 1001);
}

#[tokio::test]
async fn a_server_shows_no_demo_marketplace() {
    let database = TestDatabase::create().await;
    let options = test_support::ServerOptions::new(env!("CARGO_BIN_EXE_haggle"));
    let server = test_support::ServerProcess::spawn(&options.database(database.url())).await;
    let page = async |path: &str| {
        let answer = reqwest::get(format!("{}{path}", server.base()))
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    let (status, front) = page("/").await;
    assert_eq!(status, 200);
    assert!(
        front.contains("Haggle server") && front.contains("href=\"docs/\""),
        "{front}"
    );
    assert!(
        !front.contains("Quayside") && !front.contains("demo"),
        "{front}"
    );
    for gone in [
        "/login",
        "/index.html",
        "/conversations/42",
        "/api/demo/marketplace",
        "/demo/pictures/x.svg",
    ] {
        assert_eq!(page(gone).await.0, 404, "{gone}");
    }
}

#[tokio::test]
async fn everything_is_found_below_a_path_that_a_proxy_keeps() {
    let world = World::open().await;
    let below = |path: &str| format!("/shop/chat{path}");
    world
        .anna
        .get(&below("/api/chat/unread-count"))
        .await
        .expect(200);
    world.nobody().get(&below("/healthz")).await.expect(200);
    world
        .nobody()
        .get(&below("/api/openapi.json"))
        .await
        .expect(200);
    for path in ["/docs", "/docs/"] {
        assert_eq!(world.nobody().get(&below(path)).await.status, 200, "{path}");
    }
    let base = format!("{}/shop/chat", world.server.base());
    let mut socket = Socket::connect(&base, world.anna.token.as_deref().unwrap()).await;
    socket.authenticate(None).await;
    socket.until("ready").await;
    // What proxies keep away by its path stays away.
    world.nobody().get(&below("/metrics")).await.expect(404);
    world
        .nobody()
        .get(&below("/api/directory/users/anna"))
        .await
        .expect(404);
}
