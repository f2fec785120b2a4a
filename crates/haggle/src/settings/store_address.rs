//! Where the bytes of files are kept, as `HAGGLE_OBJECT_STORE` says it.

use std::path::PathBuf;

use percent_encoding::percent_decode_str;

/// Of a path in a bucket's address.
const PREFIX_BYTES: usize = 512;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreAddress {
    Folder(PathBuf),
    Bucket(BucketAddress),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BucketAddress {
    pub bucket: String,
    /// Of every name in the bucket. Empty: none.
    pub prefix: String,
    /// `None`: Amazon's own.
    pub endpoint: Option<String>,
    /// `None`: as `AWS_REGION` says.
    pub region: Option<String>,
    /// The bucket is a part of the host's name, and not of the path.
    pub is_virtual_hosted: bool,
}

impl StoreAddress {
    /// `file:///folder`, or `s3://bucket[/prefix]?endpoint=…&region=…&style=path|virtual`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("file://") {
            let path = PathBuf::from(path);
            let not = "must be an absolute path like file:///srv/haggle".to_owned();
            return if path.is_absolute() {
                Ok(Self::Folder(path))
            } else {
                Err(not)
            };
        }
        match text.strip_prefix("s3://") {
            Some(rest) => BucketAddress::parse(rest).map(Self::Bucket),
            None => Err("must begin with file:// or s3://".to_owned()),
        }
    }
}

impl BucketAddress {
    fn parse(text: &str) -> Result<Self, String> {
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
        let mut address = Self {
            bucket: bucket_name(bucket)?,
            prefix: prefix_of(prefix)?,
            ..Self::default()
        };
        let mut style = None;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8();
            let value = value.map_err(|_| format!("has {name}, which is no text"))?;
            match name {
                "endpoint" => address.endpoint = Some(endpoint(&value)?),
                "region" if is_plain(&value) => address.region = Some(value.into_owned()),
                "region" => return Err("has region, which is not one like eu-central-1".into()),
                "style" => style = Some(is_virtual(&value)?),
                // A key in an address ends up in logs and lists of processes.
                _ => {
                    return Err(format!(
                        "has {name}, and an s3:// address has no more than endpoint, region and \
                         style; keys are in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    ));
                }
            }
        }
        // A name with dots is no name of a host that a certificate covers.
        let is_amazon = address.endpoint.is_none() && !address.bucket.contains('.');
        address.is_virtual_hosted = style.unwrap_or(is_amazon);
        Ok(address)
    }
}

fn bucket_name(text: &str) -> Result<String, String> {
    let is_letter =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
    if (3..=63).contains(&text.len()) && text.bytes().all(is_letter) {
        return Ok(text.to_owned());
    }
    if text.contains('@') {
        return Err(
            "has keys in it; they belong in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY".to_owned(),
        );
    }
    Err("must name a bucket, like s3://files or s3://files/chat".to_owned())
}

fn prefix_of(text: &str) -> Result<String, String> {
    let text = text.trim_matches('/');
    let is_part = |part: &str| !part.is_empty() && part != "." && part != ".." && is_plain(part);
    if text.is_empty() || text.len() <= PREFIX_BYTES && text.split('/').all(is_part) {
        Ok(text.to_owned())
    } else {
        Err("has a path that is not one like chat/files".to_owned())
    }
}

fn endpoint(text: &str) -> Result<String, String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let host = rest.unwrap_or_default().trim_end_matches('/');
    if host.is_empty() || host.contains(['/', '?', '@', ' ']) {
        return Err("has endpoint, which is not one like https://minio.example:9000".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

fn is_virtual(text: &str) -> Result<bool, String> {
    match text {
        "virtual" => Ok(true),
        "path" => Ok(false),
        _ => Err("has style, which is neither path nor virtual".to_owned()),
    }
}

fn is_plain(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !text.is_empty() && text.bytes().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::{BucketAddress, StoreAddress};

    #[test]
    fn a_bucket_has_a_prefix_an_endpoint_and_a_region() {
        let parsed = StoreAddress::parse(
            "s3://files/chat/2026?endpoint=http%3A%2F%2Flocalhost:9000/&region=eu-central-1",
        );
        let expected = BucketAddress {
            bucket: "files".into(),
            prefix: "chat/2026".into(),
            endpoint: Some("http://localhost:9000".into()),
            region: Some("eu-central-1".into()),
            is_virtual_hosted: false,
        };
        assert_eq!(parsed, Ok(StoreAddress::Bucket(expected)));
        let style = |text| match StoreAddress::parse(text) {
            Ok(StoreAddress::Bucket(bucket)) => bucket.is_virtual_hosted,
            other => panic!("{other:?}"),
        };
        assert!(style("s3://files"));
        assert!(!style("s3://files.shop.example"));
        assert!(!style("s3://files?style=path"));
        assert!(style(
            "s3://files?endpoint=https://r2.example&style=virtual"
        ));
    }

    #[test]
    fn what_is_no_address_is_refused_and_no_key_is_repeated() {
        for wrong in [
            "",
            "/srv/files",
            "file://srv",
            "s3://",
            "s3://F",
            "s3://files/../other",
            "s3://files?endpoint=localhost:9000",
            "s3://files?endpoint=https://a/b",
            "s3://files?style=odd",
            "s3://files?region=",
            "gs://files",
            "s3://AKIA:hunter2@files",
            "s3://files?secret=hunter2",
        ] {
            let reason = StoreAddress::parse(wrong).unwrap_err();
            assert!(!reason.contains("hunter2"), "{reason}");
        }
    }
}
