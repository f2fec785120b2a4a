//! Puts a server together and starts its tasks.

use std::sync::Arc;

use chat::{
    Chat,
    ids::NodeId,
    publisher::Publisher,
    rate_limit::{LocalRateLimiter, Quotas, RateLimiter},
    storage::Storage,
    timestamp::Clock,
};
use futures_util::future::{BoxFuture, FutureExt};
use redis_link::Address;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    admission::Admission,
    answer_times,
    app::{App, AppParts},
    attachments::{self, Attachments},
    audit_counts,
    auth::Auth,
    broker::{Fanout, LocalBroker, Parts, RedisBroker},
    cache::Caches,
    hub::Hub,
    offers, orphans, outbox, outgoing_http,
    presence::Presence,
    reach::{self, Reach},
    read_share::ReadShares,
    search_filling::{self, NotingPublisher, Unindexed},
    sessions::{self, Sessions},
    settings::Settings,
    webhooks, ws,
};

/// A running server on this storage, and the writer that it made of it. The order in which the parts
/// are made is that in which they need each other: storage, caches, broker, writer.
pub fn start<S: Storage>(
    settings: Settings,
    auth: Auth,
    sessions: Option<Arc<Sessions>>,
    attachments: Attachments,
    reach: Arc<Reach>,
    storage: &Arc<S>,
    clock: Arc<dyn Clock>,
) -> (App, Arc<S::Writer>) {
    let caches = Arc::new(Caches::new(storage.clone(), storage.clone()));
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
    let Broker {
        redis,
        publisher,
        delivery,
        rate_limiter,
    } = match &settings.redis {
        None => local(fanout, quotas, &clock),
        Some(address) => {
            let parts = Parts {
                node: node.clone(),
                hub: hub.clone(),
                caches: caches.clone(),
                conversations: storage.clone(),
                most_sockets: settings.sockets_per_user,
            };
            over_redis(address.clone(), parts, fanout, quotas, &clock)
        }
    };
    let unindexed: Arc<Unindexed> = Arc::default();
    let publisher = Arc::new(NotingPublisher::new(publisher, unindexed.clone()));
    let (chat, writer) = Chat::on(storage, publisher, rate_limiter, clock);
    let app = App::from(AppParts {
        node,
        settings: Arc::new(settings),
        chat,
        auth: Arc::new(auth),
        sessions,
        attachments,
        reach,
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
    start_tasks(&app, unindexed);
    (app, writer)
}

/// What goes on beside requests and sockets, until the server drains.
fn start_tasks(app: &App, unindexed: Arc<Unindexed>) {
    app.tasks
        .spawn(audit_counts::write(app.chat.clone(), app.draining.clone()));
    app.tasks.spawn(search_filling::fill(
        app.chat.clone(),
        unindexed,
        app.draining.clone(),
    ));
    app.tasks
        .spawn(orphans::remove(app.chat.clone(), app.draining.clone()));
    app.tasks.spawn(answer_times::work_out(
        app.chat.clone(),
        app.draining.clone(),
    ));
    if app.settings.offers {
        app.tasks
            .spawn(offers::expire(app.chat.clone(), app.draining.clone()));
    }
    app.tasks.spawn(attachments::sweep(
        app.chat.clone(),
        app.attachments.store.clone(),
        app.draining.clone(),
    ));
    app.tasks.spawn(reach::send_digests(
        app.chat.clone(),
        app.reach.clone(),
        app.draining.clone(),
    ));
    if let Some(scanner) = app.attachments.scanner.clone() {
        app.tasks.spawn(attachments::rescan(
            app.chat.clone(),
            app.attachments.store.clone(),
            app.attachments.stored.clone(),
            scanner,
            app.draining.clone(),
        ));
    }
    outbox::start(
        &app.chat,
        &app.node,
        push_handlers(app),
        &app.draining,
        &app.tasks,
    );
    webhooks::start(
        &app.chat,
        &app.node,
        &app.settings,
        app.attachments.links.clone(),
        &app.draining,
        &app.tasks,
    );
    app.tasks
        .spawn(app.auth.clone().watch(app.draining.clone()));
    if let Some(host) = app.sessions.clone() {
        app.tasks.spawn(sessions::watch(host, app.draining.clone()));
    }
}

/// None where no push messages are sent.
fn push_handlers(app: &App) -> Vec<Arc<dyn outbox::Handler>> {
    let Some(settings) = app.reach.settings.push.clone() else {
        return Vec::new();
    };
    app.tasks.spawn(reach::collect_pushes(
        app.chat.clone(),
        app.draining.clone(),
    ));
    vec![Arc::new(reach::PushHandler {
        chat: app.chat.clone(),
        reach: app.reach.clone(),
        settings,
        client: outgoing_http::Client::default(),
        services: reach::PUSH_SERVICES,
    })]
}

struct Broker {
    redis: Option<Arc<RedisBroker>>,
    publisher: Arc<dyn Publisher>,
    delivery: BoxFuture<'static, ()>,
    rate_limiter: Arc<dyn RateLimiter>,
}

fn local(fanout: Fanout, quotas: Quotas, clock: &Arc<dyn Clock>) -> Broker {
    let (publisher, delivery) = LocalBroker::new(fanout);
    Broker {
        redis: None,
        publisher,
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
        publisher: broker.clone(),
        delivery: delivery.boxed(),
        rate_limiter: Arc::new(broker.rate_limiter(quotas, clock.clone())),
        redis: Some(broker),
    }
}
