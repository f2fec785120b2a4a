//! What is refused, and in which words.

use std::fs;

use cluster::{Cluster, ClusterError, Lifetime, Options};

use crate::support::{Folder, query};

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
fn an_unknown_user_is_refused() {
    let folder = Folder::new();
    let mut options = Options::new(folder.path());
    options.run_as = Some("no-such-user".into());
    let refused = Cluster::start(&options).unwrap_err().to_string();
    assert!(refused.contains("no-such-user"), "{refused}");
}
