//! What only SQL can show of the audit.

use chat::{
    audit::{Act, Action, Source},
    ids::{AuditId, ConversationId},
    storage::AuditLog,
    timestamp::Timestamp,
};
use serde_json::json;

use crate::support::Fixture;

#[tokio::test]
async fn the_audit_only_grows() {
    let fixture = Fixture::new().await;
    let act = Act {
        id: AuditId::new("one"),
        at: Timestamp::from_micros(1),
        actor: None,
        source: Source::default(),
    };
    let entry = act.entry(Action::Viewed, &ConversationId::new("c1"), json!({}));
    fixture.storage.record(vec![entry.clone()]).await.unwrap();
    let pool = fixture.database.pool().await;
    for forbidden in [
        "update haggle.audit set actor_id = 'somebody else'",
        "delete from haggle.audit",
        "truncate haggle.audit",
    ] {
        let refused = sqlx::query(forbidden).execute(&pool).await.unwrap_err();
        let refused = refused.as_database_error().unwrap();
        assert_eq!(refused.message(), "haggle.audit is append-only");
    }
    let again = fixture.storage.record(vec![entry.clone()]).await;
    again.expect_err("one entry is written once");
    let query = chat::audit::AuditQuery {
        limit: 10,
        ..Default::default()
    };
    let page = fixture.storage.entries(&query).await.unwrap();
    assert_eq!(page.entries, [entry]);
}
