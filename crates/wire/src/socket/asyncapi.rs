//! The AsyncAPI document of the socket.

use serde_json::{Map, Value, json};

use super::{
    ADDRESS,
    client_frame::{ClientFrame, Seen},
    rules, samples,
    schemas::{FrameSchema, frames, parts, relax_payload},
    server_frame::{self, ServerFrame},
};
use crate::{
    close::Close,
    limits::{FIRST_FRAME_SECONDS, FRAME_BYTES},
};

/// What the server answers to each frame of a client, in order. All may also be answered by `error`.
const ANSWERS: [(&str, &[&str]); 5] = [
    (
        "authenticate",
        &[
            "authenticated",
            "notification",
            "message",
            "message_updated",
            "conversation_updated",
            "reset",
            "ready",
        ],
    ),
    (
        "resume",
        &[
            "message",
            "message_updated",
            "conversation_updated",
            "reset",
            "ready",
        ],
    ),
    ("typing", &[]),
    ("read", &[]),
    ("ping", &["pong"]),
];

/// The document. `cookie` is the name of the session's cookie.
pub fn document(version: &str, cookie: &str) -> Value {
    let mut schemas = Map::new();
    parts::<ServerFrame>(&mut schemas);
    parts::<ClientFrame>(&mut schemas);
    parts::<Seen>(&mut schemas);
    let server = frames::<ServerFrame>("Server");
    let mut client = frames::<ClientFrame>("Client");
    for frame in &mut client {
        relax_payload(frame, &schemas);
    }

    let (mut messages, mut operations) = (Map::new(), Map::new());
    let said_by_server = server_frame::examples();
    let said_by_client = samples::client_frames();
    for (side, frames, said) in [
        ("Server", &server, json!(said_by_server)),
        ("Client", &client, json!(said_by_client)),
    ] {
        let all: Vec<_> = frames.iter().map(|frame| schema(&frame.name)).collect();
        let description = format!("Everything that a {} says.", side.to_lowercase());
        schemas.insert(
            format!("{side}Frame"),
            json!({"description": description, "oneOf": all}),
        );
        for frame in frames {
            schemas.insert(frame.name.clone(), frame.schema.clone());
            messages.insert(frame.name.clone(), message(frame, &said));
            let operation = if side == "Server" {
                send(frame)
            } else {
                receive(frame)
            };
            operations.insert(operation_name(side, frame), operation);
        }
    }
    let in_channel = messages.keys().map(|name| {
        let message = json!({"$ref": format!("#/components/messages/{name}")});
        (name.clone(), message)
    });
    let in_channel: Map<_, _> = in_channel.collect();
    schemas.sort_keys();

    json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": "Haggle's socket",
            "version": version,
            "description": rules::OVERVIEW,
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "tls": at("wss", "The server behind its proxy."),
            "plain": at("ws", "The server itself, for trying out."),
        },
        "channels": {
            "socket": {
                "address": ADDRESS,
                "title": "The socket of a user",
                "description": rules::CHANNEL,
                "messages": in_channel,
                "bindings": {"ws": {"method": "GET"}},
                "x-limits": {
                    "frameBytes": FRAME_BYTES,
                    "firstFrameSeconds": FIRST_FRAME_SECONDS,
                    "badFramesInARow": 3,
                    "resumedMessagesPerConversation": chat::limits::RESUME_MESSAGES,
                },
                "x-close-codes": Close::ALL.map(close_code),
            },
        },
        "operations": operations,
        "components": {
            "schemas": schemas,
            "messages": messages,
            "securitySchemes": {
                "token": {
                    "type": "userPassword",
                    "description": "The user's token, a JWT, in the first frame: `authenticate`.",
                },
                "cookie": {
                    "type": "httpApiKey",
                    "name": cookie,
                    "in": "cookie",
                    "description": "The token as a cookie of the handshake, from a page with an allowed `Origin`.",
                },
            },
        },
    })
}

fn at(protocol: &str, description: &str) -> Value {
    json!({
        "host": "{host}",
        "pathname": "/",
        "protocol": protocol,
        "description": description,
        "variables": {"host": {"default": "localhost:8080", "description": "Host and port."}},
        "security": [
            {"$ref": "#/components/securitySchemes/token"},
            {"$ref": "#/components/securitySchemes/cookie"},
        ],
    })
}

