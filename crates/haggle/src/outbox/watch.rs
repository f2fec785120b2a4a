//! Figures of the outbox, and an end for what nobody replayed.

use std::{sync::Arc, time::Duration};

use chat::{
    error::StorageError,
    job::{DEAD_DAYS, JobLoad, KindLoad},
    storage::Jobs,
};
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

/// Between two looks at what waits.
const LOOK: Duration = Duration::from_secs(15);
/// Between two times at which what is dead for long is forgotten.
const FORGET: Duration = Duration::from_hours(1);

/// Until the server drains.
pub(super) async fn watch(jobs: Arc<dyn Jobs>, draining: CancellationToken) {
    let mut tick = interval(LOOK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known: Vec<String> = Vec::new();
    let mut forgotten_at: Option<Instant> = None;
    loop {
        let now = tokio::select! {
            () = draining.cancelled() => return,
            now = tick.tick() => now,
        };
        if let Err(error) = look(&*jobs, &mut known).await {
            tracing::debug!(%error, "the outbox could not be looked at");
        }
        if forgotten_at.is_none_or(|at| now - at >= FORGET)
            && let Ok(count) = jobs.forget_dead(Duration::from_hours(24 * DEAD_DAYS)).await
        {
            forgotten_at = Some(now);
            if count > 0 {
                tracing::info!(count, "forgot jobs that failed {DEAD_DAYS} days ago");
            }
        }
    }
}

async fn look(jobs: &dyn Jobs, known: &mut Vec<String>) -> Result<(), StorageError> {
    let load = jobs.load_by_kind().await?;
    // What is done is told too, not only what waits.
    for kind in known
        .iter()
        .filter(|kind| load.iter().all(|one| one.kind != **kind))
    {
        tell(&KindLoad {
            kind: kind.clone(),
            load: JobLoad::default(),
            late_seconds: 0,
        });
    }
    for one in &load {
        tell(one);
        if !known.contains(&one.kind) {
            known.push(one.kind.clone());
        }
    }
    Ok(())
}

/// Figures of a kind before its first job, so that their first rise is seen.
pub(super) fn tell_from_the_start(kind: &str) {
    let kind = kind.split(':').next().unwrap_or_default();
    for name in [
        "haggle_jobs_waiting",
        "haggle_jobs_dead",
        "haggle_jobs_late_seconds",
    ] {
        // Others of this kind may be counted already.
        metrics::gauge!(name, "kind" => kind.to_owned()).increment(0.0);
    }
    for outcome in ["done", "again", "dead", "later"] {
        metrics::counter!("haggle_jobs_total", "kind" => kind.to_owned(), "outcome" => outcome)
            .increment(0);
    }
}

fn tell(one: &KindLoad) {
    let gauge = |name: &'static str, value: i64| {
        let value = u32::try_from(value).unwrap_or(u32::MAX);
        metrics::gauge!(name, "kind" => one.kind.clone()).set(f64::from(value));
    };
    gauge("haggle_jobs_waiting", one.load.waiting);
    gauge("haggle_jobs_dead", one.load.failed);
    gauge("haggle_jobs_late_seconds", one.late_seconds);
}
