//! Whether the page that sent a request may speak for the user whose cookie came along.

use axum::http::{HeaderMap, header};

use crate::{settings::Settings, web_origin::normalise};

/// Whether the request names an origin, and it is our own (by `Host`) or an allowed one.
pub fn allowed(headers: &HeaderMap, settings: &Settings) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(origin) = text(header::ORIGIN).and_then(normalise) else {
        return false;
    };
    is_listed(&origin, settings)
        || text(header::HOST).is_some_and(|host| is_same_host(&origin, host))
}

/// Whether an origin in the form of [`normalise`] is one of the settings.
pub fn is_listed(origin: &str, settings: &Settings) -> bool {
    settings
        .allowed_origins
        .iter()
        .any(|allowed| allowed == origin)
}

/// Schemes are not compared: behind a proxy that ends TLS we do not know ours.
fn is_same_host(origin: &str, host: &str) -> bool {
    let Some((scheme, own)) = origin.split_once("://") else {
        return false;
    };
    normalise(&format!("{scheme}://{host}")).is_some_and(|host| host[scheme.len() + 3..] == *own)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue};

    use super::allowed;
    use crate::settings::{Purpose, Settings, Sources, table};

    fn headers(origin: &str, host: &str) -> HeaderMap {
        [("origin", origin), ("host", host)]
            .into_iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_str(value).unwrap(),
                )
            })
            .collect()
    }

    #[test]
    fn our_own_and_listed_origins_may() {
        let mut sources = Sources::default();
        let setting = table::named("HAGGLE_ALLOWED_ORIGINS").unwrap();
        sources.flag(setting, "https://shop.example".into());
        let settings = Settings::check(sources, Purpose::Other).unwrap();

        for (origin, host) in [
            ("http://localhost:8080", "localhost:8080"),
            ("https://chat.example", "chat.example"),
            ("https://chat.example", "chat.example:443"),
            ("https://shop.example", "chat.example"),
        ] {
            assert!(
                allowed(&headers(origin, host), &settings),
                "{origin} {host}"
            );
        }
        for (origin, host) in [
            ("https://evil.example", "chat.example"),
            ("null", "null"),
            ("https://shop.example.evil.example", "chat.example"),
            ("http://localhost:8081", "localhost:8080"),
            ("", ""),
        ] {
            assert!(
                !allowed(&headers(origin, host), &settings),
                "{origin} {host}"
            );
        }
        assert!(!allowed(&HeaderMap::new(), &settings));
    }
}
