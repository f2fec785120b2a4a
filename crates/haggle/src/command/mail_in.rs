//! `haggle mail-in`: one message on standard input, handed to the server of this machine. It ends with
//! what a mail server's pipe understands (sysexits.h): 0 taken, 65 refused, 75 try later. With `--lmtp` a mail
//! server brings one after the other.

mod connection;
mod hand_over;
mod lmtp;

use std::{
    io::{self, Read},
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command};

use self::{
    hand_over::{Failed, check, hand_over},
    lmtp::Address,
};
use super::process::fail;
use crate::{reach::most_mail_bytes, settings::Settings};

const REFUSED: u8 = 65;
const LATER: u8 = 75;

pub(super) fn command() -> Command {
    let lmtp = Arg::new("lmtp")
        .long("lmtp")
        .value_name("ADDRESS|unix:PATH")
        .help("Takes messages of a mail server there, by LMTP, until it is ended");
    Command::new("mail-in")
        .about("Sends one e-mail, from standard input, into the conversation it answers")
        .arg(lmtp)
}

pub(super) fn run(settings: &Settings, matches: &ArgMatches) -> ExitCode {
    if let Some(address) = matches.get_one::<String>("lmtp") {
        if let Err(reason) = check(settings) {
            return fail(&reason);
        }
        return match lmtp::serve(settings, &Address::parse(address)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&format!("nobody can be heard at {address}: {error}")),
        };
    }
    match take(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed::Refused(reason)) => end(REFUSED, &reason),
        Err(Failed::Later(reason)) => end(LATER, &reason),
    }
}

fn end(code: u8, reason: &str) -> ExitCode {
    eprintln!("{reason}");
    ExitCode::from(code)
}

fn take(settings: &Settings) -> Result<(), Failed> {
    check(settings).map_err(|reason| Failed::Later(reason.to_owned()))?;
    let most_bytes = most_mail_bytes(settings);
    let mut bytes = Vec::new();
    io::stdin()
        .take(most_bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failed::Later(format!("standard input: {error}")))?;
    if bytes.len() > most_bytes {
        return Err(Failed::Refused("The e-mail is too large".to_owned()));
    }
    hand_over(settings, &[&bytes])
}
