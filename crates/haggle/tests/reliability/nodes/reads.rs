//! Whoever asks another server sees what was done at the first.

use serde_json::{Value, json};
use test_support::eventually;

use crate::{
    market::{Market, figure_of},
    talk::{Talk, number, of},
};

#[tokio::test]
async fn a_list_and_a_count_are_true_on_the_other_server_directly_after_a_write() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let (anna, anna_elsewhere) = (market.person_at(0, "anna"), market.person_at(1, "anna"));
    let (sofia, sofia_elsewhere) = (market.person_at(0, "sofia"), market.person_at(1, "sofia"));
    let ada = market.person_at(1, "ada");
    for turn in 1..=30 {
        // Kept by every cache there is.
        anna_elsewhere.listed(&conversation).await;
        sofia_elsewhere.unread().await;
        ada.listed(&conversation).await;

        let text = format!("message {turn}");
        anna.say(&conversation, &text).await;
        for person in [&anna_elsewhere, &sofia_elsewhere, &ada] {
            assert_eq!(person.listed(&conversation).await["lastMessage"], *text);
        }
        assert_eq!(sofia_elsewhere.unread().await, 1);
        // Read by looking, and by saying so.
        if turn % 2 == 0 {
            sofia.get(&of(&conversation, "/messages")).await.expect(200);
        } else {
            sofia.read(&conversation).await;
        }
        assert_eq!(sofia_elsewhere.unread().await, 0);
        let listed = sofia_elsewhere.listed(&conversation).await;
        assert_eq!(number(&listed["unreadCount"]), 0);
    }
}

#[tokio::test]
async fn answers_are_kept_as_long_as_they_are_true() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let (anna, base) = (market.person("anna"), market.server.base());
    let hits =
        async || figure_of(&base, "haggle_cache_total{cache=\"lists\",outcome=\"hit\"}").await;
    // Not in the first moments, in which other servers may still be telling what happened before.
    eventually("the list is kept", async || {
        let before = hits().await;
        anna.listed(&conversation).await;
        hits().await > before
    })
    .await;
    market
        .person_at(1, "sofia")
        .say(&conversation, "Hello.")
        .await;
    assert_eq!(anna.listed(&conversation).await["lastMessage"], "Hello.");
}

#[tokio::test]
async fn a_conversation_that_is_opened_joined_and_left_here_is_so_there() {
    let market = Market::of_several(2, &[]).await;
    let (anna, elsewhere) = (market.person_at(0, "anna"), market.person_at(1, "anna"));
    let ada = market.person_at(0, "ada");
    let list = elsewhere.get("/api/chat/conversations").await.expect(200);
    assert_eq!(list["conversations"], json!([]));
    let conversation = anna.open(json!({"supplierId": "s-1"})).await;
    elsewhere.listed(&conversation).await;
    ada.join(&conversation).await;
    let admin = async || elsewhere.listed(&conversation).await["participants"]["admin"].take();
    assert_eq!(admin().await["id"], "ada");
    ada.leave(&conversation).await;
    assert_eq!(admin().await, Value::Null);
}
