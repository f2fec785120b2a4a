//! Browsers that show what was missed.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Fields, Read};

/// Bytes of an endpoint.
const ENDPOINT: std::ops::RangeInclusive<usize> = 1..=2_000;
const KEY: std::ops::RangeInclusive<usize> = 1..=200;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PushKey {
    /// For `applicationServerKey`: a point of P-256 in base64url.
    pub public_key: String,
}

/// What a browser hands over: the JSON of its `PushSubscription`.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", "expirationTime": null, "keys": {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"}})
)]
pub struct PushSubscription {
    /// Where messages for this browser are posted to.
    #[schema(min_length = 1, max_length = 2000)]
    pub endpoint: String,
    pub keys: PushKeys,
}

#[derive(Clone, Debug, ToSchema)]
pub struct PushKeys {
    #[schema(min_length = 1, max_length = 200)]
    pub p256dh: String,
    #[schema(min_length = 1, max_length = 200)]
    pub auth: String,
}

impl Read for PushSubscription {
    fn read(fields: &mut Fields) -> Option<Self> {
        let endpoint = fields.text("endpoint", ENDPOINT);
        let endpoint = fields.required("endpoint", endpoint);
        let mut was_given = false;
        let keys = fields.inside("keys", |keys| {
            was_given = true;
            let p256dh = keys.text("p256dh", KEY);
            let p256dh = keys.required("p256dh", p256dh);
            let auth = keys.text("auth", KEY);
            let auth = keys.required("auth", auth);
            Some(PushKeys {
                p256dh: p256dh?,
                auth: auth?,
            })
        });
        if !was_given {
            fields.required("keys", keys.as_ref());
        }
        Some(Self {
            endpoint: endpoint?,
            keys: keys?,
        })
    }
}

/// Which browser is to hear no more. Its whole subscription may be sent.
#[derive(Clone, Debug, ToSchema)]
#[schema(example = json!({"endpoint": "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV"}))]
pub struct EndPush {
    #[schema(min_length = 1, max_length = 2000)]
    pub endpoint: String,
}

impl Read for EndPush {
    fn read(fields: &mut Fields) -> Option<Self> {
        let endpoint = fields.text("endpoint", ENDPOINT);
        Some(Self {
            endpoint: fields.required("endpoint", endpoint)?,
        })
    }
}
