//! What can be done in a world. People, products and so on are numbers of a small
//! cast; conversations and messages are counted as they appear, modulo how many
//! there are, so that every command means something in every sequence.

use chat::{conversation::Kind, list_conversations::View, offer::Answer, person::Role};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Entry(Entry),
    Open {
        who: usize,
        named: Named,
    },
    /// Something done in a conversation.
    In {
        conversation: usize,
        who: Who,
        deed: Deed,
    },
    /// Reads the notifications of one conversation, or all.
    Dismiss {
        who: usize,
        conversation: Option<usize>,
    },
    Question(Question),
    /// Ends the offers whose time is over.
    Expire,
    Lease(Lease),
    /// Moves the clock that use cases ask, also backwards.
    Tick {
        micros: i64,
    },
}

/// The directory is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    PutUser {
        who: usize,
        role: Role,
        is_active: bool,
        name: usize,
    },
    DeleteUser {
        who: usize,
    },
    PutCompany {
        company: usize,
        who: usize,
        name: usize,
    },
    DeleteCompany {
        company: usize,
    },
    PutProduct {
        product: usize,
        name: usize,
        company: Option<usize>,
    },
    DeleteProduct {
        product: usize,
    },
    VacateDemoted,
}

/// What somebody does in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Send {
        text: usize,
        client_message_id: Option<usize>,
        reply_to: Option<usize>,
    },
    Read {
        up_to: Option<usize>,
    },
    History {
        place: Place,
        limit: i64,
        mark: bool,
    },
    /// By whoever it is: mostly not their own.
    Correct {
        message: usize,
        text: usize,
    },
    TakeBack {
        message: usize,
        reason: bool,
    },
    React {
        message: usize,
        sign: usize,
        is_set: bool,
    },
    Typing,
    Join,
    Leave,
    Set(Setting),
    Block(bool),
    Close {
        reason: usize,
    },
    Reopen,
    Report {
        message: Option<usize>,
    },
    /// Of the buyer, to the supplier of this conversation.
    Request,
    CloseRequest {
        request: usize,
    },
    Offer(Bid),
    Answer(Reply),
}

/// What somebody offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bid {
    pub cents: usize,
    pub is_overdue: bool,
    /// An offer that it answers.
    pub counters: Option<usize>,
    pub client_message_id: Option<usize>,
}

/// What somebody says to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    pub offer: usize,
    pub answer: Answer,
    pub rev: Option<i64>,
}

/// Somebody looks at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// The conversation that has this purpose.
    Find {
        named: Named,
    },
    Missed {
        who: usize,
        seen: Vec<Seen>,
    },
    /// All pages, one after the other.
    List {
        who: usize,
        wish: Wish,
    },
    UnreadCount {
        who: usize,
    },
    /// All pages, one after the other.
    Notifications {
        who: usize,
        unread_only: bool,
        limit: i64,
    },
    Statuses,
    Companions {
        who: usize,
    },
    ShareAConversation {
        one: usize,
        other: usize,
    },
    /// Whose role or activity is no longer that of the cast.
    Changed,
    /// All reports there are.
    Reports,
}

/// Which conversations a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    pub view: Option<View>,
    pub kind: Option<Kind>,
    pub waiting: bool,
    pub search: Option<usize>,
    pub archived: Option<bool>,
    pub only: Option<Only>,
    pub longest_wait_first: bool,
    /// How many each filter leaves, instead.
    pub counted: bool,
    pub limit: i64,
}

/// A filter of the reader's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Only {
    Pinned,
    Unread,
    NeedsReply,
}

/// What somebody sets for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Archived(bool),
    Pinned(bool),
    /// For longer than any run, or until long ago.
    Muted(bool),
    /// No longer.
    Unmuted,
    MarkedUnread(bool),
}

/// Nodes come and go. `Heartbeat`, `Hold` and `Release` expire first what has
/// lapsed, as servers do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lease {
    Heartbeat {
        node: usize,
    },
    Hold {
        node: usize,
        people: Vec<usize>,
    },
    Release {
        node: usize,
        people: Vec<usize>,
    },
    Expire,
    /// Moves the clock by which leases live.
    Pass {
        seconds: i64,
    },
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Person(usize),
    /// One of those who sit in the conversation in question.
    Sitting(usize),
}

/// What an opening names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub buyer: Option<usize>,
    pub supplier: Option<usize>,
    /// By the company's id instead of the user's.
    pub by_company: bool,
    pub admin: Option<usize>,
    pub product: Option<usize>,
    pub kind: Option<Kind>,
}

/// Where a page of messages stands; messages of any conversation can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Newest,
    Before(usize),
    After(usize),
    Around(usize),
}

/// What a client last saw of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub conversation: usize,
    pub seq: i64,
    pub rev: Option<i64>,
}
