//! Every address of the server. Those of the documented endpoints stand at their handlers.

use axum::{
    Router, middleware,
    routing::{get, post},
};

use crate::{
    app::App,
    demo,
    http::{
        self, cors, docs,
        drain_body::drain_body,
        error::ApiError,
        health, mail_in,
        observe::{Observer, observe},
    },
    web, ws,
};

/// What is answered at the address of `HAGGLE_METRICS_LISTEN`.
pub fn for_metrics(app: &App) -> Router {
    let observer = Observer::new(app.clone());
    Router::new()
        .route("/metrics", get(health::metrics_page))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(observer, observe))
}

/// Everything that the server answers. Only the demo has its login.
pub fn router(app: App, is_demo: bool) -> Router {
    let (mut router, _) = http::endpoints().split_for_parts();
    router = if is_demo {
        router.merge(demo::routes()).fallback(web::demo)
    } else {
        router.fallback(web::kit)
    };
    router = router
        .route("/api/chat/ws", get(ws::upgrade))
        .merge(http::documents())
        .route("/api/mail-in", post(mail_in::handler))
        .route("/docs", get(docs::enter))
        .route("/docs/", get(docs::serve))
        .route("/docs/{*file}", get(docs::serve))
        .method_not_allowed_fallback(method_not_allowed);
    if !app.settings.allowed_origins.is_empty() {
        router = router.layer(cors::layer(&app.settings));
    }
    router
        .layer(middleware::from_fn_with_state(app.clone(), drain_body))
        .layer(middleware::from_fn_with_state(
            Observer::new(app.clone()),
            observe,
        ))
        .with_state(app)
}

async fn method_not_allowed() -> ApiError {
    ApiError::MethodNotAllowed
}
