//! Links that open one file for a while, whoever holds them.

use std::{fmt, sync::Arc};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chat::{ids::AttachmentId, limits::LINK_SECONDS, timestamp::Clock};

use wire::FileLinks;

use crate::object_store::Part;

pub struct Links {
    key: hmac::Key,
    clock: Arc<dyn Clock>,
    shows_offers: bool,
}

impl fmt::Debug for Links {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Links")
    }
}

impl FileLinks for Links {
    fn file(&self, id: &AttachmentId) -> String {
        self.link(id, Part::File)
    }

    fn thumbnail(&self, id: &AttachmentId) -> String {
        self.link(id, Part::Thumbnail)
    }

    fn shows_offers(&self) -> bool {
        self.shows_offers
    }
}

impl Links {
    pub fn new(key: &[u8], clock: Arc<dyn Clock>, shows_offers: bool) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        Self {
            key,
            clock,
            shows_offers,
        }
    }

    /// A link that is good from now on.
    pub fn link(&self, id: &AttachmentId, part: Part) -> String {
        let expires = self.seconds() + LINK_SECONDS;
        let signature = hmac::sign(&self.key, signed(id, part, expires).as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        let path = match part {
            Part::File => "",
            Part::Thumbnail => "/thumbnail",
        };
        format!("/api/chat/attachments/{id}{path}?expires={expires}&signature={signature}")
    }

    /// Whether we made this link, and it is still good.
    pub fn is_good(&self, id: &AttachmentId, part: Part, expires: &str, signature: &str) -> bool {
        let (Ok(at), Ok(signature)) = (expires.parse(), URL_SAFE_NO_PAD.decode(signature)) else {
            return false;
        };
        let signed = signed(id, part, at);
        let is_ours = hmac::verify(&self.key, signed.as_bytes(), &signature).is_ok();
        is_ours && at.to_string() == expires && self.seconds() < at
    }

    fn seconds(&self) -> i64 {
        self.clock.now().micros() / 1_000_000
    }
}

/// No part of it can hold the separator.
fn signed(id: &AttachmentId, part: Part, expires: i64) -> String {
    format!("{}\n{expires}\n{id}", part.as_str())
}

#[cfg(test)]
impl Links {
    pub fn testing() -> Arc<Self> {
        let clock = Arc::new(chat_testing::FakeClock::new());
        Arc::new(Self::new(b"a key for tests", clock, true))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chat::{ids::AttachmentId, limits::LINK_SECONDS};
    use chat_testing::FakeClock;

    use super::Links;
    use crate::object_store::Part;

    #[test]
    fn a_link_opens_one_part_of_one_file_for_a_while() {
        let clock = Arc::new(FakeClock::new());
        let links = Links::new(b"key", clock.clone(), true);
        let (one, other) = (AttachmentId::new("one"), AttachmentId::new("other"));
        let link = links.link(&one, Part::File);
        let (path, query) = link.split_once('?').unwrap();
        assert_eq!(path, "/api/chat/attachments/one");
        let (expires, signature) = query.split_once("&signature=").unwrap();
        let expires = expires.strip_prefix("expires=").unwrap();

        let good =
            |id, part, expires: &str, signature: &str| links.is_good(id, part, expires, signature);
        assert!(good(&one, Part::File, expires, signature));
        assert!(!good(&other, Part::File, expires, signature));
        assert!(!good(&one, Part::Thumbnail, expires, signature));
        assert!(!good(&one, Part::File, expires, &signature[1..]));
        assert!(!good(&one, Part::File, expires, ""));
        let later = (expires.parse::<i64>().unwrap() + 1).to_string();
        assert!(!good(&one, Part::File, &later, signature));
        assert!(!good(&one, Part::File, &format!("+{expires}"), signature));
        assert!(!good(&one, Part::File, "", signature));
        let others = Links::new(b"another key", clock.clone(), true);
        assert!(!others.is_good(&one, Part::File, expires, signature));

        clock.advance_seconds(LINK_SECONDS - 1);
        assert!(good(&one, Part::File, expires, signature));
        clock.advance_seconds(1);
        assert!(!good(&one, Part::File, expires, signature));
    }
}
