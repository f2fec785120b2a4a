//! People who are logged in at the marketplace are logged in here, for as long as they are there.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use reqwest::{Method, header};
use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool, query};
use test_support::{
    Answer, Frame, Person, RedisServer, ServerProcess, Socket, TestDatabase, eventually,
    steady_address,
};

use crate::market::Market;

const SECRETS: &str = "the secret of today, the secret of yesterday";

/// As `express-session` signs it; nothing in these ids needs to be percent-encoded.
fn signed(id: &str, secret: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = STANDARD_NO_PAD.encode(hmac::sign(&key, id.as_bytes()));
    let signature = signature.replace('+', "%2B").replace('/', "%2F");
    format!("connect.sid=s%3A{id}.{signature}")
}

fn cookie(id: &str) -> String {
    signed(id, "the secret of yesterday")
}

/// Where the marketplace keeps its sessions.
enum Place {
    /// Its times are in this zone.
    Table(PgPool, &'static str),
    Redis(RedisServer),
}

impl Place {
    async fn put(&self, id: &str, content: &str, seconds: i32) {
        match self {
            Self::Table(db, zone) => {
                let put = "insert into session (sid, sess, expire) \
                  values ($1, $2::json, (now() + make_interval(secs => $3)) at time zone $4) \
                  on conflict (sid) do update set sess = excluded.sess, expire = excluded.expire";
                let put = query(put).bind(id).bind(content);
                let put = put.bind(f64::from(seconds)).bind(zone);
                put.execute(db).await.expect("it is put");
            }
            Self::Redis(redis) => {
                let answer = redis.ask(&format!("SET sess:{id} '{content}' EX {seconds}"));
                assert_eq!(answer, "+OK");
            }
        }
    }

