//! The addresses that only the demo has.

use axum::{
    Router,
    routing::{get, post},
};

use super::{login, marketplace};
use crate::app::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/demo/login", post(login::handler))
        .route("/api/demo/marketplace", get(marketplace::list))
        .route("/demo/pictures/{id}", get(marketplace::picture))
        .route("/demo/avatars/{id}", get(marketplace::avatar))
}
