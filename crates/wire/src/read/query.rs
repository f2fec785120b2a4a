//! Query strings, read strictly: what cannot be decoded is wrong, not guessed.

/// The decoded pairs in their order. A key without `=` has an empty value.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, &'static str> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(key)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = rest.next().and_then(hex).zip(rest.next().and_then(hex));
                let (high, low) = digits.ok_or("Not correctly percent-encoded")?;
                high << 4 | low
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map_err(|_| "Not UTF-8")
}

fn hex(digit: u8) -> Option<u8> {
    let digit = char::from(digit).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn pairs_are_decoded() {
        let expected = vec![
            ("q".to_owned(), "a b&ü".to_owned()),
            ("x".to_owned(), String::new()),
        ];
        assert_eq!(pairs("q=a+b%26%C3%BC&&x"), Ok(expected));
    }

    #[test]
    fn nothing_is_guessed() {
        for wrong in ["q=%", "q=%4", "q=%zz", "q=%ff", "%=1", "q=%+1"] {
            assert!(pairs(wrong).is_err(), "{wrong}");
        }
    }
}
