//! Around every request: its id, its log line, its metrics, its limit of time, and the
//! body of its error. A panic of a handler ends here.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use dashmap::DashMap;
use futures_util::FutureExt;
use metrics::{Counter, Histogram};
use tokio::time::Instant;
use tracing::{Instrument, field::Empty};

use super::error::{ApiError, Refusal};
use crate::{
    app::App,
    listener::{ClientAddress, Connection},
    logging::samples::Samples,
    read_share::Cost,
};

pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// A request that takes longer is answered with 503.
const REQUEST_SECONDS: u64 = 30;
/// The same for an upload, which may come over a slow line.
const UPLOAD_SECONDS: u64 = 15 * 60;
/// The same for an e-mail, whose files are looked at one after the other. Mail servers wait ten minutes (RFC 5321, 4.5.3.2.6).
const MAIL_SECONDS: u64 = 9 * 60;

/// What every request is answered with, and counted by.
#[derive(Clone, Debug)]
pub struct Observer {
    app: App,
    /// By route.
    meters: Arc<DashMap<String, RouteMeters>>,
}

/// By method and status.
type RouteMeters = DashMap<(&'static str, u16), Meter>;

#[derive(Clone, Debug)]
struct Meter {
    requests: Counter,
    seconds: Histogram,
}

impl Observer {
    pub fn new(app: App) -> Self {
        Self {
            app,
            meters: Arc::default(),
        }
    }

    /// Meters are looked up once; by their labels it costs as much as a small answer.
    fn count(&self, method: &Method, route: &str, status: StatusCode, elapsed: Duration) {
        let method = method_name(method);
        let known = self.meters.get(route);
        let known = known.and_then(|route| Some(route.get(&(method, status.as_u16()))?.clone()));
        let meter = known.unwrap_or_else(|| {
            let meter = Meter::new(method, route, status);
            let of_route = self.meters.entry(route.to_owned()).or_default();
            of_route.insert((method, status.as_u16()), meter.clone());
            meter
        });
        meter.requests.increment(1);
        meter.seconds.record(elapsed.as_secs_f64());
    }
}

impl Meter {
    fn new(method: &'static str, route: &str, status: StatusCode) -> Self {
        let route = route.to_owned();
        let requests = metrics::counter!(
            "haggle_http_requests_total",
            "method" => method, "route" => route.clone(), "status" => status.as_str().to_owned(),
        );
        let seconds = metrics::histogram!(
            "haggle_http_request_seconds",
            "method" => method, "route" => route,
        );
        Self { requests, seconds }
    }
}

pub async fn observe(State(observer): State<Observer>, request: Request, next: Next) -> Response {
    let app = &observer.app;
    let start = Instant::now();
    let id = given_id(&request).unwrap_or_else(|| app.chat.clock.new_id());
    let connection = request.extensions().get::<Connection>().cloned();
    let from = ClientAddress::of(request.extensions());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("other", MatchedPath::as_str);

    let span = tracing::info_span!(
        "request", id, %method, route, from = from.map(tracing::field::display),
        user = Empty, conversation = Empty,
    );
    let response = answer(app, request, next).instrument(span.clone()).await;
    let refusal = response.extensions().get::<Refusal>().cloned();
    let response = finish(response, id);

    let (status, elapsed) = (response.status(), start.elapsed());
    observer.count(&method, route, status, elapsed);
    let line = Line {
        status: status.as_u16(),
        code: refusal.map_or("", |refusal| refusal.code().as_str()),
        milliseconds: elapsed.as_secs_f64() * 1e3,
    };
    let who = || connection.map_or_else(String::new, |connection| connection.owner());
    span.in_scope(|| line.write(&app.samples, route, who));
    response
}

/// What the log tells of an answer.
struct Line {
    status: u16,
    code: &'static str,
    milliseconds: f64,
}

impl Line {
    /// Failures are sampled by the route, since everybody has the same; refusals by who is refused.
    fn write(&self, samples: &Samples, route: &str, who: impl FnOnce() -> String) {
        let &Self {
            status,
            code,
            milliseconds,
        } = self;
        match status {
            500.. => {
                if let Some(more) = samples.note(status, code, route) {
                    tracing::warn!(status, code, milliseconds, more, "failed");
                } else {
                    tracing::debug!(status, code, milliseconds, "failed");
                }
            }
            400.. => {
                if let Some(more) = samples.note(status, code, &who()) {
                    tracing::info!(status, code, milliseconds, more, "refused");
                } else {
                    tracing::debug!(status, code, milliseconds, "refused");
                }
            }
            _ => tracing::debug!(status, milliseconds, "answered"),
        }
    }
}

async fn answer(app: &App, request: Request, next: Next) -> Response {
    let seconds = patience_seconds(&request);
    // A query goes on when its client is gone, so whoever asks and leaves must not have a turn back.
    let is_search = is_search(&request);
    let run = next.run(request);
    let run = if is_search {
        let run = app.tasks.spawn(run.in_current_span());
        run.map(|done| done.unwrap_or_else(|_| ApiError::Internal.into_response()))
            .left_future()
    } else {
        run.right_future()
    };
    let answer = AssertUnwindSafe(run).catch_unwind();
    let too_long = tokio::time::sleep(Duration::from_secs(seconds));
    tokio::select! {
        answer = answer => match answer {
            Ok(response) => response,
            // The panic hook has logged it, with its place in the source.
            Err(_) => ApiError::Internal.into_response(),
        },
        () = too_long => ApiError::Unavailable.into_response(),
        () = app.giving_up.cancelled() => ApiError::Unavailable.into_response(),
    }
}

fn is_search(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("", MatchedPath::as_str);
    Cost::of(request.method(), route, request.uri().query()) == Some(Cost::Search)
}

fn patience_seconds(request: &Request) -> u64 {
    let path = request.uri().path();
    match *request.method() {
        Method::POST if path == "/api/chat/attachments" => UPLOAD_SECONDS,
        Method::PATCH if path.starts_with("/api/chat/attachments/resumable/") => UPLOAD_SECONDS,
        Method::POST if path == "/api/mail-in" => MAIL_SECONDS,
        _ => REQUEST_SECONDS,
    }
}

/// The id that a proxy gave, when it is one that can be logged as it is.
fn given_id(request: &Request) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    ((1..=64).contains(&id.len()) && id.chars().all(is_plain)).then(|| id.to_owned())
}

