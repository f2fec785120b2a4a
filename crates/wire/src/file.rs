//! Files: how one is uploaded, shown and linked to.

use chat::{
    attachment::{self, Attachment, Format},
    ids::AttachmentId,
};
use serde::{Deserialize, Serialize};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, SchemaFormat,
        schema::{Schema, Type},
    },
};

use crate::read::{Fields, Read};

/// What is told of a file whose type nobody knows.
const UNKNOWN_TYPE: &str = "application/octet-stream";

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct File {
    pub id: String,
    pub name: String,
    /// A media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Bytes.
    pub size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub width: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub height: Option<i32>,
    /// A signed link, good for 15 minutes. Of an external file it is where that is, for as long as it is
    /// there.
    pub url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub thumbnail_url: Option<String>,
    /// True of a link that came from an earlier chat: the file is somewhere else, its `type` is what its
    /// name promises, and its `size` is 0, which says that nobody knows it. Absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub is_external: Option<bool>,
    /// Absent: it may be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub state: Option<FileState>,
}

/// Why a file cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FileState {
    /// It has not been looked at for viruses. It can be sent; until it is clean `url` answers 423.
    Held,
    /// A virus was found in it, and its bytes are gone: `url` answers 410.
    Infected,
}

impl FileState {
    fn of(state: attachment::FileState) -> Option<Self> {
        match state {
            attachment::FileState::Open => None,
            attachment::FileState::Held => Some(Self::Held),
            attachment::FileState::Infected => Some(Self::Infected),
        }
    }
}

/// What messages are shown with: links that are good from now on.
pub trait FileLinks {
    fn file(&self, id: &AttachmentId) -> String;

    fn thumbnail(&self, id: &AttachmentId) -> String;

    /// Whether messages are shown with their offers, which a server may do without.
    fn shows_offers(&self) -> bool {
        true
    }
}

impl File {
    pub fn new(attachment: &Attachment, links: &impl FileLinks) -> Self {
        let thumbnail = || links.thumbnail(&attachment.id);
        if let Some(link) = &attachment.link {
            return Self::external(attachment, link);
        }
        let state = FileState::of(attachment.state);
        let has_thumbnail = attachment.has_thumbnail && state.is_none();
        Self {
            id: attachment.id.to_string(),
            name: attachment.name.clone(),
            kind: attachment.kind.as_str().to_owned(),
            size: attachment.size,
            is_external: None,
            width: attachment.pixels.map(|pixels| pixels.width),
            height: attachment.pixels.map(|pixels| pixels.height),
            url: links.file(&attachment.id),
            thumbnail_url: has_thumbnail.then(thumbnail),
            state,
        }
    }

    fn external(attachment: &Attachment, link: &str) -> Self {
        let ending = attachment.name.rsplit_once('.');
        let ending = ending.map(|(_, ending)| ending.to_lowercase());
        let format = ending.and_then(|ending| Format::ending_in(&ending));
        let kind = format.map_or(UNKNOWN_TYPE, |format| format.kind.as_str());
        Self {
            id: attachment.id.to_string(),
            name: attachment.name.clone(),
            kind: kind.to_owned(),
            size: 0,
            width: None,
            height: None,
            url: link.to_owned(),
            thumbnail_url: None,
            is_external: Some(true),
            state: None,
        }
    }
}

/// What a signed link says; without it the caller's session counts.
#[derive(Clone, Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Link {
    /// Seconds since 1970.
    pub expires: Option<String>,
    pub signature: Option<String>,
}

impl Read for Link {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            expires: fields.any_text("expires"),
            signature: fields.any_text("signature"),
        })
    }
}

/// A form with one file. Its bytes are read as they come, so nothing holds them.
#[derive(Clone, Copy, Debug)]
pub struct Upload;

impl Upload {
    /// The form's only field.
    pub const FIELD: &str = "file";
}

impl PartialSchema for Upload {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .description(Some(
                "One of the types that the server is set to take, by its bytes.",
            ));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("A form with one file"))
            .property(Self::FIELD, bytes)
            .required(Self::FIELD)
            .into()
    }
}

impl ToSchema for Upload {}
