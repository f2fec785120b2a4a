//! Which lines are written: those of the level that the settings ask for, and of libraries only what says
//! nothing about what passes through them.

use tracing::{Level, Metadata, Subscriber, subscriber::Interest};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::{Context, Filter},
};

/// The crates whose every line we have written ourselves.
const OURS: [&str; 6] = [
    "haggle",
    "chat",
    "chat_postgres",
    "cluster",
    "redis_link",
    "wire",
];
/// Says the values of parameters of the database's address that it does not know.
const TELLTALE: &str = "sqlx_postgres::options";

/// The filter of the log.
#[derive(Debug)]
pub struct LineFilter(Targets);

impl LineFilter {
    pub fn new(asked: Targets) -> Self {
        // PostgreSQL's remarks on what a migration does on purpose.
        Self(asked.with_target("sqlx::postgres::notice", LevelFilter::WARN))
    }
}

/// Libraries quote at their lower levels what they carry: frames, headers, statements.
fn may_be_told(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let root = target.split("::").next().unwrap_or(target);
    OURS.contains(&root) || (*metadata.level() <= Level::INFO && !target.starts_with(TELLTALE))
}

impl<S: Subscriber> Filter<S> for LineFilter {
    fn enabled(&self, metadata: &Metadata<'_>, context: &Context<'_, S>) -> bool {
        may_be_told(metadata) && Filter::enabled(&self.0, metadata, context)
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        if may_be_told(metadata) {
            Filter::<S>::callsite_enabled(&self.0, metadata)
        } else {
            Interest::never()
        }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Filter::<S>::max_level_hint(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{Layer, fmt, layer::SubscriberExt};

    use super::LineFilter;
    use crate::logging::captured::Captured;

    /// What is written at a level while `say` runs.
    fn written(level: &str, say: impl FnOnce()) -> String {
        let captured = Captured::default();
        let filter = LineFilter::new(level.parse().unwrap());
        let writer = captured.clone();
        let layer = fmt::layer().with_writer(move || writer.clone());
        let log = tracing_subscriber::registry().with(layer.with_filter(filter));
        tracing::subscriber::with_default(log, say);
        captured.text()
    }

    #[test]
    fn libraries_say_nothing_of_what_they_carry_whatever_is_asked_for() {
        for level in [
            "trace",
            "debug",
            "info,tungstenite=trace,sqlx=trace,hyper=trace,log=trace",
            "sqlx_postgres::options=trace",
        ] {
            let text = written(level, || {
                tracing::trace!(target: "tungstenite::protocol", "secret frame");
                tracing::debug!(target: "sqlx::query", "secret statement");
                tracing::debug!(target: "hyper::proto::h1", "secret header");
                tracing::debug!(target: "chatty", "secret of a namesake");
                tracing::trace!(target: "log", "secret record");
                tracing::warn!(target: "sqlx_postgres::options::parse", "secret parameter");
            });
            assert_eq!(text, "", "{level}");
        }
        let text = written("trace", || {
            tracing::trace!(target: "haggle::ws", "ours");
            tracing::warn!(target: "sqlx::pool", "theirs");
        });
        assert!(text.contains("ours") && text.contains("theirs"), "{text}");
    }
}
