//! How somebody wants to be reached: asked for, changed, and ended by a link in a mail.

use crate::{
    chat::Chat,
    error::ChatError,
    ids::UserId,
    person::Person,
    preferences::{EmailFrequency, Preferences},
};

pub async fn get_preferences(chat: &Chat, person: &Person) -> Result<Preferences, ChatError> {
    Ok(chat.preferences.preferences(&person.id).await?)
}

/// Whoever asks for mails gets them again, also if some came back before.
pub async fn set_preferences(
    chat: &Chat,
    person: &Person,
    wanted: &Preferences,
) -> Result<(), ChatError> {
    chat.preferences.set_preferences(&person.id, wanted).await?;
    if wanted.email != EmailFrequency::Off
        && let Some(address) = chat.mailboxes.address(&person.id).await?
    {
        chat.mailboxes.reached(&address).await?;
    }
    Ok(())
}

/// No more mails, and everything else as it was. By a link, so without a session; also for somebody
/// who may not come in any more.
pub async fn unsubscribe(chat: &Chat, user: &UserId) -> Result<(), ChatError> {
    let now = chat.preferences.preferences(user).await?;
    let wanted = Preferences {
        email: EmailFrequency::Off,
        ..now
    };
    Ok(chat.preferences.set_preferences(user, &wanted).await?)
}
