//! A database that cannot hold every text.

use sqlx::{AssertSqlSafe, query};
use test_support::{ServerOptions, ServerProcess, TestDatabase};

use super::{checked, haggle, name_of, said};

#[tokio::test]
async fn a_database_that_is_not_utf8_is_refused_by_serve_check_and_migrate() {
    let database = TestDatabase::create().await;
    let db = database.pool().await;
    for encoding in ["LATIN1", "SQL_ASCII", "EUC_JP"] {
        let name = format!("{}_{encoding}", name_of(database.url())).to_lowercase();
        let create = format!(
            "create database {name} encoding '{encoding}' lc_collate 'C' lc_ctype 'C' template template0"
        );
        let drop = format!("drop database {name} with (force)");
        query(AssertSqlSafe(create))
            .execute(&db)
            .await
            .expect("it is made");
        let url = database.url().replace(name_of(database.url()), &name);

        let migrated = haggle("migrate", &url, &[]);
        let options = ServerOptions::new(env!("CARGO_BIN_EXE_haggle")).database(&url);
        let served = ServerProcess::try_spawn(&options).await.unwrap_err();
        let check = haggle("check", &url, &[]);
        query(AssertSqlSafe(drop))
            .execute(&db)
            .await
            .expect("it is gone");

        assert!(!migrated.status.success());
        assert_eq!(check.status.code(), Some(1));
        for said in [said(&migrated), served, checked(&check)] {
            let is_clear = said.contains(encoding) && said.contains("UTF8");
            assert!(is_clear && !said.contains("tried again"), "{said}");
        }
    }
}
