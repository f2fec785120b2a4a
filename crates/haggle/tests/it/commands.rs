use std::process::{Command, Output};

use test_support::{Person, SECRET, TestDatabase};

use crate::world::World;

/// Runs the binary with these arguments and settings, and nothing of ours.
pub fn haggle(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
    command.args(arguments).current_dir(folder.path());
    for name in [
        "DATABASE_URL",
        "REDIS_URL",
        "HAGGLE_JWT_SECRET",
        "HAGGLE_DATA_DIR",
    ] {
        command.env_remove(name);
    }
    command.envs(settings.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn wrong_settings_stop_the_start_each_with_its_reason() {
    let settings = [
        ("HAGGLE_LISTEN", "nowhere"),
        ("HAGGLE_MESSAGES_PER_MINUTE", "ten"),
        ("DATABASE_URL", "mysql://root:hunter2@db"),
        ("REDIS_URL", "redis+sentinel://:hunter2@db"),
    ];
    let output = haggle(&["serve"], &settings);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 5, "{said}");
    for name in [
        "HAGGLE_LISTEN",
        "HAGGLE_MESSAGES_PER_MINUTE",
        "DATABASE_URL",
        "REDIS_URL",
        "HAGGLE_JWT_SECRET",
    ] {
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with(&format!("haggle: {name} "))),
            "{said}"
        );
    }
    assert!(!said.contains("hunter2"));
    assert_eq!(
        haggle(&["serve", "--no-such-flag"], &[]).status.code(),
        Some(2)
    );
}

#[test]
fn a_root_certificate_that_cannot_be_read_is_said_by_the_name_of_its_parameter() {
    let folder = tempfile::tempdir().unwrap();
    let said = |name: &str| {
        let file = folder.path().join(name);
        let url = format!(
            "postgres://db.invalid/shop?sslmode=verify-ca&sslrootcert={}",
            file.display()
        );
        let output = haggle(
            &["serve"],
            &[("DATABASE_URL", &url), ("HAGGLE_JWT_SECRET", SECRET)],
        );
        assert_eq!(output.status.code(), Some(2));
        text(&output.stderr)
    };
    let missing = said("missing.crt");
    assert!(
        missing
            .contains("DATABASE_URL names a file as sslrootcert that cannot be read: No such file"),
        "{missing}"
    );
    std::fs::write(folder.path().join("der.crt"), b"0\x82\x01").unwrap();
    let der = said("der.crt");
    assert!(
        der.contains(
            "DATABASE_URL names a file as sslrootcert that holds no certificate in PEM form"
        ),
        "{der}"
    );
    assert!(der.contains("openssl x509 -inform der"), "{der}");
}

#[tokio::test]
async fn a_token_from_the_command_line_is_good() {
    let world = World::open().await;
    let arguments = ["token", "--user", "anna", "--ttl", "5m"];
    let output = haggle(&arguments, &[("HAGGLE_JWT_SECRET", SECRET)]);
    let token = text(&output.stdout).trim().to_owned();
    let anna = Person::with_token(&world.server.base(), "anna", Some(token));
    anna.get("/api/chat/unread-count").await.expect(200);
    assert_eq!(haggle(&arguments, &[]).status.code(), Some(2));
    let wrong = ["token", "--user", "anna", "--ttl", "soon"];
    assert_eq!(
        haggle(&wrong, &[("HAGGLE_JWT_SECRET", SECRET)])
            .status
            .code(),
        Some(2)
    );
}

#[tokio::test]
async fn a_migration_says_what_it_would_do_then_does_it_once() {
    let database = TestDatabase::create().await;
    let url = [("DATABASE_URL", database.url())];
    let planned = text(&haggle(&["migrate", "--dry-run"], &url).stdout);
    assert!(planned.lines().count() > 1 && planned.lines().all(|line| line.starts_with("would ")));
    let done = text(&haggle(&["migrate"], &url).stdout);
    assert_eq!(done.lines().count(), planned.lines().count());
    assert_eq!(
        text(&haggle(&["migrate"], &url).stdout),
        "the schema is up to date\n"
    );
}

#[tokio::test]
async fn a_dry_run_and_a_check_try_what_a_migration_will_need() {
    let database = TestDatabase::create().await;
    let tables = "
        create table users (id uuid primary key, full_name text, email text, role text, is_active boolean);
        create table suppliers (id text primary key, user_id uuid, name text);
        create table products (id text primary key, name text, image text, supplier_id text)";
    let pool = database.pool().await;
    sqlx::raw_sql(tables).execute(&pool).await.unwrap();
    let settings = [
        ("DATABASE_URL", database.url()),
        ("HAGGLE_JWT_SECRET", SECRET),
    ];
    let wrong = r#"HAGGLE_USERS_NAME: column "name" does not exist in public.users"#;
    for command in [&["migrate", "--dry-run"][..], &["migrate"], &["check"]] {
        let output = haggle(command, &settings);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(wrong), "{command:?}: {said}");
    }
    let left = "select count(*) from pg_namespace where nspname = 'haggle'";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&pool).await.unwrap();
    assert_eq!(left, 0);

    let note = "no foreign key to public.users (its id is uuid, not text or varchar)";
    for command in [
        &["migrate", "--dry-run"][..],
        &["check"],
        &["migrate"],
        &["check"],
    ] {
        let mut command = command.to_vec();
        command.extend(["--users-name", "full_name"]);
        let output = haggle(&command, &settings);
        let said = text(&output.stdout);
        assert!(
            output.status.success() && said.contains(note),
            "{command:?}: {said}"
        );
    }
}

#[tokio::test]
async fn a_check_has_a_line_for_each_neighbour() {
    let database = TestDatabase::create().await;
    let settings = [
        ("DATABASE_URL", database.url()),
        ("HAGGLE_JWT_SECRET", SECRET),
    ];
    let output = haggle(&["check"], &settings);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}");
    let names = said.lines().map(|line| line[..14].trim_end());
    let names: Vec<_> = names.collect();
    let expected = [
        "settings",
        "database",
        "redis",
        "object store",
        "scanner",
        "smtp",
    ];
    assert_eq!(names, expected, "{said}");

    let away = [
        ("REDIS_URL", "redis://127.0.0.1:1"),
        ("DATABASE_URL", database.url()),
        ("HAGGLE_SMTP_URL", "smtp://127.0.0.1:1"),
        ("HAGGLE_PUBLIC_URL", "https://chat.shop.example"),
        (
            "HAGGLE_CONVERSATION_URL",
            "https://shop.example/messages/{id}",
        ),
    ];
    let output = haggle(&["check", "--jwt-secret", SECRET], &away);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stdout);
    let failed: Vec<_> = said
        .lines()
        .filter(|line| line.contains("FAILED"))
        .collect();
    assert!(
        failed.len() == 2 && failed[0].starts_with("redis") && failed[1].starts_with("smtp"),
        "{said}"
    );
}

#[test]
fn the_document_can_be_printed() {
    let output = haggle(&["openapi"], &[]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(document["paths"]["/api/chat/conversations"]["post"].is_object());
}

#[test]
fn the_document_of_the_socket_can_be_printed() {
    let output = haggle(&["asyncapi"], &[]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(document["asyncapi"], "3.0.0");
    assert_eq!(document["channels"]["socket"]["address"], "/api/chat/ws");
}
