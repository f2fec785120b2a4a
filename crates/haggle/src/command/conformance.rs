//! `haggle conformance`: plays a client against a running server, which need not be of these settings.

use std::process::ExitCode;

use chat::timestamp::Clock;
use clap::{Arg, ArgMatches, Command, value_parser};
use conformance::{Outcome, Target, Verdict};

use super::process::{block_on, fail};
use crate::{clock::SystemClock, stdout::say};

const ROUNDS: i64 = 100;

pub(super) fn command() -> Command {
    let text =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("conformance")
        .about("Plays cuts and races against a running server, and says which promises held; writes messages into a conversation")
        .arg(text("url", "URL").required(true).help("Where the server is: https://chat.example.com"))
        .arg(text("token", "TOKEN").required(true).help("Of the user to play"))
        .arg(text("other-token", "TOKEN").help("Of somebody else in the same conversation, who then listens"))
        .arg(text("conversation", "ID").help("Where to write [default: the user's newest]"))
        .arg(
            text("rounds", "NUMBER")
                .value_parser(value_parser!(u32).range(1..=ROUNDS))
                .default_value("3")
                .help("How often the socket is cut, with two messages each time"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    let required = |name: &str| text(name).unwrap_or_default();
    let target = match Target::new(&required("url"), &required("token"), &SystemClock.new_id()) {
        Ok(target) => target,
        Err(reason) => return fail(&format!("--url {reason}")),
    };
    let target = target
        .with_other(text("other-token"))
        .in_conversation(text("conversation"))
        .with_rounds(matches.get_one("rounds").copied().unwrap_or(1));
    block_on(async {
        match conformance::run(target, |outcome| say(&outcome.to_string())).await {
            Ok(outcomes) => sum(&outcomes),
            Err(reason) => fail(&reason),
        }
    })
}

fn sum(outcomes: &[Outcome]) -> ExitCode {
    let count = |is: fn(&Verdict) -> bool| outcomes.iter().filter(|one| is(&one.verdict)).count();
    let broken = count(|verdict| matches!(verdict, Verdict::Broken(_)));
    let skipped = count(|verdict| matches!(verdict, Verdict::Skipped(_)));
    let held = outcomes.len() - broken - skipped;
    say(&format!("{held} held, {broken} broken, {skipped} skipped"));
    if broken == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
