//! How a user stands with their limits, as headers of the draft "`RateLimit` header
//! fields for HTTP" (draft-ietf-httpapi-ratelimit-headers-10).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use chat::rate_limit::{LimitedAction, RateLimitStatus};

pub const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
pub const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The name of the policy.
pub fn name(action: LimitedAction) -> &'static str {
    match action {
        LimitedAction::SendMessage => "messages",
        LimitedAction::OpenConversation => "conversations",
        LimitedAction::ChangeMessage => "changes",
    }
}

/// Says what is left. Nothing is said where there is no limit.
pub fn describe(status: &RateLimitStatus, headers: &mut HeaderMap) {
    if status.quota == 0 {
        return;
    }
    let RateLimitStatus {
        quota,
        window_seconds,
        remaining,
        reset_seconds,
        ..
    } = status;
    let name = name(status.action);
    set(
        headers,
        POLICY,
        &format!("\"{name}\";q={quota};w={window_seconds}"),
    );
    set(
        headers,
        LIMIT,
        &format!("\"{name}\";r={remaining};t={reset_seconds}"),
    );
}

/// Says also when to come back.
pub fn refused(refused: &RateLimitStatus, headers: &mut HeaderMap) {
    metrics::counter!("haggle_rate_limited_total", "limit" => name(refused.action)).increment(1);
    describe(refused, headers);
    set(
        headers,
        header::RETRY_AFTER,
        &refused.retry_after_seconds.max(1).to_string(),
    );
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
