//! Presence: heartbeats, leases of connected users, and the watch over people who lose their access.
