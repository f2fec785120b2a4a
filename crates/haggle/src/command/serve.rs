//! `haggle serve` and `haggle demo`.

use std::process::ExitCode;

use super::process::{block_on, fail};
use crate::{logging, serve::serve, settings::Settings};

pub fn run(settings: Settings, is_demo: bool) -> ExitCode {
    let budget = logging::install(&settings.log);
    block_on(async move {
        match serve(settings, budget, is_demo).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&error),
        }
    })
}
