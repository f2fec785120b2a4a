//! What may be written into `DATABASE_URL`.

use test_support::{SECRET, ServerOptions, ServerProcess, TestDatabase};

use super::{haggle, said};
use crate::{
    market::{API_KEY, Market},
    talk::Talk,
};

#[tokio::test]
async fn an_unknown_parameter_never_shows_its_value_at_any_level() {
    let database = TestDatabase::create().await;
    let url = format!(
        "{}&pool_secret=hunter2&connect_timeout=3&channel_binding=hunter3",
        database.url()
    );
    for level in ["error", "warn", "info", "debug", "trace", "sqlx=trace"] {
        let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"));
        let options = options.database(&url).set("HAGGLE_LOG_LEVEL", level);
        let mut server = ServerProcess::spawn(&options).await;
        assert!(server.sigterm_and_wait().await.success());
        let output = server.output();
        assert!(!output.contains("hunter"), "{output}");
        let is_told = !["error", "sqlx=trace"].contains(&level);
        assert_eq!(output.contains("pool_secret"), is_told, "{output}");
        for command in ["check", "migrate"] {
            let output = said(&haggle(command, &url, &[("HAGGLE_LOG_LEVEL", level)]));
            assert!(!output.contains("hunter"), "{output}");
        }
    }
}

#[tokio::test]
async fn nor_do_the_secrets_of_other_settings() {
    let database = TestDatabase::create().await;
    // Whoever comes by this socket is trusted, and the password is nobody's.
    let url = database.url().replacen('@', ":hunter2-database@", 1);
    let mut market = Market::at(
        &url,
        &[
            ("HAGGLE_LOG_LEVEL", "trace"),
            ("REDIS_URL", "redis://user:hunter2-redis@127.0.0.1:1"),
        ],
    )
    .await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    anna.say(&conversation, "Hello").await;
    anna.get("/api/chat/conversations").await.expect(200);
    assert!(market.server.sigterm_and_wait().await.success());
    let output = market.server.output();
    for secret in ["hunter2", SECRET, API_KEY] {
        assert!(!output.contains(secret), "{secret} is shown");
    }
}

/// Not one of them is waited for.
const WRONG: [&str; 9] = [
    "postgres://hunter2:hunter2@localhost:hunter2/shop",
    "postgres://shop@localhost/shop?sslmode=hunter2",
    "postgres://shop@localhost/shop?port=hunter2",
    "postgres://shop@localhost/shop?target_session_attrs=hunter2",
    "postgres://shop@localhost/shop?connect_timeout=hunter2",
    "postgres://shop@a,b/shop?port=1,2,hunter2",
    "postgres://shop@localhost:1/shop?sslmod=hunter2",
    "postgres://shop@/shop?host=/nowhere&statement-cache-capacity=hunter2",
    "postgres://shop:hunter2@[::hunter2/shop",
];
/// Nobody is there.
const AWAY: [&str; 3] = [
    "postgres://shop:hun%ter2hunter2@localhost:1/shop?sslrootcert=/hunter2",
    "postgres://shop:hunter2@localhost:1,localhost:2/shop?password=hunter2",
    "postgres://shop:hunter2@/shop?host=/nowhere&application_name=hunter2",
];

#[test]
fn nor_does_any_other_part_that_is_wrong() {
    let all = WRONG
        .iter()
        .map(|url| (url, &["check", "migrate", "serve"][..]));
    let away = AWAY.iter().map(|url| (url, &["check", "migrate"][..]));
    for (url, commands) in all.chain(away) {
        for command in commands {
            let output = haggle(command, url, &[("HAGGLE_LOG_LEVEL", "trace")]);
            assert!(!output.status.success(), "{url}");
            let said = said(&output);
            assert!(!said.contains("hunter2"), "{command} {url}: {said}");
            assert!(
                said.contains("DATABASE_URL") || said.contains("database"),
                "{said}"
            );
        }
    }
}
