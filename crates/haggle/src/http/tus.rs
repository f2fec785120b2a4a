//! The headers of tus 1.0.0, and one of our own.

use axum::http::HeaderName;

pub const SPOKEN: &str = "1.0.0";

pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const VERSION: HeaderName = HeaderName::from_static("tus-version");
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// The id of the file that an upload has become.
pub const ATTACHMENT: HeaderName = HeaderName::from_static("haggle-attachment");
