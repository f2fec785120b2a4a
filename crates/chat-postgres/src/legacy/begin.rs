//! The beginning of a move, and the end of its copy.

use sqlx::PgConnection;

use super::{
    bridge::{install, open_all},
    moving::Moving,
    old_chat::{Recognition, recognise},
    patience::patiently,
};
use crate::{PgError, PgOptions, pool::Servers};

/// Puts the bridge up. What the old application writes from now on is noted, and what is said in Haggle
/// is in the old tables.
pub async fn begin_move(options: &PgOptions, time_zone: &str) -> Result<(), PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let begun = begin(session.db(), time_zone).await;
    session.close().await;
    begun
}

async fn begin(db: &mut PgConnection, time_zone: &str) -> Result<(), PgError> {
    let chat = patiently(db, async |db| {
        let Recognition { chat, .. } = recognise(db).await?;
        let chat = chat.ok_or_else(|| PgError::OldChat("there is no old chat".to_owned()))?;
        Moving::begin(db, &chat, time_zone).await?;
        Ok(chat)
    })
    .await?;
    install(db, &chat, time_zone).await
}

/// After it, an old conversation that is not known here is a new one.
pub async fn end_copy(options: &PgOptions) -> Result<(), PgError> {
    let servers = Servers::new(options.url.parse()?);
    let mut session = servers.open().await?;
    let db = session.db();
    let mut ended = open_all(db).await;
    if ended.is_ok() {
        ended = Moving::copied(db).await;
    }
    session.close().await;
    ended
}
