//! The walk of the README, pasted as a reader would.

use std::{fs, path::Path, process::Stdio};

use serde_json::Value;
use test_support::{ServerOptions, ServerProcess, TestDatabase};
use tokio::process::Command;

/// The shell blocks of the walk, one after the other.
fn walk() -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    let readme = fs::read_to_string(readme).unwrap();
    let (_, walk) = readme
        .split_once("<!-- walk")
        .expect("the README marks its walk");
    let blocks = walk.split("```sh\n").skip(1);
    let blocks: Vec<&str> = blocks
        .filter_map(|block| block.split("```").next())
        .collect();
    assert!(blocks.len() > 4, "the walk has its steps");
    format!("set -euo pipefail\n{}", blocks.concat())
}

/// What the demo prints for the command line.
fn token(output: &str, name: &str) -> String {
    let start = format!("export {name}=");
    let line = output.lines().find_map(|line| line.strip_prefix(&start));
    line.expect("the demo prints tokens").to_owned()
}

#[tokio::test]
async fn the_walk_of_the_readme_works() {
    let database = TestDatabase::create().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
    let server = ServerProcess::spawn(&options.arguments(&["demo"])).await;
    test_support::eventually("the greeting", async || {
        server.output().contains("export ADMIN=")
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("bash")
        .arg("-c")
        .arg(walk())
        .current_dir(folder.path())
        .env("HAGGLE", server.base())
        .env("BUYER", token(&server.output(), "BUYER"))
        .env("SUPPLIER", token(&server.output(), "SUPPLIER"))
        .env("ADMIN", token(&server.output(), "ADMIN"))
        .stdin(Stdio::null())
        .output()
        .await
        .unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(
        done.status.success(),
        "{said}\n{}",
        String::from_utf8_lossy(&done.stderr)
    );

    let json = said.replace("}{", "}\n{").replace("}1\n", "}\n1\n");
    let answers: Vec<Value> = json
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let sent: Vec<&Value> = answers
        .iter()
        .filter_map(|answer| answer.get("message"))
        .collect();
    assert_eq!(sent.len(), 2, "{said}");
    assert_eq!(sent[0]["id"], sent[1]["id"], "a retry is the same message");
    let page = answers
        .iter()
        .find_map(|answer| answer.get("messages"))
        .expect("a page");
    assert_eq!(page[0]["id"], sent[0]["id"]);
    assert_eq!(page[0]["isRead"], true);
    let heard = json.lines().any(|line| line == "1");
    assert!(heard, "the supplier heard it once: {said}");
}
