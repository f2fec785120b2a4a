//! A thousand cut connections while people talk. Whatever happens, after `ready` the screen
//! shows what a fresh fetch shows.
//!
//! A life is a seed: people, what they do, and where the connection of one of them is cut. The
//! same seed does the same things; only the moment within a burst is up to the machine.

use std::time::Duration;

use rand::{Rng, SeedableRng, rngs::StdRng};
use tokio::{sync::oneshot, task::JoinSet};

use crate::{
    life::Life,
    market::Market,
    reader::{Reader, Return, Turn},
};

/// More of them by `HAGGLE_TEST_LIVES`.
const LIVES: usize = 10;
/// At a time.
const AT_ONCE: usize = 10;
/// Of all lives together, and of each at least.
const CUTS: usize = 1_000;
const LEAST_CUTS: usize = 10;

/// Returns how often the connection was cut.
async fn live(market: &Market, seed: u64, most: usize) -> usize {
    let mut random = StdRng::seed_from_u64(seed);
    let mut life = Life::begin(market, seed).await;
    // Buyer, supplier or administrator: the one whom we watch.
    let watched = [0, 1, 3][usize::try_from(seed % 3).expect("a place")];
    let watchers = if watched == 1 {
        &life.conversations[..1]
    } else {
        &life.conversations[..]
    };
    let watchers: Vec<&str> = watchers.iter().map(String::as_str).collect();
    let mut reader = Reader::new(&life.people[watched], &watchers).await;
    // An administrator misses what happens between leaving and joining.
    reader.is_strict = watched != 3;
    let (mut cuts, mut count, mut step) = (0, 0, 0);
    while cuts < most {
        step += 1;
        reader.scene = format!("seed {seed}, step {step}");
        let acts = life.plan(&mut random);
        let (done, mut is_done) = oneshot::channel();
        let acting = async {
            for act in &acts {
                count += 1;
                life.act(market, act, count).await;
            }
            // Nobody waits for it after the last cut.
            let _ = done.send(());
        };
        let watching = async {
            while is_done.try_recv().is_err() {
                watch(&mut reader, &mut random, &mut cuts).await;
            }
        };
        tokio::join!(acting, watching);
        check(&mut reader, &mut random, &mut cuts, watched == 3).await;
    }
    cuts
}

fn a_way_back(random: &mut StdRng) -> Return {
    match random.random_range(0..3) {
        0 => Return {
            part: 1,
            with_rev: true,
        },
        1 => Return {
            part: 1,
            with_rev: false,
        },
        _ => Return {
            with_rev: random.random(),
            ..Return::WHOLE
        },
    }
}

/// Listens for a while, then is cut off; or returns.
async fn watch(reader: &mut Reader, random: &mut StdRng, cuts: &mut usize) {
    if !reader.is_connected() {
        let way = a_way_back(random);
        assert!(reader.come_back(way).await, "{}: no server", reader.scene);
    }
    for _ in 0..random.random_range(0..12) {
        let within = Duration::from_millis(random.random_range(0..10));
        assert_ne!(reader.turn(within).await, Turn::Lost, "{}", reader.scene);
    }
    if random.random() {
        reader.cut(random.random());
        *cuts += 1;
    }
}

/// Nothing happens any more: the reader must show what a fetch shows.
async fn check(reader: &mut Reader, random: &mut StdRng, cuts: &mut usize, must_return: bool) {
    let fresh = reader.fetch().await;
    if must_return || random.random() {
        // Everything happened before it came back, so `ready` says that it knows everything.
        reader.cut(random.random());
        *cuts += 1;
        let way = a_way_back(random);
        assert!(reader.come_back(way).await, "{}: no server", reader.scene);
        reader.until_ready().await;
    } else {
        if !reader.is_connected() {
            assert!(
                reader.come_back(Return::WHOLE).await,
                "{}: no server",
                reader.scene
            );
        }
        reader.until_it_sees(&fresh).await;
    }
    reader.expect(&fresh);
    reader.expect_no_news().await;
    reader.expect(&fresh);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_thousand_cuts_the_screen_shows_what_a_fetch_shows() {
    let market = std::sync::Arc::new(Market::open().await);
    let count = std::env::var("HAGGLE_TEST_LIVES").ok();
    let count = count.map_or(LIVES, |count| count.parse().expect("a number of lives"));
    let each = (CUTS / count).max(LEAST_CUTS);
    let (mut lives, mut cuts) = (JoinSet::new(), 0);
    for seed in 0..u64::try_from(count).expect("a number of lives") {
        if lives.len() >= AT_ONCE {
            let life = lives.join_next().await.expect("one of them");
            cuts += life.expect("no life differs");
        }
        let market = market.clone();
        lives.spawn(async move { live(&market, seed, each).await });
    }
    while let Some(life) = lives.join_next().await {
        cuts += life.expect("no life differs");
    }
    assert!(cuts >= CUTS, "only {cuts} cuts");
}
