//! Secrets of endpoints: `whsec_` and the base64 of 24 to 64 bytes, as Standard Webhooks has them.

use aws_lc_rs::rand;
use base64::{Engine, engine::general_purpose::STANDARD};

const PREFIX: &str = "whsec_";
const BYTES: usize = 32;

/// A new one. `None`: the system has no chance to give.
pub fn make() -> Option<String> {
    let mut bytes = [0; BYTES];
    rand::fill(&mut bytes).ok()?;
    Some(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// What signs.
pub fn key(secret: &str) -> Option<Vec<u8>> {
    let encoded = secret.strip_prefix(PREFIX).unwrap_or(secret);
    let key = STANDARD.decode(encoded).ok()?;
    (24..=64).contains(&key.len()).then_some(key)
}
