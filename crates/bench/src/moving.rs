//! The move of an old chat, while its application goes on writing.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::figure::{Amount, Figure, Goal, Unit};
use crate::load::Latencies;
use crate::pgbench;
use crate::plan::Plan;
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
`haggle migrate` beside an old chat of the shape C, whose messages have no index on their conversation, twenty in each. Its \
application writes 50 messages a second all the time, each a transaction that inserts it and updates its conversation, \
by pgbench. The longest lock is that of the longest transaction of Haggle's that was seen with any lock on an old table, \
looked for every few milliseconds.";

const PER_SECOND: &str = "50";
/// Messages of a conversation.
const EACH: u32 = 20;
/// A turn of the old application's.
const TURN: Duration = Duration::from_secs(5);

pub fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    let conversations = (plan.old_messages / EACH).max(1);
    println!("loading {} old messages", plan.old_messages);
    let database = setup.old_chat(plan.old_messages, conversations)?;
    let writer = Writer {
        setup,
        database: &database,
        conversations,
    };
    let mut alone = Latencies::default();
    for _ in 0..plan.rounds {
        alone.extend(writer.turn()?);
    }
    let mut locks = setup.on_old_chat(include_str!("../sql/old_locks.sql"), "locks.sql")?;
    let mut locks = locks.stdout(Stdio::null()).spawn()?;
    let start = Instant::now();
    let mut haggle = setup.haggle("migrate");
    haggle.env("DATABASE_URL", &database);
    haggle.env("HAGGLE_DATA_DIR", setup.path("move"));
    let mut moving = haggle.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let pid = moving.id();
    let (seconds, peak, meanwhile) = thread::scope(|scope| -> Result<_> {
        let watched = scope.spawn(move || {
            let mut peak = 0.0_f64;
            loop {
                peak = peak.max(peak_kib(pid));
                if let Ok(Some(ended)) = moving.try_wait() {
                    return (start.elapsed().as_secs_f64(), peak, ended.success());
                }
                thread::sleep(Duration::from_millis(20));
            }
        });
        let mut meanwhile = Latencies::default();
        while !watched.is_finished() {
            meanwhile.extend(writer.turn()?);
        }
        let (seconds, peak, is_done) = watched.join().map_err(|_| "the watch failed")?;
        if !is_done {
            return Err("haggle migrate failed".into());
        }
        Ok((seconds, peak, meanwhile))
    })?;
    setup.old_chat_says("insert into stop values (true)")?;
    locks.wait()?;
    let longest: f64 = setup
        .old_chat_says("select seconds from longest")?
        .trim()
        .parse()?;
    Ok(figures(
        plan.old_messages,
        seconds,
        peak,
        longest,
        alone,
        meanwhile,
    ))
}

fn figures(
    messages: u32,
    seconds: f64,
    peak_kib: f64,
    longest: f64,
    mut alone: Latencies,
    mut meanwhile: Latencies,
) -> Vec<Figure> {
    let amount = |what: String, value, unit, bar, aim| {
        Figure::alone(what, Amount::new(value, unit)).goal(Goal::amount(bar, aim, unit))
    };
    let share = f64::from(messages) / 1e6;
    let milliseconds = |value| Amount::new(value, Unit::Milliseconds);
    let (alone, meanwhile) = (alone.percentile(99), meanwhile.percentile(99));
    vec![
        amount(
            format!("{messages} messages"),
            seconds,
            Unit::Seconds,
            180.0 * share,
            90.0 * share,
        ),
        amount(
            "longest lock on an old table".into(),
            1e3 * longest,
            Unit::Milliseconds,
            100.0,
            50.0,
        ),
        amount(
            "memory of the command, MiB".into(),
            peak_kib / 1024.0,
            Unit::Count,
            200.0,
            100.0,
        ),
        Figure::alone(
            "p99 of the old application's writes meanwhile",
            milliseconds(meanwhile),
        )
        .against("without the move", milliseconds(alone), meanwhile / alone)
        .goal(Goal::ratio(2.0, 1.5)),
    ]
}

fn peak_kib(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = peak.and_then(|peak| peak.trim().split(' ').next()?.parse().ok());
    number.unwrap_or(0.0)
}

struct Writer<'a> {
    setup: &'a Setup,
    database: &'a str,
    conversations: u32,
}

impl Writer<'_> {
    fn turn(&self) -> Result<Latencies> {
        let script = self.setup.path("old_application.pgbench");
        fs::write(&script, include_str!("../sql/old_application.pgbench"))?;
        let mut command = Command::new(self.setup.pgbench()?);
        command.args([
            "-n",
            "-T",
            &TURN.as_secs().to_string(),
            "-c",
            "4",
            "-R",
            PER_SECOND,
        ]);
        command.args(["-D", &format!("conversations={}", self.conversations)]);
        command.arg("-f").arg(script);
        pgbench::logged(&mut command, self.database, &self.setup.path(""), "old")
    }
}
