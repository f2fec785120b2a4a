//! What happened, in numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::frame::Frame;
use crate::history::{Event, History, What};

#[derive(Clone, Debug, Default)]
pub struct Summary {
    pub rounds: usize,
    pub messages: usize,
    pub attempts: usize,
    pub acknowledged: usize,
    /// Answers to offers.
    pub concluded: usize,
    /// Blocks and closes.
    pub barred: usize,
    /// By webhook, repeats included.
    pub told: usize,
    pub unanswered: usize,
    /// By status.
    pub refused: BTreeMap<u16, usize>,
    pub connects: usize,
    pub resumes: usize,
    pub resets: usize,
    pub frames: usize,
    /// By close code; 0 is the client's own end.
    pub closes: BTreeMap<u16, usize>,
    /// By what they are.
    pub faults: BTreeMap<String, usize>,
    /// Milliseconds from the first attempt to return until `ready`.
    returns: Vec<u64>,
    pub most_resident_kib: u64,
    pub violations: usize,
}

impl Summary {
    pub fn add(&mut self, history: &History) {
        self.rounds += 1;
        let mut keys = BTreeSet::new();
        for event in &history.events {
            self.count(event, &mut keys);
        }
        self.messages += keys.len();
        self.returns.extend(returns(&history.events));
    }

    fn count<'a>(&mut self, event: &'a Event, keys: &mut BTreeSet<(&'a str, &'a str)>) {
        match &event.what {
            What::Sends { conversation, key } => {
                self.attempts += 1;
                keys.insert((conversation, key));
            }
            What::Acknowledged { .. } => self.acknowledged += 1,
            What::Concludes { .. } => self.concluded += 1,
            What::Barred { .. } => self.barred += 1,
            What::Told { .. } => self.told += 1,
            What::Unanswered { .. } => self.unanswered += 1,
            What::Answered { status, .. } => *self.refused.entry(*status).or_default() += 1,
            What::Connects { .. } => self.connects += 1,
            What::Resumes { .. } => self.resumes += 1,
            What::Hears(frame) => {
                self.frames += 1;
                self.resets += usize::from(matches!(frame, Frame::Reset { .. }));
            }
            What::Loses { code } => *self.closes.entry(*code).or_default() += 1,
            What::Suffers { target, fault } => {
                let (target, fault) = (target.to_string(), fault.to_string());
                let target = target.replace(|c: char| c.is_ascii_digit(), "*");
                let fault = fault.split(" by ").next().unwrap_or(&fault);
                let fault = fault.split(" with ").next().unwrap_or(fault);
                let kind = format!("{fault} of {target}");
                *self.faults.entry(kind).or_default() += 1;
            }
            What::Measures { resident_kib } => {
                self.most_resident_kib = self.most_resident_kib.max(*resident_kib);
            }
            _ => {}
        }
    }

    fn percentile(&self, percent: usize) -> u64 {
        let mut sorted = self.returns.clone();
        sorted.sort_unstable();
        let last = sorted.len().saturating_sub(1);
        sorted
            .get(last * percent / 100)
            .copied()
            .unwrap_or_default()
    }
}

/// From the first attempt after a socket was lost until `ready`.
fn returns(events: &[Event]) -> Vec<u64> {
    let mut began: BTreeMap<&str, u64> = BTreeMap::new();
    let mut returns = Vec::new();
    for event in events {
        match &event.what {
            What::Connects { .. } => {
                began.entry(&event.who).or_insert(event.at);
            }
            What::Hears(Frame::Ready) => {
                let began = began.remove(&*event.who);
                returns.extend(began.map(|began| event.at - began));
            }
            _ => {}
        }
    }
    returns
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let retries = self.attempts - self.messages.min(self.attempts);
        writeln!(f, "rounds        {}", self.rounds)?;
        writeln!(f, "messages      {}", self.messages)?;
        writeln!(
            f,
            "attempts      {}, {retries} of them again",
            self.attempts
        )?;
        writeln!(f, "acknowledged  {}", self.acknowledged)?;
        writeln!(f, "unanswered    {}", self.unanswered)?;
        writeln!(f, "offers        {} answers", self.concluded)?;
        writeln!(f, "shut out      {} times", self.barred)?;
        writeln!(f, "told          {} times by webhook", self.told)?;
        writeln!(f, "refused       {:?}", self.refused)?;
        writeln!(
            f,
            "sockets       {}, and {} further resumes",
            self.connects, self.resumes
        )?;
        writeln!(f, "closed        {:?}", self.closes)?;
        writeln!(
            f,
            "heard         {} frames, {} resets",
            self.frames, self.resets
        )?;
        let (half, most) = (self.percentile(50), self.percentile(99));
        let all = self.returns.len();
        writeln!(f, "back, ready   p50 {half} ms, p99 {most} ms of {all}")?;
        writeln!(f, "memory        {} KiB at most", self.most_resident_kib)?;
        let faults: usize = self.faults.values().sum();
        writeln!(f, "faults        {faults}")?;
        for (kind, count) in &self.faults {
            writeln!(f, "  {count:>6}  {kind}")?;
        }
        write!(f, "violations    {}", self.violations)
    }
}
