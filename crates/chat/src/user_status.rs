//! Asking whether somebody is here.

use crate::{
    access::authorize_status,
    chat::Chat,
    error::{ChatError, Missing},
    ids::UserId,
    person::Person,
    presence::UserStatus,
};

/// `known` is what a cache or storage says of them; `None`: there is nobody of this id.
pub async fn user_status(
    chat: &Chat,
    viewer: &Person,
    user: &UserId,
    known: Option<UserStatus>,
) -> Result<UserStatus, ChatError> {
    let status = known.ok_or(ChatError::NotFound(Missing::User))?;
    authorize_status(chat, viewer, user).await?;
    Ok(status)
}
