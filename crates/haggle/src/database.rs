//! The database of a server: the one that the settings name, or a private cluster in
//! the data folder, which is started again when it dies.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chat_postgres::PgOptions;
use cluster::{Cluster, ClusterError};
use tokio::task::{JoinError, JoinHandle, spawn_blocking};
use tokio_util::sync::CancellationToken;

use crate::settings::{Secret, Settings};

const SUPERVISION: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct Database {
    url: Secret,
    private: Option<Private>,
}

#[derive(Debug)]
struct Private {
    cluster: Arc<Mutex<Cluster>>,
    supervision: JoinHandle<()>,
    closing: CancellationToken,
}

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    #[error("starting the database failed: {0}")]
    Task(#[from] JoinError),
}

impl Database {
    /// Finds the database, starting a private one when the settings name none.
    pub async fn open(settings: &Settings) -> Result<Self, DatabaseError> {
        if let Some(url) = &settings.database_url {
            return Ok(Self {
                url: url.clone(),
                private: None,
            });
        }
        let options = cluster_options(settings);
        let cluster = spawn_blocking(move || Cluster::start(&options)).await??;
        let url = Secret::new(cluster.url(cluster::NAME));
        let cluster = Arc::new(Mutex::new(cluster));
        let closing = CancellationToken::new();
        let supervision = tokio::spawn(supervise(cluster.clone(), closing.clone()));
        Ok(Self {
            url,
            private: Some(Private {
                cluster,
                supervision,
                closing,
            }),
        })
    }

    /// How to reach it.
    pub fn options(&self, settings: &Settings) -> PgOptions {
        let mut options = PgOptions::new(self.url.expose());
        options.connections = settings.database_connections;
        let replica = settings.replica_url.as_ref();
        options.replica_url = replica.map(|url| url.expose().to_owned());
        if settings.redis.is_some() {
            options.write_workers = PgOptions::WRITE_WORKERS_AMONG_SEVERAL;
        }
        options
    }

    /// Ends the private cluster; one that the settings name goes on.
    pub async fn close(self) {
        let Some(private) = self.private else {
            return;
        };
        private.closing.cancel();
        if let Err(error) = private.supervision.await {
            tracing::error!(%error, "the supervision of the database failed");
        }
        // The last owner stops it.
        if let Err(error) = spawn_blocking(move || drop(private.cluster)).await {
            tracing::error!(%error, "stopping the database failed");
        }
    }
}

pub fn cluster_options(settings: &Settings) -> cluster::Options {
    let mut options = cluster::Options::new(&settings.data_dir);
    options.binaries.clone_from(&settings.pg_bin);
    options
}

async fn supervise(cluster: Arc<Mutex<Cluster>>, closing: CancellationToken) {
    let mut tick = tokio::time::interval(SUPERVISION);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            _ = tick.tick() => {}
        }
        let cluster = cluster.clone();
        let look = move || {
            cluster
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .ensure_running()
        };
        match spawn_blocking(look).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) => tracing::error!(%error, "PostgreSQL cannot be started again"),
            Err(error) => tracing::error!(%error, "looking after PostgreSQL failed"),
        }
    }
}
