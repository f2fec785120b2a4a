//! How far a move is: a bar that moves on a terminal, a line every ten seconds elsewhere.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use chat_postgres::legacy_copy::{Progress, Stage};

use crate::stdout::say;

const LINES: Duration = Duration::from_secs(10);
const BAR: Duration = Duration::from_millis(200);
const WIDTH: usize = 30;

pub struct Shown {
    is_terminal: bool,
    state: Mutex<State>,
}

struct State {
    stage: Option<Stage>,
    began: Instant,
    told: Instant,
}

impl Shown {
    pub fn new() -> Self {
        let now = Instant::now();
        Self {
            is_terminal: stderr().is_terminal(),
            state: Mutex::new(State {
                stage: None,
                began: now,
                told: now,
            }),
        }
    }

    /// Leaves the terminal as it was.
    pub fn end(&self) {
        if self.is_terminal {
            let _ = write!(stderr().lock(), "\r\x1b[K");
        }
    }
}

impl Progress for Shown {
    fn at(&self, stage: Stage, done: i64, all: i64) {
        let mut shown = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let is_new = shown.stage != Some(stage);
        if is_new {
            shown.stage = Some(stage);
            shown.began = now;
        }
        let pause = if self.is_terminal { BAR } else { LINES };
        if now - shown.told < pause && !(is_new && self.is_terminal) {
            return;
        }
        shown.told = now;
        let line = line(stage, done, all, now - shown.began);
        if self.is_terminal {
            let _ = write!(stderr().lock(), "\r\x1b[K{} {line}", bar(done, all));
        } else {
            say(&line);
        }
    }
}

fn line(stage: Stage, done: i64, all: i64, took: Duration) -> String {
    let (what, of) = match stage {
        Stage::Reading => ("reading the old chat", "blocks"),
        Stage::Copying => ("copying messages", "messages"),
        Stage::Checking => return "checking that everything is there".to_owned(),
    };
    let seconds = i64::try_from(took.as_secs()).unwrap_or(i64::MAX);
    let rate = if seconds > 0 { done / seconds } else { 0 };
    let left = (rate > 0).then(|| (all - done).max(0) / rate);
    let left = left.map_or_else(String::new, |left| format!(", {} left", time(left)));
    format!("{what}: {done} of {all} {of}, {rate} a second{left}")
}

pub fn time(seconds: i64) -> String {
    if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

fn bar(done: i64, all: i64) -> String {
    let width = i64::try_from(WIDTH).unwrap_or(0);
    let full = if all > 0 {
        (done * width / all).clamp(0, width)
    } else {
        0
    };
    let full = usize::try_from(full).unwrap_or(0);
    format!("[{}{}]", "=".repeat(full), " ".repeat(WIDTH - full))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use chat_postgres::legacy_copy::Stage;

    use super::{bar, line};

    #[test]
    fn rate_and_remaining_time_are_told_once_they_are_known() {
        let copying =
            |done, seconds| line(Stage::Copying, done, 1_000, Duration::from_secs(seconds));
        assert_eq!(
            copying(0, 0),
            "copying messages: 0 of 1000 messages, 0 a second"
        );
        assert_eq!(
            copying(200, 2),
            "copying messages: 200 of 1000 messages, 100 a second, 8 s left"
        );
        assert_eq!(bar(500, 1_000).matches('=').count(), 15);
        assert_eq!(bar(0, 0).len(), 32);
    }
}
