//! A marketplace with an old chat.

use chat::timestamp::Timestamp;
use chat_postgres::{
    Mapping, PgError, PgOptions,
    legacy_copy::{Asked, Moved, NoFiles, Progress, Stage, move_old_chat, report, try_old_chat},
    migrate,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, query_scalar, raw_sql};
use test_support::{
    TestDatabase,
    old_chat::{Dirt, Line, MARKETPLACE, check, fill, tables},
};

pub struct DirtyMarket {
    pub database: TestDatabase,
    pub sql: PgPool,
    pub shape: &'static str,
}

/// Nobody looks.
pub struct Unseen;

impl Progress for Unseen {
    fn at(&self, _: Stage, _: i64, _: i64) {}
}

impl DirtyMarket {
    pub async fn open(shape: &'static str) -> Self {
        let database = TestDatabase::create().await;
        let sql = database.pool().await;
        let market = Self {
            database,
            sql,
            shape,
        };
        market.run(MARKETPLACE).await;
        market.run(&tables(shape)).await;
        market
    }

    /// A copy of what `fill` made of an empty database.
    pub async fn like(name: &str, shape: &'static str, fill: impl AsyncFnOnce(&str)) -> Self {
        let database = TestDatabase::from_template(name, fill).await;
        let sql = database.pool().await;
        Self {
            database,
            sql,
            shape,
        }
    }

    pub async fn dirty(shape: &'static str, dirt: Dirt) -> Self {
        let market = Self::open(shape).await;
        market.run(&fill(shape, dirt).join(";\n")).await;
        market
    }

    pub async fn run(&self, statements: &str) {
        let done = raw_sql(AssertSqlSafe(statements.to_owned()));
        let done = done.execute(&self.sql).await;
        done.unwrap_or_else(|error| panic!("{statements}: {error}"));
    }

    pub async fn text(&self, query: &str) -> String {
        let text = query_scalar(AssertSqlSafe(query.to_owned()));
        let text: Option<String> = text.fetch_one(&self.sql).await.unwrap();
        text.unwrap_or_default()
    }

    pub fn options(&self) -> PgOptions {
        PgOptions::new(self.database.url())
    }

    pub async fn moved(&self) -> Moved {
        self.try_moving(None).await.unwrap()
    }

    pub async fn try_moving(&self, zone: Option<&str>) -> Result<Moved, PgError> {
        let mapping = Mapping::default();
        migrate(&self.options(), &mapping).await?;
        let moved = move_old_chat(&self.options(), &asked(&mapping, zone)).await?;
        Ok(moved.unwrap())
    }

    pub async fn tried(&self) -> Moved {
        let mapping = Mapping::default();
        let tried = try_old_chat(&self.options(), &asked(&mapping, None)).await;
        tried.unwrap().unwrap()
    }

    pub async fn report(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let options = self.options();
        let read = report::<PgError>(&options, |line| {
            lines.push(Line {
                table: line.row.table().to_owned(),
                id: line.id,
                what: line.reason.fate().as_str().to_owned(),
                detail: line.detail,
            });
            Ok(())
        });
        read.await.unwrap();
        lines
    }

    /// What the checker has against it.
    pub async fn wrong(&self) -> Vec<String> {
        check(&self.sql, self.shape, &self.report().await).await
    }
}

/// Runs these on a connection of its own, which is closed then.
pub async fn prepared(url: &str, statements: &[&str]) {
    let mut sql = PgConnection::connect(url).await.unwrap();
    for statements in statements {
        let done = raw_sql(AssertSqlSafe((*statements).to_owned()));
        done.execute(&mut sql).await.unwrap();
    }
    sql.close().await.unwrap();
}

pub fn asked<'a>(mapping: &'a Mapping, time_zone: Option<&'a str>) -> Asked<'a> {
    Asked {
        mapping,
        time_zone,
        intake: &NoFiles,
        progress: &Unseen,
        now: Timestamp::from_micros(1_780_000_000_000_000).date_time(),
    }
}
