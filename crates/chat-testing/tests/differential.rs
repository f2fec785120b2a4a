//! The reference model against itself: the differential test finds nothing where there
//! is nothing, and something where there is something.

use std::sync::Arc;

use async_trait::async_trait;
use chat_testing::{
    conformance::{LeaseTime, World},
    differential::{Command, Lease, generate, try_seed},
    memory::MemoryStorage,
};

#[tokio::test]
async fn two_reference_models_never_differ() {
    for seed in 0..50 {
        let worlds = async || (World::in_memory(), World::in_memory());
        if let Err(failure) = try_seed(seed, 400, worlds).await {
            panic!("{failure}");
        }
    }
}

/// Leases that never lapse.
struct NoTime;

#[async_trait]
impl LeaseTime for NoTime {
    async fn pass(&self, _: i64) {}
}

fn timeless() -> World {
    let memory = Arc::new(MemoryStorage::new());
    World::new(&memory, Arc::new(NoTime))
}

#[tokio::test]
async fn a_difference_is_found_and_cut_down() {
    let worlds = async || (World::in_memory(), timeless());
    let failure = try_seed(1, 400, worlds).await.expect_err("they differ");
    let commands = &failure.commands;
    assert!(commands.len() <= 5, "{failure}");
    let passes = |command: &Command| matches!(command, Command::Lease(Lease::Pass { .. }));
    assert!(commands.iter().any(passes), "{failure}");
    assert!(failure.to_string().contains("seed 1 shows a difference"));
}

#[test]
fn a_seed_says_everything() {
    assert_eq!(generate(3, 100), generate(3, 100));
    assert_ne!(generate(3, 100), generate(4, 100));
}