fn schema(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn message(frame: &FrameSchema, said: &Value) -> Value {
    let examples = said.as_array().into_iter().flatten();
    let examples = examples.filter(|example| example["type"] == frame.kind);
    let examples: Vec<_> = examples
        .map(|example| json!({"name": frame.kind, "payload": example}))
        .collect();
    json!({
        "name": frame.kind,
        "title": frame.kind,
        "description": frame.description,
        "contentType": "application/json",
        "payload": schema(&frame.name),
        "examples": examples,
    })
}

fn in_socket(name: &str) -> Value {
    json!({"$ref": format!("#/channels/socket/messages/{name}")})
}

fn operation_name(side: &str, frame: &FrameSchema) -> String {
    let verb = if side == "Server" { "send" } else { "receive" };
    format!("{verb}{}", frame.name.trim_start_matches(side))
}

/// From the server, whose document this is.
fn send(frame: &FrameSchema) -> Value {
    json!({
        "action": "send",
        "channel": {"$ref": "#/channels/socket"},
        "summary": frame.description,
        "messages": [in_socket(&frame.name)],
    })
}

fn receive(frame: &FrameSchema) -> Value {
    let answers = ANSWERS.iter().find(|(kind, _)| *kind == frame.kind);
    let answers = answers.map_or(&[][..], |(_, answers)| answers);
    let all = frames::<ServerFrame>("Server");
    let named = |kind: &&str| all.iter().find(|frame| frame.kind == **kind);
    let kinds = answers.iter().chain(&["error"]);
    let messages: Vec<_> = kinds
        .filter_map(named)
        .map(|one| in_socket(&one.name))
        .collect();
    json!({
        "action": "receive",
        "channel": {"$ref": "#/channels/socket"},
        "summary": frame.description,
        "messages": [in_socket(&frame.name)],
        "reply": {"channel": {"$ref": "#/channels/socket"}, "messages": messages},
    })
}

fn close_code(close: Close) -> Value {
    json!({
        "code": close.code(),
        "reason": close.reason(),
        "connectAgain": close.is_temporary(),
        "description": close.advice(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn kinds(frames: &[FrameSchema]) -> BTreeSet<&str> {
        frames.iter().map(|frame| &*frame.kind).collect()
    }

    #[test]
    fn every_frame_has_an_example_and_words() {
        let document = document("0", "cookie");
        let messages = document["components"]["messages"].as_object().unwrap();
        assert_eq!(messages.len(), 17);
        for (name, message) in messages {
            assert_eq!(message["examples"].as_array().unwrap().len(), 1, "{name}");
            assert!(
                message["description"].as_str().unwrap().len() > 15,
                "{name}"
            );
        }
        for operation in document["operations"].as_object().unwrap().values() {
            assert!(operation["summary"].is_string());
        }
    }

    /// Whether a value is what a schema says, and holds nothing that it does not name. Of what a schema can
    /// say only what a wrong name would change.
    fn holds(document: &Value, schema: &Value, value: &Value) -> bool {
        if let Some(reference) = schema["$ref"].as_str() {
            let named = document.pointer(reference.trim_start_matches('#'));
            return holds(document, named.expect("a schema"), value);
        }
        if let Some(forms) = schema["oneOf"].as_array() {
            return forms.iter().any(|form| holds(document, form, value));
        }
        if let Some(words) = schema["enum"].as_array() {
            return words.contains(value);
        }
        let properties = schema["properties"].as_object();
        match (value, properties) {
            (Value::Object(members), Some(properties)) => {
                let mut required = schema["required"].as_array().into_iter().flatten();
                required.all(|name| members.contains_key(name.as_str().unwrap_or_default()))
                    && members.iter().all(|(name, member)| {
                        let property = properties.get(name);
                        property.is_some_and(|property| holds(document, property, member))
                    })
            }
            (Value::Object(members), None) => {
                let others = &schema["additionalProperties"];
                members
                    .values()
                    .all(|member| holds(document, others, member))
            }
            (Value::Array(items), _) => items
                .iter()
                .all(|item| holds(document, &schema["items"], item)),
            _ => !schema["type"].is_null(),
        }
    }

    #[test]
    fn every_example_is_what_its_schema_says() {
        let document = document("0", "cookie");
        for (name, message) in document["components"]["messages"].as_object().unwrap() {
            let example = &message["examples"][0]["payload"];
            let is_so = holds(&document, &message["payload"], example);
            assert!(is_so, "{name}: {example:#}");
        }
    }

    #[test]
    fn every_frame_of_a_client_has_its_answers() {
        let (client, server) = (
            frames::<ClientFrame>("Client"),
            frames::<ServerFrame>("Server"),
        );
        let answered: BTreeSet<_> = ANSWERS.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(answered, kinds(&client));
        for (_, answers) in ANSWERS {
            assert!(answers.iter().all(|kind| kinds(&server).contains(kind)));
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document("0", "cookie");
        let (mut open, mut found) = (vec![&document], 0);
        while let Some(value) = open.pop() {
            if let Some(reference) = value["$ref"].as_str() {
                let pointer = reference.trim_start_matches('#');
                assert!(document.pointer(pointer).is_some(), "{reference}");
                found += 1;
            }
            open.extend(value.as_object().into_iter().flat_map(Map::values));
            open.extend(value.as_array().into_iter().flatten());
        }
        assert!(found > 50);
    }

    #[test]
    fn the_words_name_the_limits_and_codes_that_hold() {
        let words = rules::CHANNEL;
        for needed in [
            "65,536 bytes".to_owned(),
            format!("within {FIRST_FRAME_SECONDS} seconds"),
            format!("more than {} messages", chat::limits::RESUME_MESSAGES),
        ] {
            assert!(words.contains(&needed), "{needed}");
        }
        assert_eq!(FRAME_BYTES, 65_536);
    }
}
