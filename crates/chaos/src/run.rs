//! Rounds until the time is over, or something is wrong.

use std::{
    cell::Cell,
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use chat_testing::differential::shrink as shrink_by;

use crate::{
    check::{Violation, check},
    history::History,
    plan::{Injection, Shape, plan},
    round::Round,
    setup::Setup,
    shrink::shrink,
    summary::Summary,
};

/// In one of so many rounds, and in the last, somebody waits until all leases have ended.
const FAREWELLS: u64 = 5;
/// Violations that are printed, and shrunk.
const SHOWN: usize = 10;

#[derive(Clone, Debug)]
pub struct Options {
    /// The server.
    pub binary: PathBuf,
    /// Of the first round; the next has the next.
    pub seed: u64,
    pub shape: Shape,
    /// Rounds are begun for so long; one at least.
    pub lasts: Duration,
    /// For how long the adversary works in a round.
    pub round: Duration,
    /// Where histories that break a rule are kept.
    pub folder: PathBuf,
    /// Play a round that broke a rule again with fewer injections.
    pub shrink: bool,
    /// Go on after a round that broke a rule.
    pub keep_going: bool,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub summary: Summary,
    /// Of all rounds.
    pub violations: Vec<Violation>,
}

/// Plays rounds, and says on standard output what happens.
pub async fn run(options: &Options) -> Outcome {
    let mut setup = Setup::set(&options.binary, options.shape).await;
    let mut summary = Summary::default();
    let mut all = Vec::new();
    let end = Instant::now() + options.lasts;
    for number in 0.. {
        let seed = options.seed + number;
        let plan = plan(seed, options.shape, millis(options.round));
        announce(seed, &plan);
        let is_last = Instant::now() + options.round >= end;
        let name = format!("r{seed}");
        let round = Round {
            seed,
            name: &name,
            plan: &plan,
            until_all_are_gone: is_last || number % FAREWELLS == FAREWELLS - 1,
        };
        let history;
        (setup, history) = round.play(setup).await;
        summary.add(&history);
        let violations = check(&history);
        println!(
            "round with seed {seed}: {} events, {} violations",
            history.events.len(),
            violations.len()
        );
        if !violations.is_empty() {
            summary.violations += violations.len();
            report(options, seed, &history, &violations, &setup).await;
            if options.shrink {
                setup = fewer_injections(&round, setup, &violations[0]).await;
            }
        }
        all.extend(violations);
        if is_last || !(all.is_empty() || options.keep_going) {
            break;
        }
    }
    Outcome {
        summary,
        violations: all,
    }
}

fn announce(seed: u64, plan: &[Injection]) {
    println!("round with seed {seed}, the plan:");
    for injection in plan {
        println!("  {injection}");
    }
}

/// Keeps everything that is needed to understand it.
async fn report(
    options: &Options,
    seed: u64,
    history: &History,
    violations: &[Violation],
    setup: &Setup,
) {
    let folder = options.folder.join(format!("seed-{seed}"));
    fs::create_dir_all(&folder).expect("the folder of histories can be made");
    write(&folder.join("history.json"), history);
    for node in &setup.nodes {
        let file = folder.join(format!("node-{}.log", node.number));
        fs::write(file, node.server.output()).expect("a log can be kept");
    }
    println!(
        "{} violations, kept in {}:",
        violations.len(),
        folder.display()
    );
    for (number, violation) in violations.iter().take(SHOWN).enumerate() {
        println!("  {violation}");
        let short = shrink(history, violation).await;
        let file = folder.join(format!("violation-{number}.json"));
        println!(
            "    in {} of {} events: {}",
            short.events.len(),
            history.events.len(),
            file.display()
        );
        write(&file, &short);
    }
    let Options { shape, round, .. } = options;
    let redis = if shape.has_redis == (shape.nodes > 1) {
        ""
    } else {
        " --redis"
    };
    println!(
        "again: cargo xtask chaos --minutes 0 --seed {seed} --nodes {}{redis} --round-seconds {}",
        shape.nodes,
        round.as_secs()
    );
}

fn write(file: &Path, history: &History) {
    // One event a line.
    let mut text = String::from("{\"conversations\":");
    text.push_str(&json(&history.conversations));
    text.push_str(",\n\"companions\":");
    text.push_str(&json(&history.companions));
    text.push_str(",\n\"memory_bound_kib\":");
    text.push_str(&history.memory_bound_kib.to_string());
    text.push_str(",\n\"events\":[\n");
    let events: Vec<_> = history.events.iter().map(json).collect();
    text.push_str(&events.join(",\n"));
    text.push_str("\n]}\n");
    fs::write(file, text).expect("a history can be kept");
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("it has a form in JSON")
}

/// Plays the round again and again with fewer injections, as long as the same rule is broken.
async fn fewer_injections(round: &Round<'_>, setup: Setup, violation: &Violation) -> Setup {
    let setup = Cell::new(Some(setup));
    let attempts = Cell::new(0_u32);
    let breaks = async |injections: &[Injection]| {
        attempts.set(attempts.get() + 1);
        let name = format!("{}x{}", round.name, attempts.get());
        let again = Round {
            name: &name,
            plan: injections,
            ..round.clone()
        };
        let (back, history) = again.play(setup.take().expect("it was given back")).await;
        setup.set(Some(back));
        let is_broken = check(&history)
            .iter()
            .any(|found| found.rule == violation.rule);
        println!(
            "{} injections: {}",
            injections.len(),
            if is_broken { "broken" } else { "sound" }
        );
        is_broken
    };
    let left = shrink_by(round.plan.to_vec(), breaks).await;
    println!(
        "{:?} is broken with {} of {} injections:",
        violation.rule,
        left.len(),
        round.plan.len()
    );
    for injection in left {
        println!("  {injection}");
    }
    setup.into_inner().expect("it was given back")
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
