//! The words of the wire: each a list that may grow, and what it is in the domain.

/// Declares words (`tt`, since a literal would come to `utoipa` in a group that it does not read): how each is written, and which value of the domain it stands for.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $domain:ty: $($(#[$word_doc:meta])* $variant:ident = $word:tt),+ $(,)?) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
        )]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word with what it means.
            pub const WORDS: &[(&str, Self)] = &[$(($word, Self::$variant)),+];
        }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value {
                    $(<$domain>::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant,)+
                }
            }
        }
    };
}

words! {
    /// What somebody is in the marketplace.
    Role of chat::person::Role:
        Buyer = "buyer",
        Supplier = "supplier",
        Admin = "admin",
}

words! {
    /// Who talks with whom.
    ConversationType of chat::conversation::Kind:
        BuyerSupplier = "buyer_supplier",
        BuyerAdmin = "buyer_admin",
        Support = "support",
}

words! {
    /// Whose conversations a list shows.
    View of chat::list_conversations::View:
        Mine = "mine",
        All = "all",
}

words! {
    /// In which order a list comes.
    Sort of chat::storage::Sort:
        Activity = "activity",
        Waiting = "waiting",
}

words! {
    /// Why somebody reports.
    ReportReason of chat::report::Reason:
        Spam = "spam",
        /// Somebody is deceived.
        Fraud = "fraud",
        Abuse = "abuse",
        /// They are to trade where the marketplace does not see it.
        OffPlatform = "off_platform",
        /// What may not be sold.
        Prohibited = "prohibited",
        Other = "other",
}

words! {
    /// What became of a report.
    ReportState of chat::report::State:
        Open = "open",
        Answered = "answered",
        Dismissed = "dismissed",
}

words! {
    /// What happened to the administrator's place of a conversation.
    ConversationEventType of chat::conversation_event::EventKind:
        Joined = "joined",
        Left = "left",
}

words! {
    /// What a message is. Of every kind `message` says the same in words.
    MessageKind of chat::message::MessageKind:
        Text = "text",
        Offer = "offer",
        Request = "request",
        System = "system",
}

words! {
    /// What a system message tells of.
    SystemEvent of chat::message::SystemEvent:
        Closed = "closed",
        Reopened = "reopened",
        OfferAccepted = "offer_accepted",
        OfferDeclined = "offer_declined",
        OfferWithdrawn = "offer_withdrawn",
        OfferExpired = "offer_expired",
        RequestClosed = "request_closed",
}

words! {
    /// What the audit tells of.
    AuditAction of chat::audit::Action:
        Created = "created",
        Opened = "opened",
        Joined = "joined",
        Left = "left",
        Sent = "sent",
        Edited = "edited",
        Deleted = "deleted",
        Reacted = "reacted",
        Viewed = "viewed",
        Downloaded = "downloaded",
        Refused = "refused",
        SettingsChanged = "settings_changed",
        Blocked = "blocked",
        Unblocked = "unblocked",
        Closed = "closed",
        Reopened = "reopened",
        Reported = "reported",
        ReportJudged = "report_judged",
}
