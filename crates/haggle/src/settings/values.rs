//! How the text of a setting becomes its value. Reasons read on after the name of the setting.

use std::{
    net::{SocketAddr, ToSocketAddrs},
    path::PathBuf,
    time::Duration,
};

use chat::media_type::{FORMATS, Format, MediaType};

use super::secret::Secret;
use crate::{
    jwks,
    listener::{Network, TrustedProxies},
    outgoing_http::{Reach, Target},
    webhook_secret,
};

pub fn address(text: &str) -> Result<SocketAddr, String> {
    let not = || "is not an address like 127.0.0.1:8080".to_owned();
    let mut found = text.to_socket_addrs().map_err(|_| not())?;
    found.next().ok_or_else(not)
}

pub fn whole<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "is not a whole number".to_owned())
}

/// At least one.
pub fn positive(text: &str) -> Result<u32, String> {
    match whole(text)? {
        0 => Err("must be at least 1".to_owned()),
        number => Ok(number),
    }
}

/// The operator says where it is.
pub fn webhook_url(text: &str) -> Result<Secret, String> {
    match Target::parse(text, Reach::Anywhere) {
        Ok(_) => Ok(Secret::new(text)),
        Err(_) => Err(
            "is not an address like https://shop.example/haggle, without a user in it".to_owned(),
        ),
    }
}

pub fn webhook_secret(text: &str) -> Result<Secret, String> {
    match webhook_secret::key(text) {
        Some(_) => Ok(Secret::new(text)),
        None => Err(
            "is not whsec_ and the base64 of 24 to 64 bytes (openssl rand -base64 32)".to_owned(),
        ),
    }
}

/// Of an old chat.
pub fn ignored(text: &str) -> Result<bool, String> {
    match text {
        "" => Ok(false),
        "ignore" => Ok(true),
        _ => Err("must be ignore, or not be set".to_owned()),
    }
}

/// `on` or `off`.
pub fn switch(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("must be on or off".to_owned()),
    }
}

/// `90s`, `5m`, `1h`, `2d`; a bare number is seconds.
pub fn duration(text: &str) -> Result<Duration, String> {
    let not = || "is not a time like 90s, 5m, 1h or 2d".to_owned();
    let (number, unit_seconds) = match text.char_indices().last() {
        Some((at, 's')) => (&text[..at], 1),
        Some((at, 'm')) => (&text[..at], 60),
        Some((at, 'h')) => (&text[..at], 3_600),
        Some((at, 'd')) => (&text[..at], 86_400),
        _ => (text, 1),
    };
    let number: u64 = number.parse().map_err(|_| not())?;
    number
        .checked_mul(unit_seconds)
        .map(Duration::from_secs)
        .ok_or_else(not)
}

pub fn on_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("must be on or off".to_owned()),
    }
}

/// What paths are put behind, without a slash at its end.
pub fn base_url(text: &str) -> Result<String, String> {
    Ok(page_url(text)?.trim_end_matches('/').to_owned())
}

/// Of a page that browsers open, as it is: some shops know it only with its slash.
pub fn page_url(text: &str) -> Result<String, String> {
    let url = url(&["https", "http"])(text)?;
    let is_plain = url
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\`".contains(&byte));
    if is_plain {
        Ok(url)
    } else {
        Err("is not an address like https://shop.example/chat".to_owned())
    }
}

/// An address with one of these schemes.
pub fn url(schemes: &'static [&'static str]) -> impl Fn(&str) -> Result<String, String> {
    move |text| {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        if schemes.contains(&scheme) && !rest.is_empty() {
            Ok(text.to_owned())
        } else {
            Err(format!("must begin with {}://", schemes.join(":// or ")))
        }
    }
}

/// Web origins like `https://shop.example`, in lower case and without default ports.
pub fn origins(text: &str) -> Result<Vec<String>, String> {
    let given = text
        .split(',')
        .map(str::trim)
        .filter(|origin| !origin.is_empty());
    given.map(origin).collect()
}

fn origin(text: &str) -> Result<String, String> {
    crate::web_origin::normalise(text)
        .ok_or_else(|| format!("{text:?} is not an origin like https://shop.example"))
}

/// Addresses or networks, such as `10.0.0.0/8, 2001:db8::1`.
pub fn proxies(text: &str) -> Result<TrustedProxies, String> {
    let given = text
        .split([',', ' '])
        .map(str::trim)
        .filter(|network| !network.is_empty());
    let networks = given.map(|network| {
        let not = || format!("{network:?} is not an address or a network like 10.0.0.0/8");
        Network::parse(network).ok_or_else(not)
    });
    Ok(TrustedProxies::new(networks.collect::<Result<_, _>>()?))
}

/// A table or column name, or for tables one with its schema. It is quoted in SQL, so only its form is checked.
pub fn sql_name(text: &str) -> Result<String, String> {
    let is_name = |part: &str| {
        let mut letters = part.chars();
        let first = letters.next();
        first.is_some_and(|letter| letter.is_alphabetic() || letter == '_')
            && letters.all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '$'))
            && part.len() <= 63
    };
    if text.split('.').count() <= 2 && text.split('.').all(is_name) {
        Ok(text.to_owned())
    } else {
        Err("is not a name of a table or column".to_owned())
    }
}

