use std::thread;

use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, query, query_scalar};

use crate::random::random;
use crate::shared_cluster::url;

/// A database of its own for one test, dropped with the value.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// An empty one.
    pub async fn create() -> Self {
        Self::copy_of("template0").await
    }

    /// A copy of what `fill` made of an empty database, given its URL. It fills one per cluster and
    /// template name, so a migrated schema costs a test a tenth of a second. Where the cluster
    /// outlives a build, the name must change with the content.
    ///
    /// `fill` must close its connections: a database in use cannot be copied.
    pub async fn from_template(template: &str, fill: impl AsyncFnOnce(&str)) -> Self {
        let mut server = connect().await;
        if !exists(&mut server, template).await {
            // One of all test processes fills it. The lock goes with the connection.
            let lock = query("select pg_advisory_lock(hashtext($1))").bind(template);
            lock.execute(&mut server)
                .await
                .expect("the lock of the template");
            if !exists(&mut server, template).await {
                let draft = format!("{template}_draft");
                execute(
                    &mut server,
                    format!("drop database if exists {draft} with (force)"),
                )
                .await;
                execute(
                    &mut server,
                    format!("create database {draft} template template0"),
                )
                .await;
                fill(&url(&draft)).await;
                execute(
                    &mut server,
                    format!("alter database {draft} rename to {template}"),
                )
                .await;
            }
        }
        Self::copy_of(template).await
    }

    async fn copy_of(template: &str) -> Self {
        let name = format!("test_{:016x}", random());
        let sql = format!("create database {name} template {template}");
        execute(&mut connect().await, sql).await;
        let url = url(&name);
        Self { name, url }
    }

    /// What to give a server as `DATABASE_URL`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A few connections for the test itself.
    pub async fn pool(&self) -> PgPool {
        let options = PgPoolOptions::new().max_connections(4);
        options
            .connect(&self.url)
            .await
            .expect("a connection to the test database")
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let sql = format!("drop database if exists {} with (force)", self.name);
        let drop_it = async { execute(&mut connect().await, sql).await };
        // Not on the test's own runtime: it may be about to end.
        thread::scope(|scope| {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let dropping = scope.spawn(|| runtime.expect("a runtime").block_on(drop_it));
            // A cluster that is gone has taken the database with it.
            let _ = dropping.join();
        });
    }
}

async fn connect() -> PgConnection {
    let server = PgConnection::connect(&url("postgres")).await;
    server.expect("a connection to the tests' PostgreSQL")
}

async fn exists(server: &mut PgConnection, database: &str) -> bool {
    let sql = "select exists (select from pg_database where datname = $1)";
    let found = query_scalar(sql).bind(database).fetch_one(server).await;
    found.expect("the list of databases")
}

/// For statements that take no parameters. Names come from us or from the test.
async fn execute(server: &mut PgConnection, sql: String) {
    let done = query(AssertSqlSafe(sql.clone())).execute(server).await;
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}
