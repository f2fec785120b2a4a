//! A server with a PostgreSQL of its own: the first start, the next, and whose folder it is.

use std::process::Stdio;

use test_support::{PATIENCE, SECRET, ServerProcess, eventually};
use tokio::{process::Command, time::timeout};

use crate::{folder::Folder, market::Market, talk::Talk};

#[tokio::test]
async fn a_first_start_makes_the_database_and_the_next_ones_find_it() {
    let folder = Folder::new();
    let mut market = Market::embedded_in(folder.path()).await;
    let conversation = market.steel().await;
    market.person("anna").say(&conversation, "First.").await;
    assert!(market.server.sigterm_and_wait().await.success());
    assert_eq!(folder.postgres(), None);

    market.server = ServerProcess::spawn(&market.options).await;
    market.person("sofia").say(&conversation, "Second.").await;

    // Killed, it leaves its PostgreSQL behind, and the next server takes it over.
    let postgres = folder.postgres();
    market.server.kill9();
    assert_eq!(
        folder.postgres(),
        postgres,
        "PostgreSQL outlives the server"
    );
    market.server = ServerProcess::spawn(&market.options).await;
    assert_eq!(folder.postgres(), postgres, "it is taken over");
    market.person("anna").say(&conversation, "Third.").await;
    let history = market.person("sofia").history(&conversation).await;
    assert_eq!(history.len(), 3);

    // What was taken over is looked after, and ends with the new server, like its own.
    folder.kill_postgres();
    eventually("PostgreSQL is started again", async || {
        folder.postgres().is_some_and(|pid| Some(pid) != postgres)
    })
    .await;
    assert!(market.server.sigterm_and_wait().await.success());
    assert_eq!(folder.postgres(), None);
}

#[tokio::test]
async fn a_second_server_on_the_same_folder_says_who_has_it_and_ends() {
    let folder = Folder::new();
    let market = Market::embedded_in(folder.path()).await;
    let second = Command::new(env!("CARGO_BIN_EXE_haggle"))
        .arg("serve")
        .env_remove("DATABASE_URL")
        .env("HAGGLE_DATA_DIR", folder.path())
        .env("HAGGLE_JWT_SECRET", SECRET)
        .env("HAGGLE_LISTEN", "127.0.0.1:0")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let ended = timeout(PATIENCE, second).await.expect("it ends");
    let ended = ended.expect("it runs");
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stderr);
    let pid = market.server.pid();
    assert!(
        said.contains(&format!("another Haggle (process {pid})")),
        "{said}"
    );
    assert!(
        said.contains(folder.path().to_str().expect("UTF-8")),
        "{said}"
    );

    // The first one has noticed nothing.
    let conversation = market.steel().await;
    market
        .person("anna")
        .say(&conversation, "Still here.")
        .await;
}
