//! `haggle attachments move`: the bytes of all files to another place.

use std::process::ExitCode;

use chat_postgres::PgStorage;
use clap::{Arg, ArgMatches, Command};
use futures_util::{StreamExt, stream};

use super::process::{block_on, fail, without_slow_statements};
use crate::{
    database::Database,
    logging,
    object_store::{Copied, Part, Store, copy},
    settings::{Settings, StoreAddress, Wrong},
    stdout::say,
};

/// Files that are asked for in one go.
const PAGE: i64 = 500;
/// Objects that are copied at a time.
const AT_ONCE: usize = 4;
/// Objects between two words of how far it is.
const SAID: u64 = 1_000;

pub fn command() -> Command {
    let to = Arg::new("to").long("to").value_name("URL").required(true);
    Command::new("attachments")
        .about("Looks after the bytes of files")
        .subcommand_required(true)
        .subcommand(
            Command::new("move")
                .about("Copies the bytes of all files to another object store")
                .arg(to.help("What HAGGLE_OBJECT_STORE will be: file:///folder or s3://bucket/…"))
                .after_help(
                    "Nothing is removed. It can be ended and run again, while servers run too.",
                ),
        )
}

/// What was done. The parts add up.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    objects: u64,
    copied: u64,
    bytes: u64,
    there: u64,
    missing: u64,
    failed: u64,
}

pub fn run(settings: &Settings, matches: &ArgMatches) -> Result<ExitCode, Vec<Wrong>> {
    let matches = matches.subcommand_matches("move");
    let url = matches.and_then(|matches| matches.get_one::<String>("to"));
    let url = url.cloned().unwrap_or_default();
    let wrong = |reason| vec![Wrong::new("--to", reason)];
    let address = StoreAddress::parse(&url).map_err(wrong)?;
    let to = Store::at(settings, Some(&address)).map_err(wrong)?;
    let from = Store::of(settings);
    let from = from.map_err(|reason| vec![Wrong::new("HAGGLE_OBJECT_STORE", reason)])?;
    if from.describe() == to.describe() {
        return Err(wrong("is where the files are already".to_owned()));
    }
    logging::install(&without_slow_statements(&settings.log));
    Ok(block_on(async {
        let database = match Database::open(settings).await {
            Ok(database) => database,
            Err(error) => return fail(&error),
        };
        let moved = match PgStorage::connect(&database.options(settings)).await {
            Ok(storage) => {
                let moved = move_all(&storage, &from, &to).await;
                storage.close().await;
                moved
            }
            Err(error) => Err(error.to_string()),
        };
        database.close().await;
        match moved {
            Ok(counts) => tell(&counts, &to, &url),
            Err(error) => fail(&error),
        }
    }))
}

async fn move_all(storage: &PgStorage, from: &Store, to: &Store) -> Result<Counts, String> {
    to.probe()
        .await
        .map_err(|error| format!("{}: {error}", to.describe()))?;
    let mut counts = Counts::default();
    let mut after = None;
    loop {
        let files = storage.kept_files(after.as_ref(), PAGE).await;
        let files = files.map_err(|error| error.to_string())?;
        let Some(last) = files.last() else {
            return Ok(counts);
        };
        after = Some(last.id.clone());
        let objects = files.into_iter().flat_map(|file| {
            let thumbnail = file
                .has_thumbnail
                .then(|| (file.id.clone(), Part::Thumbnail));
            [Some((file.id, Part::File)), thumbnail]
                .into_iter()
                .flatten()
        });
        let copies = objects.map(|(id, part)| async move {
            let copied = copy(from, to, &id, part).await;
            (id, part, copied)
        });
        let mut copies = stream::iter(copies).buffer_unordered(AT_ONCE);
        while let Some((id, part, copied)) = copies.next().await {
            counts.objects += 1;
            match copied {
                Ok(Copied::New(bytes)) => {
                    counts.copied += 1;
                    counts.bytes += bytes;
                }
                Ok(Copied::There) => counts.there += 1,
                Ok(Copied::Missing) => {
                    counts.missing += 1;
                    eprintln!("haggle: {id}: its {} is not there", part.as_str());
                }
                Err(error) => {
                    counts.failed += 1;
                    eprintln!("haggle: {id}: its {}: {error}", part.as_str());
                }
            }
            if counts.objects.is_multiple_of(SAID) {
                eprintln!("haggle: {} objects", counts.objects);
            }
        }
    }
}

fn tell(counts: &Counts, to: &Store, url: &str) -> ExitCode {
    let Counts {
        objects,
        copied,
        bytes,
        there,
        missing,
        failed,
    } = counts;
    say(&format!(
        "{objects} objects: {copied} copied ({bytes} bytes), {there} there already, {missing} missing, {failed} failed"
    ));
    if *failed > 0 {
        return fail(&"some objects are not there; run it again");
    }
    say(&format!("everything that there is is in {}", to.describe()));
    say(
        "what comes meanwhile is still where it was: stop the servers, run this again, and start them with",
    );
    say(&format!("HAGGLE_OBJECT_STORE={url}"));
    if *missing > 0 {
        return fail(&format!(
            "{missing} objects are missing where the files are now"
        ));
    }
    ExitCode::SUCCESS
}
