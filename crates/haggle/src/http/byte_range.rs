//! A part of a file (RFC 9110, 14).

use axum::http::{HeaderMap, header};

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    Whole,
    /// From here, so many bytes.
    Part(u64, u64),
    /// Nothing that it has.
    Nothing,
}

/// What cannot be understood is ignored, and so are several parts at once, as the standard
/// allows. A part is meant only of the file that the client has: `tag` is ours.
pub fn asked(headers: &HeaderMap, tag: &str, size: u64) -> Asked {
    let Some(range) = headers.get(header::RANGE) else {
        return Asked::Whole;
    };
    if headers
        .get(header::IF_RANGE)
        .is_some_and(|have| have.as_bytes() != tag.as_bytes())
    {
        return Asked::Whole;
    }
    let range = range.to_str().ok().and_then(|range| {
        let (unit, range) = range.split_once('=')?;
        let is_bytes = unit.trim().eq_ignore_ascii_case("bytes");
        is_bytes.then(|| range.trim().split_once('-')).flatten()
    });
    match range {
        Some((first, last)) => part(first.trim(), last.trim(), size).unwrap_or(Asked::Whole),
        None => Asked::Whole,
    }
}

/// `None`: that is no range.
fn part(first: &str, last: &str, size: u64) -> Option<Asked> {
    if first.is_empty() {
        let count = number(last)?.min(size);
        return Some(match count {
            0 => Asked::Nothing,
            count => Asked::Part(size - count, count),
        });
    }
    let first = number(first)?;
    let last = if last.is_empty() {
        u64::MAX
    } else {
        number(last)?
    };
    if last < first {
        return None;
    }
    Some(if first >= size {
        Asked::Nothing
    } else {
        Asked::Part(first, last.min(size - 1) - first + 1)
    })
}

/// Digits only; larger numbers than there are mean the end.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// Whether the client has this version already (RFC 9110, 13.1.2).
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = lists
        .filter_map(|list| list.to_str().ok())
        .flat_map(|list| list.split(','));
    tags.any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag
    })
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::{Asked, asked, is_known};

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (range, wanted) in [
            ("bytes=0-0", Asked::Part(0, 1)),
            ("bytes=2-5", Asked::Part(2, 4)),
            ("Bytes = 2 - 5", Asked::Part(2, 4)),
            ("bytes=7-", Asked::Part(7, 3)),
            ("bytes=7-99", Asked::Part(7, 3)),
            ("bytes=7-99999999999999999999999", Asked::Part(7, 3)),
            ("bytes=-3", Asked::Part(7, 3)),
            ("bytes=-99", Asked::Part(0, 10)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=5-2", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("lines=0-1", Asked::Whole),
            ("", Asked::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            assert_eq!(asked(&headers, "\"a\"", 10), wanted, "{range}");
            headers.insert(header::IF_RANGE, HeaderValue::from_static("\"a\""));
            assert_eq!(asked(&headers, "\"a\"", 10), wanted, "{range}");
            assert_eq!(asked(&headers, "\"b\"", 10), Asked::Whole, "{range}");
        }
    }

    #[test]
    fn a_known_version_is_recognised() {
        for (list, is_one) in [
            ("\"a\"", true),
            ("W/\"a\"", true),
            ("\"b\", \"a\"", true),
            ("*", true),
            ("\"b\"", false),
            ("a", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(list));
            assert_eq!(is_known(&headers, "\"a\""), is_one, "{list}");
        }
    }
}
