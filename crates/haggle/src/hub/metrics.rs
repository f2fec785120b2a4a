//! What an operator sees of the sockets.

use metrics::{Counter, Gauge, counter, describe_counter, describe_gauge, gauge};
use wire::Close;

/// Handles that are looked up once. Make them after the recorder is installed.
pub struct SocketMetrics {
    pub sockets: Gauge,
    pub deliveries: Counter,
    pub queue_overflows: Counter,
    pub frames_in: Counter,
    pub frames_out: Counter,
}

impl Default for SocketMetrics {
    fn default() -> Self {
        describe_gauge!("haggle_sockets", "Open sockets");
        describe_counter!("haggle_deliveries_total", "Frames queued for a socket");
        describe_counter!(
            "haggle_queue_overflows_total",
            "Sockets closed because their queue was full"
        );
        describe_counter!(
            "haggle_socket_closes_total",
            "Sockets that the server closed, by code"
        );
        describe_counter!(
            "haggle_frames_total",
            "Frames by direction: in is read, out is written"
        );
        Self {
            sockets: gauge!("haggle_sockets"),
            deliveries: counter!("haggle_deliveries_total"),
            queue_overflows: counter!("haggle_queue_overflows_total"),
            frames_in: counter!("haggle_frames_total", "direction" => "in"),
            frames_out: counter!("haggle_frames_total", "direction" => "out"),
        }
    }
}

impl SocketMetrics {
    /// Counts an open socket until it is dropped.
    pub fn open_socket(&self) -> OpenSocket {
        self.sockets.increment(1);
        OpenSocket(self.sockets.clone())
    }

    pub fn closed(&self, close: Close) {
        let code = close.code().to_string();
        counter!("haggle_socket_closes_total", "code" => code).increment(1);
    }
}

impl std::fmt::Debug for SocketMetrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SocketMetrics")
    }
}

pub struct OpenSocket(Gauge);

impl Drop for OpenSocket {
    fn drop(&mut self) {
        self.0.decrement(1);
    }
}

impl std::fmt::Debug for OpenSocket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OpenSocket")
    }
}
