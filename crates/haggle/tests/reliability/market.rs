//! A marketplace with a few people, for one test.

use std::path::Path;

use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{PgPool, postgres::PgPoolOptions};
use test_support::{
    Answer, Person, PrivateCluster, ServerOptions, ServerProcess, TestDatabase, steady_address,
};

use crate::talk::Talk;

pub const API_KEY: &str = "the key of the directory";

/// Buyers Anna and Bert; Sofia speaks for Sofia Steel, Tom for Tom Textiles; Ada and Alan are
/// administrators; `steel` is a product of Sofia's.
pub struct Market {
    // Ends before its database does.
    pub server: ServerProcess,
    pub options: ServerOptions,
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

    /// On a database that the test takes away.
    pub async fn on(cluster: &PrivateCluster) -> Self {
        let options = options(&[]).database(cluster.url());
        Self::start(options, Some(cluster.url().to_owned()), None).await
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
        Person::new(&self.server.base(), id)
    }

    pub fn people<const N: usize>(&self, ids: [&str; N]) -> [Person; N] {
        ids.map(|id| self.person(id))
    }

    /// Anna's conversation with Sofia about steel.
    pub async fn steel(&self) -> String {
        let about = json!({"supplierId": "s-1", "productId": "steel"});
        self.person("anna").open(about).await
    }

    /// A few connections for the test itself.
    pub async fn sql(&self) -> PgPool {
        let url = self.url.as_ref().expect("a database that can be reached");
        let pool = PgPoolOptions::new().max_connections(4).connect(url).await;
        pool.expect("the database answers")
    }

    /// Takes the server away without a warning, and starts it again.
    pub async fn kill_server(&mut self) {
        self.server.kill9();
        self.server = ServerProcess::spawn(&self.options).await;
    }

    /// One figure of `/metrics`, summed over its labels.
    pub async fn figure(&self, name: &str) -> f64 {
        let figures = reqwest::get(format!("{}/metrics", self.server.base())).await;
        let figures = figures.expect("the server answers").text().await;
        let figures = figures.expect("figures are text");
        let lines = figures.lines().filter_map(|line| line.strip_prefix(name));
        let values = lines.filter(|rest| rest.starts_with([' ', '{']));
        values
            .filter_map(|rest| rest.rsplit_once(' ')?.1.parse::<f64>().ok())
            .sum()
    }
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
