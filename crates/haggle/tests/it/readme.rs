//! The walk of the README, pasted line by line.

use std::process::Command;

use test_support::{ServerOptions, ServerProcess, TestDatabase};

const README: &str = include_str!("../../../../README.md");

/// The blocks that a reader pastes, in their order.
fn blocks() -> Vec<&'static str> {
    let (_, walk) = README
        .split_once("<!-- walk:")
        .expect("the mark of the walk");
    let (walk, _) = walk.split_once("\n## ").expect("what follows the walk");
    let blocks = walk.split("```sh\n").skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .collect()
}

#[tokio::test]
async fn the_walk_can_be_pasted() {
    let database = TestDatabase::create().await;
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(database.url());
    let server = ServerProcess::spawn(&options.arguments(&["demo"])).await;
    test_support::eventually("the tokens are printed", async || {
        server.output().contains("export ADMIN=")
    })
    .await;
    let said = server.output();
    let exports = said.lines().filter(|line| line.starts_with("export "));
    let script: Vec<_> = exports.chain(blocks()).collect();

    let folder = tempfile::tempdir().unwrap();
    let mut bash = Command::new("bash");
    bash.args(["-eo", "pipefail", "-c", &script.join("\n")]);
    bash.env("HAGGLE", server.base()).current_dir(folder.path());
    let walked = tokio::task::spawn_blocking(move || bash.output())
        .await
        .unwrap()
        .unwrap();
    let (seen, complaints) = [&walked.stdout, &walked.stderr]
        .map(|text| String::from_utf8_lossy(text))
        .into();
    assert!(walked.status.success(), "{seen}\n{complaints}");
    for expected in [
        "\"message\":\"Could you quote 500 pieces, FOB Hamburg?\"",
        "\"count\":",
        "\"success\":true",
    ] {
        assert!(
            seen.contains(expected),
            "{expected} is not in\n{seen}\n{complaints}"
        );
    }
}
