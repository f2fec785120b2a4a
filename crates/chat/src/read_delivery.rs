//! How what leaves the server is doing.

use crate::{
    access::authorize_delivery, chat::Chat, error::ChatError, job::JobLoad, person::Person,
};

/// What administrators see of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub jobs: JobLoad,
}

pub async fn read_delivery(chat: &Chat, reader: &Person) -> Result<Delivery, ChatError> {
    authorize_delivery(reader)?;
    Ok(Delivery {
        jobs: chat.jobs.load().await?,
    })
}
