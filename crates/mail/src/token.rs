//! What the addresses and links of a mail prove.
//!
//! A token of a reply address is a keyed hash (RFC 2104) of a person and a conversation: 128 bits in
//! an alphabet of 32 letters and digits, since mail servers may change the case of an address, and its
//! local part has at most 64 octets (RFC 5321, 4.5.3.1.1). It says nothing by itself: whoever made it
//! remembers whose it is. The token of a link that ends the mails names its person.

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Letters of a reply token.
pub const TOKEN_CHARS: usize = 26;

/// Without letters that are taken for others.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Bytes of the proof in a link.
const PROOF_BYTES: usize = 16;

/// The secret of all servers on a database.
pub struct Key(hmac::Key);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key([secret])")
    }
}

impl Key {
    pub fn new(secret: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, secret))
    }

    /// For this person's answers in this conversation. The same at every call.
    pub fn reply(&self, user: &str, conversation: &str) -> String {
        spell(self.hash("reply", &[user, conversation]).as_ref())
    }

    /// Whether this is the token of a person and a conversation, in any case of its letters.
    pub fn is_reply(&self, token: &str, user: &str, conversation: &str) -> bool {
        let right = self.reply(user, conversation);
        verify_slices_are_equal(token.to_ascii_lowercase().as_bytes(), right.as_bytes()).is_ok()
    }

    /// By what clients put the mails of one conversation together. Proves nothing.
    pub fn thread(&self, user: &str, conversation: &str) -> String {
        spell(self.hash("thread", &[user, conversation]).as_ref())
    }

    /// For the link that ends this person's mails.
    pub fn unsubscribe(&self, user: &str) -> String {
        let proof = self.hash("unsubscribe", &[user]);
        let proof = &proof.as_ref()[..PROOF_BYTES];
        URL_SAFE_NO_PAD.encode([proof, user.as_bytes()].concat())
    }

    /// Whose link it is.
    pub fn unsubscriber(&self, token: &str) -> Option<String> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (proof, user) = bytes.split_at_checked(PROOF_BYTES)?;
        let user = std::str::from_utf8(user).ok()?;
        let right = self.hash("unsubscribe", &[user]);
        verify_slices_are_equal(proof, &right.as_ref()[..PROOF_BYTES]).ok()?;
        Some(user.to_owned())
    }

    /// The lengths keep two parts from being taken for one.
    fn hash(&self, purpose: &str, parts: &[&str]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        for part in [purpose].iter().chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        context.sign()
    }
}

/// The first bits, five at a time.
fn spell(hash: &[u8]) -> String {
    let bit = |at: usize| hash[at / 8] >> (7 - at % 8) & 1;
    let letter = |place: usize| {
        let index = (0..5).fold(0, |index, step| index << 1 | bit(5 * place + step));
        char::from(ALPHABET[usize::from(index)])
    };
    (0..TOKEN_CHARS).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::{Key, TOKEN_CHARS};

    #[test]
    fn a_reply_token_is_of_one_person_and_one_conversation() {
        let key = Key::new(b"secret");
        let token = key.reply("ann", "talk");
        assert_eq!(token.len(), TOKEN_CHARS);
        assert!(key.is_reply(&token.to_uppercase(), "ann", "talk"));
        for (user, conversation) in [("ann", "other"), ("bob", "talk"), ("annt", "alk")] {
            assert!(!key.is_reply(&token, user, conversation));
        }
        assert!(!Key::new(b"other").is_reply(&token, "ann", "talk"));
        assert_ne!(token, key.thread("ann", "talk"), "a thread proves nothing");
    }

    #[test]
    fn a_link_names_its_person_and_no_other() {
        let key = Key::new(b"secret");
        let token = key.unsubscribe("Ünal 7");
        assert_eq!(key.unsubscriber(&token).as_deref(), Some("Ünal 7"));
        let forged = Key::new(b"other").unsubscribe("Ünal 7");
        for wrong in ["", "x", &token[..20], &forged, &format!("{token}A")] {
            assert_eq!(key.unsubscriber(wrong), None, "{wrong}");
        }
    }
}
