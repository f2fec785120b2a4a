//! An address that somebody named, in one form.

use std::net::IpAddr;

use url::{Host, Url};

use super::{public::is_public, reach::Reach};

/// Bytes of an address.
const MOST_BYTES: usize = 2_000;

/// Names that stand for nothing on the public internet, beside those without a dot: RFC 6761, 6762 and 8375, what ICANN
/// keeps for private use, and what `/etc/hosts` often has.
const INSIDE: [&str; 5] = [
    ".localhost",
    ".localdomain",
    ".local",
    ".internal",
    ".home.arpa",
];

/// An http or https address without a user in it. Numbers that stand for an IP address in any of their forms
/// are read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Why it cannot be used, otherwise. What a name stands for is seen when it is asked.
    pub fn parse(text: &str, reach: Reach) -> Result<Self, &'static str> {
        if text.len() > MOST_BYTES {
            return Err("Must be shorter than 2,000 bytes");
        }
        let url =
            Url::parse(text).map_err(|_| "Must be an address like https://example.com/hook")?;
        match (url.scheme(), reach) {
            ("https", _) | ("http", Reach::Anywhere) => {}
            ("http", Reach::Public) => return Err("Must begin with https://"),
            _ => return Err("Must be an address like https://example.com/hook"),
        }
        if !url.username().is_empty() || url.password().is_some() || has_user(text) {
            return Err("Must not have a user or password in it");
        }
        if url.port() == Some(0) {
            return Err("Must not have the port 0");
        }
        let target = Self { url };
        if reach == Reach::Public && target.is_surely_private() {
            return Err("Must be on the public internet");
        }
        Ok(target)
    }

    /// Without asking anybody.
    fn is_surely_private(&self) -> bool {
        match self.url.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                !name.contains('.') || INSIDE.iter().any(|end| name.ends_with(end))
            }
            _ => self.ip().is_some_and(|ip| !is_public(ip)),
        }
    }

    /// Where it is an address itself.
    pub(super) fn ip(&self) -> Option<IpAddr> {
        match self.url.host()? {
            Host::Domain(_) => None,
            Host::Ipv4(ip) => Some(ip.into()),
            Host::Ipv6(ip) => Some(ip.into()),
        }
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Without the brackets of an IPv6 address.
    pub(super) fn host(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// Scheme, host and port: what anybody may know of an address that may have a secret in the rest of it.
    pub fn origin(&self) -> String {
        format!("{}://{}", self.url.scheme(), self.authority())
    }

    /// What stands in the header `Host`.
    pub(super) fn authority(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        match self.url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    pub(super) fn path_and_query(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }
}

/// Also an empty one, which a parsed address does not show any more.
fn has_user(text: &str) -> bool {
    let (_, rest) = text.split_once("//").unwrap_or_default();
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    rest[..end].contains('@')
}

#[cfg(test)]
mod tests {
    use super::{Reach, Target};

    #[test]
    fn what_is_no_public_address_is_refused() {
        for wrong in [
            "",
            "example.com/hook",
            "ftp://example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "http://example.com/",
            "https://",
            "https://user@example.com/",
            "https://user:secret@example.com/",
            "https://example.com:0/",
            "https://localhost/",
            "https://LOCALHOST./",
            "https://a.localhost/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f000001/",
            "https://017700000001/",
            "https://１２７.0.0.1/",
            "https://169.254.169.254/latest/meta-data",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fd00::1]/",
            "https://0/",
            "https://0.0.0.0/",
            "https://0177.0.0.1/",
            "https://0x7f.1/",
            "https://224.0.0.1/",
            "https://[::]/",
            "https://[ff02::1]/",
            "https://[::ffff:7f00:1]/",
            "https://[64:ff9b::7f00:1]/",
            "https:user@example.com/",
            "https://@example.com/",
            "https://:@example.com/",
            "https://example.com@hooks.example/",
            "https://hooks/",
            "https://ip6-localhost/",
            "https://localhost.localdomain/",
            "https://printer.local/",
            "https://metadata.google.internal/",
            "https://nas.home.arpa./",
        ] {
            assert!(Target::parse(wrong, Reach::Public).is_err(), "{wrong}");
        }
        let long = format!("https://example.com/{}", "a".repeat(2_000));
        assert!(Target::parse(&long, Reach::Public).is_err());
        for right in [
            "https://example.com",
            "https://example.com:8443/a?b=c",
            "https://1.1.1.1/",
            "https://[2606:4700:4700::1111]/",
        ] {
            assert!(Target::parse(right, Reach::Public).is_ok(), "{right}");
        }
        for right in [
            "http://127.0.0.1:8080/",
            "http://localhost/",
            "https://[::1]/",
        ] {
            assert!(Target::parse(right, Reach::Anywhere).is_ok(), "{right}");
        }
        assert!(Target::parse("ftp://localhost/", Reach::Anywhere).is_err());
        assert!(Target::parse("http://a:b@localhost/", Reach::Anywhere).is_err());
    }

    #[test]
    fn a_target_has_the_parts_of_its_request() {
        let target = Target::parse("https://[2606:4700::1]:8443/a/b?c=d#e", Reach::Public).unwrap();
        assert_eq!(target.host(), "2606:4700::1");
        assert_eq!(target.authority(), "[2606:4700::1]:8443");
        assert_eq!(
            (target.port(), target.path_and_query()),
            (8443, "/a/b?c=d".to_owned())
        );
        let plain = Target::parse("https://example.com", Reach::Public).unwrap();
        assert_eq!(
            (plain.port(), plain.authority()),
            (443, "example.com".to_owned())
        );
        assert_eq!(plain.path_and_query(), "/");
        assert_eq!(
            [target.origin(), plain.origin()],
            ["https://[2606:4700::1]:8443", "https://example.com"]
        );
    }
}
