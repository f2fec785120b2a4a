//! Tells the marketplace's other systems what happens: Standard Webhooks.
//!
//! What happens is a job of the outbox. [`fan_out`] renders it once and gives each endpoint a delivery; each
//! endpoint has its own jobs and its own worker ([`supervise`]), so one that hangs keeps nobody waiting.

mod deliver;
mod fan_out;
mod sign;
mod supervise;

use std::sync::Arc;

use chat::{
    Chat,
    ids::{EndpointId, NodeId},
    webhook::{EVERYTHING, Filter, NewEndpoint},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{fan_out::FanOut, supervise::Supervisor};
use crate::{
    attachments::Links,
    outbox::{self, Handler},
    outgoing_http::{Client, Reach},
    settings::Settings,
};

/// The endpoint that the settings name.
const OF_THE_SETTINGS: &str = "settings";

/// Its secret is never shown by the server.
pub fn endpoint_of(settings: &Settings) -> Option<NewEndpoint> {
    let webhook = settings.webhook.as_ref()?;
    Some(NewEndpoint {
        id: EndpointId::new(OF_THE_SETTINGS),
        url: webhook.url.expose().to_owned(),
        events: Filter(vec![EVERYTHING.to_owned()]),
        secret: webhook.secret.expose().to_owned(),
    })
}

/// Where the endpoints of the API may be.
pub fn reach(settings: &Settings) -> Reach {
    if settings.webhooks_may_be_private {
        Reach::Anywhere
    } else {
        Reach::Public
    }
}

/// The tasks, until the server drains.
pub fn start(
    chat: &Chat,
    node: &NodeId,
    settings: &Settings,
    links: Arc<Links>,
    draining: &CancellationToken,
    tasks: &TaskTracker,
) {
    let rendering: Arc<dyn Handler> = Arc::new(FanOut {
        webhooks: chat.webhooks.clone(),
        links,
    });
    outbox::work(chat, node, rendering, draining.clone(), tasks);
    let supervisor = Supervisor {
        chat: chat.clone(),
        node: node.clone(),
        client: Client::default(),
        reach: reach(settings),
        given: endpoint_of(settings),
        draining: draining.clone(),
        tasks: tasks.clone(),
    };
    tasks.spawn(supervisor.run());
}
