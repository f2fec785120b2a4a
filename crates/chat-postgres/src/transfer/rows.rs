//! Conversations and messages as a file has them. Nobody has looked yet whether the people are there.

use std::sync::Arc;

use chat::timestamp::Timestamp;
use time::PrimitiveDateTime;

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub file: Arc<str>,
    pub line: u64,
}

/// A time that may not say in which zone it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTime {
    Instant(Timestamp),
    Local(PrimitiveDateTime),
}

/// People are named by the ids of users; a supplier also by its own.
#[derive(Clone, Debug, Default)]
pub struct SourceConversation {
    pub origin: Origin,
    pub id: String,
    pub buyer: Option<String>,
    pub supplier: Option<String>,
    pub admin: Option<String>,
    /// People of whom the source does not say which place they take: their role says it.
    pub people: Vec<String>,
    pub product: Option<String>,
    pub kind: Option<String>,
    /// What it was called.
    pub subject: Option<String>,
    /// The product and the administrator for whom it was opened, where the source knows that.
    pub purpose: Option<(Option<String>, Option<String>)>,
    pub created_at: Option<SourceTime>,
    /// Until when people have read, where the source keeps that for the whole conversation.
    pub receipts: Vec<(String, Timestamp)>,
}

#[derive(Clone, Debug, Default)]
pub struct SourceMessage {
    pub origin: Origin,
    /// `None`: one is made of what the message is, the same at every run.
    pub id: Option<String>,
    pub conversation: String,
    /// `None`: nobody, or somebody who is gone.
    pub sender: Option<String>,
    /// Of nobody: the sender was gone before it came to where it comes from.
    pub is_former_user: bool,
    pub sender_type: Option<String>,
    pub receiver: SourceReceiver,
    pub text: String,
    pub files: Vec<SourceFile>,
    pub client_message_id: Option<String>,
    pub created_at: Option<SourceTime>,
    /// Who has read it, beside its sender.
    pub read_by: Vec<String>,
    /// Whether everybody else has read it.
    pub is_read: bool,
}

/// To whom a message went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SourceReceiver {
    /// The source does not know of receivers.
    #[default]
    Unknown,
    /// Nobody else was there.
    Nobody,
    User(String),
}

/// A file of a message: by its place in a folder, or by an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFile {
    pub id: Option<String>,
    pub name: Option<String>,
    pub path: Option<String>,
    pub url: Option<String>,
}

/// PostgreSQL holds no NUL. Another control character stands for it: texts are cleaned of both, and nobody
/// has either in an id.
fn storable(text: &mut String) {
    if text.contains('\0') {
        *text = text.replace('\0', "\u{1}");
    }
}

impl SourceConversation {
    pub(super) fn make_storable(&mut self) {
        storable(&mut self.id);
        let (product, admin) = self
            .purpose
            .as_mut()
            .map_or((None, None), |(product, admin)| {
                (product.as_mut(), admin.as_mut())
            });
        let named = [
            self.buyer.as_mut(),
            self.supplier.as_mut(),
            self.admin.as_mut(),
            self.product.as_mut(),
            self.kind.as_mut(),
            self.subject.as_mut(),
            product,
            admin,
        ];
        named.into_iter().flatten().for_each(storable);
        self.people.iter_mut().for_each(storable);
        self.receipts
            .iter_mut()
            .for_each(|(user, _)| storable(user));
    }
}

impl SourceMessage {
    pub(super) fn make_storable(&mut self) {
        storable(&mut self.conversation);
        storable(&mut self.text);
        let named = [
            self.id.as_mut(),
            self.sender.as_mut(),
            self.sender_type.as_mut(),
            self.client_message_id.as_mut(),
        ];
        named.into_iter().flatten().for_each(storable);
        if let SourceReceiver::User(user) = &mut self.receiver {
            storable(user);
        }
        self.read_by.iter_mut().for_each(storable);
        for file in &mut self.files {
            let named = [&mut file.id, &mut file.name, &mut file.path, &mut file.url];
            named.into_iter().flatten().for_each(storable);
        }
    }
}
