//! A short run of what `cargo xtask chaos` does for hours.

use std::{path::PathBuf, time::Duration};

use chaos::{Options, Shape, run};

fn options(seed: u64, nodes: usize) -> Options {
    Options {
        binary: PathBuf::from(env!("CARGO_BIN_EXE_haggle")),
        seed,
        shape: Shape {
            nodes,
            has_redis: nodes > 1,
        },
        lasts: Duration::ZERO,
        round: Duration::from_secs(20),
        folder: PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("chaos"),
        shrink: false,
        keep_going: false,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_of_chaos_breaks_no_promise() {
    let outcome = run(&options(4, 3)).await;
    assert_eq!(outcome.violations, [], "{}", outcome.summary);
    assert!(outcome.summary.acknowledged > 0 && !outcome.summary.faults.is_empty());
}
