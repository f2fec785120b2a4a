//! Files that are not sent.

use chat::{
    ids::{UploadId, UserId},
    limits::UNSENT_UPLOADS,
    storage::{PartialUpload, PartialUploads},
    timestamp::Timestamp,
};
use sqlx::{Connection, PgConnection, raw_sql};
use test_support::eventually;

use crate::support::Fixture;

#[tokio::test]
async fn who_begins_an_upload_waits_for_whoever_counts_theirs() {
    let fixture = Fixture::new().await;
    let pool = fixture.database.pool().await;
    let begun = "
        insert into haggle.partial_uploads (id, owner_id, name, size, received, pieces, created_at)
        select 'u' || n, 'ann', 'x', 1, 0, '{}', now()
        from generate_series(2, $1) n";
    let done = sqlx::query(begun).bind(UNSENT_UPLOADS).execute(&pool).await;
    done.unwrap();
    let mut other = PgConnection::connect(fixture.database.url()).await.unwrap();
    let last = "
        begin;
        select pg_advisory_xact_lock(hashtextextended('uploads ann', 5));
        insert into haggle.partial_uploads (id, owner_id, name, size, received, pieces, created_at)
        values ('the last', 'ann', 'x', 1, 0, '{}', now())";
    raw_sql(last).execute(&mut other).await.unwrap();

    let storage = fixture.storage.clone();
    let more = tokio::spawn(async move {
        let upload = PartialUpload {
            id: UploadId::new("one too many"),
            owner: UserId::new("ann"),
            name: "x".to_owned(),
            size: 1,
            received: 0,
            pieces: Vec::new(),
            attachment: None,
            created_at: Timestamp::from_micros(0),
        };
        storage.begin(&upload).await.unwrap()
    });
    eventually("it waits, or is done", async || {
        let waits =
            "select exists (select from pg_locks where locktype = 'advisory' and not granted)";
        let waits = sqlx::query_scalar(waits).fetch_one(&pool).await;
        more.is_finished() || waits.unwrap()
    })
    .await;
    raw_sql("commit").execute(&mut other).await.unwrap();
    assert!(!more.await.unwrap());
}
