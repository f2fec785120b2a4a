//! What `cluster` promises, tried on real PostgreSQL as whoever runs the tests. As root everything
//! is tried a second time as an ordinary user.

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use cluster::{Cluster, ClusterError, Lifetime, Options};
use support::{
    Folder, Parent, Stranger, alive, eventually, is_root, kill9, query, remember, remembered,
};

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
fn a_second_haggle_on_the_folder_is_refused() {
    let folder = Folder::new();
    let options = Options::new(folder.path());
    let first = Cluster::start(&options).unwrap();
    let refused = Cluster::start(&options).unwrap_err();
    assert!(matches!(refused, ClusterError::Busy { .. }), "{refused}");
    assert!(
        refused
            .to_string()
            .contains(&std::process::id().to_string()),
        "{refused}"
    );
    assert_eq!(query(&first, "select 1"), "1");
    first.stop();
    Cluster::start(&options).unwrap();
}

#[test]
fn of_many_first_starts_at_once_one_wins() {
    let folder = Folder::new();
    let options = Options::temporary(folder.path());
    let options = Options {
        lifetime: Lifetime::WithParent,
        ..options
    };
    let starts: Vec<_> = std::thread::scope(|scope| {
        let start = || Cluster::start(&options);
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let (won, lost): (Vec<_>, Vec<_>) = starts.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for lost in lost {
        let refused = lost.unwrap_err();
        assert!(matches!(refused, ClusterError::Busy { .. }), "{refused}");
    }
}

#[test]
fn data_of_another_major_version_is_refused_naming_both() {
    let folder = Folder::new();
    let options = Options::new(folder.path());
    let cluster = Cluster::start(&options).unwrap();
    let ours = cluster.version().to_owned();
    cluster.stop();
    let version_file = folder.path().join("postgres/data/PG_VERSION");
    fs::write(version_file, "14\n").unwrap();
    let refused = Cluster::start(&options).unwrap_err().to_string();
    assert!(
        refused.contains("made by PostgreSQL 14") && refused.contains(&ours),
        "{refused}"
    );
}

#[test]
fn a_folder_without_postgresql_is_refused_by_name() {
    let folder = Folder::new();
    let mut options = Options::new(folder.path());
    options.binaries = Some("/nowhere/bin".into());
    let refused = Cluster::start(&options).unwrap_err().to_string();
    assert!(refused.contains("/nowhere/bin"), "{refused}");
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
fn a_killed_postgresql_is_brought_back_at_the_same_address() {
    let folder = Folder::new();
    let mut cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    remember(&cluster, "survives");
    assert!(!cluster.ensure_running().unwrap());
    let (url, pid) = (cluster.url("haggle"), cluster.pid());
    kill9(pid);
    eventually(|| !cluster.is_running());
    assert!(cluster.ensure_running().unwrap());
    assert_ne!(cluster.pid(), pid);
    assert_eq!(cluster.url("haggle"), url);
    assert_eq!(remembered(&cluster), "survives");
}

#[test]
fn a_lost_socket_is_brought_back() {
    let folder = Folder::new();
    let mut cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    fs::remove_dir_all(cluster.socket_folder()).unwrap();
    assert!(cluster.ensure_running().unwrap());
    assert_eq!(query(&cluster, "select 1"), "1");
}

#[test]
fn an_adoptable_postgresql_outlives_its_parent_and_is_taken_over() {
    let folder = Folder::new();
    let parent = Parent::start(folder.path(), "adoptable");
    let pid = parent.kill9();
    assert!(alive(pid));
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    assert_eq!(cluster.pid(), pid);
    assert_eq!(remembered(&cluster), "from the parent");
    cluster.stop();
    assert!(!alive(pid));
}

#[test]
fn when_parent_and_postgresql_were_killed_the_next_start_recovers() {
    let folder = Folder::new();
    let pid = Parent::start(folder.path(), "adoptable").kill9();
    kill9(pid);
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    assert_ne!(cluster.pid(), pid);
    assert_eq!(remembered(&cluster), "from the parent");
}

#[test]
fn a_pid_file_that_names_somebody_else_is_overruled() {
    let folder = Folder::new();
    let pid = Parent::start(folder.path(), "adoptable").kill9();
    kill9(pid);
    eventually(|| !alive(pid));
    // As after a restart of the machine: the id now belongs to another process of PostgreSQL's
    // user.
    let mut stranger = Stranger::start(folder.path());
    stranger.take_the_place_of_postgresql(folder.path());
    let cluster = Cluster::start(&Options::new(folder.path())).unwrap();
    assert_eq!(remembered(&cluster), "from the parent");
    assert!(stranger.is_unharmed());
}

#[test]
fn an_empty_pid_file_is_overruled() {
    let folder = Folder::new();
    let options = Options::new(folder.path());
    Cluster::start(&options).unwrap().stop();
    fs::write(folder.path().join("postgres/data/postmaster.pid"), "").unwrap();
    let cluster = Cluster::start(&options).unwrap();
    assert_eq!(query(&cluster, "select 1"), "1");
}

#[test]
fn with_parent_postgresql_ends_when_the_parent_is_killed() {
    let folder = Folder::new();
    let pid = Parent::start(folder.path(), "with-parent").kill9();
    // At once, as an impatient developer would: the start waits for the end of the old one.
    let options = Options {
        lifetime: Lifetime::WithParent,
        ..Options::new(folder.path())
    };
    let cluster = Cluster::start(&options).unwrap();
    assert!(!alive(pid));
    assert_ne!(cluster.pid(), pid);
    assert_eq!(remembered(&cluster), "from the parent");
}

#[test]
fn a_temporary_cluster_vanishes_when_the_parent_is_killed() {
    let folder = Folder::new();
    let pid = Parent::start(folder.path(), "temporary").kill9();
    eventually(|| !alive(pid) && !folder.path().exists());
}

#[test]
fn a_temporary_cluster_vanishes_when_it_is_dropped() {
    let folder = Folder::new();
    let cluster = Cluster::start(&Options::temporary(folder.path())).unwrap();
    let pid = cluster.pid();
    drop(cluster);
    assert!(!alive(pid) && !folder.path().exists());
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
        let mut insert = support::psql(&cluster);
        let insert = insert.args(["-c", &format!("insert into said values ('{wrong}')")]);
        assert!(!insert.output().unwrap().status.success());
    }
    let log = fs::read_to_string(folder.path().join("postgres/postgres.log")).unwrap();
    assert!(
        log.contains("ready to accept connections") && !log.contains("secret"),
        "{log}"
    );
}

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
    let uid = support::uid_of(cluster.pid());
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

#[test]
fn an_unknown_user_is_refused() {
    let folder = Folder::new();
    let mut options = Options::new(folder.path());
    options.run_as = Some("no-such-user".into());
    let refused = Cluster::start(&options).unwrap_err().to_string();
    assert!(refused.contains("no-such-user"), "{refused}");
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
    support::be_a_parent();
}
