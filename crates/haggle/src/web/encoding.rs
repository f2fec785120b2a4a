//! Which of the ready compressed forms a browser takes.

use axum::http::{HeaderMap, header};

#[derive(Debug)]
pub struct Coding {
    pub name: &'static str,
    /// What the file's name ends with in this form.
    pub suffix: &'static str,
}

/// The smaller first.
const CODINGS: [Coding; 2] = [
    Coding {
        name: "br",
        suffix: ".br",
    },
    Coding {
        name: "gzip",
        suffix: ".gz",
    },
];

pub fn accepted(headers: &HeaderMap) -> impl Iterator<Item = &'static Coding> {
    let accepted = headers.get(header::ACCEPT_ENCODING);
    let accepted = accepted
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    CODINGS
        .iter()
        .filter(move |coding| accepted.split(',').any(|item| accepts(item, coding.name)))
}

/// One item of the header, such as `br` or `gzip;q=0.5`.
fn accepts(item: &str, name: &str) -> bool {
    let (given, weight) = item.split_once(';').unwrap_or((item, ""));
    let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
    given.trim().eq_ignore_ascii_case(name) && weight.parse().is_ok_and(|weight: f32| weight > 0.0)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::accepted;

    #[test]
    fn a_weight_of_zero_is_a_refusal() {
        let names = |value| {
            let headers =
                HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            accepted(&headers)
                .map(|coding| coding.name)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("gzip, deflate, br"), ["br", "gzip"]);
        assert_eq!(names("br;q=0, gzip;q=0.5"), ["gzip"]);
        assert_eq!(names("identity"), Vec::<&str>::new());
    }
}
