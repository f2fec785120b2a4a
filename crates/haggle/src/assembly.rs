//! Puts a server together and starts its tasks.

use std::sync::Arc;

use chat::{
    Chat,
    audit::{AuditLog, AuditTrail},
    bus::Bus,
    ids::NodeId,
    rate_limit::{LocalRateLimiter, Quotas, RateLimiter},
    storage::{ChatStorage, Directory, Leases, Uploads},
    timestamp::Clock,
};
use futures_util::future::{BoxFuture, FutureExt};
use redis_link::Address;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    admission::Admission,
    app::{App, AppParts},
    attachments::{self, Attachments},
    audit_counts,
    auth::Auth,
    broker::{Fanout, LocalBroker, Parts, RedisBroker},
    cache::Caches,
    hub::Hub,
    presence::Presence,
    read_share::ReadShares,
    sessions::{self, Sessions},
    settings::Settings,
    ws,
};

/// A running server on this storage.
pub fn start<S>(
    settings: Settings,
    auth: Auth,
    sessions: Option<Arc<Sessions>>,
    attachments: Attachments,
    storage: &Arc<S>,
    clock: Arc<dyn Clock>,
) -> App
where
    S: ChatStorage + Directory + Leases + AuditLog + Uploads + 'static,
{
    let directory: Arc<dyn Directory> = storage.clone();
    let leases: Arc<dyn Leases> = storage.clone();
    let audit = Arc::new(AuditTrail::new(storage.clone()));
    let uploads: Arc<dyn Uploads> = storage.clone();
    let caches = Arc::new(Caches::new(directory.clone(), leases.clone()));
    let sockets = usize::try_from(settings.sockets_per_user).unwrap_or(usize::MAX);
    let hub = Arc::new(Hub::new(sockets));
    let presence = Arc::new(Presence::default());
    let links = attachments.links.clone();
    let fanout = Fanout::new(hub.clone(), caches.clone(), presence.clone(), links);
    let quotas = Quotas {
        messages_per_minute: settings.messages_per_minute,
        conversations_per_hour: settings.conversations_per_hour,
    };
    let node = NodeId::new(clock.new_id());
    let read_shares = ReadShares::new(settings.database_connections);
    let storage: Arc<dyn ChatStorage> = storage.clone();
    let Broker {
        redis,
        bus,
        delivery,
        rate_limiter,
    } = match &settings.redis {
        None => local(fanout, quotas, &clock),
        Some(address) => {
            let parts = Parts {
                node: node.clone(),
                hub: hub.clone(),
                caches: caches.clone(),
                storage: storage.clone(),
                most_sockets: settings.sockets_per_user,
            };
            over_redis(address.clone(), parts, fanout, quotas, &clock)
        }
    };
    let chat = Chat {
        storage,
        directory,
        leases,
        audit,
        uploads,
        bus,
        rate_limiter,
        clock,
    };
    let app = App::from(AppParts {
        node,
        settings: Arc::new(settings),
        chat,
        auth: Arc::new(auth),
        sessions,
        attachments,
        caches,
        hub,
        presence,
        read_shares,
        samples: Arc::default(),
        admission: Admission::default(),
        redis,
        draining: CancellationToken::new(),
        giving_up: CancellationToken::new(),
        tasks: TaskTracker::new(),
    });
    ws::start(&app, delivery);
    app.tasks
        .spawn(audit_counts::write(app.chat.clone(), app.draining.clone()));
    app.tasks.spawn(attachments::sweep(
        app.chat.clone(),
        app.attachments.folder.clone(),
        app.draining.clone(),
    ));
    app.tasks
        .spawn(app.auth.clone().watch(app.draining.clone()));
    if let Some(host) = app.sessions.clone() {
        app.tasks.spawn(sessions::watch(host, app.draining.clone()));
    }
    app
}

struct Broker {
    redis: Option<Arc<RedisBroker>>,
    bus: Arc<dyn Bus>,
    delivery: BoxFuture<'static, ()>,
    rate_limiter: Arc<dyn RateLimiter>,
}

fn local(fanout: Fanout, quotas: Quotas, clock: &Arc<dyn Clock>) -> Broker {
    let (bus, delivery) = LocalBroker::new(fanout);
    Broker {
        redis: None,
        bus,
        delivery: delivery.boxed(),
        rate_limiter: Arc::new(LocalRateLimiter::new(quotas, clock.clone())),
    }
}

fn over_redis(
    address: Address,
    parts: Parts,
    fanout: Fanout,
    quotas: Quotas,
    clock: &Arc<dyn Clock>,
) -> Broker {
    let (broker, delivery) = RedisBroker::start(address, parts, fanout);
    Broker {
        bus: broker.clone(),
        delivery: delivery.boxed(),
        rate_limiter: Arc::new(broker.rate_limiter(quotas, clock.clone())),
        redis: Some(broker),
    }
}