    async fn log_out(&self, id: &str) {
        match self {
            Self::Table(db, _) => {
                let gone = query("delete from session where sid = $1").bind(id);
                gone.execute(db).await.expect("it is deleted");
            }
            Self::Redis(redis) => {
                redis.ask(&format!("DEL sess:{id}"));
            }
        }
    }
}

async fn shop(zone: &'static str) -> (TestDatabase, Place) {
    let database = TestDatabase::create().await;
    let name = database.url().split('?').next().expect("an address");
    let name = name.rsplit('/').next().expect("a name").to_owned();
    let db = database.pool().await;
    for statement in [
        // As connect-pg-simple has it in its table.sql.
        "create table session (sid varchar not null primary key, sess json not null, \
         expire timestamp(6) not null)"
            .to_owned(),
        format!("alter database {name} set timezone = '{zone}'"),
    ] {
        let done = query(AssertSqlSafe(statement)).execute(&db).await;
        done.expect("the shop's own tables");
    }
    (database, Place::Table(db, zone))
}

async fn get(server: &ServerProcess, cookies: &str) -> u16 {
    let nobody = Person::nobody(&server.base());
    let request = nobody.request(Method::GET, "/api/chat/conversations");
    Answer::to(request.header(header::COOKIE, cookies))
        .await
        .status
}

async fn socket(server: &ServerProcess, cookies: &str) -> (Socket, Frame) {
    let base = server.base();
    let headers = [("cookie", cookies), ("origin", base.as_str())];
    let socket = Socket::handshake(&base, &headers, "").await;
    let mut socket = socket.expect("the handshake is good");
    socket.send("authenticate", json!({})).await;
    let authenticated = socket.next().await;
    (socket, authenticated)
}

async fn whoever_is_logged_in_there_is_here_until_they_log_out(market: &Market, place: &Place) {
    let other = ServerProcess::spawn(&market.options.clone().listen(steady_address())).await;
    let (one, base) = (&market.server, market.server.base());
    place
        .put(
            "anna-1",
            r#"{"cookie": {}, "passport": {"user": "anna"}}"#,
            600,
        )
        .await;
    place
        .put("sofia-1", r#"{"passport": {"user": {"id": "sofia"}}}"#, 600)
        .await;
    place.put("guest", r#"{"cookie": {}}"#, 600).await;
    place.put("broken", r#"{"passport": 7}"#, 600).await;

    assert_eq!(get(one, &cookie("anna-1")).await, 200);
    assert_eq!(get(&other, &cookie("sofia-1")).await, 200);
    let fresh = signed("anna-1", "the secret of today");
    assert_eq!(get(one, &fresh).await, 200);
    // A stale one of another path comes first, or a token that is none.
    for before in [cookie("long-gone"), "haggle_session=x".to_owned()] {
        assert_eq!(get(one, &format!("{before}; {fresh}")).await, 200);
    }
    let strange = signed("anna-1", "a secret of somebody else");
    for nobody in [&strange, &cookie("guest"), &cookie("broken"), &cookie("")] {
        assert_eq!(get(one, nobody).await, 401, "{nobody}");
    }

    // The browser sends the cookie also for pages of others.
    let write = |origin: Option<&str>| {
        let nobody = Person::nobody(&base);
        let request = nobody.request(Method::POST, "/api/chat/conversations");
        let request = request.json(&json!({"supplierId": "s-1"}));
        let request = request.header(header::COOKIE, &fresh);
        match origin {
            Some(origin) => request.header(header::ORIGIN, origin),
            None => request,
        }
    };
    assert_eq!(Answer::to(write(None)).await.status, 403);
    let foreign = write(Some("https://evil.example"));
    assert_eq!(Answer::to(foreign).await.status, 403);
    assert_eq!(Answer::to(write(Some(&base))).await.status, 201);

    let (mut here, known) = socket(one, &fresh).await;
    assert_eq!(known.payload["userId"], "anna", "{known:?}");
    let (mut there, _) = socket(&other, &cookie("anna-1")).await;
    let (mut sofia, _) = socket(&other, &cookie("sofia-1")).await;
    sofia.until("ready").await;

    // Prolonged, the socket goes on.
    place
        .put("anna-1", r#"{"passport": {"user": "anna"}}"#, 6_000)
        .await;
    here.until("ready").await;
    here.send("authenticate", json!({})).await;
    let later = here.until("authenticated").await.pop().expect("one");
    let expires = |frame: &Frame| frame.payload["expiresAt"].as_str().map(str::to_owned);
    assert!(expires(&later) > expires(&known), "{later:?} {known:?}");

    place.log_out("anna-1").await;
    there.until("ready").await;
    assert_eq!(
        (here.close_code().await, there.close_code().await),
        (4401, 4401)
    );
    for server in [one, &other] {
        eventually("the logout is known", async || {
            get(server, &cookie("anna-1")).await == 401
        })
        .await;
    }
    // Others stay, and may hear that she left; until somebody else logs in with the session.
    sofia.send("ping", json!({})).await;
    sofia.until("pong").await;
    place
        .put("sofia-1", r#"{"passport": {"user": "tom"}}"#, 600)
        .await;
    assert_eq!(sofia.close_code().await, 4401);
    let (_socket, tom) = socket(&other, &cookie("sofia-1")).await;
    assert_eq!(tom.payload["userId"], "tom");
}

#[tokio::test]
async fn sessions_in_a_table_count_and_end_here_with_them() {
    let (database, place) = shop("Europe/Berlin").await;
    let market = Market::at(database.url(), &[("HAGGLE_SESSION_SECRET", SECRETS)]).await;
    whoever_is_logged_in_there_is_here_until_they_log_out(&market, &place).await;
    place
        .put("late", r#"{"passport": {"user": "anna"}}"#, -60)
        .await;
    assert_eq!(get(&market.server, &cookie("late")).await, 401);
}

#[tokio::test]
async fn sessions_in_redis_count_and_end_here_with_them() {
    let redis = RedisServer::start();
    let settings = [
        ("HAGGLE_SESSION_SECRET", SECRETS),
        ("HAGGLE_SESSION_REDIS_URL", &redis.url()),
    ];
    let market = Market::with(&settings).await;
    let mut place = Place::Redis(redis);
    whoever_is_logged_in_there_is_here_until_they_log_out(&market, &place).await;

    // Nobody is logged out because their Redis is away.
    place
        .put("bert", r#"{"passport": {"user": "bert"}}"#, 600)
        .await;
    let (mut bert, _) = socket(&market.server, &cookie("bert")).await;
    bert.until("ready").await;
    let Place::Redis(redis) = &mut place else {
        unreachable!("it is a Redis");
    };
    redis.kill9();
    eventually("Redis is missed", async || {
        get(&market.server, &cookie("bert")).await == 503
    })
    .await;
    bert.expect_silence_until_pong().await;
}

#[tokio::test]
async fn times_without_a_zone_are_in_that_of_the_marketplace() {
    for (zone, seconds, status) in [
        ("America/New_York", 600, 200),
        ("America/New_York", -600, 401),
        ("Asia/Tokyo", 600, 200),
        ("Asia/Tokyo", -600, 401),
    ] {
        let (database, place) = shop(zone).await;
        let market = Market::at(database.url(), &[("HAGGLE_SESSION_SECRET", SECRETS)]).await;
        place
            .put("anna-1", r#"{"passport": {"user": "anna"}}"#, seconds)
            .await;
        let answered = get(&market.server, &cookie("anna-1")).await;
        assert_eq!(answered, status, "{zone} {seconds}");
    }
}

#[tokio::test]
async fn a_token_of_the_marketplace_counts_with_its_cookie_and_its_claim() {
    let settings = [
        ("HAGGLE_TOKEN_COOKIE", "shop_jwt"),
        ("HAGGLE_TOKEN_USER", "account.id"),
    ];
    let market = Market::with(&settings).await;
    let token = |claims: serde_json::Value| {
        let key = jsonwebtoken::EncodingKey::from_secret(test_support::SECRET.as_bytes());
        jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key).expect("a token")
    };
    let exp = 4_000_000_000_i64;
    let shop = token(json!({"account": {"id": "anna"}, "sub": "mail:anna", "exp": exp}));
    let cookies = format!("shop_jwt={shop}");
    assert_eq!(get(&market.server, &cookies).await, 200);
    let (_socket, known) = socket(&market.server, &cookies).await;
    assert_eq!(known.payload["userId"], "anna");
    let plain = token(json!({"sub": "anna", "exp": exp}));
    assert_eq!(get(&market.server, &format!("shop_jwt={plain}")).await, 401);
}
