//! The tasks behind the sockets.

use crate::{
    app::App,
    presence::{Context, keep_leases, mirror_to_host, watch_access},
};

/// Starts them. They end by themselves when the server drains.
pub fn start(app: &App, delivery: impl Future<Output = ()> + Send + 'static) {
    app.tasks.spawn(deliver(app.clone(), delivery));
    let context = Context {
        node: app.node.clone(),
        chat: app.chat.clone(),
        hub: app.hub.clone(),
        caches: app.caches.clone(),
        presence: app.presence.clone(),
        draining: app.draining.clone(),
    };
    app.tasks.spawn(keep_leases(context.clone()));
    if app.settings.mapping.online().is_some() {
        app.tasks.spawn(mirror_to_host(context.clone()));
    }
    app.tasks.spawn(watch_access(context));
    app.tasks.spawn(end_typing(app.clone()));
}

async fn end_typing(app: App) {
    app.hub.typing.run(&app.chat, &app.draining).await;
}

/// Delivers until every socket is closed. Events after that have no receiver.
async fn deliver(app: App, delivery: impl Future<Output = ()>) {
    tokio::select! {
        () = delivery => {}
        () = close_sockets(&app) => {}
    }
}

async fn close_sockets(app: &App) {
    app.draining.cancelled().await;
    app.hub.drain().await;
}
