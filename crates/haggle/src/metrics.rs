//! Figures for operators, in the text format of Prometheus. Labels have few values:
//! never an id, never a text.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use chat_postgres::{PgStorage, PgWriter};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use metrics_process::Collector;
use tokio_util::sync::CancellationToken;

/// Seconds; from a cached answer to one that a client has given up on.
const SECONDS: &[f64] = &[
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];

struct Figures {
    prometheus: PrometheusHandle,
    process: Collector,
}

static FIGURES: OnceLock<Option<Figures>> = OnceLock::new();

/// Starts to collect. The recorder is global to the process, so a second call changes nothing.
pub fn install() {
    FIGURES.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS);
        let installed = builder.and_then(PrometheusBuilder::install_recorder);
        let prometheus = installed
            .inspect_err(|error| tracing::error!(%error, "no metrics"))
            .ok()?;
        describe();
        let process = Collector::default();
        process.describe();
        Some(Figures {
            prometheus,
            process,
        })
    });
}

/// Everything collected so far. Empty before [`install`].
pub fn render() -> String {
    let figures = FIGURES.get().and_then(Option::as_ref);
    figures.map_or_else(String::new, |figures| {
        figures.process.collect();
        figures.prometheus.run_upkeep();
        figures.prometheus.render()
    })
}

/// Sorts what histograms have recorded into their buckets. Until then every sample is kept, so
/// somebody must do it also when nobody asks for the figures.
fn tidy() {
    if let Some(figures) = FIGURES.get().and_then(Option::as_ref) {
        figures.prometheus.run_upkeep();
    }
}

/// How often the load of the storage is looked at.
const SAMPLING: Duration = Duration::from_secs(1);

/// Keeps the gauges of the storage's load and tidies up, until the server drains.
pub async fn sample(storage: Arc<PgStorage>, writer: Arc<PgWriter>, draining: CancellationToken) {
    let connections = metrics::gauge!("haggle_database_connections");
    let idle = metrics::gauge!("haggle_database_connections_idle");
    let waiting = metrics::gauge!("haggle_write_queue_depth");
    let mut tick = tokio::time::interval(SAMPLING);
    loop {
        tokio::select! {
            () = draining.cancelled() => return,
            _ = tick.tick() => {}
        }
        let (open, without_work) = storage.connections();
        connections.set(f64::from(open));
        idle.set(float(without_work));
        waiting.set(float(writer.waiting()));
        let reads = storage.replica_reads().unwrap_or_default();
        for (by, pages) in [("replica", reads.answered), ("primary", reads.passed_on)] {
            metrics::counter!("haggle_replica_pages_total", "by" => by).absolute(pages);
        }
        tidy();
    }
}

fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn describe() {
    use metrics::{Unit::Seconds, describe_counter, describe_gauge, describe_histogram};
    describe_counter!(
        "haggle_http_requests_total",
        "Requests by route, method and status"
    );
    describe_histogram!(
        "haggle_http_request_seconds",
        Seconds,
        "Time to answer a request"
    );
    describe_counter!("haggle_sends_total", "Messages sent over HTTP, by outcome");
    describe_histogram!("haggle_send_seconds", Seconds, "Time to store a message");
    describe_counter!(
        "haggle_rate_limited_total",
        "Attempts refused by a rate limit"
    );
    describe_counter!("haggle_cache_total", "Questions to a cache, by outcome");
    describe_counter!(
        "haggle_replica_pages_total",
        "Pages of history for which the replica was asked, by who answered"
    );
    describe_gauge!(
        "haggle_database_connections",
        "Open connections to PostgreSQL"
    );
    describe_gauge!(
        "haggle_database_connections_idle",
        "Those of them without work"
    );
    describe_gauge!("haggle_connections", "Open connections of clients");
    describe_counter!(
        "haggle_connections_cut_total",
        "Connections that were ended because others needed the room, or the client was too slow"
    );
    // Told from the start, so that its first rise is seen.
    metrics::counter!("haggle_connections_cut_total", "why" => "no_room").absolute(0);
    describe_counter!(
        "haggle_scans_total",
        "Files that the virus scanner looked at, by what it said"
    );
    metrics::counter!("haggle_scans_total", "verdict" => "unknown").absolute(0);
    describe_gauge!(
        "haggle_write_queue_depth",
        "Changes that wait for their transaction"
    );
    describe_counter!(
        "haggle_jobs_total",
        "Jobs of the outbox that this server ended, by kind and outcome"
    );
    describe_gauge!("haggle_jobs_waiting", "Jobs that wait, of all servers");
    describe_gauge!(
        "haggle_jobs_dead",
        "Jobs that failed and are not tried again, of all servers"
    );
    describe_gauge!(
        "haggle_jobs_late_seconds",
        Seconds,
        "By how much the job is late that waits longest"
    );
}
