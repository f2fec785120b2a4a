//! Who is told of what happens. Behind the key of the server, as the directory is.

pub mod deliveries;
pub mod endpoints;
pub mod rotate;

use crate::{app::App, http::error::ApiError, outgoing_http::Target, webhook_secret, webhooks};

/// What can be said without asking anybody.
fn check(app: &App, url: &str) -> Result<(), ApiError> {
    let target = Target::parse(url, webhooks::reach(&app.settings));
    target.map_err(|why| chat::error::ChatError::field("url", why))?;
    Ok(())
}

fn new_secret() -> Result<String, ApiError> {
    webhook_secret::make().ok_or(ApiError::Internal)
}
