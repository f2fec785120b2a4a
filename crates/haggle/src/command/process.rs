//! How a command runs and ends.

use std::process::ExitCode;

use crate::settings::Log;

pub fn fail(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("haggle: {error}");
    ExitCode::FAILURE
}

/// Runs a command's future on all cores.
pub fn block_on(future: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => {
            let code = runtime.block_on(future);
            // Nothing that still blocks a thread keeps the process.
            runtime.shutdown_background();
            code
        }
        Err(error) => fail(&error),
    }
}

/// The log of a command whose statements go through everything: that they are slow is no news.
pub fn without_slow_statements(log: &Log) -> Log {
    Log {
        level: format!("{},sqlx::query=error", log.level),
        ..log.clone()
    }
}
