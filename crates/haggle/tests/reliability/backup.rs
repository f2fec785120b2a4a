//! A backup by `pg_dump`, as docs/operations.md says, brings everything back.

use std::process::Command;

use serde_json::json;
use test_support::{Person, ServerProcess, TestDatabase};

use crate::{
    market::Market,
    reader::{Reader, Return},
    talk::{Talk, of},
};

fn run(program: &str, arguments: &[&str]) {
    let found = cluster::find_binaries().expect("PostgreSQL is installed");
    let path = found.bin(program).expect("it comes with PostgreSQL");
    let done = Command::new(path).args(arguments).output();
    let done = done.expect("it runs");
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{program}: {said}");
}

#[tokio::test]
async fn what_was_dumped_from_a_running_server_is_all_there_when_restored() {
    let market = Market::open().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let conversation = market.steel().await;
    let mut reader = Reader::new(&sofia, &[&conversation]).await;
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    let once = json!({"content": "Once.", "clientMessageId": "once"});
    let path = of(&conversation, "/messages");
    let first = anna.post(&path, once.clone()).await.expect(201);
    for turn in 0..20 {
        anna.say(&conversation, &format!("message {turn}")).await;
    }
    sofia
        .read_up_to(
            &conversation,
            first["message"]["id"].as_str().expect("an id"),
        )
        .await;

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("haggle.dump");
    let file = file.to_str().expect("a path");
    run(
        "pg_dump",
        &["--format=custom", "--file", file, market.url()],
    );
    let restored = TestDatabase::create().await;
    run(
        "pg_restore",
        &[
            "--no-owner",
            "--exit-on-error",
            "--dbname",
            restored.url(),
            file,
        ],
    );

    let server = ServerProcess::spawn(
        &market
            .options
            .clone()
            .listen(test_support::steady_address())
            .database(restored.url()),
    )
    .await;
    let there = |person: &Person| Person::new(&server.base(), &person.id);
    let (anna_there, sofia_there) = (there(&anna), there(&sofia));
    assert_eq!(
        anna_there.history(&conversation).await,
        anna.history(&conversation).await
    );
    assert_eq!(sofia_there.unread().await, 20);
    let again = anna_there.post(&path, once).await.expect(200);
    assert_eq!(again["message"]["id"], first["message"]["id"]);
    // A client that was connected to the old server goes on at the new one.
    reader.person.base = server.base();
    assert!(reader.come_back(Return::WHOLE).await);
    reader.until_ready().await;
    anna_there.say(&conversation, "And on.").await;
    let fresh = reader.fetch().await;
    reader.until_it_sees(&fresh).await;
    reader.expect(&fresh);
}
