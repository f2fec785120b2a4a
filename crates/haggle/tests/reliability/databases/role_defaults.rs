//! Defaults of a role or a database that an application does not expect.

use serde_json::json;
use test_support::Answer;

use super::{Shop, checked, everybody_is_answered, haggle};
use crate::{
    crowd::Crowd,
    market::Market,
    talk::{Talk, of},
};

/// Each of them on its own is somebody's good reason.
const ODD: [(&str, &str); 18] = [
    ("statement_timeout", "'1ms'"),
    ("lock_timeout", "'1ms'"),
    ("idle_in_transaction_session_timeout", "'1ms'"),
    ("idle_session_timeout", "'50ms'"),
    ("default_transaction_deferrable", "on"),
    ("datestyle", "'SQL, DMY'"),
    ("intervalstyle", "'sql_standard'"),
    ("timezone", "'Asia/Kathmandu'"),
    ("bytea_output", "'escape'"),
    ("standard_conforming_strings", "off"),
    ("client_encoding", "'LATIN1'"),
    ("extra_float_digits", "'-15'"),
    ("transform_null_equals", "on"),
    ("array_nulls", "off"),
    ("synchronous_commit", "off"),
    ("client_min_messages", "'debug5'"),
    ("plan_cache_mode", "'force_custom_plan'"),
    ("jit", "on"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_isolation_as_the_databases_default_works() {
    for isolation in ["repeatable read", "serializable", "read uncommitted"] {
        let shop = Shop::open().await;
        let name = shop.name();
        let set = "set default_transaction_isolation =";
        shop.admin(&format!("alter database {name} {set} '{isolation}'"))
            .await;
        let market = Market::at(&shop.url(), &[]).await;
        let crowd = Crowd::gather(&market).await;
        crowd.has_sent(100).await;
        crowd.end().await;
        let conversation = market.steel().await;
        let [anna, sofia, ada] = market.people(["anna", "sofia", "ada"]);
        // Changes of one conversation, on every connection at once.
        let path = of(&conversation, "/messages");
        let sends = (0..40).map(async |n| {
            let person = [&anna, &sofia][n % 2];
            person.post(&path, json!({"content": "Hello"})).await
        });
        let joins = (0..20).map(async |n| {
            let part = ["/join", "/leave"][n % 2];
            ada.post(&of(&conversation, part), json!({})).await
        });
        let opens = (0..20).map(async |_| {
            let about = json!({"supplierId": "s-2"});
            anna.post("/api/chat/conversations", about).await
        });
        let (sends, joins, opens) = tokio::join!(
            futures_util::future::join_all(sends),
            futures_util::future::join_all(joins),
            futures_util::future::join_all(opens),
        );
        let is_well = |answer: &Answer| answer.status < 500;
        let all = sends.iter().chain(&joins).chain(&opens);
        for answer in all {
            assert!(is_well(answer), "{isolation}: {:#}", answer.json);
        }
        let output = market.server.output();
        assert!(!output.contains("could not serialize"), "{output}");
    }
}

#[tokio::test]
async fn odd_defaults_of_the_role_change_nothing() {
    let shop = Shop::open().await;
    for (setting, value) in ODD {
        let role = &shop.role;
        shop.admin(&format!("alter role {role} set {setting} = {value}"))
            .await;
    }
    let line = checked(&haggle("check", &shop.url(), &[]));
    assert!(!line.contains("FAILED"), "{line}");
    let market = Market::at(&shop.url(), &[]).await;
    let conversation = market.steel().await;
    let [anna, sofia] = market.people(["anna", "sofia"]);
    let text = r"C:\new 'quoted' 日本語 ½ — 5 > 3";
    let sent = anna.say(&conversation, text).await;
    assert_eq!(sent["message"], text);
    for round in 0..3 {
        let what = format!("round {round}");
        everybody_is_answered([&anna, &sofia], &conversation, &what).await;
    }
    let shown = sofia.history(&conversation).await;
    assert_eq!(shown[0]["createdAt"], sent["createdAt"]);
    assert_eq!(shown[0]["message"], text);
    let audit = market
        .person("ada")
        .get("/api/chat/audit")
        .await
        .expect(200);
    assert!(
        audit["entries"][0]["at"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z'))
    );
}
