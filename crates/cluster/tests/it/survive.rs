//! Kills of PostgreSQL, of its parent, and of both.

use std::fs;

use cluster::{Cluster, Options};

use crate::support::{
    Folder, Parent, Stranger, alive, eventually, kill9, query, remember, remembered,
};

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
