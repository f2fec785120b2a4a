//! How the text of a setting becomes its value. Reasons read on after the name of the setting.

use std::{
    net::{SocketAddr, ToSocketAddrs},
    time::Duration,
};

use crate::listener::{Network, TrustedProxies};

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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{duration, origins, sql_name, url};

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
}
