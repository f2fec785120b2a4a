//! Random sequences of commands, on PostgreSQL and on the reference model.

use chat_testing::{conformance::World, differential::try_seed};

use crate::conformance::world;

/// Sequences, and the commands of each.
const SEEDS: u64 = 12;
const LENGTH: usize = 250;

#[tokio::test]
async fn postgres_answers_as_the_reference_model_does() {
    let first = std::env::var("HAGGLE_TEST_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let first: u64 = first.unwrap_or(0);
    for seed in first..first + SEEDS {
        let worlds = async || (World::in_memory(), world().await);
        if let Err(failure) = try_seed(seed, LENGTH, worlds).await {
            panic!("{failure}");
        }
    }
}
