//! Opaque identifiers. Haggle makes UUIDv7; the host's users and products
//! bring their own, of any form.

use std::{borrow::Borrow, fmt, sync::Arc};

/// Declares one identifier type, so that a user cannot be passed for a message.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn new(id: impl Into<Arc<str>>) -> Self {
                Self(id.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self::new(id)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id! {
    /// A user of the host's `users` table.
    UserId
}
id! {
    /// A product of the host's `products` table.
    ProductId
}
id! {
    /// A conversation: UUIDv7 text.
    ConversationId
}
id! {
    /// A message: UUIDv7 text.
    MessageId
}
id! {
    /// A notification row: UUIDv7 text.
    NotificationId
}
id! {
    /// An entry of the audit: UUIDv7 text.
    AuditId
}
id! {
    /// An uploaded file: UUIDv7 text.
    AttachmentId
}
id! {
    /// An upload that comes in several requests: UUIDv7 text.
    UploadId
}
id! {
    /// An offer: UUIDv7 text.
    OfferId
}
id! {
    /// A request for quotation: UUIDv7 text.
    RequestId
}
id! {
    /// An address of another system: UUIDv7 text, or `settings`.
    EndpointId
}
id! {
    /// One event on its way to one endpoint: UUIDv7 text.
    DeliveryId
}
id! {
    /// A job of the outbox: UUIDv7 text.
    JobId
}
id! {
    /// A report: UUIDv7 text.
    ReportId
}
id! {
    /// A saved reply: UUIDv7 text.
    ReplyId
}
id! {
    /// One running server process.
    NodeId
}
