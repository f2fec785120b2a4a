//! How what leaves the server is doing.

use crate::{
    access::authorize_delivery, chat::Chat, error::ChatError, job::JobLoad, person::Person,
    storage::MailState, webhook::EndpointLoad,
};

/// What administrators see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub jobs: JobLoad,
    pub webhooks: Vec<EndpointLoad>,
    pub mail: MailState,
}

pub async fn read_delivery(chat: &Chat, reader: &Person) -> Result<Delivery, ChatError> {
    authorize_delivery(reader)?;
    Ok(Delivery {
        jobs: chat.jobs.load().await?,
        webhooks: chat.webhooks.endpoint_loads().await?,
        mail: chat.mailboxes.mail_state(chat.clock.now()).await?,
    })
}
