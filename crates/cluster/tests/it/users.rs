//! Root, ordinary users, and folders that are closed to them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use cluster::{Cluster, Lifetime, Options};

use crate::support::{Folder, be_a_parent, is_root, remember, remembered, uid_of};

#[test]
fn root_is_kept_out_and_folders_closed_to_postgresql_are_led_elsewhere() {
    if !is_root() {
        return;
    }
    let folder = Folder::new();
    let closed = folder.path().join("closed");
    fs::create_dir_all(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let options = Options::new(closed.join("data"));
    let cluster = Cluster::start(&options).unwrap();
    let pointer = closed.join("data/postgres.path");
    let home = fs::read_to_string(&pointer).unwrap().trim().to_owned();
    assert!(home.starts_with("/var/lib/haggle/"), "{home}");
    let uid = uid_of(cluster.pid());
    assert_ne!(uid, 0);
    remember(&cluster, "elsewhere");
    cluster.stop();
    let temporary = Options {
        lifetime: Lifetime::Temporary,
        ..options
    };
    let cluster = Cluster::start(&temporary).unwrap();
    assert_eq!(remembered(&cluster), "elsewhere");
    drop(cluster);
    assert!(!fs::exists(home).unwrap());
}

/// Runs all the others again, from a copy of this program that the user may execute.
#[test]
fn an_ordinary_user_can_do_all_of_this() {
    if !is_root() {
        return;
    }
    let folder = Folder::new();
    fs::create_dir_all(folder.path()).unwrap();
    let program = folder.path().join("tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let tests = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(program)
        .current_dir("/")
        .env("HOME", "/nonexistent")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&tests.stdout);
    assert!(tests.status.success(), "{text}");
    assert!(text.contains("test result: ok"), "{text}");
}

/// Not a test: the parent of a PostgreSQL, for the tests above to kill.
#[test]
fn parent_for_other_tests() {
    be_a_parent();
}
