//! What operators read: one line an event on standard error, as text or JSON, with the
//! ids of request, user and conversation. Never a message's text, never a secret.

use std::{io::IsTerminal, panic};

use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    fmt,
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::settings::{Log, LogFormat};

/// Starts to log, and takes panics into the log. A second call changes nothing.
pub fn install(log: &Log) {
    // Checked with the settings.
    let level: Targets = log.level.parse().unwrap_or_default();
    // PostgreSQL's remarks on what a migration does on purpose.
    let level = level.with_target("sqlx::postgres::notice", LevelFilter::WARN);
    let stderr = std::io::stderr;
    let layer = match log.format {
        LogFormat::Text => {
            let colours = stderr().is_terminal();
            fmt::layer().with_writer(stderr).with_ansi(colours).boxed()
        }
        LogFormat::Json => {
            let json = fmt::layer()
                .json()
                .flatten_event(true)
                .with_span_list(false);
            json.with_writer(stderr).boxed()
        }
    };
    let installed = tracing_subscriber::registry()
        .with(layer.with_filter(level))
        .try_init();
    if installed.is_ok() {
        panic::set_hook(Box::new(|panic| {
            let place = panic
                .location()
                .map(ToString::to_string)
                .unwrap_or_default();
            let message = panic.payload_as_str().unwrap_or_default();
            tracing::error!(place, message, "a panic");
        }));
    }
}
