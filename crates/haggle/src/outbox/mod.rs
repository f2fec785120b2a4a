//! Does the jobs of the outbox: each by one server, at least once, with pauses between its tries.

mod handler;
mod watch;
mod worker;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chat::{Chat, ids::NodeId};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use self::handler::{Handler, Verdict};
use self::worker::Worker;

/// One task for each kind, and one that watches them. They end when the server drains.
pub fn start(
    chat: &Chat,
    node: &NodeId,
    handlers: Vec<Arc<dyn Handler>>,
    draining: &CancellationToken,
    tasks: &TaskTracker,
) {
    for handler in handlers {
        work(chat, node, handler, draining.clone(), tasks);
    }
    tasks.spawn(watch::watch(chat.jobs.clone(), draining.clone()));
}

/// A task for one more kind, until it should end.
pub fn work(
    chat: &Chat,
    node: &NodeId,
    handler: Arc<dyn Handler>,
    draining: CancellationToken,
    tasks: &TaskTracker,
) {
    watch::tell_from_the_start(handler.kind());
    let worker = Worker {
        handler,
        jobs: chat.jobs.clone(),
        node: node.clone(),
        clock: chat.clock.clone(),
        draining,
    };
    tasks.spawn(worker.run());
}
