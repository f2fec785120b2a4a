//! The demo: a marketplace with people, products and conversations, and a login without passwords.

mod fill;
mod login;
mod marketplace;
mod secret;

use std::{fmt::Write, net::SocketAddr, time::Duration};

use axum::{
    Router,
    routing::{get, post},
};
use chat::ids::UserId;
use chat_pg::PgError;
use demo_data::{Person, Role};

pub use self::{fill::fill, secret::keep_secret, secret::recall_secret};
use crate::app::App;

/// How long a demo login is good.
const SESSION: Duration = Duration::from_hours(12);

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error("the demo's key cannot be kept in {path}: {source}")]
    Secret {
        path: String,
        source: std::io::Error,
    },
    #[error("the demo cannot be filled: {0}")]
    Storage(#[from] chat::error::StorageError),
    #[error("the demo cannot be filled: {0}")]
    Import(#[from] PgError),
    #[error("making the demo's conversations failed: {0}")]
    Task(#[from] tokio::task::JoinError),
    #[error("this database has a marketplace of its own; the demo needs an empty one")]
    HostOwned,
}

/// The addresses that only the demo has.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/demo/login", post(login::handler))
        .route("/api/demo/marketplace", get(marketplace::list))
        .route("/demo/pictures/{id}", get(marketplace::picture))
        .route("/demo/avatars/{id}", get(marketplace::avatar))
}

/// Where to go and who to be there.
pub fn greeting(app: &App, address: SocketAddr) -> String {
    let mut text = format!("\nOpen http://{address} and choose who to be, for example:\n\n");
    let mut tokens = String::new();
    for role in [Role::Buyer, Role::Supplier, Role::Admin] {
        let people = &demo_data::marketplace().people;
        let Some(person) = people.iter().find(|person| person.role == role) else {
            continue;
        };
        let Person { id, name, .. } = person;
        let company = person.company.unwrap_or("the marketplace");
        let role = format!("{role:?}").to_lowercase();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {role:<9} {id:<20} {name}, {company}");
        if let Some((token, _)) = app.auth.sign(&UserId::new(*id), SESSION) {
            let _ = writeln!(tokens, "export {}={token}", role.to_uppercase());
        }
    }
    text + "\nFor the command line, good for 12 hours:\n\n" + &tokens
}
