//! The tasks behind the sockets.

use crate::{
    app::App,
    presence::{keep_leases, watch_people},
};

/// Starts them. They end by themselves when the server drains.
pub fn start(app: &App, delivery: impl Future<Output = ()> + Send + 'static) {
    app.tasks.spawn(deliver(app.clone(), delivery));
    app.tasks.spawn(keep_leases(app.clone()));
    app.tasks.spawn(watch_people(app.clone()));
    app.tasks.spawn(end_typing(app.clone()));
}

async fn end_typing(app: App) {
    app.hub.typing.run(&app.chat, &app.draining).await;
}

/// Until every socket is closed: nobody hears what comes after.
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
