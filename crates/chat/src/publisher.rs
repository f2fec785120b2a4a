//! The way of an event from the node where it happened to the nodes that hold sockets.

use futures_util::future::BoxFuture;

use crate::event::Event;

/// Carries events to the sockets of their audience, on this node and on others.
///
/// `publish` never waits and never fails the caller: a publisher that cannot keep up
/// makes the affected sockets refetch instead. Before it returns, caches of
/// this node that show anything of the event are invalid, so that a user reads
/// their own writes. Events published one after the other by one caller arrive
/// in that order at every socket of this node.
pub trait Publisher: Send + Sync {
    fn publish(&self, event: Event);

    /// Ends when the caches of all nodes know of what was published here until now, or when that
    /// takes too long; `None` when nobody need wait. Who wrote is answered after it: they read
    /// their own writes at whichever node they ask next.
    fn settled(&self) -> Option<BoxFuture<'static, ()>> {
        None
    }
}
