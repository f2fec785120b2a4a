//! What became of rows, and why: the lines of the report.

/// Which of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OldRow {
    Conversation,
    Message,
}

impl OldRow {
    pub fn table(self) -> &'static str {
        match self {
            Self::Conversation => "conversations",
            Self::Message => "messages",
        }
    }
}

/// What became of a row that was not kept as it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    Corrected,
    /// It is part of another conversation.
    Merged,
    Refused,
}

impl Fate {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Merged => "merged",
            Self::Refused => "refused",
        }
    }
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    NoBuyer,
    BuyerGone,
    ConversationRefused,
    ConversationMissing,
    Empty,
    Merged,
    NoAdmin,
    OtherAdmin,
    BuyerIsAdmin,
    BuyerIsSupplier,
    SupplierIsAdmin,
    SupplierOwnId,
    SupplierGone,
    BuyerOtherRole,
    SupplierOtherRole,
    BuyerUserId,
    ProductSlug,
    NoProduct,
    Kind,
    Status,
    SubjectLeft,
    LastMessage,
    Counters,
    OpenedWithoutTime,
    ConversationId,
    MessageId,
    SenderGone,
    SenderWithoutPlace,
    SenderOwnId,
    SenderType,
    Receiver,
    Cleaned,
    SentWithoutTime,
    FileLeft,
    FileFailed,
    FileStaysLink,
    FileNotFound,
    ProductsLeft,
    WrittenAgain,
    SameId,
    DeletedThere,
    ConversationDeleted,
}

/// What the bridge notes: its details say what it was.
const LATER: i16 = -1;

/// The place of a reason is its number in the database: a new one comes last.
const TABLE: [(Reason, Fate, &str); 42] = [
    (Reason::NoBuyer, Fate::Refused, "it has no buyer"),
    (Reason::BuyerGone, Fate::Refused, "its buyer is gone"),
    (
        Reason::ConversationRefused,
        Fate::Refused,
        "its conversation is refused",
    ),
    (
        Reason::ConversationMissing,
        Fate::Refused,
        "its conversation does not exist",
    ),
    (Reason::Empty, Fate::Refused, "it has no text and no file"),
    (
        Reason::Merged,
        Fate::Merged,
        "it has the same purpose as an older conversation",
    ),
    (
        Reason::NoAdmin,
        Fate::Corrected,
        "its administrator is nobody, or is none: it has no administrator",
    ),
    (
        Reason::OtherAdmin,
        Fate::Corrected,
        "it names two administrators: the other one is not taken over",
    ),
    (
        Reason::BuyerIsAdmin,
        Fate::Corrected,
        "its buyer is its administrator too: it has no administrator",
    ),
    (
        Reason::BuyerIsSupplier,
        Fate::Corrected,
        "its buyer is its supplier too: it has no supplier",
    ),
    (
        Reason::SupplierIsAdmin,
        Fate::Corrected,
        "its supplier is its administrator too: it has no administrator",
    ),
    (
        Reason::SupplierOwnId,
        Fate::Corrected,
        "it names a supplier and not a user: the supplier's user is taken",
    ),
    (
        Reason::SupplierGone,
        Fate::Corrected,
        "its supplier is gone: it has no supplier",
    ),
    (
        Reason::BuyerOtherRole,
        Fate::Corrected,
        "its buyer has another role: they keep the place",
    ),
    (
        Reason::SupplierOtherRole,
        Fate::Corrected,
        "its supplier has another role: they keep the place",
    ),
    (
        Reason::BuyerUserId,
        Fate::Corrected,
        "it names a user where a profile should be: the user is taken",
    ),
    (
        Reason::ProductSlug,
        Fate::Corrected,
        "its product is named by its slug",
    ),
    (
        Reason::NoProduct,
        Fate::Corrected,
        "its product is gone or unknown: it has no product",
    ),
    (
        Reason::Kind,
        Fate::Corrected,
        "its type is decided by who takes part",
    ),
    (
        Reason::Status,
        Fate::Corrected,
        "its status is not taken over",
    ),
    (
        Reason::SubjectLeft,
        Fate::Corrected,
        "its subject is not taken over: the older conversation has one",
    ),
    (
        Reason::LastMessage,
        Fate::Corrected,
        "its last message is none: it has no message",
    ),
    (
        Reason::Counters,
        Fate::Corrected,
        "its counters are derived from what is read",
    ),
    (
        Reason::OpenedWithoutTime,
        Fate::Corrected,
        "it has no time: that of its first message is taken, else the present",
    ),
    (
        Reason::ConversationId,
        Fate::Corrected,
        "its id cannot be kept: it is empty, too long, or taken",
    ),
    (
        Reason::MessageId,
        Fate::Corrected,
        "its id cannot be kept: it is empty, too long, or taken",
    ),
    (
        Reason::SenderGone,
        Fate::Corrected,
        "its sender is gone: it is a former user's",
    ),
    (
        Reason::SenderWithoutPlace,
        Fate::Corrected,
        "its sender has no place here: they keep their id and their role",
    ),
    (
        Reason::SenderOwnId,
        Fate::Corrected,
        "its sender is named by another id than the user's: the user is taken",
    ),
    (
        Reason::SenderType,
        Fate::Corrected,
        "its sender's place decides its type",
    ),
    (
        Reason::Receiver,
        Fate::Corrected,
        "its receiver is unknown: derived",
    ),
    (Reason::Cleaned, Fate::Corrected, "its text is cleaned"),
    (
        Reason::SentWithoutTime,
        Fate::Corrected,
        "it has no time: that of the message before it is taken, else of its conversation",
    ),
    (
        Reason::FileLeft,
        Fate::Corrected,
        "an element of its list of files is none: it is left out",
    ),
    (
        Reason::FileFailed,
        Fate::Corrected,
        "a file that it carries in itself fails the checks: it is left out",
    ),
    (
        Reason::FileStaysLink,
        Fate::Corrected,
        "a file of it fails the checks: it stays a link",
    ),
    (
        Reason::FileNotFound,
        Fate::Corrected,
        "a file of it is not in the folder: it stays a link",
    ),
    (
        Reason::ProductsLeft,
        Fate::Corrected,
        "the products that it names are not taken over",
    ),
    (
        Reason::WrittenAgain,
        Fate::Corrected,
        "it was changed in the old chat after it was taken over",
    ),
    (Reason::SameId, Fate::Refused, "another row has its id"),
    (
        Reason::DeletedThere,
        Fate::Corrected,
        "it was deleted in the old chat after it was taken over: it stays here",
    ),
    (
        Reason::ConversationDeleted,
        Fate::Corrected,
        "it was deleted in the old chat: what was said in it stays with others of the same purpose",
    ),
];

