//! What can go wrong, in words that operators can act on.

use redis::{ErrorKind, RedisError, ServerErrorKind};

pub type Result<T> = std::result::Result<T, Error>;

/// An error of Redis or of the way to it.
#[derive(Clone, Debug)]
pub struct Error(RedisError);

impl From<RedisError> for Error {
    fn from(error: RedisError) -> Self {
        Self(error)
    }
}

impl From<redis::ParsingError> for Error {
    fn from(error: redis::ParsingError) -> Self {
        Self(error.into())
    }
}

impl std::error::Error for Error {}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.reason())
    }
}

impl Error {
    /// Another kind of server than the address promises.
    pub(crate) fn unfit(reason: String) -> Self {
        Self((ErrorKind::InvalidClientConfig, "unfit", reason).into())
    }

    /// A cluster that does not work as a whole.
    pub(crate) fn broken_cluster(reason: &str) -> Self {
        let kind = ErrorKind::Server(ServerErrorKind::ClusterDown);
        Self((kind, "unfit", reason.to_owned()).into())
    }

    pub(crate) fn unknown_master(reason: String) -> Self {
        Self((ErrorKind::MasterNameNotFoundBySentinel, "unfit", reason).into())
    }

    pub(crate) fn not_a_master() -> Self {
        let reason = "the sentinels name a server that is not a master".to_owned();
        let kind = ErrorKind::Server(ServerErrorKind::ReadOnly);
        Self((kind, "unfit", reason).into())
    }

    /// An answer that does not belong to the question.
    pub(crate) fn unexpected_answer() -> Self {
        Self(
            (
                ErrorKind::UnexpectedReturnType,
                "an answer to another question",
            )
                .into(),
        )
    }

    /// The user of the address has no right to ask this.
    pub(crate) fn is_not_permitted(&self) -> bool {
        self.0.code() == Some("NOPERM")
    }

    /// The key is at another server of the cluster: where, and in which slot.
    pub(crate) fn redirect(&self) -> Option<(&str, u16)> {
        self.0.redirect_node()
    }

    /// The key is on its way: only this one question goes to the other server.
    pub(crate) fn is_ask(&self) -> bool {
        self.0.kind() == ErrorKind::Server(ServerErrorKind::Ask)
    }

    /// The connection is lost, or Redis took too long.
    pub fn is_lost(&self) -> bool {
        self.0.is_unrecoverable_error() || self.0.is_timeout()
    }

    /// This server answers but cannot take writes: a replica, a server that still loads its
    /// data, or a part of a cluster that is cut off.
    pub fn is_wrong_server(&self) -> bool {
        matches!(
            self.0.kind(),
            ErrorKind::Server(
                ServerErrorKind::ReadOnly
                    | ServerErrorKind::BusyLoading
                    | ServerErrorKind::MasterDown
                    | ServerErrorKind::ClusterDown
            )
        )
    }

    fn reason(&self) -> String {
        match (self.0.kind(), self.0.detail()) {
            (ErrorKind::RESP3NotSupported, _) => {
                "this is older than Redis 6, and does not speak RESP3".to_owned()
            }
            (
                ErrorKind::InvalidClientConfig
                | ErrorKind::MasterNameNotFoundBySentinel
                | ErrorKind::Server(ServerErrorKind::ClusterDown | ServerErrorKind::ReadOnly),
                Some(detail),
            ) => detail.to_owned(),
            _ => self.0.to_string(),
        }
    }
}
