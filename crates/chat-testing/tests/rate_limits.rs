//! The limits of one node keep the rules.

use std::sync::Arc;

use chat::rate_limit::LocalRateLimiter;
use chat_testing::rate_limits;

#[tokio::test]
async fn the_limits_of_one_node_keep_the_rules() {
    for (name, check) in rate_limits::all() {
        println!("{name}");
        check(&|quotas, clock| Arc::new(LocalRateLimiter::new(quotas, clock))).await;
    }
}
