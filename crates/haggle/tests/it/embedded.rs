//! The server with its own PostgreSQL.

use serde_json::json;
use test_support::{Person, ServerOptions, ServerProcess, eventually};

use crate::world::API_KEY;

fn options(folder: &std::path::Path) -> ServerOptions {
    ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .set("HAGGLE_DATA_DIR", &folder.display().to_string())
        .set("HAGGLE_API_KEY", API_KEY)
}

#[tokio::test]
async fn what_it_holds_survives_a_stop_and_a_kill() {
    let folder = test_support::open_folder();
    let folder = folder.path().join("data");
    let mut server = ServerProcess::spawn(&options(&folder)).await;
    let put = reqwest::Client::new()
        .put(format!("{}/api/directory/users/anna", server.base()))
        .header("x-api-key", API_KEY)
        .json(&json!({"name": "Anna", "role": "buyer"}));
    assert_eq!(put.send().await.unwrap().status(), 201);
    let knows_anna = async |server: &ServerProcess| {
        let anna = Person::new(&server.base(), "anna");
        anna.get("/api/chat/conversations").await.expect(200);
    };
    assert!(server.sigterm_and_wait().await.success());
    assert!(
        !folder.join("postgres/data/postmaster.pid").exists(),
        "PostgreSQL has ended too"
    );

    let mut server = ServerProcess::spawn(&options(&folder)).await;
    knows_anna(&server).await;
    // PostgreSQL lives on, and the next server takes it over.
    server.kill9();
    let mut server = ServerProcess::spawn(&options(&folder)).await;
    knows_anna(&server).await;
    assert!(server.sigterm_and_wait().await.success());
}

#[tokio::test]
async fn a_dead_postgresql_is_started_again() {
    let folder = test_support::open_folder();
    let folder = folder.path().join("data");
    let server = ServerProcess::spawn(&options(&folder)).await;
    let nobody = Person::nobody(&server.base());
    nobody.get("/readyz").await.expect(200);
    let pid_file = folder.join("postgres/data/postmaster.pid");
    let pid = std::fs::read_to_string(&pid_file).unwrap();
    let pid: i32 = pid.lines().next().unwrap().parse().unwrap();
    let process = rustix::process::Pid::from_raw(pid).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::KILL).unwrap();
    nobody.get("/healthz").await.expect(200);
    // It may be back before anybody has asked for it.
    eventually("another one is there", async || {
        let now = std::fs::read_to_string(&pid_file).unwrap_or_default();
        now.lines()
            .next()
            .is_some_and(|line| line.parse() != Ok(pid))
            && nobody.get("/readyz").await.status == 200
    })
    .await;
}
