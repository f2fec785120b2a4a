//! Where the user is in the content of a session or among the claims of a token.

use std::fmt;

use chat::{ids::UserId, limits};
use serde_json::Value;

/// Members, each in the one before: `passport.user` is the member `user` of the member `passport`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPath(Vec<String>);

impl UserPath {
    pub fn parse(text: &str) -> Result<Self, String> {
        let members: Vec<_> = text.split('.').map(str::to_owned).collect();
        if members.iter().any(String::is_empty) {
            return Err("is not a path like passport.user".to_owned());
        }
        Ok(Self(members))
    }

    /// A text, a number, or an object with an `id` that is one.
    pub fn find(&self, content: &Value) -> Option<UserId> {
        // A name with dots in it may also be one member.
        let whole = content.get(self.0.join("."));
        let nested = || {
            self.0
                .iter()
                .try_fold(content, |value, name| value.get(name))
        };
        let found = whole.or_else(nested)?;
        id_of(found.get("id").unwrap_or(found))
    }
}

impl fmt::Display for UserPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

fn id_of(value: &Value) -> Option<UserId> {
    match value {
        Value::String(text) => id(text),
        Value::Number(number) if !number.is_f64() => id(&number.to_string()),
        _ => None,
    }
}

/// A text that can be somebody's id.
pub fn id(text: &str) -> Option<UserId> {
    let is_good = !text.is_empty() && text.len() <= limits::ID_BYTES && !text.contains('\0');
    is_good.then(|| UserId::new(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::UserPath;

    #[test]
    fn the_user_is_a_text_a_number_or_an_object_with_an_id() {
        let path = UserPath::parse("passport.user").unwrap();
        let find = |content| path.find(&content).map(|id| id.to_string());
        for (user, id) in [
            (json!("anna"), Some("anna")),
            (json!(42), Some("42")),
            (json!({"id": "anna"}), Some("anna")),
            (
                json!({"id": 9_007_199_254_740_993_u64}),
                Some("9007199254740993"),
            ),
            (json!(1.5), None),
            (json!(""), None),
            (json!("a\0b"), None),
            (json!("x".repeat(1_000)), None),
            (json!(null), None),
            (json!(true), None),
            (json!(["anna"]), None),
            (json!({"id": {"id": "anna"}}), None),
            (json!({"name": "anna"}), None),
        ] {
            let found = find(json!({"cookie": {}, "passport": {"user": user}}));
            assert_eq!(found.as_deref(), id, "{user}");
        }
        assert_eq!(find(json!({"passport": {}})), None);
        assert_eq!(find(json!({"cookie": {}})), None);
        assert_eq!(find(json!("anna")), None);

        let flat = UserPath::parse("userId").unwrap();
        let content = json!({"userId": 7});
        assert_eq!(flat.find(&content).unwrap().as_str(), "7");
        let claim = UserPath::parse("https://shop.example/user").unwrap();
        let content = json!({"https://shop.example/user": "anna"});
        assert_eq!(claim.find(&content).unwrap().as_str(), "anna");
        assert!(UserPath::parse("a..b").is_err() && UserPath::parse("").is_err());
    }
}
