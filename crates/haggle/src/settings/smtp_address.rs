//! The mail server, as `HAGGLE_SMTP_URL` says it.

use percent_encoding::percent_decode_str;

use super::secret::Secret;

/// How a connection to it is kept from being read on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// From its beginning.
    Tls,
    /// By STARTTLS, and not at all without.
    StartTls,
    /// By STARTTLS where the server offers it.
    IfOffered,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpAddress {
    pub host: String,
    pub port: u16,
    pub protection: Protection,
    pub login: Option<(String, Secret)>,
}

impl SmtpAddress {
    /// `smtp://user:password@host:port?tls=required|off`, or `smtps://…`. Shows nothing of the password.
    pub fn parse(text: &str) -> Result<Self, String> {
        let not = || "is not an address like smtp://user:password@mail.example:587".to_owned();
        let (scheme, rest) = text.split_once("://").ok_or_else(not)?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (login, place) = match rest.rsplit_once('@') {
            Some((login, place)) => (Some(login), place),
            None => (None, rest),
        };
        let login = login.map(|login| {
            let (user, password) = login.split_once(':')?;
            let decode = |text| percent_decode_str(text).decode_utf8().ok();
            Some((decode(user)?.into_owned(), Secret::new(decode(password)?)))
        });
        let login = login.map(|login| login.ok_or_else(not)).transpose()?;
        let (host, port) = host_and_port(place).ok_or_else(not)?;
        let is_here = matches!(&*host, "localhost" | "127.0.0.1" | "::1");
        let wanted = match query.split_once('=') {
            None if query.is_empty() => None,
            Some(("tls", wanted @ ("required" | "off"))) => Some(wanted),
            _ => return Err("has a parameter that is not tls=required or tls=off".to_owned()),
        };
        let protection = match (scheme, wanted) {
            ("smtps", None | Some("required")) => Protection::Tls,
            ("smtp", Some("off")) => Protection::No,
            ("smtp", Some(_)) => Protection::StartTls,
            // On its way to this machine nobody reads it, and its certificate is for another name.
            ("smtp", None) if is_here => Protection::No,
            // A password is shown to nobody.
            ("smtp", None) if login.is_some() => Protection::StartTls,
            ("smtp", None) => Protection::IfOffered,
            ("smtps", _) => return Err("is smtps, and cannot be without TLS".to_owned()),
            _ => return Err("must begin with smtp:// or smtps://".to_owned()),
        };
        let usual = match protection {
            Protection::Tls => 465,
            _ if login.is_some() => 587,
            _ => 25,
        };
        Ok(Self {
            host,
            port: port.unwrap_or(usual),
            protection,
            login,
        })
    }
}

fn host_and_port(place: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']')?;
            (host, port.strip_prefix(':'))
        }
        None => match place.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let is_host = |letter: char| letter.is_ascii_alphanumeric() || "-.:_".contains(letter);
    if host.is_empty() || !host.chars().all(is_host) {
        return None;
    }
    let port = port
        .map(|port| port.parse().ok())
        .map_or(Some(None), |port| port.map(Some))?;
    Some((host.to_owned(), port))
}

#[cfg(test)]
mod tests {
    use super::{Protection, SmtpAddress};

    #[test]
    fn an_address_says_how_and_as_whom() {
        let cases = [
            ("smtp://mail.example", 25, Protection::IfOffered, None),
            ("smtp://localhost:1025", 1025, Protection::No, None),
            (
                "smtp://a:b%40c@mail.example/",
                587,
                Protection::StartTls,
                Some(("a", "b@c")),
            ),
            (
                "smtps://a:b@mail.example",
                465,
                Protection::Tls,
                Some(("a", "b")),
            ),
            (
                "smtp://[2001:db8::1]:26?tls=required",
                26,
                Protection::StartTls,
                None,
            ),
            ("smtp://mail.example?tls=off", 25, Protection::No, None),
        ];
        for (text, port, protection, login) in cases {
            let address = SmtpAddress::parse(text).unwrap();
            assert_eq!(
                (address.port, address.protection),
                (port, protection),
                "{text}"
            );
            let found = address.login.as_ref();
            let found = found.map(|(user, password)| (user.as_str(), password.expose()));
            assert_eq!(found, login);
        }
    }

    #[test]
    fn what_is_no_address_is_refused_and_no_password_shown() {
        for wrong in [
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://hunter2@mail.example",
            "smtp://mail.example:hunter2",
            "smtp://mail.example?hunter2=1",
            "smtps://mail.example?tls=off",
        ] {
            let said = SmtpAddress::parse(wrong).unwrap_err();
            assert!(!said.contains("hunter2"), "{said}");
        }
    }
}
