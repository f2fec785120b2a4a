use std::sync::{Arc, Mutex};

use chat::{bus::Bus, event::Event};
use chat_pg::{DirectoryNames, PgOptions, PgStorage, migrate};
use test_support::TestDatabase;

/// A migrated database and the storage on it.
pub struct Fixture {
    pub storage: Arc<PgStorage>,
    pub bus: Arc<dyn Bus>,
    pub heard: Arc<Heard>,
    pub database: TestDatabase,
}

#[derive(Default)]
pub struct Heard(pub Mutex<Vec<Event>>);

impl Bus for Heard {
    fn publish(&self, event: Event) {
        self.0.lock().unwrap().push(event);
    }
}

impl Fixture {
    pub async fn new() -> Self {
        let database = TestDatabase::from_template("chat_pg_schema", async |url| {
            migrate(&PgOptions::new(url), &DirectoryNames::default())
                .await
                .unwrap();
        })
        .await;
        let storage = PgStorage::connect(&PgOptions::new(database.url()))
            .await
            .unwrap();
        let heard = Arc::new(Heard::default());
        Self {
            storage,
            bus: heard.clone(),
            heard,
            database,
        }
    }
}
