//! The one shape of every error, and all its codes.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::offer::Offer;

/// Every error looks like this. `code` is stable and meant for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The name of the status.
    #[schema(value_type = String, example = "Validation Error")]
    pub error: Cow<'static, str>,
    /// What went wrong, in a sentence that may be shown.
    #[schema(value_type = String)]
    pub message: Cow<'static, str>,
    /// Every wrong field with its reason.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, String>, required = false)]
    pub fields: BTreeMap<Cow<'static, str>, String>,
    pub code: Code,
    /// With `offer_not_open`, `offer_changed` and `offer_open`: the offer as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub offer: Option<Box<Offer>>,
    /// Also in the header `x-request-id`, and in the server's log.
    pub request_id: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $word:tt),+ $(,)?) => {
        /// What went wrong, for programs. Codes may be added; a client treats one that it does not know as
        /// the status says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        pub enum Code {
            $($(#[$doc])* #[serde(rename = $word)] $name,)+
        }

        impl Code {
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }
        }
    };
}

codes! {
    AttachmentNotFound = "attachment_not_found",
    /// On a socket: a frame of another form.
    BadFrame = "bad_frame",
    /// The other side wants to hear no more.
    Blocked = "blocked",
    /// An administrator has ended the conversation.
    Closed = "closed",
    Conflict = "conflict",
    ConversationNotFound = "conversation_not_found",
    /// The message was taken back.
    Deleted = "deleted",
    EditWindowOver = "edit_window_over",
    Forbidden = "forbidden",
    ForeignOrigin = "foreign_origin",
    /// It was there, and was taken back.
    Gone = "gone",
    /// The scanner has not looked at the file yet.
    Held = "held",
    HostOwned = "host_owned",
    /// The scanner has found something in the file.
    Infected = "infected",
    Internal = "internal",
    MessageNotFound = "message_not_found",
    /// Another request writes there.
    Locked = "locked",
    MethodNotAllowed = "method_not_allowed",
    NotFound = "not_found",
    NotParticipant = "not_participant",
    /// It is another version than the one that was seen.
    OfferChanged = "offer_changed",
    OfferNotFound = "offer_not_found",
    OfferNotOpen = "offer_not_open",
    /// One is open already.
    OfferOpen = "offer_open",
    /// Somebody else sent the message.
    NotYours = "not_yours",
    PayloadTooLarge = "payload_too_large",
    PreconditionFailed = "precondition_failed",
    RangeNotSatisfiable = "range_not_satisfiable",
    RateLimited = "rate_limited",
    RequestNotFound = "request_not_found",
    Taken = "taken",
    Timeout = "timeout",
    TypeNotAllowed = "type_not_allowed",
    Unauthorized = "unauthorized",
    Unavailable = "unavailable",
    /// On a socket: a frame whose type this server does not know.
    UnknownType = "unknown_type",
    UnsupportedMediaType = "unsupported_media_type",
    UpgradeRequired = "upgrade_required",
    UserNotFound = "user_not_found",
    ValidationFailed = "validation_failed",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
