//! The files that are committed are what the generator makes.

use std::process::Command;

#[test]
fn the_committed_files_are_what_is_made() {
    let check = Command::new(env!("CARGO_BIN_EXE_demo-content"))
        .arg("--check")
        .output()
        .expect("the generator starts");
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{said}");
}
