//! What a browser hands over when its user allows notifications: the JSON of its `PushSubscription`.

use base64::{
    Engine,
    alphabet::URL_SAFE,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Some browsers pad, others do not.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An uncompressed point of P-256.
pub(crate) const POINT_BYTES: usize = 65;
pub(crate) const SECRET_BYTES: usize = 16;
/// Longer addresses are no push service's.
const ENDPOINT_CHARS: usize = 2_000;

#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Where a message for this browser is posted to. Whoever knows it, and our key, can do that.
    pub endpoint: String,
    pub keys: Keys,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription")
    }
}

/// The browser's public key, and a secret that it shares with us.
#[derive(Clone, PartialEq, Eq)]
pub struct Keys {
    pub(crate) p256dh: [u8; POINT_BYTES],
    pub(crate) auth: [u8; SECRET_BYTES],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

/// Which field cannot be used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongSubscription {
    pub field: &'static str,
    pub reason: &'static str,
}

impl Keys {
    pub fn parse(p256dh: &str, auth: &str) -> Result<Self, Vec<WrongSubscription>> {
        let mut wrong = Vec::new();
        let point = decode(p256dh).and_then(|bytes| <[u8; POINT_BYTES]>::try_from(bytes).ok());
        let point = point.filter(|point| point[0] == 4);
        if point.is_none() {
            wrong.push(WrongSubscription {
                field: "keys.p256dh",
                reason: "Must be a public key of P-256 in base64url",
            });
        }
        let secret = decode(auth).and_then(|bytes| <[u8; SECRET_BYTES]>::try_from(bytes).ok());
        if secret.is_none() {
            wrong.push(WrongSubscription {
                field: "keys.auth",
                reason: "Must be 16 bytes in base64url",
            });
        }
        match (point, secret) {
            (Some(p256dh), Some(auth)) => Ok(Self { p256dh, auth }),
            _ => Err(wrong),
        }
    }

    pub fn p256dh(&self) -> String {
        BASE64.encode(self.p256dh)
    }

    pub fn auth(&self) -> String {
        BASE64.encode(self.auth)
    }
}

impl Subscription {
    /// Says everything that is wrong at once.
    pub fn parse(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, Vec<WrongSubscription>> {
        let mut wrong = Vec::new();
        if !is_endpoint(endpoint) {
            wrong.push(WrongSubscription {
                field: "endpoint",
                reason: "Must be the https address of a push service",
            });
        }
        match Keys::parse(p256dh, auth) {
            Ok(keys) if wrong.is_empty() => Ok(Self {
                endpoint: endpoint.to_owned(),
                keys,
            }),
            Ok(_) => Err(wrong),
            Err(more) => {
                wrong.extend(more);
                Err(wrong)
            }
        }
    }

    /// Scheme, host and port: for whom a proof is made.
    pub fn audience(&self) -> &str {
        origin(&self.endpoint).unwrap_or_default()
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.trim()).ok()
}

fn is_endpoint(text: &str) -> bool {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    is_plain && text.len() <= ENDPOINT_CHARS && origin(text).is_some()
}

/// Also `http:` on this machine, for tests of operators; the guard of addresses decides later.
fn origin(endpoint: &str) -> Option<&str> {
    let (scheme, rest) = endpoint.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_right = matches!(scheme, "https" | "http") && !host.is_empty() && !host.contains('@');
    is_right.then(|| &endpoint[..scheme.len() + 3 + host.len()])
}

#[cfg(test)]
mod tests {
    use super::Subscription;

    const POINT: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";

    #[test]
    fn a_browsers_own_is_taken() {
        let taken = Subscription::parse(
            "https://push.example.net:8443/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            POINT,
            "BTBZMqHH6r4Tts7J_aSIgg==",
        );
        let taken = taken.unwrap();
        assert_eq!(taken.audience(), "https://push.example.net:8443");
        assert_eq!(
            (&*taken.keys.p256dh(), &*taken.keys.auth()),
            (POINT, "BTBZMqHH6r4Tts7J_aSIgg")
        );
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let endpoints = [
            "",
            "ftp://x",
            "https://",
            "https://a@b/",
            "https://x/ y",
            "javascript:x",
        ];
        for endpoint in endpoints {
            let wrong = Subscription::parse(endpoint, "AA", "").unwrap_err();
            let fields: Vec<_> = wrong.iter().map(|wrong| wrong.field).collect();
            assert_eq!(
                fields,
                ["endpoint", "keys.p256dh", "keys.auth"],
                "{endpoint}"
            );
        }
    }
}
