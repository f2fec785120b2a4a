//! What operators read, whatever they ask for and whatever is done to the server.

use reqwest::Method;
use serde_json::json;
use test_support::{Answer, Person, SECRET, Socket, token};
use time::Duration;

use crate::world::{API_KEY, World, of, say};

/// Does everything with a secret or a text in it that a person can, rightly and wrongly.
async fn say_secrets(world: &World) -> Vec<String> {
    let steel = world.steel().await;
    let mut screen = world.sofia.online().await;
    say(&world.anna, &steel, "the secret price is 42").await;
    screen.until("message").await;
    let forged = token("anna", "some other key", Duration::hours(1));
    let stranger = Person::with_token(&world.server.base(), "anna", Some(forged.clone()));
    stranger.get("/api/chat/unread-count").await.expect(401);
    let key = world.nobody();
    let wrong_key = key.request(Method::DELETE, "/api/directory/users/nobody");
    Answer::to(wrong_key.header("x-api-key", "a wrong secret key"))
        .await
        .expect(401);
    let form = "--edge\r\ncontent-disposition: form-data; name=\"file\"; \
        filename=\"the-secret-name.txt\"\r\n\r\nthe secret annex\r\n--edge--\r\n";
    let upload = world.anna.request(Method::POST, "/api/chat/attachments");
    let upload = upload.header("content-type", "multipart/form-data; boundary=edge");
    Answer::to(upload.body(form)).await.expect(201);
    world
        .anna
        .get("/api/chat/conversations?q=secret%20query")
        .await
        .expect(200);
    let broken = world.anna.request(Method::POST, &of(&steel, "/messages"));
    let broken = broken.header("content-type", "application/json");
    Answer::to(broken.body("{\"content\": \"a secret half"))
        .await
        .expect(400);

    let base = world.server.base();
    let mut socket = Socket::connect(&base, world.anna.token.as_deref().unwrap()).await;
    socket.authenticate(None).await;
    socket
        .send("whisper", json!({"text": "a secret frame"}))
        .await;
    socket.until("error").await;
    socket
        .send("read", json!({"conversationId": "a secret id"}))
        .await;
    socket.until("error").await;
    let mut socket = Socket::connect(&base, &forged).await;
    socket.send("authenticate", json!({"token": forged})).await;
    assert_eq!(socket.close_code().await, 4401);
    let cookie = format!("haggle_session={forged}");
    let _ = Socket::handshake(&base, &[("cookie", &cookie)], "").await;
    vec![
        forged,
        "a wrong secret key".into(),
        "secret price".into(),
        "secret annex".into(),
        "secret-name".into(),
        "secret query".into(),
        "secret%20query".into(),
        "secret half".into(),
        "secret frame".into(),
        "secret id".into(),
        world.anna.token.clone().unwrap(),
        world.sofia.token.clone().unwrap(),
        SECRET.into(),
        API_KEY.into(),
    ]
}

#[tokio::test]
async fn no_level_of_the_log_shows_a_secret_or_a_text() {
    for level in [
        "error",
        "warn",
        "info",
        "debug",
        "trace",
        "trace,tungstenite=trace,tokio_tungstenite=trace,hyper=trace,sqlx=trace,rustls=trace,log=trace",
    ] {
        let settings = [("HAGGLE_LOG_LEVEL", level), ("HAGGLE_LOG_FORMAT", "json")];
        let mut world = World::with(&settings).await;
        let secrets = say_secrets(&world).await;
        world.server.sigterm_and_wait().await;
        let log = world.server.output();
        for secret in secrets {
            assert!(!log.contains(&secret), "{level}: {secret}");
        }
        assert!(
            level != "trace" || log.contains("\"DEBUG\""),
            "nothing was logged:\n{log}"
        );
    }
}

#[tokio::test]
async fn what_the_database_address_says_is_in_no_log() {
    let database = test_support::TestDatabase::create().await;
    let glue = if database.url().contains('?') {
        '&'
    } else {
        '?'
    };
    let url = format!("{}{glue}shibboleth=open-sesame", database.url());
    let options = test_support::ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .database(&url)
        .set("HAGGLE_LOG_LEVEL", "trace");
    let said = match test_support::ServerProcess::try_spawn(&options).await {
        Ok(server) => server.output(),
        Err(said) => said,
    };
    assert!(!said.contains("open-sesame"), "{said}");
}

#[tokio::test]
async fn refusals_are_one_line_a_minute_for_each_person_and_kind() {
    let mut world = World::open().await;
    let steel = world.steel().await;
    for _ in 0..60 {
        world.bert.get(&of(&steel, "")).await.expect(403);
        world
            .nobody()
            .get("/api/chat/unread-count")
            .await
            .expect(401);
    }
    world.tom.get(&of(&steel, "")).await.expect(403);
    world.server.sigterm_and_wait().await;
    let log = world.server.output();
    let refused = log.lines().filter(|line| line.contains("refused"));
    let refused = refused.collect::<Vec<_>>();
    // The three, and perhaps the same in a next minute.
    assert!((3..=8).contains(&refused.len()), "{} lines", refused.len());
    assert!(
        refused.iter().any(|line| line.contains("tom")),
        "{refused:?}"
    );
    assert!(
        refused
            .iter()
            .any(|line| line.contains("from") && line.contains("127.0.0.1")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_wrong_command_line_repeats_no_secret() {
    for arguments in [
        &["serve", "--jwt-secrets=open-sesame"][..],
        &[
            "serve",
            "--jwt-secret",
            "a",
            "--api-key",
            "open-sesame",
            "--listen",
            "nowhere",
        ],
        &[
            "serve",
            "--api-key=open-sesame",
            "--trusted-proxies",
            "nobody",
        ],
        &[
            "token",
            "--user",
            "anna",
            "--jwt-secret",
            "open-sesame",
            "--ttl",
            "soon",
        ],
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_haggle"))
            .args(arguments)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert!(!said.contains("open-sesame"), "{said}");
    }
}
