//! What old messages carry along: bytes that are taken into Haggle, and links that stay links.

use std::collections::HashMap;

use chat::{
    attachment::{Attachment, Charset},
    media_type::Format,
};
use sqlx::PgConnection;

use super::{
    insert::NewFile,
    intake::{Examined, Intake, NotTaken, OldBytes},
};
use crate::{
    PgError,
    legacy::{
        convert::{ConvertedMessage, Group, OldFile, carried},
        reason::{Note, OldRow, Reason},
        rows::OldMessage,
    },
};

/// Of what messages carry in themselves: a message that has nothing else is none.
pub(super) async fn refused(
    intake: &dyn Intake,
    messages: &[OldMessage],
) -> HashMap<String, String> {
    let mut refused = HashMap::new();
    for message in messages {
        for (name, url) in carried(message) {
            let owner = message.sender.as_deref().unwrap_or_default();
            let examined = intake.examine(owner, &name, OldBytes::Data(&url)).await;
            let why = match examined {
                Ok(_) => continue,
                Err(NotTaken::Missing) => "it cannot be read".to_owned(),
                Err(NotTaken::Refused(why)) => why,
            };
            refused.insert(url, why);
        }
    }
    refused
}

/// For each message that is kept, in their order. Bytes that are taken along are kept before anything
/// names them; what comes to nothing then goes as an upload that was never sent.
pub(super) async fn files(
    intake: &dyn Intake,
    db: &mut PgConnection,
    groups: &mut [Group],
) -> Result<(Vec<Vec<NewFile>>, Vec<Box<dyn Examined>>), PgError> {
    let mut kept_bytes = Vec::new();
    let mut all = Vec::new();
    let mut links = 0;
    for group in groups.iter_mut() {
        let Group { kept, notes, .. } = group;
        for message in kept.iter_mut().flat_map(|kept| &mut kept.messages) {
            let mut files = Vec::new();
            for old in &message.files {
                let new = file(intake, db, message, old, notes, &mut kept_bytes).await?;
                links += i32::from(new.as_ref().is_some_and(|new| new.id.is_empty()));
                files.extend(new);
            }
            all.push(files);
        }
    }
    if links > 0 {
        let new = "select haggle.uuidv7()::text from generate_series(1, $1)";
        let new: Vec<String> = sqlx::query_scalar(new).bind(links).fetch_all(db).await?;
        let mut new = new.into_iter();
        for file in all.iter_mut().flatten().filter(|file| file.id.is_empty()) {
            file.id = new.next().unwrap_or_default();
        }
    }
    Ok((all, kept_bytes))
}

/// A link has no id yet.
async fn file(
    intake: &dyn Intake,
    db: &mut PgConnection,
    message: &ConvertedMessage,
    old: &OldFile,
    notes: &mut Vec<Note>,
    kept: &mut Vec<Box<dyn Examined>>,
) -> Result<Option<NewFile>, PgError> {
    let (name, bytes, url) = match old {
        OldFile::Data { name, url } => (name, OldBytes::Data(url), None),
        OldFile::Link(link) => (&link.name, OldBytes::Path(&link.url), Some(&link.url)),
    };
    let is_looked_for = url.is_none_or(|url| intake.has_folder() && is_in_folder(url));
    let mut note = |reason, detail: String| {
        notes.push(Note {
            row: OldRow::Message,
            id: message.old_id.clone(),
            reason,
            detail: Some(detail),
        });
    };
    if is_looked_for {
        let owner = message.sender.as_deref().unwrap_or_default();
        match intake.examine(owner, name, bytes).await {
            Ok(examined) => {
                let new = add(db, owner, &*examined).await?;
                kept.push(examined);
                return Ok(Some(new));
            }
            Err(NotTaken::Missing) => note(Reason::FileNotFound, name.clone()),
            Err(NotTaken::Refused(why)) => {
                note(Reason::FileStaysLink, format!("{name}: {why}"));
            }
        }
    }
    Ok(url.map(|url| NewFile {
        id: String::new(),
        kind: kind_of_name(name),
        name: name.clone(),
        url: Some(url.clone()),
    }))
}

/// Its row comes first, so that nothing is kept that nobody would remove.
async fn add(
    db: &mut PgConnection,
    owner: &str,
    examined: &dyn Examined,
) -> Result<NewFile, PgError> {
    let Attachment {
        id,
        name,
        kind,
        charset,
        size,
        pixels,
        has_thumbnail,
        ..
    } = examined.attachment();
    // Unsent since now, whatever the time of its message.
    let add = "
        insert into haggle.attachments (
          id, owner_id, name, type, charset, size, width, height, has_thumbnail, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp())";
    sqlx::query(add)
        .bind(id.as_str())
        .bind(owner)
        .bind(name)
        .bind(kind.as_str())
        .bind(charset.map(Charset::as_str))
        .bind(size)
        .bind(pixels.map(|pixels| pixels.width))
        .bind(pixels.map(|pixels| pixels.height))
        .bind(has_thumbnail)
        .execute(db)
        .await?;
    Ok(NewFile {
        id: id.to_string(),
        name: name.clone(),
        kind: kind.as_str().to_owned(),
        url: None,
    })
}

/// A path from the root, and no address of another server.
fn is_in_folder(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//")
}

/// What the ending of a name promises.
pub(super) fn kind_of_name(name: &str) -> String {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    let format = ending.and_then(|ending| Format::ending_in(&ending));
    format
        .map_or("application/octet-stream", |format| format.kind.as_str())
        .to_owned()
}
