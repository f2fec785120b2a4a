//! `haggle token`: a signed token, for scripts and first steps.

use std::{process::ExitCode, sync::Arc};

use chat::ids::UserId;
use clap::ArgMatches;

use super::process::fail;
use crate::{
    auth::Auth,
    clock::SystemClock,
    demo,
    settings::{Settings, Wrong, values},
    stdout::say,
};

/// Without a secret in the settings, the demo's of this data folder is taken.
pub fn run(settings: &Settings, matches: &ArgMatches) -> Result<ExitCode, Vec<Wrong>> {
    let text = |name| matches.get_one::<String>(name).map_or("", String::as_str);
    let ttl = values::duration(text("ttl")).map_err(|reason| vec![Wrong::new("--ttl", reason)])?;
    let user = UserId::new(text("user"));
    let secret = settings.jwt_secret.clone();
    let secret = secret.or_else(|| demo::recall_secret(&settings.data_dir));
    let auth = match Auth::new(secret.as_ref(), None, Arc::new(SystemClock)) {
        Ok(auth) => auth.with_user_in(settings.token_user.clone()),
        Err(error) => return Ok(fail(&error)),
    };
    let Some((token, _)) = auth.sign(&user, ttl) else {
        let reason = "is needed to sign a token";
        return Err(vec![Wrong::new("HAGGLE_JWT_SECRET", reason)]);
    };
    say(&token);
    Ok(ExitCode::SUCCESS)
}
