use chat_postgres::{OldRow, PgError, Reason, legacy_copy::report};
use test_support::old_chat::Dirt;

use super::dirty_market::DirtyMarket;

#[tokio::test]
async fn each_row_that_is_not_kept_as_it_stood_is_a_line_of_json() {
    let dirt = Dirt {
        seed: 5,
        conversations: 40,
        messages: 300,
    };
    let market = DirtyMarket::dirty("C", dirt).await;
    let moved = market.moved().await;
    let mut lines = Vec::new();
    let options = market.options();
    let read = report::<PgError>(&options, |line| {
        lines.push(line.to_json());
        Ok(())
    });
    read.await.unwrap();
    let total: i64 = moved.reasons.values().sum();
    assert_eq!(i64::try_from(lines.len()).unwrap(), total);
    let missing = (OldRow::Message, Reason::ConversationMissing);
    let missing = moved.reasons[&missing];
    let told = lines
        .iter()
        .filter(|line| line.contains("its conversation does not exist"));
    assert_eq!(i64::try_from(told.count()).unwrap(), missing);
    for line in &lines {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        for key in ["table", "id", "what", "why"] {
            assert!(line[key].is_string(), "{line}");
        }
    }
}
