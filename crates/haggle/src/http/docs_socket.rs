//! The socket's document as a page to read, at `/docs/socket`.

use std::fmt::Write;

use axum::{
    extract::Extension,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use serde_json::Value;

use super::openapi::Written;

/// Nothing on the page runs or loads anything.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; \
    base-uri 'none'; form-action 'none'";

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>Haggle's socket</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
pre { overflow-x: auto; padding: .75rem; border-radius: .5rem; background: #8881 }
code { font: .875em ui-monospace, monospace }
table { border-collapse: collapse } td, th { text-align: start; vertical-align: top; padding: .25rem .75rem .25rem 0 }
section { border-block-start: 1px solid #8884; margin-block-start: 1.5rem }
</style>
";

pub async fn serve(Extension(written): Extension<Written>) -> Response {
    let policy = HeaderValue::from_static(POLICY);
    let headers = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, Html(written.socket_page)).into_response()
}

/// The document as HTML. Its addresses are relative, since a proxy may serve us below a path of its own.
pub fn page(document: &Value) -> String {
    let mut page = HEAD.to_owned();
    let channel = &document["channels"]["socket"];
    let title = text(&document["info"]["title"]);
    let address = text(&channel["address"]);
    let version = text(&document["info"]["version"]);
    add(
        &mut page,
        format_args!(
            "<h1>{title}</h1>\n<p>WebSocket at <code>{address}</code>, version {version}. \
         <a href=\"../api/asyncapi.json\">AsyncAPI document</a>, <a href=\"./\">the API over HTTP</a>.</p>\n"
        ),
    );
    page.push_str(&markdown(&text(&document["info"]["description"])));
    page.push_str(&markdown(&text(&channel["description"])));
    close_codes(&mut page, &channel["x-close-codes"]);
    for (side, heading) in [
        ("receive", "What a client says"),
        ("send", "What the server says"),
    ] {
        add(&mut page, format_args!("<h2>{heading}</h2>\n"));
        let operations = document["operations"].as_object().into_iter().flatten();
        for (_, operation) in operations.filter(|(_, operation)| operation["action"] == side) {
            frame(&mut page, document, operation);
        }
    }
    schemas(&mut page, document);
    page
}

fn close_codes(page: &mut String, codes: &Value) {
    page.push_str("<h2>Close codes</h2>\n<table>\n");
    for close in codes.as_array().into_iter().flatten() {
        let (code, reason) = (&close["code"], text(&close["reason"]));
        let description = inline(&text(&close["description"]));
        add(
            page,
            format_args!("<tr><th>{code}<td>{reason}<td>{description}\n"),
        );
    }
    page.push_str("</table>\n");
}

fn frame(page: &mut String, document: &Value, operation: &Value) {
    let message = follow(document, &operation["messages"][0]);
    let message = follow(document, message);
    let (name, summary) = (text(&message["name"]), inline(&text(&operation["summary"])));
    add(
        page,
        format_args!("<section><h3><code>{name}</code></h3>\n<p>{summary}</p>\n"),
    );
    for example in message["examples"].as_array().into_iter().flatten() {
        json(page, &example["payload"]);
    }
    page.push_str("<details><summary>Schema</summary>\n");
    json(page, follow(document, &message["payload"]));
    page.push_str("</details></section>\n");
}

/// What the frames refer to; they themselves were shown.
fn schemas(page: &mut String, document: &Value) {
    page.push_str("<h2>Schemas</h2>\n");
    let all = document["components"]["schemas"].as_object();
    for (name, schema) in all.into_iter().flatten() {
        if name.starts_with("Server") || name.starts_with("Client") {
            continue;
        }
        add(
            page,
            format_args!("<details><summary><code>{name}</code></summary>\n"),
        );
        json(page, schema);
        page.push_str("</details>\n");
    }
}

fn json(page: &mut String, value: &Value) {
    let written = serde_json::to_string_pretty(value).unwrap_or_default();
    add(
        page,
        format_args!("<pre><code>{}</code></pre>\n", escape(&written)),
    );
}

fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let pointer = value["$ref"]
        .as_str()
        .map(|name| name.trim_start_matches('#'));
    pointer
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(value)
}

fn text(value: &Value) -> String {
    escape(value.as_str().unwrap_or_default())
}

/// Headings, paragraphs and code: all that our own words use.
fn markdown(escaped: &str) -> String {
    let mut html = String::new();
    for block in escaped.split("\n\n") {
        match block.strip_prefix("## ") {
            Some(heading) => add(&mut html, format_args!("<h2>{heading}</h2>\n")),
            None => add(&mut html, format_args!("<p>{}</p>\n", inline(block))),
        }
    }
    html
}

fn inline(escaped: &str) -> String {
    let parts = escaped.split('`').enumerate();
    let html = parts.map(|(number, part)| match number % 2 {
        0 => part.to_owned(),
        _ => format!("<code>{part}</code>"),
    });
    html.collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn add(page: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing into a string cannot fail.
    let _ = page.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::http::asyncapi::document;

    #[test]
    fn the_page_shows_every_frame_and_close_code() {
        let document = document();
        let page = page(&document);
        for message in document["components"]["messages"]
            .as_object()
            .unwrap()
            .values()
        {
            let name = message["name"].as_str().unwrap();
            assert!(
                page.contains(&format!("<h3><code>{name}</code></h3>")),
                "{name}"
            );
        }
        for close in document["channels"]["socket"]["x-close-codes"]
            .as_array()
            .unwrap()
        {
            assert!(
                page.contains(&format!("<th>{}<td>", close["code"])),
                "{close}"
            );
        }
        for heading in ["Authentication", "Order", "Resume"] {
            assert!(page.contains(&format!("<h2>{heading}</h2>")), "{heading}");
        }
        assert!(!page.contains("<script"));
        let (words, _) = page.split_once("<h2>What a client says").unwrap();
        assert!(words.contains("<code>authenticate</code>") && !words.contains('`'));
    }
}
