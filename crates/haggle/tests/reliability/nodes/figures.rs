//! What operators are told to look at is there.

use std::collections::BTreeSet;

use serde_json::json;
use test_support::Waiting;

use crate::{market::Market, talk::Talk};

const OPERATIONS: &str = include_str!("../../../../../docs/operations.md");

fn named(text: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let words = text.split(|letter| !is_part(letter));
    words
        .filter(|word| {
            ["haggle_", "process_"]
                .iter()
                .any(|prefix| word.starts_with(prefix))
        })
        .collect()
}

#[tokio::test]
async fn every_figure_of_the_documents_is_told() {
    let market = Market::of_several(2, &[]).await;
    let conversation = market.steel().await;
    let mut screen = market.person("anna").online().await;
    market.person("anna").say(&conversation, "Hello.").await;
    screen.until("message").await;
    market.person("anna").listed(&conversation).await;
    // Somebody is told to go.
    screen.send("authenticate", json!({"token": "none"})).await;
    screen.close_code().await;
    let documented = named(OPERATIONS);
    assert!(documented.len() > 15, "{documented:?}");
    // Some are looked at once a second.
    let waiting = Waiting::for_("every figure is told");
    loop {
        let figures = reqwest::get(format!("{}/metrics", market.server.base())).await;
        let figures = figures.expect("the server answers").text().await;
        let figures = figures.expect("figures are text");
        let told = named(&figures);
        if documented.is_subset(&told) {
            return;
        }
        waiting.a_moment().await;
    }
}