impl Reason {
    fn place(self) -> usize {
        let place = TABLE.iter().position(|(reason, ..)| *reason == self);
        place.expect("every reason is in the table")
    }

    /// As the database has it.
    pub fn number(self) -> i16 {
        i16::try_from(self.place()).unwrap_or(i16::MAX)
    }

    pub fn of_number(number: i16) -> Option<Self> {
        if number == LATER {
            return Some(Self::WrittenAgain);
        }
        let row = TABLE.get(usize::try_from(number).ok()?);
        row.map(|(reason, ..)| *reason)
    }

    pub fn fate(self) -> Fate {
        TABLE[self.place()].1
    }

    /// The same for all rows that it is about.
    pub fn words(self) -> &'static str {
        TABLE[self.place()].2
    }
}

/// One line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub row: OldRow,
    pub id: String,
    pub reason: Reason,
    /// What it is about in this row: a value, another row.
    pub detail: Option<String>,
}

/// Notes about one row.
pub(crate) struct Notes<'a> {
    pub all: &'a mut Vec<Note>,
    pub row: OldRow,
    pub id: &'a str,
}

impl Notes<'_> {
    pub fn add(&mut self, reason: Reason) {
        self.push(reason, None);
    }

    pub fn about(&mut self, reason: Reason, detail: impl Into<String>) {
        self.push(reason, Some(detail.into()));
    }

    fn push(&mut self, reason: Reason, detail: Option<String>) {
        self.all.push(Note {
            row: self.row,
            id: self.id.to_owned(),
            reason,
            detail: detail.map(|detail| short(&detail)),
        });
    }
}

/// Details are for people: a long value is shown by its beginning.
const DETAIL_CHARS: usize = 200;

fn short(detail: &str) -> String {
    // JSON can hold a NUL, and a text of the database cannot.
    let detail = detail.replace('\0', "");
    match detail.char_indices().nth(DETAIL_CHARS) {
        None => detail,
        Some((end, _)) => format!("{}…", &detail[..end]),
    }
}
