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

/// The token of the cookie `haggle_session`.
pub fn cookie_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token.trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::{bearer_token, cookie_token};

    fn with(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_static(value))])
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        let headers = with(
            "cookie",
            "theme=dark; haggle_session=abc; other_haggle_session=x",
        );
        assert_eq!(cookie_token(&headers), Some("abc"));
        assert_eq!(cookie_token(&with("cookie", "xhaggle_session=abc")), None);
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
