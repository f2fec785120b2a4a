//! The pages that are built into the binary.

mod encoding;
mod media_type;

use std::{
    io::Read,
    sync::{LazyLock, OnceLock},
};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use flate2::read::GzDecoder;

use crate::http::error::ApiError;

/// A file as it was at build time.
#[derive(Debug)]
struct File {
    /// From the root, without a slash in front.
    path: &'static str,
    etag: &'static str,
    /// `None`: only its compressed forms are there, the files whose names end with `.br` and `.gz`.
    bytes: Option<&'static [u8]>,
    /// As it is once somebody wants it who takes no compressed form.
    plain: OnceLock<Bytes>,
}

impl File {
    const fn new(path: &'static str, etag: &'static str, bytes: Option<&'static [u8]>) -> Self {
        Self {
            path,
            etag,
            bytes,
            plain: OnceLock::new(),
        }
    }

    fn bytes(&'static self) -> Bytes {
        match self.bytes {
            Some(bytes) => Bytes::from_static(bytes),
            None => self.plain.get_or_init(|| unpacked(self.path)).clone(),
        }
    }
}

fn unpacked(path: &str) -> Bytes {
    let packed = find(&format!("{path}.gz")).and_then(|packed| packed.bytes);
    let mut bytes = Vec::new();
    let unpacked = GzDecoder::new(packed.unwrap_or_default()).read_to_end(&mut bytes);
    unpacked.expect("a test unpacks the same files");
    bytes.into()
}

/// Sorted by path.
static FILES: LazyLock<Vec<File>> =
    LazyLock::new(|| Vec::from(include!(concat!(env!("OUT_DIR"), "/pages.rs"))));

const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: blob:; connect-src 'self' ws: wss:; frame-ancestors 'none'; \
    base-uri 'none'; form-action 'self'; object-src 'none'";

/// What a server without the demo says to whoever opens its address.
static FRONT: File = File::new(
    "front.html",
    concat!("\"", env!("CARGO_PKG_VERSION"), "-front\""),
    Some(include_bytes!("front.html")),
);

/// Whatever no other route of the demo answers: a file, or the page that finds its way by the address
/// itself.
pub async fn demo(method: Method, uri: Uri, headers: HeaderMap) -> Result<Response, ApiError> {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let file = if is_api(&uri) {
        None
    } else if name.contains('.') {
        below_any_path(uri.path(), |_| true)
    } else {
        find("index.html")
    };
    serve(file, &method, &headers)
}

/// Whatever no other route of a server answers: the files of the kit, and where the rest is to be found.
pub async fn kit(method: Method, uri: Uri, headers: HeaderMap) -> Result<Response, ApiError> {
    let file = match uri.path() {
        "/" => Some(&FRONT),
        path => below_any_path(path, is_of_kit),
    };
    serve(file, &method, &headers)
}

fn is_api(uri: &Uri) -> bool {
    let mut parts = uri.path().trim_start_matches('/').split('/');
    parts.next() == Some("api")
}

/// The widget and what it loads, and the service worker that a page of the host imports.
fn is_of_kit(path: &str) -> bool {
    matches!(path, "widget.js" | "haggle-push.js") || path.starts_with("widget/")
}

/// A proxy may have put a path in front.
fn below_any_path(path: &str, is_meant: impl Fn(&str) -> bool) -> Option<&'static File> {
    let starts = path.match_indices('/').map(|(at, _)| &path[at + 1..]);
    starts.filter(|path| is_meant(path)).find_map(find)
}

fn serve(
    file: Option<&'static File>,
    method: &Method,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let file = file.ok_or(ApiError::NotFound)?;
    if !matches!(*method, Method::GET | Method::HEAD) {
        let allow = [(header::ALLOW, HeaderValue::from_static("GET,HEAD"))];
        return Ok((allow, ApiError::MethodNotAllowed).into_response());
    }
    Ok(answer(file, headers))
}

fn find(path: &str) -> Option<&'static File> {
    let found = FILES.binary_search_by(|file| file.path.cmp(path)).ok()?;
    FILES.get(found)
}

