use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::json;
use time::{Duration, OffsetDateTime};

/// The `HAGGLE_JWT_SECRET` of servers that tests start.
pub const SECRET: &str = "a secret for tests, long enough for HS256";

/// The time by which servers under test live.
#[expect(
    clippy::disallowed_methods,
    reason = "servers under test read the real clock"
)]
pub fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// A token as the marketplace would sign it, HS256. With a negative `ttl` it has expired.
pub fn token(user_id: &str, secret: &str, ttl: Duration) -> String {
    let expiry = now() + ttl;
    let claims = json!({"sub": user_id, "exp": expiry.unix_timestamp()});
    let key = EncodingKey::from_secret(secret.as_bytes());
    encode(&Header::default(), &claims, &key).expect("claims can be signed")
}
