//! Why a server ends a socket. The codes are a promise to clients.

use tokio_tungstenite::tungstenite::protocol::{CloseFrame, frame::coding::CloseCode};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Close {
    /// The server drains, or cannot answer now: come back with jitter.
    GoingAway,
    /// Not the protocol of RFC 6455.
    Protocol,
    InvalidText,
    TooBig,
    BadFrames,
    NotAuthenticated,
    NotAllowed,
    /// The reader is slower than what there is to read: come back.
    TooSlow,
    /// A newer socket of the same user took the place: do not come back.
    Replaced,
}

impl Close {
    pub fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::Protocol => 1002,
            Self::InvalidText => 1007,
            Self::TooBig => 1009,
            Self::BadFrames => 4400,
            Self::NotAuthenticated => 4401,
            Self::NotAllowed => 4403,
            Self::TooSlow => 4408,
            Self::Replaced => 4409,
        }
    }

    pub fn reason(self) -> &'static str {
        match self {
            Self::GoingAway => "going away",
            Self::Protocol => "protocol error",
            Self::InvalidText => "invalid UTF-8",
            Self::TooBig => "frame too big",
            Self::BadFrames => "too many bad frames",
            Self::NotAuthenticated => "not authenticated",
            Self::NotAllowed => "not allowed",
            Self::TooSlow => "too slow",
            Self::Replaced => "replaced by a newer socket",
        }
    }

    pub fn frame(self) -> CloseFrame {
        CloseFrame {
            code: CloseCode::from(self.code()),
            reason: self.reason().into(),
        }
    }
}
