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
    /// What became of an event on its way to an endpoint.
    DeliveryState of chat::webhook::DeliveryState:
        Waiting = "waiting",
        Delivered = "delivered",
        /// Nobody tries it again by themselves.
        Failed = "failed",
}

words! {
    /// What became of an offer: open, and then one of the others for ever.
    OfferState of chat::offer::State:
        Open = "open",
        Accepted = "accepted",
        Declined = "declined",
        /// By whoever made it.
        Withdrawn = "withdrawn",
        /// Nobody answered while it was valid.
        Expired = "expired",
        /// Answered by another offer.
        Countered = "countered",
}

words! {
    /// Conversations by what came of the offers made there.
    OfferFilter of chat::storage::OfferFilter:
        Open = "open",
        Accepted = "accepted",
}

words! {
    /// Rules of delivery: Incoterms 2020.
    Incoterm of chat::offer::Incoterm:
        Exw = "EXW",
        Fca = "FCA",
        Cpt = "CPT",
        Cip = "CIP",
        Dap = "DAP",
        Dpu = "DPU",
        Ddp = "DDP",
        Fas = "FAS",
        Fob = "FOB",
        Cfr = "CFR",
        Cif = "CIF",
}

words! {
    /// How a request stands with one of those who were asked.
    RequestState of chat::quotation::Standing:
        /// There is no offer, or none that is still good.
        Waiting = "waiting",
        Offered = "offered",
        /// By either side; or the request is closed and nothing of theirs was accepted.
        Declined = "declined",
        Accepted = "accepted",
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
        Negotiated = "negotiated",
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

words! {
    /// How often mails about what was missed come.
    EmailFrequency of chat::preferences::EmailFrequency:
        Off = "off",
        Now = "now",
        Hourly = "hourly",
        Daily = "daily",
}
