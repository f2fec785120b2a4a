//! Why a server ends a socket. The codes are a promise to clients.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Close {
    /// The server drains, or cannot answer now.
    GoingAway,
    /// Not the protocol of RFC 6455.
    Protocol,
    InvalidText,
    TooBig,
    BadFrames,
    NotAuthenticated,
    NotAllowed,
    /// The reader is slower than what there is to read.
    TooSlow,
    /// A newer socket of the same user took the place.
    Replaced,
}

impl Close {
    pub const ALL: [Self; 9] = [
        Self::GoingAway,
        Self::Protocol,
        Self::InvalidText,
        Self::TooBig,
        Self::BadFrames,
        Self::NotAuthenticated,
        Self::NotAllowed,
        Self::TooSlow,
        Self::Replaced,
    ];

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

    /// What stands in the close frame.
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

    /// What a client does then.
    pub fn advice(self) -> &'static str {
        match self {
            Self::GoingAway => {
                "The server stops, or cannot answer now. Connect again after a random wait."
            }
            Self::Protocol => "The bytes were no WebSocket. Mend the client.",
            Self::InvalidText => "A text frame was not UTF-8. Mend the client.",
            Self::TooBig => "A frame was larger than 65,536 bytes. Send less in one.",
            Self::BadFrames => "Three bad frames came in a row. Mend the client.",
            Self::NotAuthenticated => {
                "The first frame was not `authenticate` or came too late, the token is not valid or \
                 has expired, or its user is not active. Get a fresh token, then connect again."
            }
            Self::NotAllowed => {
                "The user lost the role they had, or authenticated again as somebody else. \
                 Connect again to have what is allowed now."
            }
            Self::TooSlow => {
                "The client read more slowly than there was to read. Connect again with `since`."
            }
            Self::Replaced => {
                "A newer socket of the same user took the place of their oldest. \
                 Do not connect again by itself."
            }
        }
    }

    /// Whether a client connects again by itself.
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::GoingAway | Self::TooSlow | Self::NotAllowed)
    }
}
