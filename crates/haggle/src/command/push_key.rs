//! `haggle push-key`: makes the key for push messages.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Arg, ArgMatches, Command, value_parser};
use web_push::Vapid;

use super::process::fail;
use crate::stdout::say;

const FILE: &str = "vapid.pem";

pub fn command() -> Command {
    let file = Arg::new("file")
        .value_name("FILE")
        .default_value(FILE)
        .value_parser(value_parser!(PathBuf))
        .help("Where it goes; nothing that is there is written over");
    Command::new("push-key")
        .about("Makes the key for push messages, for HAGGLE_VAPID_KEY")
        .arg(file)
}

pub fn run(matches: &ArgMatches) -> ExitCode {
    let file = matches
        .get_one::<PathBuf>("file")
        .map_or(Path::new(FILE), PathBuf::as_path);
    match make(file) {
        Ok(public_key) => {
            say(&format!("HAGGLE_VAPID_KEY={}", file.display()));
            say(&format!("public key: {public_key}"));
            ExitCode::SUCCESS
        }
        Err(reason) => fail(&reason),
    }
}

/// With another key every browser would have to subscribe anew.
fn make(file: &Path) -> Result<String, String> {
    let text = Vapid::generate().ok_or("no key can be made")?;
    let key = Vapid::parse(&text).map_err(|error| error.to_string())?;
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(file);
    let written = opened.and_then(|mut opened| opened.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!(
            "{} is there already; with another key every browser would have to subscribe anew",
            file.display()
        ),
        _ => format!("{}: {error}", file.display()),
    })?;
    Ok(key.public_key())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use web_push::Vapid;

    use super::make;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key.pem");
        let public = make(&file).unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert_eq!(Vapid::parse(&text).unwrap().public_key(), public);
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert!(make(&file).unwrap_err().contains("is there already"));
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}
