//! Where a token is found in a request.

use axum::http::{HeaderMap, header};

/// The cookie that carries a token.
pub const COOKIE: &str = "haggle_session";

/// The token of `Authorization: Bearer`.
pub fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// A browser sends one for each path and domain that has one; more than these are somebody's trick.
const MOST: usize = 50;

/// The values of all cookies of this name, in the order in which they came. A stale one of another path or
/// domain may stand before the one that counts, and cookies of others may hold any bytes.
pub fn values<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h [u8]> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'))
        .filter_map(move |pair| {
            let at = pair.iter().position(|byte| *byte == b'=')?;
            let (named, value) = (pair[..at].trim_ascii(), pair[at + 1..].trim_ascii());
            (named == name.as_bytes()).then_some(unquoted(value))
        })
        .filter(|value| !value.is_empty())
        .take(MOST)
}

/// Those of them that may be tokens.
pub fn tokens<'h>(headers: &'h HeaderMap, name: &'h str) -> impl Iterator<Item = &'h str> {
    values(headers, name).filter_map(|value| std::str::from_utf8(value).ok())
}

fn unquoted(value: &[u8]) -> &[u8] {
    let inside = value.strip_prefix(b"\"");
    inside
        .and_then(|value| value.strip_suffix(b"\""))
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{COOKIE, bearer_token, tokens};

    fn with(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
    }

    #[test]
    fn every_session_cookie_is_found_among_others() {
        let headers = with(
            "cookie",
            "theme=dark; haggle_session=abc; other_haggle_session=x",
        );
        let tokens = |headers: &HeaderMap| {
            let tokens = tokens(headers, COOKIE).map(str::to_owned);
            tokens.collect::<Vec<_>>()
        };
        assert_eq!(tokens(&headers), ["abc"]);
        assert!(tokens(&with("cookie", "xhaggle_session=abc")).is_empty());

        let mut several = HeaderMap::new();
        for value in [
            &b"name=J\xfcrgen; haggle_session=stale;haggle_session=\"fresh\""[..],
            b"haggle_session=; haggle_session=\xff\xfe",
            b" haggle_session = last ",
        ] {
            several.append("cookie", HeaderValue::from_bytes(value).unwrap());
        }
        assert_eq!(tokens(&several), ["stale", "fresh", "last"]);
        let many = HeaderMap::from_iter([(
            axum::http::header::COOKIE,
            HeaderValue::try_from("haggle_session=x; ".repeat(100)).unwrap(),
        )]);
        assert_eq!(tokens(&many).len(), 50);
    }

    #[test]
    fn only_bearer_counts() {
        assert_eq!(
            bearer_token(&with("authorization", "bearer abc")),
            Some("abc")
        );
        assert_eq!(bearer_token(&with("authorization", "Basic abc")), None);
    }
}
