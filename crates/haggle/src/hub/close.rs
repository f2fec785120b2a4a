//! How a server ends a socket.

use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};
use wire::Close;

pub fn close_frame(close: Close) -> CloseFrame {
    CloseFrame {
        code: CloseCode::from(close.code()),
        reason: close.reason().into(),
    }
}
