//! What a running server is made of; every handler and socket gets it.

use std::{ops::Deref, sync::Arc};

use chat::{
    Chat,
    audit::AuditLog,
    bus::Bus,
    ids::{NodeId, UserId},
    rate::{LocalRates, Quotas, Rates},
    storage::{ChatStorage, Directory, Leases, Uploads},
    timestamp::Clock,
};
use futures_util::future::{BoxFuture, FutureExt};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    attachments::{self, Attachments},
    auth::Auth,
    bus::{LocalBus, dispatch::Dispatch},
    cache::Caches,
    hub::Hub,
    nodes::{self, Nodes, RedisBus, RedisRates, Version},
    presence::Presence,
    settings::Settings,
    ws,
};

/// Cheap to clone: every request does.
#[derive(Clone, Debug)]
pub struct App(Arc<AppParts>);

#[derive(Debug)]
pub struct AppParts {
    pub node: NodeId,
    pub settings: Arc<Settings>,
    pub chat: Chat,
    pub auth: Arc<Auth>,
    pub attachments: Attachments,
    pub caches: Arc<Caches>,
    pub hub: Arc<Hub>,
    pub presence: Arc<Presence>,
    /// The others; `None`: there are none.
    pub nodes: Option<Arc<Nodes>>,
    /// Cancelled when the server should drain: no new work, sockets get 1001.
    pub draining: CancellationToken,
    /// Cancelled when the drain has lasted long enough: what still waits is refused.
    pub giving_up: CancellationToken,
    /// Every task of the server; the drain waits for them.
    pub tasks: TaskTracker,
}

impl Deref for App {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        &self.0
    }
}

impl From<AppParts> for App {
    fn from(parts: AppParts) -> Self {
        Self(Arc::new(parts))
    }
}

impl App {
    /// Puts a server together on this storage and starts its tasks.
    pub fn start<S>(
        settings: Settings,
        auth: Auth,
        attachments: Attachments,
        storage: &Arc<S>,
        clock: Arc<dyn Clock>,
    ) -> Self
    where
        S: ChatStorage + Directory + Leases + AuditLog + Uploads + 'static,
    {
        let directory: Arc<dyn Directory> = storage.clone();
        let leases: Arc<dyn Leases> = storage.clone();
        let audit: Arc<dyn AuditLog> = storage.clone();
        let uploads: Arc<dyn Uploads> = storage.clone();
        let caches = Arc::new(Caches::new(directory.clone(), leases.clone()));
        let sockets = usize::try_from(settings.sockets_per_user).unwrap_or(usize::MAX);
        let hub = Arc::new(Hub::new(sockets));
        let presence = Arc::new(Presence::default());
        let links = attachments.links.clone();
        let dispatch = Dispatch::new(hub.clone(), caches.clone(), presence.clone(), links);
        let quotas = Quotas {
            messages_per_minute: settings.messages_per_minute,
            conversations_per_hour: settings.conversations_per_hour,
        };
        let node = NodeId::new(clock.new_id());
        let storage: Arc<dyn ChatStorage> = storage.clone();
        let Between {
            nodes,
            bus,
            delivery,
            rates,
        } = match &settings.redis {
            None => alone(dispatch, quotas, &clock),
            Some(address) => {
                let parts = nodes::Parts {
                    node: node.clone(),
                    hub: hub.clone(),
                    caches: caches.clone(),
                    most_sockets: settings.sockets_per_user,
                };
                let made = Nodes::new(address.clone(), parts, storage.clone(), dispatch.clone());
                one_of_several(made, dispatch, quotas, &clock)
            }
        };
        let chat = Chat {
            storage,
            directory,
            leases,
            audit,
            uploads,
            bus,
            rates,
            clock,
        };
        let app = Self::from(AppParts {
            node,
            settings: Arc::new(settings),
            chat,
            auth: Arc::new(auth),
            attachments,
            caches,
            hub,
            presence,
            nodes,
            draining: CancellationToken::new(),
            giving_up: CancellationToken::new(),
            tasks: TaskTracker::new(),
        });
        ws::start(&app, delivery);
        app.tasks.spawn(attachments::sweep(app.clone()));
        app.tasks
            .spawn(app.auth.clone().watch(app.draining.clone()));
        app
    }

    /// What a cached answer for this user must have been true for.
    pub async fn version(&self, user: &UserId, sees_all: bool) -> Version {
        match &self.nodes {
            None => Version::Alone,
            Some(nodes) => nodes.version(user, sees_all).await,
        }
    }

    /// Asks everything to end: no new requests, sockets get 1001, tasks finish what they do.
    pub async fn drain(&self) {
        self.draining.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// What stands between this node and others, if there are any.
struct Between {
    nodes: Option<Arc<Nodes>>,
    bus: Arc<dyn Bus>,
    delivery: BoxFuture<'static, ()>,
    rates: Arc<dyn Rates>,
}

fn alone(dispatch: Dispatch, quotas: Quotas, clock: &Arc<dyn Clock>) -> Between {
    let (bus, delivery) = LocalBus::new(dispatch);
    Between {
        nodes: None,
        bus,
        delivery: delivery.run().boxed(),
        rates: Arc::new(LocalRates::new(quotas, clock.clone())),
    }
}

fn one_of_several(
    (nodes, delivery): (Arc<Nodes>, nodes::Delivery),
    dispatch: Dispatch,
    quotas: Quotas,
    clock: &Arc<dyn Clock>,
) -> Between {
    nodes.start();
    Between {
        bus: Arc::new(RedisBus::new(nodes.clone(), dispatch)),
        delivery: delivery.run().boxed(),
        rates: Arc::new(RedisRates::new(nodes.clone(), quotas, clock.clone())),
        nodes: Some(nodes),
    }
}
