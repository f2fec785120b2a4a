//! Where the server is, and as whom to speak to it.

use hyper::Uri;

/// What to play against.
#[derive(Debug, Clone)]
pub struct Target {
    pub(crate) is_secure: bool,
    pub(crate) host: String,
    pub(crate) port: u16,
    /// What stands before `/api`: empty, or `/chat`.
    pub(crate) base_path: String,
    pub(crate) token: String,
    /// Of somebody else in the same conversation.
    pub(crate) other_token: Option<String>,
    /// The conversation to write into; without it, the newest one in which the user sits, and the
    /// other one too.
    pub(crate) conversation: Option<String>,
    /// How often the socket is cut.
    pub(crate) rounds: u32,
    /// What no other run has: the beginning of each `clientMessageId`.
    pub(crate) run_id: String,
}

impl Target {
    /// Reads the server's address: `https://chat.example.com`, also with a path before `/api`. `run_id`
    /// is unique, of at most 36 characters.
    ///
    /// # Errors
    ///
    /// What is wrong with the address, reading on after its name.
    pub fn new(url: &str, token: &str, run_id: &str) -> Result<Self, String> {
        let uri: Uri = url
            .trim_end_matches('/')
            .parse()
            .map_err(|_| format!("is not an address: {url}"))?;
        let is_secure = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(format!("begins with http:// or https://: {url}")),
        };
        let host = uri.host().unwrap_or_default().to_owned();
        if host.is_empty() {
            return Err(format!("names no host: {url}"));
        }
        Ok(Self {
            is_secure,
            port: uri.port_u16().unwrap_or(if is_secure { 443 } else { 80 }),
            base_path: uri.path().trim_end_matches('/').to_owned(),
            host,
            token: token.to_owned(),
            other_token: None,
            conversation: None,
            rounds: 3,
            run_id: run_id.to_owned(),
        })
    }

    /// Also listens as somebody else in the same conversation.
    #[must_use]
    pub fn with_other(self, other_token: Option<String>) -> Self {
        Self {
            other_token,
            ..self
        }
    }

    /// Writes into this conversation.
    #[must_use]
    pub fn in_conversation(self, conversation: Option<String>) -> Self {
        Self {
            conversation,
            ..self
        }
    }

    /// Cuts the socket this often.
    #[must_use]
    pub fn with_rounds(self, rounds: u32) -> Self {
        Self { rounds, ..self }
    }

    /// What `Host` says: the port only where it is not the usual one.
    pub(crate) fn authority(&self) -> String {
        let host = &self.host;
        match (self.is_secure, self.port) {
            (true, 443) | (false, 80) => host.clone(),
            (_, port) => format!("{host}:{port}"),
        }
    }

    /// The address as TCP and TLS want it: IPv6 without brackets.
    pub(crate) fn bare_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }
}

#[cfg(test)]
mod tests {
    use super::Target;

    #[test]
    fn an_address_may_have_a_port_and_a_path() {
        let target = Target::new("https://shop.example/chat/", "t", "r").unwrap();
        assert_eq!((target.port, &*target.base_path), (443, "/chat"));
        assert_eq!(target.authority(), "shop.example");
        let target = Target::new("http://[::1]:8080", "t", "r").unwrap();
        assert_eq!(
            (target.bare_host(), target.authority().as_str()),
            ("::1", "[::1]:8080")
        );
        for wrong in [
            "shop.example",
            "ftp://shop.example",
            "https://",
            "https:// x",
        ] {
            assert!(Target::new(wrong, "t", "r").is_err(), "{wrong}");
        }
    }
}
