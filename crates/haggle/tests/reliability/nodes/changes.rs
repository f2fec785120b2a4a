//! Whatever raises `rev` says when, so that servers that missed it can look for it.

use serde_json::json;
use sqlx::{PgPool, query, query_scalar};
use test_support::eventually;

use crate::{market::Market, talk::Talk};

/// Lets every change so far be old.
async fn grow_old(sql: &PgPool) {
    let old = query("update haggle.conversations set changed_at = now() - interval '1 day'");
    old.execute(sql).await.expect("it is done");
}

async fn is_found(sql: &PgPool, what: &str) {
    eventually(what, async || {
        let new = "select changed_at > now() - interval '1 hour' from haggle.conversations";
        query_scalar(new)
            .fetch_one(sql)
            .await
            .expect("one conversation")
    })
    .await;
}

#[tokio::test]
async fn every_change_says_when_it_was() {
    let market = Market::open().await;
    let [anna, sofia, ada, alan] = market.people(["anna", "sofia", "ada", "alan"]);
    let conversation = market.steel().await;
    let sql = market.sql().await;
    is_found(&sql, "opened").await;
    grow_old(&sql).await;
    anna.say(&conversation, "Hello.").await;
    is_found(&sql, "said").await;
    grow_old(&sql).await;
    sofia.read(&conversation).await;
    is_found(&sql, "read").await;
    grow_old(&sql).await;
    ada.join(&conversation).await;
    is_found(&sql, "joined").await;
    grow_old(&sql).await;
    ada.leave(&conversation).await;
    is_found(&sql, "left").await;
    alan.join(&conversation).await;
    grow_old(&sql).await;
    let steel = json!({"name": "Steel plate", "image": "/steel.png", "supplierId": "s-1"});
    market.put("products/steel", steel).await;
    is_found(&sql, "the product renamed").await;
    grow_old(&sql).await;
    market.delete("products/steel").await;
    is_found(&sql, "the product deleted").await;
    grow_old(&sql).await;
    market.put_user("alan", "buyer", true).await;
    is_found(&sql, "an administrator demoted").await;
    ada.join(&conversation).await;
    grow_old(&sql).await;
    let gone = query("delete from haggle.users where id = 'ada'")
        .execute(&sql)
        .await;
    gone.expect("it is done");
    is_found(&sql, "an administrator deleted by the marketplace").await;
}
