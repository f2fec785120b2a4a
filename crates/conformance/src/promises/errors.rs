//! What a refusal looks like.

use hyper::Method;
use serde_json::Value;

use crate::{Tried, http::Ask, must, session::Session};

pub(super) const ENVELOPE: &str =
    "A refusal is {error, code, requestId}, and names each wrong field in fields";
pub(super) const STRANGERS: &str = "Without a token nothing is answered but a 401";

/// An id that no server makes.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

pub(super) async fn envelope(session: &Session) -> Tried {
    let token = &session.target.token;
    let nowhere = Ask::new(Method::GET, format!("/conversations/{NOBODY}"), token);
    refused(session, &nowhere, 404).await?;
    let limit = session.ask(Method::GET, "/messages?limit=0&markRead=false");
    let body = refused(session, &limit, 400).await?;
    must(body["fields"]["limit"].is_string(), || {
        format!("limit=0 is refused without fields.limit: {body}")
    })?;
    let empty = session
        .ask(Method::POST, "/messages")
        .with(&serde_json::json!({"content": "  "}));
    let body = refused(session, &empty, 400).await?;
    must(body["fields"]["content"].is_string(), || {
        format!("an empty message is refused without fields.content: {body}")
    })?;
    let broken = Ask {
        body: Some("{".to_owned()),
        ..session.ask(Method::POST, "/messages")
    };
    refused(session, &broken, 400).await?;
    let form = Ask {
        body: Some("content=1".to_owned()),
        content_type: "application/x-www-form-urlencoded",
        ..session.ask(Method::POST, "/messages")
    };
    refused(session, &form, 415).await?;
    refused(session, &session.ask(Method::PUT, "/messages"), 405).await?;
    Ok(())
}

pub(super) async fn strangers(session: &Session) -> Tried {
    for path in ["/conversations", "/unread-count", "/notifications"] {
        let mut ask = Ask::new(Method::GET, path, "");
        ask.token = None;
        refused(session, &ask, 401).await?;
        refused(session, &Ask::new(Method::GET, path, "not.a.token"), 401).await?;
    }
    Ok(())
}

async fn refused(session: &Session, ask: &Ask, status: u16) -> Tried<Value> {
    let body = session.expect(ask, status).await?;
    for name in ["error", "code", "requestId"] {
        must(body[name].is_string(), || {
            format!("the {status} of {} has no {name}: {body}", ask.path)
        })?;
    }
    Ok(body)
}
