//! A proxy may serve us below a path of its own, `/shop/chat/`, and pass requests on with that path. It
//! is dropped here; we give out relative addresses only, so nobody needs to know it.
//!
//! The directory and the figures are for the marketplace's own machines: proxies keep them away by their
//! path, so they are found at exactly one.

use axum::http::{Uri, uri::PathAndQuery};

/// What addresses begin with, and whether something may follow.
const ROOTS: [(&str, bool); 12] = [
    ("/api/chat/", true),
    ("/api/demo/", true),
    ("/api/asyncapi.json", false),
    ("/api/openapi.json", false),
    ("/demo/pictures/", true),
    ("/demo/avatars/", true),
    ("/docs/", true),
    ("/docs", false),
    ("/widget.js", false),
    ("/widget/", true),
    ("/healthz", false),
    ("/readyz", false),
];

/// Drops what stands before an address of ours. What stands there may look like one itself, so the last
/// one counts; but an id in an address of the API may be called `docs`, so that goes before others.
pub fn relocate(uri: &mut Uri) {
    let path = uri.path();
    if path.starts_with("/api/directory/") {
        return;
    }
    let places = path.match_indices('/').map(|(at, _)| at);
    let mut found: Option<(usize, bool)> = None;
    for at in places.filter(|at| begins_here(&path[*at..])) {
        let is_api = path[at..].starts_with("/api/");
        if found.is_none_or(|(_, before)| is_api || !before) {
            found = Some((at, is_api));
        }
    }
    let Some((at, _)) = found else {
        return;
    };
    if at == 0 {
        return;
    }
    let rest = match uri.query() {
        Some(query) => format!("{}?{query}", &path[at..]),
        None => path[at..].to_owned(),
    };
    if let Ok(rest) = PathAndQuery::try_from(rest) {
        let mut parts = std::mem::take(uri).into_parts();
        parts.path_and_query = Some(rest);
        *uri = Uri::from_parts(parts).unwrap_or_default();
    }
}

fn begins_here(path: &str) -> bool {
    // A path in front that ends like the API, before something that is not of it.
    if let Some(rest) = path.strip_prefix("/api/chat")
        && is_root(rest)
    {
        return false;
    }
    is_root(path)
}

fn is_root(path: &str) -> bool {
    ROOTS.iter().any(|(root, goes_on)| {
        let rest = path.strip_prefix(root);
        rest.is_some_and(|rest| rest.is_empty() || *goes_on)
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::relocate;

    fn found(address: &str) -> String {
        let mut uri: Uri = address.parse().unwrap();
        relocate(&mut uri);
        uri.to_string()
    }

    #[test]
    fn a_path_in_front_is_dropped() {
        for (address, found_at) in [
            ("/chat/api/chat/ws", "/api/chat/ws"),
            (
                "/a/b/c/api/chat/conversations?q=a/b",
                "/api/chat/conversations?q=a/b",
            ),
            ("/api/api/chat/unread-count", "/api/chat/unread-count"),
            ("/chat/api/openapi.json", "/api/openapi.json"),
            ("/chat/api/asyncapi.json", "/api/asyncapi.json"),
            ("/chat/docs/socket", "/docs/socket"),
            ("/chat/docs", "/docs"),
            ("/chat/docs/", "/docs/"),
            ("/chat/docs/swagger-ui.css", "/docs/swagger-ui.css"),
            ("/chat/healthz", "/healthz"),
            ("/chat/demo/pictures/bolt.svg", "/demo/pictures/bolt.svg"),
            ("/keep/docs/docs", "/docs"),
            ("/keep/docs/docs/swagger-ui.css", "/docs/swagger-ui.css"),
            ("/keep/docs/widget.js", "/widget.js"),
            ("/docs/widget/mount-1a2b.js", "/widget/mount-1a2b.js"),
            ("/keep/docs/api/openapi.json", "/api/openapi.json"),
            (
                "/keep/docs/api/chat/users/docs/status",
                "/api/chat/users/docs/status",
            ),
            ("/keep/chat/api/chat/api/chat/ws", "/api/chat/ws"),
            ("/keep/chat/api/chat/docs/", "/docs/"),
            ("/keep/chat/api/chat/widget.js", "/widget.js"),
            ("/keep/healthz/api/chat/limits", "/api/chat/limits"),
        ] {
            assert_eq!(found(address), found_at);
        }
    }

    #[test]
    fn our_own_addresses_and_those_of_others_stay() {
        for address in [
            "/",
            "/api/chat/conversations/api/messages",
            "/api/chat/users/docs/status?x=/api/chat/",
            "/api/chat/attachments/%2Fapi%2Fchat%2F",
            "/api/directory/users/docs",
            "/api/directory/users/healthz",
            "/widget.js",
            "/chat/metrics",
            "/chat/api/directory/users/anna",
        ] {
            assert_eq!(found(address), address);
        }
    }
}