fn answer(file: &'static File, headers: &HeaderMap) -> Response {
    let smaller = encoding::accepted(headers).find_map(|coding| {
        Some((
            coding.name,
            find(&format!("{}{}", file.path, coding.suffix))?,
        ))
    });
    let sent = smaller.map_or(file, |(_, smaller)| smaller);

    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| {
        let mut known = known.to_str().unwrap_or_default().split(',').map(str::trim);
        known.any(|known| known.trim_start_matches("W/") == sent.etag || known == "*")
    });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Response::new(Body::from(sent.bytes()))
    };
    let mut put = |name: HeaderName, value: &'static str| {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    };
    put(header::ETAG, sent.etag);
    put(header::VARY, "accept-encoding");
    put(header::CACHE_CONTROL, lifetime(file.path));
    put(header::CONTENT_SECURITY_POLICY, POLICY);
    put(header::REFERRER_POLICY, "same-origin");
    if !is_known {
        put(header::CONTENT_TYPE, media_type::of(file.path));
        if let Some((coding, _)) = smaller {
            put(header::CONTENT_ENCODING, coding);
        }
    }
    response
}

/// Files of these folders carry a hash of their content in their names.
fn lifetime(path: &str) -> &'static str {
    if path.starts_with("assets/") || path.starts_with("widget/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, Method, StatusCode, header};

    use super::{FILES, demo, find, kit};

    async fn get(path: &str, headers: HeaderMap) -> axum::response::Response {
        let answer = demo(Method::GET, path.parse().unwrap(), headers).await;
        axum::response::IntoResponse::into_response(answer)
    }

    #[tokio::test]
    async fn a_server_without_the_demo_shows_nothing_of_it() {
        let status = async |path: &str| {
            let answer = kit(Method::GET, path.parse().unwrap(), HeaderMap::new()).await;
            axum::response::IntoResponse::into_response(answer).status()
        };
        assert_eq!(status("/").await, StatusCode::OK);
        for file in &*FILES {
            let is_of_kit = matches!(file.path, "widget.js" | "haggle-push.js")
                || file.path.starts_with("widget/");
            let expected = if is_of_kit {
                StatusCode::OK
            } else {
                StatusCode::NOT_FOUND
            };
            assert_eq!(
                status(&format!("/{}", file.path)).await,
                expected,
                "{}",
                file.path
            );
        }
        for path in ["/index.html", "/login", "/conversations/42", "/favicon.svg"] {
            assert_eq!(status(path).await, StatusCode::NOT_FOUND, "{path}");
        }
        if find("widget.js").is_some() {
            assert_eq!(status("/shop/chat/widget.js").await, StatusCode::OK);
        }
    }

    #[test]
    fn the_table_is_sorted_and_has_a_page() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
        assert!(FILES.iter().any(|file| file.path == "index.html"));
    }

    #[tokio::test]
    async fn addresses_of_the_application_get_its_page() {
        for path in ["/", "/conversations/42", "/login"] {
            let answer = get(path, HeaderMap::new()).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path}");
            assert!(
                answer.headers()[header::CONTENT_TYPE]
                    .to_str()
                    .unwrap()
                    .starts_with("text/html")
            );
            assert!(
                answer
                    .headers()
                    .contains_key(header::CONTENT_SECURITY_POLICY)
            );
        }
        for path in [
            "/api",
            "/api/nothing",
            "/missing.js",
            "/assets/../index.htm.l",
        ] {
            assert_eq!(
                get(path, HeaderMap::new()).await.status(),
                StatusCode::NOT_FOUND,
                "{path}"
            );
        }
    }

    #[test]
    fn every_file_is_there_as_it_is() {
        for file in &*FILES {
            let shorter = file.bytes().len();
            let packed = find(&format!("{}.gz", file.path));
            assert!(
                packed.is_none_or(|packed| shorter > packed.bytes().len()),
                "{}",
                file.path
            );
        }
    }

    #[tokio::test]
    async fn what_the_browser_has_is_not_sent_again() {
        let first = get("/", HeaderMap::new()).await;
        let etag = first.headers()[header::ETAG].clone();
        let again = get("/", HeaderMap::from_iter([(header::IF_NONE_MATCH, etag)])).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }
}
