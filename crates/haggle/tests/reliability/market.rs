//! A marketplace with a few people, for one test.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{PgPool, postgres::PgPoolOptions};
use test_support::{
    Answer, Person, PrivateCluster, RedisServer, ServerOptions, ServerProcess, TestDatabase,
    eventually, now, steady_address,
};
use time::format_description::well_known::Rfc3339;

use crate::talk::Talk;

pub const API_KEY: &str = "the key of the directory";

/// Buyers Anna and Bert; Sofia speaks for Sofia Steel, Tom for Tom Textiles; Ada and Alan are
/// administrators; `steel` is a product of Sofia's.
pub struct Market {
    // Ends before its database does.
    pub server: ServerProcess,
    pub options: ServerOptions,
    /// Further servers on the same database and Redis, each with its options.
    pub others: Vec<(ServerProcess, ServerOptions)>,
    redis: Option<RedisServer>,
    /// Where people talk to all servers at once.
    pub front: Option<String>,
    /// What holds the database, to be dropped last.
    _database: Option<TestDatabase>,
    url: Option<String>,
}

impl Market {
    /// Nobody is limited.
    pub async fn open() -> Self {
        Self::with(&[]).await
    }

    /// With settings of the test's own.
    pub async fn with(settings: &[(&str, &str)]) -> Self {
        let database = TestDatabase::create().await;
        let url = database.url().to_owned();
        let options = options(settings).database(&url);
        Self::start(options, Some(url), Some(database)).await
    }

    /// So many servers, with a Redis between them. Anna, Tom and Ada talk to the first, Sofia,
    /// Bert and Alan to the second, and nobody to a third.
    pub async fn of_several(servers: usize, settings: &[(&str, &str)]) -> Self {
        let redis = RedisServer::start();
        let mut market = Self::over(&redis.url(), servers, settings).await;
        market.redis = Some(redis);
        market
    }

    /// The same with a Redis of the test's own.
    pub async fn over(redis: &str, servers: usize, settings: &[(&str, &str)]) -> Self {
        let settings: Vec<_> = settings
            .iter()
            .copied()
            .chain([("REDIS_URL", redis)])
            .collect();
        let mut market = Self::with(&settings).await;
        for _ in 1..servers {
            let options = market.options.clone().listen(steady_address());
            let server = ServerProcess::spawn(&options).await;
            market.others.push((server, options));
        }
        market.is_connected().await;
        market
    }

    /// Waits until every server hears the others.
    pub async fn is_connected(&self) {
        for base in self.bases() {
            eventually("Redis is there", async || {
                figure_of(&base, "haggle_redis_up").await > 0.5
            })
            .await;
        }
    }

    /// Where the servers are.
    pub fn bases(&self) -> Vec<String> {
        let others = self.others.iter().map(|(server, _)| server.base());
        [self.server.base()].into_iter().chain(others).collect()
    }

    pub fn redis(&mut self) -> &mut RedisServer {
        self.redis.as_mut().expect("a Redis between the servers")
    }

    /// On a database that the test takes away.
    pub async fn on(cluster: &PrivateCluster) -> Self {
        let options = options(&[]).database(cluster.url());
        Self::start(options, Some(cluster.url().to_owned()), None).await
    }

    /// At this address.
    pub async fn at(url: &str, settings: &[(&str, &str)]) -> Self {
        let options = options(settings).database(url);
        Self::start(options, Some(url.to_owned()), None).await
    }

    /// On a private PostgreSQL of the server's own, in this folder.
    pub async fn embedded_in(folder: &Path) -> Self {
        let folder = folder.to_str().expect("a path in UTF-8");
        Self::start(options(&[("HAGGLE_DATA_DIR", folder)]), None, None).await
    }

    async fn start(
        options: ServerOptions,
        url: Option<String>,
        database: Option<TestDatabase>,
    ) -> Self {
        let market = Self {
            server: ServerProcess::spawn(&options).await,
            options,
            others: Vec::new(),
            redis: None,
            front: None,
            _database: database,
            url,
        };
        market.fill().await;
        market
    }

