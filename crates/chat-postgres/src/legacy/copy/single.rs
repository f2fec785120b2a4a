//! What the bridge takes over of one conversation, with the statements of the copy.

use sqlx::PgConnection;

use super::{
    files::kind_of_name,
    insert::{NewFile, files, messages},
};
use crate::{
    PgError,
    legacy::convert::{ConvertedMessage, OldFile},
};

/// The links of these messages, in their order. A message whose old id cannot be kept gets one.
pub(in crate::legacy) async fn links(
    db: &mut PgConnection,
    messages: &mut [ConvertedMessage],
) -> Result<Vec<Vec<NewFile>>, PgError> {
    let of_files: usize = messages.iter().map(|message| message.files.len()).sum();
    let wanted = i32::try_from(of_files + messages.len()).unwrap_or(i32::MAX);
    let ids = "select haggle.uuidv7()::text from generate_series(1, $1)";
    let ids: Vec<String> = sqlx::query_scalar(ids).bind(wanted).fetch_all(db).await?;
    let mut ids = ids.into_iter();
    let mut all = Vec::with_capacity(messages.len());
    for message in messages {
        if message.id.is_none() {
            message.id = ids.next();
        }
        let links = message.files.iter().filter_map(|file| match file {
            OldFile::Link(link) => Some(NewFile {
                id: ids.next()?,
                kind: kind_of_name(&link.name),
                name: link.name.clone(),
                url: Some(link.url.clone()),
            }),
            OldFile::Data { .. } => None,
        });
        all.push(links.collect());
    }
    Ok(all)
}

/// Behind this number, in their order.
pub(in crate::legacy) async fn insert_said(
    db: &mut PgConnection,
    conversation: &str,
    last_seq: i64,
    said: &[ConvertedMessage],
    links: &[Vec<NewFile>],
) -> Result<(), PgError> {
    let numbered = (last_seq + 1..).zip(said).zip(links);
    let rows: Vec<_> = numbered
        .map(|((seq, message), files)| (conversation.to_owned(), seq, message, files))
        .collect();
    messages(db, &rows).await?;
    files(db, &rows).await
}
