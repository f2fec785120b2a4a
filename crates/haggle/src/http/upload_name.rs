//! The name of an uploaded file, as a form gives it.

use axum::http::{HeaderMap, header};

/// The name in the header of a part of a form; empty where it has none.
pub fn upload_name(headers: &HeaderMap) -> String {
    let header = headers.get(header::CONTENT_DISPOSITION);
    let header = header.map_or(&b""[..], |value| value.as_bytes());
    let parameters = parameters(header);
    let find = |wanted: &str| {
        let mut all = parameters.iter();
        let found = all.find(|(name, _)| name.eq_ignore_ascii_case(wanted.as_bytes()));
        found.map(|(_, value)| value.as_slice())
    };
    let extended = find("filename*").and_then(extended);
    let plain = || find("filename").map(|value| unescape(&text(value)));
    extended.or_else(plain).unwrap_or_default()
}

/// Names and values behind the first `;` (RFC 2183, RFC 7578).
fn parameters(header: &[u8]) -> Vec<(&[u8], Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = skip_to(header, b';');
    while let Some(after) = rest {
        let Some(equals) = after.iter().position(|byte| matches!(byte, b'=' | b';')) else {
            break;
        };
        let name = after[..equals].trim_ascii();
        if after[equals] == b';' {
            rest = Some(&after[equals + 1..]);
            continue;
        }
        let value = after[equals + 1..].trim_ascii_start();
        let (value, behind) = if let Some(quoted) = value.strip_prefix(b"\"") {
            quoted_value(quoted)
        } else {
            let end = value.iter().position(|byte| *byte == b';');
            let (value, behind) = value.split_at(end.unwrap_or(value.len()));
            (value.trim_ascii().to_vec(), behind)
        };
        found.push((name, value));
        rest = skip_to(behind, b';');
    }
    found
}

fn skip_to(bytes: &[u8], wanted: u8) -> Option<&[u8]> {
    let at = bytes.iter().position(|byte| *byte == wanted)?;
    Some(&bytes[at + 1..])
}

/// Up to the closing quote. Some programs put a backslash before a quote or another backslash;
/// before anything else it is a letter of the name.
fn quoted_value(mut rest: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut value = Vec::new();
    loop {
        rest = match rest {
            [] => return (value, rest),
            [b'"', after @ ..] => return (value, after),
            [b'\\', escaped @ (b'"' | b'\\'), after @ ..] => {
                value.push(*escaped);
                after
            }
            [byte, after @ ..] => {
                value.push(*byte);
                after
            }
        };
    }
}

/// What is not UTF-8 is taken for Latin-1.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Browsers write these three, and nothing else, with percent signs (WHATWG HTML, "escape a
/// multipart form data name").
fn unescape(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// RFC 8187. `None`: in another encoding, or broken.
fn extended(value: &[u8]) -> Option<String> {
    let mut parts = value.splitn(3, |byte| *byte == b'\'');
    let (charset, _, name) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = percent_decoded(name)?;
    if charset.eq_ignore_ascii_case(b"utf-8") {
        String::from_utf8(bytes).ok()
    } else if charset.eq_ignore_ascii_case(b"iso-8859-1") {
        Some(bytes.into_iter().map(char::from).collect())
    } else {
        None
    }
}

fn percent_decoded(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        rest = match rest {
            [] => return Some(bytes),
            [b'%', high, low, after @ ..] => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                bytes.push(u8::try_from(digit(high)? << 4 | digit(low)?).ok()?);
                after
            }
            [byte, after @ ..] => {
                bytes.push(*byte);
                after
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::upload_name;

    fn name(parameters: &[u8]) -> String {
        let value = [b"form-data; name=\"file\"", parameters].concat();
        let value = HeaderValue::from_bytes(&value).unwrap();
        upload_name(&HeaderMap::from_iter([(
            header::CONTENT_DISPOSITION,
            value,
        )]))
    }

    #[test]
    fn a_name_arrives_as_browsers_and_programs_write_it() {
        for (given, wanted) in [
            (&b"; filename=\"offer.pdf\""[..], "offer.pdf"),
            (b"; filename=\"5%22 pipe.txt\"", "5\" pipe.txt"),
            (b"; filename=\"5\\\" pipe.txt\"", "5\" pipe.txt"),
            (b"; filename=\"a%0D%0Ab.txt\"", "a\r\nb.txt"),
            (b"; filename=\"100%25 %41.txt\"", "100%25 %41.txt"),
            (b"; filename=\"50 %.txt\"", "50 %.txt"),
            (b"; filename=\"C:\\photos\\a.png\"", "C:\\photos\\a.png"),
            (b"; filename=\"a; filename=b.txt\"", "a; filename=b.txt"),
            (b"; FileName=plain.txt", "plain.txt"),
            (b"; filename=plain.txt; x=y", "plain.txt"),
            (
                b"; filename=\"a.txt\"; filename*=UTF-8''gr%C3%B6%C3%9Fe.txt",
                "größe.txt",
            ),
            (b"; filename*=iso-8859-1'en'%A3.txt", "£.txt"),
            (b"; filename=\"a.txt\"; filename*=utf-7''b", "a.txt"),
            (b"; filename=\"a.txt\"; filename*=utf-8''%GG", "a.txt"),
            ("; filename=\"größe.txt\"".as_bytes(), "größe.txt"),
            (b"; filename=\"gr\xf6\xdfe.txt\"", "größe.txt"),
            (b"; filename=\"not closed", "not closed"),
            (b"; filename=\"\"", ""),
            (b"", ""),
            (b"; filename", ""),
        ] {
            assert_eq!(name(given), wanted, "{}", String::from_utf8_lossy(given));
        }
    }
}
