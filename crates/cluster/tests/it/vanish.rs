//! Clusters that end with their parent.

use cluster::{Cluster, Lifetime, Options};

use crate::support::{Folder, Parent, alive, eventually, remembered};

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
