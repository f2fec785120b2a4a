//! The first start, the next one, and an orderly end.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use cluster::{Cluster, Options};

use crate::support::{Folder, alive, psql, query, remember, remembered};

#[test]
fn the_first_start_makes_a_database_and_the_next_start_finds_it() {
    let folder = Folder::new();
    let options = Options::new(folder.path());
    let cluster = Cluster::start(&options).unwrap();
    remember(&cluster, "hello");
    cluster.stop();
    let cluster = Cluster::start(&options).unwrap();
    assert_eq!(remembered(&cluster), "hello");
}

#[test]
fn the_database_is_utf8_sorted_by_code_point_with_checksums_and_durable() {
    let folder = Folder::new();
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    for (setting, value) in [
        ("server_encoding", "UTF8"),
        ("data_checksums", "on"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("listen_addresses", ""),
        ("timezone", "UTC"),
    ] {
        let answer = query(&cluster, &format!("show {setting}"));
        assert_eq!(answer, value, "{setting}");
    }
    assert_eq!(
        query(&cluster, "select lower('ÄÖ') || ('Z' < 'a')::text"),
        "äötrue"
    );
}

#[test]
fn settings_of_the_caller_win() {
    let folder = Folder::new();
    let mut options = Options::temporary(folder.path());
    options
        .settings
        .push(("max_connections".into(), "20".into()));
    let cluster = Cluster::start(&options).unwrap();
    assert_eq!(query(&cluster, "show max_connections"), "20");
    assert_eq!(query(&cluster, "show fsync"), "off");
}

#[test]
fn nobody_else_may_read_what_is_written() {
    let folder = Folder::new();
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    let home = cluster.socket_folder().parent().unwrap().to_owned();
    let home = if home.join("lock").exists() {
        home
    } else {
        folder.path().join("postgres")
    };
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert!([0o700, 0o711].contains(&mode(&home)), "{:o}", mode(&home));
    let mut files = 0;
    for entry in fs::read_dir(&home).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            files += 1;
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        }
    }
    assert!(files >= 3, "{files}");
}

#[test]
fn stop_leaves_no_process_and_no_socket() {
    let folder = Folder::new();
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    let pid = cluster.pid();
    let socket_folder = cluster.socket_folder().to_owned();
    let mode = fs::metadata(&socket_folder).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    cluster.stop();
    assert!(!alive(pid));
    assert!(!socket_folder.exists());
}

#[test]
fn a_long_path_gets_a_short_socket_folder_that_goes_at_stop() {
    let folder = Folder::new();
    let deep = folder
        .path()
        .join("long ".repeat(20))
        .join("née, \"quoted\"".repeat(5));
    let options = Options::new(&deep);
    let cluster = Cluster::start(&options).unwrap();
    let socket_folder = cluster.socket_folder().to_owned();
    assert!(
        !socket_folder.starts_with(folder.path()),
        "{}",
        socket_folder.display()
    );
    remember(&cluster, "deep");
    cluster.stop();
    assert!(!socket_folder.exists());
    assert_eq!(remembered(&Cluster::start(&options).unwrap()), "deep");
}

#[test]
fn a_first_start_that_was_cut_short_is_begun_again() {
    let folder = Folder::new();
    let half = folder.path().join("postgres/data.new/base");
    fs::create_dir_all(&half).unwrap();
    let cluster = Cluster::start(&Options::temporary(folder.path())).unwrap();
    assert_eq!(query(&cluster, "select 1"), "1");
}

#[test]
fn messages_of_people_stay_out_of_the_log() {
    let folder = Folder::new();
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    query(
        &cluster,
        "create table said (body text unique check (body <> 'secret-b'))",
    );
    query(&cluster, "insert into said values ('secret-a')");
    for wrong in ["secret-a", "secret-b"] {
        let mut insert = psql(&cluster);
        let insert = insert.args(["-c", &format!("insert into said values ('{wrong}')")]);
        assert!(!insert.output().unwrap().status.success());
    }
    let log = fs::read_to_string(folder.path().join("postgres/postgres.log")).unwrap();
    assert!(
        log.contains("ready to accept connections") && !log.contains("secret"),
        "{log}"
    );
}
