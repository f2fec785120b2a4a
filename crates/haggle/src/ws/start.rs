//! The tasks behind the sockets.

use crate::{
    app::App,
    bus::local::Delivery,
    presence::{keep_leases, watch_people},
};

/// Starts them. They end by themselves when the server drains.
pub fn start(app: &App, delivery: Delivery) {
    app.tasks.spawn(delivery.run(app.draining.clone()));
    app.tasks.spawn(keep_leases(app.clone()));
    app.tasks.spawn(watch_people(app.clone()));
    app.tasks.spawn(end_typing(app.clone()));
    app.tasks.spawn(close_sockets(app.clone()));
}

async fn end_typing(app: App) {
    app.hub.typing.run(&app.chat, &app.draining).await;
}

async fn close_sockets(app: App) {
    app.draining.cancelled().await;
    app.hub.drain().await;
}
