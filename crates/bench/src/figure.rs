//! A figure, what it is held against, and how it is shown.

use std::fmt;

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    PerSecond,
    Microseconds,
    Milliseconds,
    Seconds,
    Bytes,
    /// Of things, or of things for each of others.
    Count,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub struct Amount {
    pub value: f64,
    pub unit: Unit,
}

impl Amount {
    pub fn new(value: f64, unit: Unit) -> Self {
        Self { value, unit }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value;
        match self.unit {
            Unit::PerSecond => write!(f, "{value:.0}/s"),
            Unit::Microseconds => write!(f, "{value:.0} µs"),
            Unit::Milliseconds if value >= 10.0 => write!(f, "{value:.1} ms"),
            Unit::Milliseconds => write!(f, "{value:.2} ms"),
            Unit::Seconds => write!(f, "{value:.2} s"),
            Unit::Count if value.fract() == 0.0 => write!(f, "{value:.0}"),
            Unit::Count => write!(f, "{value:.2}"),
            Unit::Bytes => write!(f, "{:.1} KiB", value / 1024.0),
        }
    }
}

/// What is good enough, and what we want.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Goal {
    pub bar: f64,
    pub aim: f64,
    /// Of the measured amount itself, not of its ratio.
    pub unit: Option<Unit>,
}

impl Goal {
    pub const fn ratio(bar: f64, aim: f64) -> Self {
        let unit = None;
        Self { bar, aim, unit }
    }

    pub const fn amount(bar: f64, aim: f64, unit: Unit) -> Self {
        let unit = Some(unit);
        Self { bar, aim, unit }
    }

    /// More is better where the aim is above the bar.
    fn verdict(&self, value: f64) -> &'static str {
        let reaches = |goal: f64| {
            if self.aim > self.bar {
                value >= goal
            } else {
                value <= goal
            }
        };
        if reaches(self.aim) {
            "aim reached"
        } else if reaches(self.bar) {
            "above the bar"
        } else {
            "**below the bar**"
        }
    }

    fn show(&self, goal: f64) -> String {
        match self.unit {
            Some(unit) => Amount::new(goal, unit).to_string(),
            None => format!("{goal} ×"),
        }
    }
}

/// A line of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    pub what: String,
    pub measured: Amount,
    pub against: Option<Against>,
    /// Not always the quotient of the two: the median of the rounds' ratios, where there are rounds.
    pub ratio: Option<f64>,
    /// The least and the greatest of the rounds' ratios.
    pub spread: Option<(f64, f64)>,
    pub goal: Option<Goal>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Against {
    pub what: String,
    pub measured: Amount,
}

impl Figure {
    pub fn alone(what: impl Into<String>, measured: Amount) -> Self {
        Self {
            what: what.into(),
            measured,
            against: None,
            ratio: None,
            spread: None,
            goal: None,
        }
    }

    pub fn against(mut self, what: impl Into<String>, measured: Amount, ratio: f64) -> Self {
        let what = what.into();
        self.against = Some(Against { what, measured });
        self.ratio = Some(ratio);
        self
    }

    /// Against something that took turns with it: the ratio of each round.
    pub fn rounds(self, what: impl Into<String>, measured: Amount, ratios: &[f64]) -> Self {
        let mut figure = self.against(what, measured, median(ratios.iter().copied()));
        let least = ratios.iter().copied().reduce(f64::min);
        figure.spread = least.zip(ratios.iter().copied().reduce(f64::max));
        figure
    }

    pub fn goal(mut self, goal: Goal) -> Self {
        self.goal = Some(goal);
        self
    }

    /// The cells of its line.
    pub fn cells(&self) -> [String; 7] {
        let judged = match (self.goal, self.ratio) {
            (Some(Goal { unit: Some(_), .. }), _) => Some(self.measured.value),
            (_, ratio) => ratio,
        };
        let goal = |show: fn(&Goal) -> String| self.goal.as_ref().map(show).unwrap_or_default();
        [
            self.what.clone(),
            self.measured.to_string(),
            self.against
                .as_ref()
                .map(|against| format!("{}: {}", against.what, against.measured))
                .unwrap_or_default(),
            self.shown_ratio(),
            goal(|goal| goal.show(goal.bar)),
            goal(|goal| goal.show(goal.aim)),
            judged
                .zip(self.goal)
                .map(|(value, goal)| goal.verdict(value).to_owned())
                .unwrap_or_default(),
        ]
    }
}

impl Figure {
    fn shown_ratio(&self) -> String {
        match (self.ratio, self.spread) {
            (None, _) => String::new(),
            (Some(ratio), None) => format!("{ratio:.2} ×"),
            (Some(ratio), Some((least, most))) => format!("{ratio:.2} × ({least:.2} to {most:.2})"),
        }
    }
}

pub const HEADS: [&str; 7] = ["what", "measured", "against", "ratio", "bar", "aim", ""];

/// The middle of some figures.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => values[length / 2],
        length => f64::midpoint(values[length / 2 - 1], values[length / 2]),
    }
}

/// The ratio of each round.
pub fn rounds_of(ours: &[f64], theirs: &[f64]) -> Vec<f64> {
    ours.iter()
        .zip(theirs)
        .map(|(ours, theirs)| ours / theirs)
        .collect()
}

/// The greatest in each round of several that had as many rounds.
pub fn best_of<'a>(all: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
    let greater = |best: Vec<f64>, rounds: &[f64]| {
        let pairs = best.iter().zip(rounds);
        pairs.map(|(one, other)| one.max(*other)).collect()
    };
    all.map(<[f64]>::to_vec)
        .reduce(|best, rounds| greater(best, &rounds))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Goal, best_of, median};

    #[test]
    fn a_goal_knows_its_direction() {
        let more = Goal::ratio(1.5, 2.5);
        let less = Goal::ratio(4.0, 2.0);
        assert_eq!(more.verdict(2.5), "aim reached");
        assert_eq!(more.verdict(1.4), "**below the bar**");
        assert_eq!(less.verdict(3.0), "above the bar");
        assert_eq!(less.verdict(5.0), "**below the bar**");
    }

    #[test]
    fn the_best_is_that_of_each_round() {
        let all: [&[f64]; 2] = [&[1.0, 4.0], &[3.0, 2.0]];
        assert_eq!(best_of(all.into_iter()), [3.0, 4.0]);
    }

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median([3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median([4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
    }
}
