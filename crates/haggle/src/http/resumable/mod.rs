//! Uploads that go on where they were cut off, as tus 1.0.0 has them: its core, creation, expiration
//! and termination.

pub mod append;
pub mod begin;
pub mod cancel;
mod metadata;
pub mod status;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chat::{
    error::ChatError, limits::UNSENT_SECONDS, storage::PartialUpload, timestamp::Timestamp,
};
use time::{format_description::BorrowedFormatItem, macros::format_description};

use super::{
    error::{ApiError, NotTaken},
    tus::{ATTACHMENT, EXPIRES, LENGTH, OFFSET, RESUMABLE, SPOKEN},
};

/// RFC 9110, 5.6.7.
const DATE: &[BorrowedFormatItem<'_>] = format_description!(
    "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
);

/// Whether the client speaks this version.
fn is_spoken(headers: &HeaderMap) -> Result<(), ApiError> {
    match headers.get(&RESUMABLE) {
        Some(version) if version == SPOKEN => Ok(()),
        _ => Err(NotTaken::OtherTus.into()),
    }
}

/// A number of bytes; `name` is that of the header.
fn bytes(headers: &HeaderMap, header: &HeaderName, name: &'static str) -> Result<i64, ApiError> {
    let text = headers.get(header).and_then(|value| value.to_str().ok());
    let is_digits = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let number = text.filter(is_digits).and_then(|text| text.parse().ok());
    number.ok_or_else(|| ChatError::field(name, "Must be a number of bytes").into())
}

/// What every answer says of an upload.
fn describe(upload: &PartialUpload) -> HeaderMap {
    let mut headers = HeaderMap::from_iter([
        (RESUMABLE, HeaderValue::from_static(SPOKEN)),
        (LENGTH, upload.size.into()),
        (OFFSET, upload.received.into()),
    ]);
    if let Some(date) = date(upload.created_at.plus_seconds(UNSENT_SECONDS)) {
        headers.insert(EXPIRES, date);
    }
    let id = upload.attachment.as_ref();
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(id.as_str()).ok()) {
        headers.insert(ATTACHMENT, id);
    }
    headers
}

fn date(at: Timestamp) -> Option<HeaderValue> {
    let text = at.date_time().format(DATE).ok()?;
    HeaderValue::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use chat::timestamp::Timestamp;

    use super::date;

    #[test]
    fn a_date_is_written_as_http_has_it() {
        let at = Timestamp::from_micros(1_893_456_000_000_000);
        assert_eq!(date(at).unwrap(), "Tue, 01 Jan 2030 00:00:00 GMT");
    }
}
