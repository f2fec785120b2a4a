//! The link in a mail that ends the mails: RFC 8058 by POST, a page that asks by GET. It proves itself;
//! nobody needs to be logged in.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, Uri, header},
    response::{Html, IntoResponse, Response},
};
use chat::{change_preferences::unsubscribe, ids::UserId};
use mail::{Page, Templates};
use wire::{Fields, Problem};

use super::error::ApiError;
use crate::app::App;

/// The page may have a style of its own, by operators, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A page that asks whether there should be no more mails. Only a post ends them: programs open links
/// too.
#[utoipa::path(
    operation_id = "unsubscribe_page",
    get, path = "/api/chat/unsubscribe", tag = "notifications",
    security(()),
    params(("token" = String, Query, description = "From the mail")),
    responses(
        (status = 200, description = "A page with a button", body = String, content_type = "text/html"),
        (status = 400, description = "The link is not complete: a page that says so", body = String, content_type = "text/html"),
    ),
)]
pub async fn page(State(app): State<App>, uri: Uri) -> Result<Response, ApiError> {
    let Some((token, user)) = person(&app, &uri) else {
        return shown(&app, StatusCode::BAD_REQUEST, Page::UnknownLink, "en");
    };
    let language = language(&app, &user).await?;
    // Relative: a proxy may serve us below a path of its own.
    let action = format!("unsubscribe?token={token}");
    shown(&app, StatusCode::OK, Page::Ask(&action), &language)
}

/// Ends the mails of the person whose link it is, whatever the body says.
#[utoipa::path(
    operation_id = "unsubscribe",
    post, path = "/api/chat/unsubscribe", tag = "notifications",
    security(()),
    params(("token" = String, Query, description = "From the mail")),
    responses(
        (status = 200, description = "There are no more: a page that says so", body = String, content_type = "text/html"),
        (status = 400, description = "The link is not complete", body = Problem),
    ),
)]
pub async fn post(State(app): State<App>, uri: Uri) -> Result<Response, ApiError> {
    let Some((_, user)) = person(&app, &uri) else {
        return Err(chat::error::ChatError::field("token", "Is not from a mail of ours").into());
    };
    unsubscribe(&app.chat, &user).await?;
    tracing::info!(%user, "no more mails, by the link of one");
    let language = language(&app, &user).await?;
    shown(&app, StatusCode::OK, Page::Done, &language)
}

fn person(app: &App, uri: &Uri) -> Option<(String, UserId)> {
    let mut fields = Fields::of_query(uri.query()?).ok()?;
    let token = fields.any_text("token")?;
    let user = app.reach.key.unsubscriber(&token)?;
    Some((token, UserId::new(user)))
}

async fn language(app: &App, user: &UserId) -> Result<String, ApiError> {
    Ok(app.chat.preferences.preferences(user).await?.language)
}

fn shown(
    app: &App,
    status: StatusCode,
    page: Page<'_>,
    language: &str,
) -> Result<Response, ApiError> {
    let templates = match &app.reach.settings.mail {
        Some(mail) => mail.templates.clone(),
        None => Templates::built_in(),
    };
    let page = templates.page(page, language).map_err(|error| {
        tracing::error!(%error, "a page cannot be made");
        ApiError::Internal
    })?;
    let mut response = (status, Html(page)).into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // The address has the token in it.
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    Ok(response)
}
