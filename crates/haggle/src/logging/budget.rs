//! Lines of one kind that are written in a minute: whatever happens, the log grows no faster than this.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    callsite::Identifier,
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{Layer, layer::Context, registry::LookupSpan};

/// Lines of one place in the source that are written in a minute.
const LINES: u32 = 200;
const MINUTE: Duration = Duration::from_mins(1);

/// A layer that writes, and is not asked to write more than the budget has.
#[derive(Debug)]
pub struct Budgeted<L> {
    pub layer: L,
    pub budget: Budget,
}

/// A filter cannot do this: one that lets an event pass and then refuses it confuses the registry.
impl<S, L> Layer<S> for Budgeted<L>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    L: Layer<S>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        self.layer.on_new_span(attributes, id, context);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        self.layer.on_record(id, values, context);
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if self.budget.allows(event.metadata(), Instant::now()) {
            self.layer.on_event(event, context);
        }
    }

    fn on_enter(&self, id: &Id, context: Context<'_, S>) {
        self.layer.on_enter(id, context);
    }

    fn on_exit(&self, id: &Id, context: Context<'_, S>) {
        self.layer.on_exit(id, context);
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        self.layer.on_close(id, context);
    }
}

/// How many lines each place in the source may still write in this minute. There are as many places as
/// the program has.
#[derive(Clone, Debug, Default)]
pub struct Budget(Arc<Mutex<HashMap<Identifier, Spent>>>);

#[derive(Debug)]
struct Spent {
    since: Instant,
    lines: u32,
    left_out: u64,
    place: String,
}

impl Budget {
    /// Who asks for details wants all of them.
    fn allows(&self, metadata: &Metadata<'_>, now: Instant) -> bool {
        if *metadata.level() > Level::INFO {
            return true;
        }
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let spent = spent.entry(metadata.callsite()).or_insert_with(|| Spent {
            since: now,
            lines: 0,
            left_out: 0,
            place: place(metadata),
        });
        if now.saturating_duration_since(spent.since) >= MINUTE {
            spent.since = now;
            spent.lines = 0;
        }
        let is_allowed = spent.lines < LINES;
        if is_allowed {
            spent.lines += 1;
        } else {
            spent.left_out += 1;
        }
        is_allowed
    }

    /// Says how many lines were left out since the last report.
    pub fn report(&self) {
        let left_out: Vec<_> = {
            let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let left_out = spent.values_mut().filter(|spent| spent.left_out > 0);
            left_out
                .map(|spent| (spent.place.clone(), std::mem::take(&mut spent.left_out)))
                .collect()
        };
        for (place, lines) in left_out {
            tracing::warn!(place, lines, "lines were left out of the log");
        }
    }
}

fn place(metadata: &Metadata<'_>) -> String {
    let line = metadata.line().unwrap_or_default();
    format!("{}:{line}", metadata.file().unwrap_or(metadata.target()))
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::{Layer, filter::LevelFilter, fmt, layer::SubscriberExt};

    use super::{Budget, Budgeted, LINES};
    use crate::logging::captured::Captured;

    fn written(level: LevelFilter, say: impl FnOnce(&Budget)) -> String {
        let (captured, budget) = (Captured::default(), Budget::default());
        let writer = captured.clone();
        let layer = Budgeted {
            layer: fmt::layer()
                .with_ansi(false)
                .with_writer(move || writer.clone()),
            budget: budget.clone(),
        };
        let log = tracing_subscriber::registry().with(layer.with_filter(level));
        tracing::subscriber::with_default(log, || say(&budget));
        captured.text()
    }

    #[test]
    fn a_line_that_comes_too_often_is_counted_and_told_once() {
        let text = written(LevelFilter::INFO, |budget| {
            for number in 0..LINES + 50 {
                let _request = tracing::info_span!("request", number).entered();
                tracing::info!("again and again");
            }
            tracing::info!("something else");
            budget.report();
            budget.report();
        });
        let lines = text.matches("again and again").count();
        assert_eq!(lines, usize::try_from(LINES).unwrap());
        assert!(
            text.contains("number=3") && text.contains("lines=50"),
            "{text}"
        );
        assert_eq!(text.matches("something else").count(), 1);
        assert_eq!(text.matches("left out").count(), 1);
    }

    #[test]
    fn who_asks_for_details_has_all_of_them() {
        let all = written(LevelFilter::DEBUG, |_| {
            for _ in 0..LINES + 50 {
                tracing::debug!("all of it");
            }
        });
        assert_eq!(all.lines().count(), usize::try_from(LINES).unwrap() + 50);
    }
}
