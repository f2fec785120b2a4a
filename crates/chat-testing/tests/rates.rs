//! The limits of one node keep the rules.

use std::sync::Arc;

use chat::rate::LocalRates;
use chat_testing::rates;

#[tokio::test]
async fn the_limits_of_one_node_keep_the_rules() {
    for (name, check) in rates::all() {
        println!("{name}");
        check(&|quotas, clock| Arc::new(LocalRates::new(quotas, clock))).await;
    }
}
