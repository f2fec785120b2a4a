//! Who is calling. A token proves a user id and nothing else; name, role and
//! activity come from the directory.

pub mod cookie;
pub mod origin;
mod session;
mod verified;

use std::{fmt, path::Path, sync::Arc, time::Duration};

use chat::{
    ids::UserId,
    timestamp::{Clock, Timestamp},
};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

pub use self::session::Session;
use self::verified::Verified;
use crate::{
    jwks::{JwksFile, Key},
    settings::Secret,
    user_path::{self, UserPath},
};

/// Why a token proves nothing. Callers outside hear only "Unauthorized".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthError {
    #[error("the token has expired")]
    Expired,
    #[error("the token is not valid")]
    Invalid,
}

/// The keys that this server trusts.
pub struct Auth {
    secret: Option<(DecodingKey, EncodingKey)>,
    jwks: Option<JwksFile>,
    /// The claim that names the user; `None`: `sub`.
    user: Option<UserPath>,
    verified: Verified,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auth")
    }
}

/// Times are seconds since 1970, possibly with a fraction (RFC 7519, 2).
#[derive(Deserialize)]
struct Claims {
    exp: f64,
    nbf: Option<f64>,
    #[serde(flatten)]
    others: Value,
}

impl Auth {
    pub fn new(
        secret: Option<&Secret>,
        jwks: Option<&Path>,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, String> {
        let keys = |secret: &Secret| {
            let secret = secret.expose().as_bytes();
            (
                DecodingKey::from_secret(secret),
                EncodingKey::from_secret(secret),
            )
        };
        let jwks = jwks.map(JwksFile::open).transpose()?;
        Ok(Self {
            secret: secret.map(keys),
            jwks,
            user: None,
            verified: Verified::default(),
            clock,
        })
    }

    /// Tokens name their user in another claim than `sub`.
    #[must_use]
    pub fn with_user_in(mut self, claim: Option<UserPath>) -> Self {
        self.user = claim;
        self
    }

    /// Verifies signature, `exp` (required) and `nbf`, without leeway.
    pub fn verify(&self, token: &str) -> Result<Session, AuthError> {
        let now = self.clock.now();
        let keys = self.verified.keys();
        if let Some(session) = self.verified.get(token, keys, now) {
            return Ok(session);
        }
        let session = self.read(token)?;
        self.verified.remember(token, keys, &session);
        Ok(session)
    }

    fn read(&self, token: &str) -> Result<Session, AuthError> {
        let header = decode_header(token).map_err(|_| AuthError::Invalid)?;
        if header.crit.is_some() {
            return Err(AuthError::Invalid);
        }
        let claims = match header.alg {
            Algorithm::HS256 => {
                let (key, _) = self.secret.as_ref().ok_or(AuthError::Invalid)?;
                claims(token, key, header.alg)
            }
            Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA => {
                self.by_public_key(token, &header)
            }
            _ => None,
        };
        self.judge(&claims.ok_or(AuthError::Invalid)?)
    }

    fn by_public_key(&self, token: &str, header: &Header) -> Option<Claims> {
        let keys = self.jwks.as_ref()?.keys();
        let named = |key: &&Key| header.kid.is_none() || key.id.is_none() || key.id == header.kid;
        keys.iter()
            .filter(|key| key.algorithm == header.alg)
            .filter(named)
            .find_map(|key| claims(token, &key.key, header.alg))
    }

    fn judge(&self, claims: &Claims) -> Result<Session, AuthError> {
        let now = self.clock.now();
        let expires_at = instant(claims.exp).ok_or(AuthError::Invalid)?;
        if now >= expires_at {
            return Err(AuthError::Expired);
        }
        if let Some(not_before) = claims.nbf
            && instant(not_before).is_none_or(|not_before| now < not_before)
        {
            return Err(AuthError::Invalid);
        }
        let user = match &self.user {
            Some(claim) => claim.find(&claims.others),
            // RFC 7519, 4.1.2: a text.
            None => claims
                .others
                .get("sub")
                .and_then(Value::as_str)
                .and_then(user_path::id),
        };
        let user = user.ok_or(AuthError::Invalid)?;
        Ok(Session { user, expires_at })
    }

    /// A token for this user by the shared secret, and when it expires; `None` without a secret.
    pub fn sign(&self, user: &UserId, ttl: Duration) -> Option<(String, Timestamp)> {
        let (_, key) = self.secret.as_ref()?;
        let now = self.clock.now().micros() / 1_000_000;
        let exp = now
            .saturating_add(i64::try_from(ttl.as_secs()).ok()?)
            .min(LAST_SECOND);
        let mut claims = json!({"sub": user, "iat": now, "exp": exp});
        if let Some(claim) = &self.user {
            claims[claim.to_string()] = json!(user);
        }
        let token = encode(&Header::new(Algorithm::HS256), &claims, key).ok()?;
        Some((token, Timestamp::from_micros(exp * 1_000_000)))
    }

    /// Looks once a second whether the JWKS file changed, until the server drains.
    pub async fn watch(self: Arc<Self>, draining: CancellationToken) {
        let mut every_second = tokio::time::interval(Duration::from_secs(1));
        while self.jwks.is_some() {
            tokio::select! {
                () = draining.cancelled() => return,
                _ = every_second.tick() => {}
            }
            let auth = Arc::clone(&self);
            let refreshed =
                tokio::task::spawn_blocking(move || auth.jwks.as_ref().map(JwksFile::refresh));
            match refreshed.await {
                Ok(Some(true)) => self.verified.change_keys(),
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "reading the JWKS file failed"),
            }
        }
    }
}

/// The claims, when this key made the signature. Times are judged by the caller.
fn claims(token: &str, key: &DecodingKey, algorithm: Algorithm) -> Option<Claims> {
    let mut validation = Validation::new(algorithm);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    Some(decode::<Claims>(token, key, &validation).ok()?.claims)
}

/// 9999-12-31T23:59:59Z.
const LAST_SECOND: i64 = 253_402_300_799;

/// Later than the year 9999 counts as its end.
fn instant(seconds: f64) -> Option<Timestamp> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "whole seconds before the year 10000"
    )]
    let seconds = seconds.min(LAST_SECOND as f64);
    #[expect(clippy::cast_possible_truncation, reason = "bounded on both sides")]
    (seconds >= 0.0).then(|| Timestamp::from_micros((seconds * 1e6) as i64))
}

#[cfg(test)]
mod tests;
