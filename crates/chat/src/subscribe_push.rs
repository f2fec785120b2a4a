//! Browsers that want to be told of what was missed.

use crate::{chat::Chat, error::ChatError, person::Person, push::PushSubscription};

/// Keeps what a browser subscribed with. It belongs to whoever subscribed last with it: browsers are
/// shared.
pub async fn subscribe(
    chat: &Chat,
    person: &Person,
    subscription: &PushSubscription,
) -> Result<(), ChatError> {
    let now = chat.clock.now();
    let subscriptions = &chat.push_subscriptions;
    Ok(subscriptions
        .subscribe(&person.id, subscription, now)
        .await?)
}

/// Whether it was theirs.
pub async fn unsubscribe(chat: &Chat, person: &Person, endpoint: &str) -> Result<bool, ChatError> {
    let subscriptions = &chat.push_subscriptions;
    Ok(subscriptions
        .unsubscribe(Some(&person.id), endpoint)
        .await?)
}
