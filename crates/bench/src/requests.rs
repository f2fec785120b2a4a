//! Requests as bytes, and the tokens in them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::json;

use crate::data::{Side, TEXT, conversation};
use crate::rng::Rng;

pub const SECRET: &str = "a secret for benchmarks, long enough for HS256";
const TOKEN_SECONDS: u64 = 24 * 3600;

/// A token as the marketplace would sign it.
pub fn token(user: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "the server reads the real clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let expiry = now.map_or(0, |now| now.as_secs()) + TOKEN_SECONDS;
    let claims = json!({"sub": user, "exp": expiry});
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    encode(&Header::default(), &claims, &key).unwrap_or_default()
}

/// A whole GET of somebody.
pub fn get(address: SocketAddr, user: &str, path: &str) -> Vec<u8> {
    let token = token(user);
    format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\r\n")
        .into()
}

/// Sends into conversations, each with a `clientMessageId` of its own. All requests have the same
/// length but for that.
#[derive(Debug, Clone)]
pub struct Sends {
    /// Head and the body up to the `clientMessageId`, by conversation and side.
    begins: Arc<Vec<Vec<u8>>>,
    numbers: Arc<AtomicU64>,
}

const END: &[u8] = br#""}"#;
/// Digits of a `clientMessageId`.
const DIGITS: usize = 16;

impl Sends {
    /// By both people of the first so many conversations.
    pub fn prepare(address: SocketAddr, conversations: usize) -> Self {
        let both = |number| [Side::Buyer, Side::Supplier].map(|side| begin(address, number, side));
        Self {
            begins: Arc::new((0..conversations).flat_map(both).collect()),
            numbers: Arc::default(),
        }
    }

    /// A number that no other request has.
    pub fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    /// Writes the request of one of them in one of the conversations.
    pub fn write(&self, conversation: usize, side: Side, number: u64, request: &mut Vec<u8>) {
        request.extend_from_slice(&self.begins[2 * conversation + side as usize]);
        request.extend_from_slice(format!("{number:0DIGITS$x}").as_bytes());
        request.extend_from_slice(END);
    }

    /// A client that sends as somebody else, somewhere else, each time.
    pub fn anywhere(&self, seed: usize) -> impl FnMut(&mut Vec<u8>) + Send + 'static {
        let (sends, mut rng) = (self.clone(), Rng::new(seed as u64 + 1));
        move |request| {
            let conversation = rng.below(sends.begins.len() / 2);
            let side = [Side::Buyer, Side::Supplier][rng.below(2)];
            sends.write(conversation, side, sends.next_number(), request);
        }
    }
}

fn begin(address: SocketAddr, number: usize, side: Side) -> Vec<u8> {
    let (path, token) = (conversation(number), token(&side.user(number)));
    let body = format!(r#"{{"content":"{TEXT}","clientMessageId":""#);
    let length = body.len() + DIGITS + END.len();
    format!(
        "POST /api/chat/conversations/{path}/messages HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {token}\r\ncontent-type: application/json\r\n\
         content-length: {length}\r\n\r\n{body}"
    )
    .into()
}

/// The number in a frame that a send of ours caused.
pub fn number_in(frame: &[u8]) -> Option<u64> {
    let name = br#""clientMessageId":""#;
    let at = crate::http::find(frame, name)? + name.len();
    let digits = std::str::from_utf8(frame.get(at..at + DIGITS)?).ok()?;
    u64::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn a_frame_names_its_send() {
        let frame = br#"{"message":{"clientMessageId":"00000000000000ff"}}"#;
        assert_eq!(number_in(frame), Some(255));
        assert_eq!(number_in(br#"{"message":{}}"#), None);
    }
}