/// Writes the body of an error, now that the request's id is known.
/// With the request's id, and the body of an error.
pub fn finish(mut response: Response, id: String) -> Response {
    let header = HeaderValue::from_str(&id);
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        let (mut parts, _) = response.into_parts();
        let (body_parts, body) = Json(refusal.into_problem(id)).into_response().into_parts();
        parts.headers.extend(body_parts.headers);
        response = Response::from_parts(parts, body);
    }
    let headers = response.headers_mut();
    if let Ok(header) = header {
        headers.insert(REQUEST_ID, header);
    }
    let set = HeaderValue::from_static;
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, set("nosniff"));
    // Answers are about one person, unless they say otherwise.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(set("no-store"));
    response
}

/// Methods can be invented by clients, labels must not.
fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::{Router, body::Body, extract::Request, http::StatusCode, middleware, routing::get};
    use chat_testing::{FakeClock, memory::MemoryStorage};
    use http_body_util::BodyExt;
    use serde_json::Value;
    use tower::ServiceExt;

    use super::{Observer, observe, patience_seconds};
    use crate::{
        app::App,
        attachments::Attachments,
        auth::Auth,
        http::error::ApiError,
        settings::{Purpose, Settings, Sources},
    };

    fn app() -> App {
        let settings = Settings::check(Sources::default(), Purpose::Other).unwrap();
        let clock = Arc::new(FakeClock::new());
        let auth = Auth::new(None, None, clock.clone()).unwrap();
        let attachments = Attachments::new(&settings, b"key", clock.clone()).unwrap();
        let reach = crate::reach::Reach::new(settings.reach.clone(), b"key", None);
        let storage = Arc::new(MemoryStorage::new());
        crate::assembly::start(settings, auth, None, attachments, reach, &storage, clock).0
    }

    async fn ask(path: &str) -> (StatusCode, Value) {
        let app = app();
        let router: Router = Router::new()
            .route(
                "/defect",
                get(async || -> &'static str { panic!("the secret price is 42") }),
            )
            .route(
                "/stuck",
                get(async || std::future::pending::<&'static str>().await),
            )
            .layer(middleware::from_fn_with_state(
                Observer::new(app.clone()),
                observe,
            ))
            .with_state(app);
        let request = Request::get(path).body(Body::empty()).unwrap();
        let answer = router.oneshot(request).await.unwrap();
        let status = answer.status();
        let body = answer.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&body).unwrap())
    }

    #[tokio::test]
    async fn a_defect_is_a_500_that_tells_nothing() {
        let (status, problem) = ask("/defect").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(problem["error"], "Internal Server Error");
        assert_eq!(problem["message"], "An unexpected error occurred");
        assert!(!problem.to_string().contains("price") && problem["requestId"].is_string());
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_never_comes_is_a_503() {
        let (status, problem) = ask("/stuck").await;
        assert_eq!(
            (status, &problem["code"]),
            (StatusCode::SERVICE_UNAVAILABLE, &"unavailable".into())
        );
    }

    #[test]
    fn uploads_and_mails_have_more_time() {
        let seconds = |method: &str, path: &str| {
            let request = Request::builder().method(method).uri(path);
            patience_seconds(&request.body(Body::empty()).unwrap())
        };
        assert_eq!(seconds("GET", "/api/chat/attachments"), 30);
        assert_eq!(seconds("POST", "/api/chat/attachments"), 900);
        assert_eq!(seconds("PATCH", "/api/chat/attachments/resumable/a"), 900);
        let mail = seconds("POST", "/api/mail-in");
        assert!(
            (120..600).contains(&mail),
            "a mail server waits for {mail} s"
        );
    }

    #[test]
    fn every_error_has_a_status_of_its_kind() {
        use axum::response::IntoResponse;
        let status = |error: ApiError| error.into_response().status().as_u16();
        assert_eq!(status(ApiError::Taken("userId")), 409);
        assert_eq!(status(ApiError::TooSlow), 408);
        assert_eq!(status(ApiError::Internal), 500);
    }
}
