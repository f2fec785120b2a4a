//! What operators read: one line an event on standard error, as text or JSON, with the
//! ids of request, user and conversation. Never a message's text, never a secret, at any level.

mod budget;
#[cfg(test)]
mod captured;
mod filter;
pub mod samples;

use std::{io::IsTerminal, panic, sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;
use tracing_subscriber::{Layer, fmt, layer::SubscriberExt};

pub use self::budget::Budget;
use self::{budget::Budgeted, filter::LineFilter};
use crate::settings::{Log, LogFormat};

/// How often operators are told how many lines they were spared.
const REPORT: Duration = Duration::from_mins(1);

/// Starts to log, and takes panics into the log. A second call changes nothing.
pub fn install(log: &Log) -> Budget {
    let budget = Budget::default();
    // Checked with the settings.
    let filter = LineFilter::new(log.level.parse().unwrap_or_default());
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
    let layer = Budgeted {
        layer,
        budget: budget.clone(),
    };
    // Not by `try_init`, which also takes what libraries say by the crate `log`: a record that the
    // filter refuses there makes the registry forget our next line.
    let subscriber = tracing_subscriber::registry().with(layer.with_filter(filter));
    let installed = tracing::subscriber::set_global_default(subscriber);
    if installed.is_ok() {
        panic::set_hook(Box::new(|panic| {
            let place = panic
                .location()
                .map(ToString::to_string)
                .unwrap_or_default();
            // A message that was put together may quote what somebody wrote.
            let message = panic.payload().downcast_ref::<&'static str>();
            let message = message.copied().unwrap_or_default();
            tracing::error!(place, message, "a panic: this is a defect");
        }));
    }
    budget
}

/// Tells which lines came too often to be written, until the server drains.
pub async fn report(budget: Budget, samples: Arc<samples::Samples>, draining: CancellationToken) {
    let mut every_minute = tokio::time::interval(REPORT);
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = every_minute.tick() => {}
        }
        samples.report();
        budget.report();
    }
}
