//! Which chat is moved, and what its tables are.

use crate::{
    PgError,
    legacy::{moving::Moving, old_chat::OldChat},
};

#[derive(Debug)]
pub(super) struct Bridge {
    pub chat: OldChat,
    pub zone: String,
    pub is_copied: bool,
}

/// Nothing: there is no bridge.
pub(super) async fn look(db: &crate::pool::Pool) -> Result<Option<Bridge>, sqlx::Error> {
    let mut transaction = db.begin().await?;
    let found = bridge(&mut transaction).await.map_err(PgError::into_sqlx)?;
    transaction.commit().await?;
    Ok(found)
}

async fn bridge(db: &mut sqlx::PgConnection) -> Result<Option<Bridge>, PgError> {
    let Some(moving) = Moving::read(db).await? else {
        return Ok(None);
    };
    if moving.is_finished {
        return Ok(None);
    }
    Ok(Some(Bridge {
        chat: moving.old_chat(db).await?,
        zone: moving.time_zone,
        is_copied: moving.is_copied,
    }))
}
