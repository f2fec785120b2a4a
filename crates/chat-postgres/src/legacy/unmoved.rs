//! Whether a server may start: not beside a chat that is somewhere else.

use sqlx::{Connection, PgConnection};

use super::{
    moving::Moving,
    old_chat::{Recognition, recognise},
};
use crate::{
    PgError, PgOptions,
    pool::{BEGIN_A_MIGRATION, Servers},
};

/// An error where an old chat is there that was not moved: what is said on one side would not be on the
/// other.
pub async fn refuse_unmoved_chat(options: &PgOptions) -> Result<(), PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let is_pooled = session.is_pooled();
    let mut transaction = session.db().begin_with(BEGIN_A_MIGRATION).await?;
    let found = unmoved(&mut transaction).await;
    if is_pooled {
        transaction.clear_cached_statements().await?;
    }
    transaction.rollback().await?;
    session.close().await;
    found?.map_or(Ok(()), |why| Err(PgError::OldChat(why)))
}

async fn unmoved(db: &mut PgConnection) -> Result<Option<String>, PgError> {
    let Recognition { chat, .. } = recognise(db).await?;
    let Some(chat) = chat else {
        return Ok(None);
    };
    let tables = format!(
        "{} and {}",
        chat.conversations.shown(),
        chat.messages.shown()
    );
    let ignore = "HAGGLE_LEGACY=ignore says that they are none of Haggle's business";
    Ok(match Moving::read(db).await? {
        Some(moving) if moving.is_of(&chat) && moving.is_copied => None,
        Some(moving) if moving.is_of(&chat) => Some(format!(
            "the move of the old chat in {tables} was begun and is not at its end; run `haggle migrate` again"
        )),
        Some(_) => Some(format!(
            "{tables} hold a chat, and Haggle has moved another one here; {ignore}"
        )),
        None => Some(format!(
            "{tables} hold a chat that was never moved; run `haggle migrate`, and first `haggle migrate --dry-run`, which says what it would do; {ignore}"
        )),
    })
}
