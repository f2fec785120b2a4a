//! Who is told of what happens: the marketplace's own systems decide that, by the key of the server.

use std::time::Duration;

use crate::{
    chat::Chat,
    error::ChatError,
    ids::EndpointId,
    webhook::{Endpoint, EndpointChange, NewEndpoint},
};

/// For so long the secret before signs beside the new one.
const BOTH: Duration = Duration::from_hours(24);

const OF_THE_SETTINGS: ChatError =
    ChatError::Conflict("This endpoint is given by the server's settings");

pub async fn add(chat: &Chat, new: &NewEndpoint) -> Result<Endpoint, ChatError> {
    let added = chat.webhooks.add_endpoint(new).await?;
    added.ok_or(ChatError::Conflict(
        "There are 20 endpoints, and no more can be added",
    ))
}

/// `None`: there is none.
pub async fn change(
    chat: &Chat,
    id: &EndpointId,
    change: &EndpointChange,
) -> Result<Option<Endpoint>, ChatError> {
    if change.url.is_some() || change.events.is_some() {
        refuse_that_of_the_settings(chat, id).await?;
    }
    Ok(chat.webhooks.change_endpoint(id, change).await?)
}

/// `false`: there is none.
pub async fn remove(chat: &Chat, id: &EndpointId) -> Result<bool, ChatError> {
    refuse_that_of_the_settings(chat, id).await?;
    Ok(chat.webhooks.remove_endpoint(id).await?)
}

/// `None`: there is none.
pub async fn rotate(
    chat: &Chat,
    id: &EndpointId,
    secret: &str,
) -> Result<Option<Endpoint>, ChatError> {
    refuse_that_of_the_settings(chat, id).await?;
    Ok(chat.webhooks.rotate(id, secret, BOTH).await?)
}

async fn refuse_that_of_the_settings(chat: &Chat, id: &EndpointId) -> Result<(), ChatError> {
    match chat.webhooks.endpoint(id).await? {
        Some(endpoint) if endpoint.from_settings => Err(OF_THE_SETTINGS),
        _ => Ok(()),
    }
}
