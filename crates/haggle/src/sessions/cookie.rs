//! The cookie of `express-session`: `s:`, the session's id, a dot, and the signature of the id by the
//! secret, HMAC-SHA256 in base64 without its `=`; all of it percent-encoded.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use percent_encoding::percent_decode;

use super::session::SessionId;

/// Longer ones are nobody's.
const LONGEST: usize = 4_096;

/// The id, when one of these secrets signed it.
pub fn session_id(value: &[u8], secrets: &[hmac::Key]) -> Option<SessionId> {
    if value.len() > LONGEST {
        return None;
    }
    let value = percent_decode(value).decode_utf8().ok()?;
    let (id, signature) = value.strip_prefix("s:")?.rsplit_once('.')?;
    let signature = STANDARD_NO_PAD
        .decode(signature.trim_end_matches('='))
        .ok()?;
    let is_signed = |key: &hmac::Key| hmac::verify(key, id.as_bytes(), &signature).is_ok();
    let is_good = !id.is_empty() && !id.contains('\0') && secrets.iter().any(is_signed);
    is_good.then(|| SessionId::new(id))
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::hmac;

    use super::session_id;

    fn keys(secrets: &[&str]) -> Vec<hmac::Key> {
        let key = |secret: &&str| hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        secrets.iter().map(key).collect()
    }

    /// Made by npm's `cookie-signature`: `sign('Zm9v.bar/+', 'keyboard cat')`, then
    /// `encodeURIComponent('s:' + …)`.
    const SIGNED: &str = "s%3AZm9v.bar%2F%2B.ufdvWD8NESvv9e1MptWs73zp02d%2FvRnLuy%2F8j9ubnKU";

    #[test]
    fn an_id_counts_when_a_secret_of_ours_signed_it() {
        let id = |value: &str, secrets: &[&str]| {
            let id = session_id(value.as_bytes(), &keys(secrets));
            id.map(|id| id.as_str().to_owned())
        };
        assert_eq!(id(SIGNED, &["keyboard cat"]).as_deref(), Some("Zm9v.bar/+"));
        assert_eq!(
            id(SIGNED, &["the new one", "keyboard cat"]).as_deref(),
            Some("Zm9v.bar/+")
        );
        assert_eq!(id(SIGNED, &["the new one"]), None);
        assert_eq!(id(SIGNED, &[]), None);
        assert_eq!(id(&SIGNED.replace("Zm9v", "Zm9w"), &["keyboard cat"]), None);
        for wrong in ["", "s:", "s:.", "s:abc", "abc.def", "s%3A.x", "%ff%fe"] {
            assert_eq!(id(wrong, &["keyboard cat"]), None, "{wrong}");
        }
        let long = format!("s%3A{}.x", "a".repeat(5_000));
        assert_eq!(id(&long, &["keyboard cat"]), None);
    }
}