    async fn fill(&self) {
        for (id, role) in [
            ("anna", "buyer"),
            ("bert", "buyer"),
            ("sofia", "supplier"),
            ("tom", "supplier"),
            ("ada", "admin"),
            ("alan", "admin"),
        ] {
            self.put_user(id, role, true).await;
        }
        for (id, user, name) in [
            ("s-1", "sofia", "Sofia Steel"),
            ("s-2", "tom", "Tom Textiles"),
        ] {
            let company = json!({"userId": user, "name": name});
            self.put(&format!("suppliers/{id}"), company).await;
        }
        let steel = json!({"name": "Steel sheet", "image": "/steel.png", "supplierId": "s-1"});
        self.put("products/steel", steel).await;
    }

    pub async fn put_user(&self, id: &str, role: &str, is_active: bool) {
        let user = json!({"name": id, "role": role, "isActive": is_active});
        self.put(&format!("users/{id}"), user).await;
    }

    /// What the marketplace's own server does.
    pub async fn put(&self, path: &str, body: Value) {
        let request = self.directory(Method::PUT, path).json(&body);
        let answer = Answer::to(request).await;
        assert!(matches!(answer.status, 200 | 201), "{:#}", answer.json);
    }

    pub async fn delete(&self, path: &str) {
        let answer = Answer::to(self.directory(Method::DELETE, path)).await;
        answer.expect(204);
    }

    fn directory(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let nobody = Person::nobody(&self.server.base());
        let request = nobody.request(method, &format!("/api/directory/{path}"));
        request.header("x-api-key", API_KEY)
    }

    pub fn person(&self, id: &str) -> Person {
        if let Some(front) = &self.front {
            return Person::new(front, id);
        }
        let is_at_second = ["sofia", "bert", "alan"].contains(&id);
        let second = self.others.first().filter(|_| is_at_second);
        let server = second.map_or(&self.server, |(server, _)| server);
        Person::new(&server.base(), id)
    }

    /// The same person at another server; 0 is the first.
    pub fn person_at(&self, server: usize, id: &str) -> Person {
        Person::new(&self.bases()[server], id)
    }

    pub fn people<const N: usize>(&self, ids: [&str; N]) -> [Person; N] {
        ids.map(|id| self.person(id))
    }

    /// Anna's conversation with Sofia about steel.
    pub async fn steel(&self) -> String {
        let about = json!({"supplierId": "s-1", "productId": "steel"});
        self.person("anna").open(about).await
    }

    /// Of its database.
    pub fn url(&self) -> &str {
        self.url.as_ref().expect("a database that can be reached")
    }

    /// A few connections for the test itself.
    pub async fn sql(&self) -> PgPool {
        let pool = PgPoolOptions::new().max_connections(4);
        let pool = pool.connect(self.url()).await;
        pool.expect("the database answers")
    }

    /// Takes the server away without a warning, and starts it again.
    pub async fn kill_server(&mut self) {
        self.server.kill9();
        self.server = ServerProcess::spawn(&self.options).await;
    }

    /// The same with one of the further servers.
    pub async fn kill_other(&mut self, index: usize) {
        let (server, options) = &mut self.others[index];
        server.kill9();
        *server = ServerProcess::spawn(options).await;
    }

    /// One figure of `/metrics`, summed over its labels.
    pub async fn figure(&self, name: &str) -> f64 {
        figure_of(&self.server.base(), name).await
    }
}

/// A day from now.
pub fn later() -> String {
    let at = now() + time::Duration::days(1);
    at.format(&Rfc3339).expect("a time")
}

pub async fn figure_of(base: &str, name: &str) -> f64 {
    let figures = reqwest::get(format!("{base}/metrics")).await;
    let figures = figures.expect("the server answers").text().await;
    let figures = figures.expect("figures are text");
    let lines = figures.lines().filter_map(|line| line.strip_prefix(name));
    let values = lines.filter(|rest| rest.starts_with([' ', '{']));
    values
        .filter_map(|rest| rest.rsplit_once(' ')?.1.parse::<f64>().ok())
        .sum()
}

/// The tests' settings first, so that those of one test count. The server returns to its address
/// when it is started again.
fn options(settings: &[(&str, &str)]) -> ServerOptions {
    let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle"))
        .listen(steady_address())
        .set("HAGGLE_API_KEY", API_KEY)
        .set("HAGGLE_MESSAGES_PER_MINUTE", "0")
        .set("HAGGLE_CONVERSATIONS_PER_HOUR", "0")
        .set("HAGGLE_SOCKETS_PER_USER", "0");
    let set = |options: ServerOptions, (name, value): &(&str, &str)| options.set(name, value);
    settings.iter().fold(options, set)
}
