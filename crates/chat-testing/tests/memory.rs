//! The reference model keeps the rules.

use chat_testing::conformance::{self, World};

#[tokio::test]
async fn the_reference_model_conforms() {
    for (name, check) in conformance::all() {
        println!("{name}");
        check(&World::in_memory()).await;
    }
}
