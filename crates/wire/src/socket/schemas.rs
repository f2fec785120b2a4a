//! The schemas of the frames, by their types.

use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// One type of frame.
#[derive(Debug)]
pub struct FrameSchema {
    /// Its `type`.
    pub kind: String,
    /// Its schema's name, which no other frame has: both sides say `typing` and `read`.
    pub name: String,
    pub description: String,
    pub schema: Value,
}

/// All frames of a side, from its enum.
pub fn frames<F: ToSchema>(side: &str) -> Vec<FrameSchema> {
    let all = json!(F::schema());
    let variants = all["oneOf"].as_array().into_iter().flatten();
    let frame = |variant: &Value| {
        let mut schema = variant.clone();
        let kind = schema["properties"]["type"]["enum"][0].as_str();
        let kind = kind.unwrap_or_default().to_owned();
        let description = schema["description"].as_str();
        let description = one_line(description.unwrap_or_default());
        schema["description"] = json!(description);
        FrameSchema {
            name: format!("{side}{}", pascal(&kind)),
            kind,
            description,
            schema,
        }
    };
    variants.map(frame).collect()
}

/// What the frames of a side refer to.
pub fn parts<F: ToSchema>(schemas: &mut Map<String, Value>) {
    let mut named = Vec::new();
    F::schemas(&mut named);
    for (name, schema) in named {
        schemas.insert(name, json!(schema));
    }
}

/// A payload in which nothing must be may be left out, or be `null`.
pub fn relax_payload(frame: &mut FrameSchema, schemas: &Map<String, Value>) {
    let payload = &mut frame.schema["properties"]["payload"];
    let reference = payload["$ref"].as_str().unwrap_or_default();
    let name = reference.rsplit('/').next().unwrap_or_default();
    let must_hold_something = schemas
        .get(name)
        .is_some_and(|schema| schema["required"].is_array());
    if must_hold_something {
        return;
    }
    *payload = json!({"oneOf": [{"type": "null"}, payload.take()]});
    if let Some(required) = frame.schema["required"].as_array_mut() {
        required.retain(|name| name != "payload");
    }
}

fn pascal(snake: &str) -> String {
    let word = |word: &str| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        first.to_uppercase() + rest
    };
    snake.split('_').map(word).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
