//! Endpoints that were told much.

use chat::{
    ids::EndpointId,
    storage::Webhooks,
    webhook::{Filter, NewEndpoint},
};
use sqlx::{PgPool, raw_sql};
use test_support::eventually;

use crate::support::Fixture;

async fn endpoint(fixture: &Fixture) -> EndpointId {
    let new = NewEndpoint {
        id: EndpointId::new("shop"),
        url: "https://shop.example/hook".to_owned(),
        events: Filter(vec!["*".to_owned()]),
        secret: "whsec_c2VjcmV0".to_owned(),
    };
    fixture.storage.add_endpoint(&new).await.unwrap().unwrap();
    new.id
}

/// All delivered but the last two.
async fn tell(db: &PgPool) {
    let told = "
        insert into haggle.webhook_events (id, type, body, created_at)
        select 'event ' || n, 'message.created', '{}', now()
        from generate_series(1, 12000) n;
        insert into haggle.webhook_deliveries (id, endpoint_id, event_id, created_at, state)
        select 'delivery ' || n, 'shop', 'event ' || n, now(),
          case n when 12000 then 'waiting' when 11999 then 'failed' else 'delivered' end
        from generate_series(1, 12000) n;
        insert into haggle.jobs (id, kind, key, payload, due_at)
        select 'job ' || n, 'webhook:shop', 'delivery ' || n, '{}', now()
        from generate_series(1, 12000) n;
        analyze haggle.webhook_deliveries;";
    raw_sql(told).execute(db).await.unwrap();
}

async fn number(db: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn an_endpoint_with_many_deliveries_is_removed_in_steps() {
    let fixture = Fixture::new().await;
    let db = fixture.database.pool().await;
    let id = endpoint(&fixture).await;
    tell(&db).await;
    // The last step fails, and the others stay done.
    let stays = "
        create function public.stays() returns trigger language plpgsql as
        $$ begin raise exception 'not now'; end $$;
        create trigger stays before delete on haggle.webhook_endpoints for each row execute function public.stays();";
    raw_sql(stays).execute(&db).await.unwrap();
    fixture.storage.remove_endpoint(&id).await.unwrap_err();
    for left in [
        "select count(*) from haggle.webhook_deliveries",
        "select count(*) from haggle.jobs",
        "select count(*) from haggle.webhook_endpoints where events <> '{}'",
    ] {
        assert_eq!(number(&db, left).await, 0, "{left}");
    }
    let goes = "drop trigger stays on haggle.webhook_endpoints";
    raw_sql(goes).execute(&db).await.unwrap();
    assert!(fixture.storage.remove_endpoint(&id).await.unwrap());
    assert!(!fixture.storage.remove_endpoint(&id).await.unwrap());
}

#[tokio::test]
async fn the_endpoint_of_the_settings_is_whole_again_when_its_removal_was_cut() {
    let fixture = Fixture::new().await;
    let db = fixture.database.pool().await;
    let given = NewEndpoint {
        id: EndpointId::new("settings"),
        url: "https://shop.example/hook".to_owned(),
        events: Filter(vec!["*".to_owned()]),
        secret: "whsec_c2VjcmV0".to_owned(),
    };
    let keep = async || {
        let kept = fixture.storage.keep_endpoint_of_settings(Some(&given));
        kept.await.unwrap();
        fixture.storage.endpoints().await.unwrap().remove(0)
    };
    let first = keep().await;
    let cut = "update haggle.webhook_endpoints set events = '{}'";
    raw_sql(cut).execute(&db).await.unwrap();
    assert_eq!(keep().await, first);
}

#[tokio::test]
async fn what_is_left_to_deliver_is_counted_without_what_was_delivered() {
    let fixture = Fixture::new().await;
    let db = fixture.database.pool().await;
    endpoint(&fixture).await;
    tell(&db).await;
    // It is said a moment later.
    let used =
        "select idx_scan from pg_stat_user_indexes where indexrelname = 'webhook_deliveries_left'";
    eventually("the index was used", async || {
        let loads = fixture.storage.endpoint_loads().await.unwrap();
        assert_eq!((loads[0].waiting, loads[0].failed), (1, 1));
        number(&db, used).await > 0
    })
    .await;
}
