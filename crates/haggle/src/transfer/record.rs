//! A line of the format: what an export writes, and an import reads.

use chat_postgres::{
    ExportedConversation, ExportedFile, ExportedMessage, SourceConversation, SourceFile,
    SourceMessage, SourceReceiver,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::times;

/// What the first line of a file says.
pub const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Record {
    Haggle(Header),
    Conversation(Box<Conversation>),
    Message(Box<Message>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Header {
    pub version: u32,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Conversation {
    pub id: String,
    #[serde(default, rename = "conversationType")]
    pub kind: Option<String>,
    #[serde(default)]
    pub buyer_id: Option<String>,
    /// Names are for whoever reads the file.
    #[serde(default)]
    pub buyer_name: Option<String>,
    #[serde(default)]
    pub supplier_id: Option<String>,
    #[serde(default)]
    pub supplier_name: Option<String>,
    #[serde(default)]
    pub admin_id: Option<String>,
    #[serde(default)]
    pub admin_name: Option<String>,
    #[serde(default)]
    pub product_id: Option<String>,
    #[serde(default)]
    pub product_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Where it is not what the places say now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_for: Option<OpenedFor>,
    #[serde(default)]
    pub created_at: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenedFor {
    #[serde(default)]
    pub product_id: Option<String>,
    #[serde(default)]
    pub admin_id: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Message {
    #[serde(default)]
    pub id: Option<String>,
    pub conversation_id: String,
    /// For whoever reads the file: messages are numbered by their times.
    #[serde(default)]
    pub seq: Option<i64>,
    #[serde(default)]
    pub sender_id: Option<String>,
    /// Of nobody: the sender was gone before it came to where it was exported.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_former_user: bool,
    #[serde(default)]
    pub sender_type: Option<String>,
    /// Null says that nobody was there; not to name it, that it is not known.
    #[serde(
        default,
        deserialize_with = "receiver",
        serialize_with = "named",
        skip_serializing_if = "is_unknown"
    )]
    pub receiver_id: SourceReceiver,
    #[serde(default, rename = "message")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_message_id: Option<String>,
    #[serde(default)]
    pub created_at: Option<String>,
    /// For whoever reads the file: when it was corrected last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<String>,
    /// For whoever reads the file: when it was taken back. Then it says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    #[serde(default)]
    pub read_by: Vec<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_read: bool,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct File {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// For whoever reads the file, as size, width and height: the bytes decide.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
    /// Its place in the folder of files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its address elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

fn receiver<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SourceReceiver, D::Error> {
    let user = Option::deserialize(deserializer)?;
    Ok(user.map_or(SourceReceiver::Nobody, SourceReceiver::User))
}

fn named<S: Serializer>(receiver: &SourceReceiver, serializer: S) -> Result<S::Ok, S::Error> {
    match receiver {
        SourceReceiver::User(user) => serializer.serialize_some(user),
        SourceReceiver::Nobody | SourceReceiver::Unknown => serializer.serialize_none(),
    }
}

fn is_unknown(receiver: &SourceReceiver) -> bool {
    *receiver == SourceReceiver::Unknown
}

/// What cannot be a time.
pub type NoTime = String;

impl Conversation {
    pub fn source(self) -> Result<SourceConversation, NoTime> {
        Ok(SourceConversation {
            id: self.id,
            buyer: self.buyer_id,
            supplier: self.supplier_id,
            admin: self.admin_id,
            product: self.product_id,
            kind: self.kind,
            subject: self.subject,
            purpose: self
                .opened_for
                .map(|opened| (opened.product_id, opened.admin_id)),
            created_at: time(self.created_at)?,
            ..SourceConversation::default()
        })
    }
}

impl Message {
    pub fn source(self) -> Result<SourceMessage, NoTime> {
        Ok(SourceMessage {
            id: self.id,
            conversation: self.conversation_id,
            sender: self.sender_id,
            is_former_user: self.is_former_user,
            sender_type: self.sender_type,
            receiver: self.receiver_id,
            text: self.text.unwrap_or_default(),
            files: self.files.into_iter().map(SourceFile::from).collect(),
            client_message_id: self.client_message_id,
            created_at: time(self.created_at)?,
            read_by: self.read_by,
            is_read: self.is_read,
            ..SourceMessage::default()
        })
    }
}

impl From<File> for SourceFile {
    fn from(file: File) -> Self {
        Self {
            id: file.id,
            name: file.name,
            path: file.path,
            url: file.url,
        }
    }
}

fn time(text: Option<String>) -> Result<Option<chat_postgres::SourceTime>, NoTime> {
    match text {
        Some(text) if !text.trim().is_empty() => times::parse(&text).map(Some).ok_or(text),
        _ => Ok(None),
    }
}

impl From<ExportedConversation> for Conversation {
    fn from(row: ExportedConversation) -> Self {
        let admin = row.admin_id.clone().filter(|_| row.kind == "buyer_admin");
        let is_as_now = row.product_key == row.product_id && row.admin_key == admin;
        let opened_for = OpenedFor {
            product_id: row.product_key,
            admin_id: row.admin_key,
        };
        Self {
            id: row.id,
            kind: Some(row.kind),
            buyer_id: Some(row.buyer_id),
            buyer_name: row.buyer_name,
            supplier_id: row.supplier_id,
            supplier_name: row.supplier_name,
            admin_id: row.admin_id,
            admin_name: row.admin_name,
            product_id: row.product_id,
            product_name: row.product_name,
            subject: row.subject,
            opened_for: (!is_as_now).then_some(opened_for),
            created_at: Some(times::written(row.created_at)),
        }
    }
}

impl Message {
    /// `files` are those of the message, in their order.
    pub fn exported(row: ExportedMessage, files: Vec<File>) -> Self {
        Self {
            id: Some(row.id),
            conversation_id: row.conversation_id,
            seq: Some(row.seq),
            sender_id: row.sender_id,
            is_former_user: row.is_former_user.unwrap_or(false),
            sender_type: Some(row.sender_type),
            receiver_id: row
                .receiver_id
                .map_or(SourceReceiver::Nobody, SourceReceiver::User),
            text: Some(row.message),
            files,
            client_message_id: row.client_message_id,
            created_at: Some(times::written(row.created_at)),
            edited_at: row.edited_at.map(times::written),
            deleted_at: row.deleted_at.map(times::written),
            read_by: row.read_by,
            is_read: false,
        }
    }
}

impl File {
    /// `path` is where its bytes are in the folder of files, unless they are elsewhere.
    pub fn exported(row: &ExportedFile, path: String) -> Self {
        Self {
            id: Some(row.id.clone()),
            name: Some(row.name.clone()),
            kind: Some(row.kind.clone()),
            size: Some(row.size),
            width: row.width,
            height: row.height,
            path: row.url.is_none().then_some(path),
            url: row.url.clone(),
        }
    }
}
