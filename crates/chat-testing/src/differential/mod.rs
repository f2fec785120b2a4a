//! Random sequences of commands, run in two worlds that must not differ.
//!
//! Every answer and every event is compared, then everything that is stored; the
//! ids that a world made up are replaced by numbers in the order in which they
//! appear. A sequence that shows a difference is cut down to what is needed for it:
//!
//! ```
//! # async fn run() {
//! use chat_testing::{conformance::World, differential};
//!
//! let worlds = async || (World::in_memory(), World::in_memory());
//! if let Err(failure) = differential::try_seed(7, 200, worlds).await {
//!     panic!("{failure}");
//! }
//! # }
//! ```

mod cast;
mod command;
mod generate;
mod invariants;
mod names;
mod random;
mod run;
mod shrink;
#[cfg(test)]
mod tests;

use std::{error::Error, fmt};

pub use command::{
    Bid, Command, Deed, Entry, Lease, Named, Only, Place, Question, Reply, Seen, Setting, Who, Wish,
};
pub use generate::generate;
pub use invariants::check_invariants;
pub use shrink::shrink;

use crate::conformance::World;
use run::Run;

/// Two worlds answered differently, or published differently, or one broke an invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// How many commands went before without one.
    pub after: usize,
    /// What was asked.
    pub question: String,
    pub left: String,
    pub right: String,
}

/// A seed whose commands show a difference, and the fewest that still do.
#[derive(Clone, Debug)]
pub struct Failure {
    pub seed: u64,
    pub commands: Vec<Command>,
    pub difference: Difference,
}

/// Runs the commands of this seed in fresh worlds. `worlds` is asked again for
/// every attempt to find a shorter sequence.
pub async fn try_seed(
    seed: u64,
    length: usize,
    worlds: impl AsyncFn() -> (World, World),
) -> Result<(), Box<Failure>> {
    let attempt = async |commands: &[Command]| {
        let (left, right) = worlds().await;
        compare(commands, &left, &right).await.err()
    };
    let commands = generate(seed, length);
    let Some(mut difference) = attempt(&commands).await else {
        return Ok(());
    };
    let commands = shrink(commands, async |fewer| attempt(fewer).await.is_some()).await;
    if let Some(shorter) = attempt(&commands).await {
        difference = shorter;
    }
    Err(Box::new(Failure {
        seed,
        commands,
        difference,
    }))
}

/// Runs the commands in both worlds, which must be empty, and compares every
/// answer, every event, and in the end everything that is stored.
pub async fn compare(commands: &[Command], left: &World, right: &World) -> Result<(), Difference> {
    let mut runs = [Run::new(left), Run::new(right)];
    for (after, command) in commands.iter().enumerate() {
        let mut answers = Vec::new();
        for run in &mut runs {
            answers.push(run.step(command).await);
        }
        same(after, || format!("{command:?}"), answers)?;
    }
    let mut looks = Vec::new();
    let mut sound = Vec::new();
    for run in &mut runs {
        looks.push(run.look().await);
        sound.push(format!("{:?}", check_invariants(run.world).await));
    }
    let after = commands.len();
    same(after, || "everything that is stored".to_owned(), looks)?;
    if sound.iter().any(|sound| sound != "Ok(())") {
        return Err(difference(after, "the invariants".to_owned(), sound));
    }
    Ok(())
}

fn same(
    after: usize,
    question: impl Fn() -> String,
    answers: Vec<String>,
) -> Result<(), Difference> {
    if answers.iter().all(|answer| *answer == answers[0]) {
        Ok(())
    } else {
        Err(difference(after, question(), answers))
    }
}

fn difference(after: usize, question: String, answers: Vec<String>) -> Difference {
    let mut answers = answers.into_iter();
    Difference {
        after,
        question,
        left: answers.next().unwrap_or_default(),
        right: answers.next().unwrap_or_default(),
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            after,
            question,
            left,
            right,
        } = self;
        writeln!(f, "after {after} commands: {question}")?;
        writeln!(f, "--- left\n{left}\n--- right\n{right}")
    }
}

impl Error for Difference {}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "seed {} shows a difference, and so do:", self.seed)?;
        for command in &self.commands {
            writeln!(f, "    {command:?},")?;
        }
        write!(f, "{}", self.difference)
    }
}

impl Error for Failure {}