// Each parser has the signature that `Reader` asks for.
pub fn secret(text: &str) -> Result<Secret, String> {
    Ok(Secret::new(text))
}

pub fn secrets(text: &str) -> Result<Vec<Secret>, String> {
    let secrets = text.split(',').map(str::trim).filter(|one| !one.is_empty());
    let secrets: Vec<_> = secrets.map(Secret::new).collect();
    if secrets.is_empty() {
        return Err("is empty".to_owned());
    }
    Ok(secrets)
}

/// RFC 6265: a token of RFC 2616.
pub fn cookie_name(text: &str) -> Result<String, String> {
    let is_token = |byte: u8| byte.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_token) {
        Ok(text.to_owned())
    } else {
        Err("is not the name of a cookie".to_owned())
    }
}

/// Anything.
pub fn text(text: &str) -> Result<String, String> {
    Ok(text.to_owned())
}

pub fn database(text: &str) -> Result<Secret, String> {
    chat_postgres::check_url(text)?;
    Ok(Secret::new(text))
}

pub fn path(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

/// `all`, or endings and media types.
pub fn media_types(text: &str) -> Result<Vec<MediaType>, String> {
    let all = FORMATS.iter().map(|format| format.kind);
    if text.trim().eq_ignore_ascii_case("all") {
        return Ok(all.collect());
    }
    let mut wanted = Vec::new();
    for part in text.split(',').map(|part| part.trim().to_lowercase()) {
        let ending = part.trim_start_matches('.');
        let format = Format::ending_in(ending).map(|format| format.kind);
        let Some(kind) = format.or_else(|| MediaType::parse(&part)) else {
            let known: Vec<_> = FORMATS.iter().map(|format| format.endings[0]).collect();
            let known = known.join(", ");
            return Err(format!("has `{part}`, which is none of all, {known}"));
        };
        wanted.push(kind);
    }
    Ok(all.filter(|kind| wanted.contains(kind)).collect())
}

pub fn key_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    jwks::read(&path)?;
    Ok(path)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

pub fn log_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("must be text or json".to_owned()),
    }
}

const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// A level, or levels of targets. The filter takes any word for a target with all of its lines, and a target
/// that nobody has silences the log.
pub fn log_level(text: &str) -> Result<String, String> {
    let is_level = |word: &str| LEVELS.iter().any(|level| level.eq_ignore_ascii_case(word));
    for part in text.split(',').map(str::trim) {
        let is_right = match part.split_once('=') {
            Some((target, level)) => !target.trim().is_empty() && is_level(level.trim()),
            None => is_level(part),
        };
        if !is_right {
            let levels = LEVELS.join(", ");
            return Err(format!(
                "has {part:?}, which is none of {levels}, nor a part like haggle=debug"
            ));
        }
    }
    match text.parse::<tracing_subscriber::filter::Targets>() {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("is not a log filter: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{duration, log_level, origins, sql_name, url};

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("5m"), Ok(Duration::from_mins(5)));
        assert_eq!(duration("90"), Ok(Duration::from_secs(90)));
        assert!(duration("soon").is_err());
        assert!(duration("").is_err());
        assert!(duration("99999999999999999999d").is_err());
    }

    #[test]
    fn origins_are_compared_in_one_form() {
        let given = "https://Shop.example:443, http://localhost:5173";
        assert_eq!(
            origins(given),
            Ok(vec![
                "https://shop.example".into(),
                "http://localhost:5173".into()
            ])
        );
        for wrong in ["*", "shop.example", "https://shop.example/path", "null"] {
            assert!(origins(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_tables_may_have_a_schema() {
        assert!(sql_name("shop.users").is_ok());
        for wrong in ["", "a.b.c", "users; drop table users", "1st", "a."] {
            assert!(sql_name(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_have_a_scheme() {
        assert!(url(&["redis", "rediss"])("redis://localhost").is_ok());
        assert!(url(&["redis", "rediss"])("localhost:6379").is_err());
    }

    #[test]
    fn a_misspelt_log_level_is_refused() {
        for right in [
            "info",
            "WARN",
            "off",
            "info,haggle=debug",
            "haggle::ws=trace,error",
        ] {
            assert_eq!(log_level(right).as_deref(), Ok(right));
        }
        for wrong in [
            "verbose",
            "warning",
            "info,",
            "infoo,warnn",
            "haggle",
            "haggle=loud",
            "=info",
            "",
        ] {
            let said = log_level(wrong).unwrap_err();
            assert!(said.contains("none of off, error, warn"), "{wrong}: {said}");
        }
    }
}
