//! The PostgreSQL all tests share: the one `cargo xtask test` started, or one of this process.

use std::env;
use std::sync::OnceLock;

use cluster::{Cluster, Options};

use crate::random::open_folder;

/// Set by whoever starts a cluster for many test processes.
const URL: &str = "HAGGLE_TEST_CLUSTER_URL";

/// The URL of a database on the shared cluster.
pub(crate) fn url(database: &str) -> String {
    env::var(URL).map_or_else(|_| own().url(database), |url| with_database(&url, database))
}

fn own() -> &'static Cluster {
    // Never dropped; it ends and is removed when the process does.
    static OWN: OnceLock<Cluster> = OnceLock::new();
    OWN.get_or_init(|| {
        let folder = open_folder().keep();
        Cluster::start(&Options::temporary(folder)).expect("PostgreSQL starts")
    })
}

fn with_database(url: &str, database: &str) -> String {
    let (address, query) = url.split_once('?').unwrap_or((url, ""));
    let (server, _) = address.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{database}?{query}")
}

#[cfg(test)]
mod tests {
    use super::with_database;

    #[test]
    fn only_the_database_of_the_url_changes() {
        assert_eq!(
            with_database(
                "postgres://haggle@localhost:5432/postgres?host=/tmp/s",
                "test_1"
            ),
            "postgres://haggle@localhost:5432/test_1?host=/tmp/s"
        );
    }
}
