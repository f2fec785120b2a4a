//! Every address of the server. The paths stand at the handlers.

use axum::{Extension, Router, middleware, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    app::App,
    demo,
    http::{
        cors,
        directory::{products, suppliers, users},
        docs,
        drain_body::drain_body,
        error::ApiError,
        get_attachment, get_conversation, get_limits, health, join_conversation,
        leave_conversation, list_audit, list_conversations, list_events, list_messages,
        list_notifications, mark_notifications_read, mark_read,
        observe::{Observer, observe},
        open_conversation,
        openapi::{self, Document, Written},
        send_message, unread_count, upload_attachment, user_status,
    },
    web, ws,
};

/// The documented endpoints.
fn api() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(
            list_conversations::handler,
            open_conversation::handler
        ))
        .routes(routes!(get_conversation::handler))
        .routes(routes!(join_conversation::handler))
        .routes(routes!(leave_conversation::handler))
        .routes(routes!(list_messages::handler, send_message::handler))
        .routes(routes!(list_events::handler))
        .routes(routes!(mark_read::handler))
        .routes(routes!(upload_attachment::handler))
        .routes(routes!(get_attachment::file))
        .routes(routes!(get_attachment::thumbnail))
        .routes(routes!(get_limits::handler))
        .routes(routes!(unread_count::handler))
        .routes(routes!(user_status::handler))
        .routes(routes!(list_notifications::handler))
        .routes(routes!(mark_notifications_read::handler))
        .routes(routes!(list_audit::handler))
        .routes(routes!(users::put, users::delete))
        .routes(routes!(suppliers::put, suppliers::delete))
        .routes(routes!(products::put, products::delete))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::prometheus))
}

/// What is answered at the address of `HAGGLE_METRICS_LISTEN`.
pub fn for_metrics(app: &App) -> Router {
    let observer = Observer::new(app.clone());
    Router::new()
        .route("/metrics", get(health::metrics_page))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn_with_state(observer, observe))
}

/// The OpenAPI document of the server.
pub fn document() -> utoipa::openapi::OpenApi {
    let mut document = api().into_openapi();
    openapi::complete(&mut document);
    document
}

/// Everything that the server answers. Only the demo has its login.
pub fn router(app: App, is_demo: bool) -> Router {
    let written = Written(document().to_json().unwrap_or_default().into());
    let (mut router, _) = api().split_for_parts();
    router = if is_demo {
        router.merge(demo::routes()).fallback(web::demo)
    } else {
        router.fallback(web::kit)
    };
    router = router
        .route("/api/chat/ws", get(ws::upgrade))
        .route(
            "/api/openapi.json",
            get(openapi::serve).layer(Extension(written)),
        )
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
