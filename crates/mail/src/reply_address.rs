//! The address that answers go to: `reply+{token}@in.shop.example`.

use crate::{envelope::can_be_sent_to, token::TOKEN_CHARS};

const PLACE: &str = "{token}";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyAddress {
    before: String,
    after: String,
}

impl ReplyAddress {
    /// The reason reads on after the name of a setting.
    pub fn parse(text: &str) -> Result<Self, String> {
        let not = || "is not an address like reply+{token}@in.shop.example".to_owned();
        let (before, after) = text.trim().split_once(PLACE).ok_or_else(not)?;
        let address = Self {
            before: before.to_ascii_lowercase(),
            after: after.to_ascii_lowercase(),
        };
        let tried = address.of(&"x".repeat(TOKEN_CHARS));
        let local = tried.split('@').next().map_or(0, str::len);
        if local > 64 {
            let most = 64 - TOKEN_CHARS;
            return Err(format!(
                "has too much before the @: beside {PLACE} at most {most} letters"
            ));
        }
        if after.contains(PLACE) || !after.contains('@') || !can_be_sent_to(&tried) {
            return Err(not());
        }
        Ok(address)
    }

    pub fn of(&self, token: &str) -> String {
        format!("{}{token}{}", self.before, self.after)
    }

    /// What stands for the token in an address of this form, in lower case.
    pub fn token(&self, address: &str) -> Option<String> {
        let address = address.trim().to_ascii_lowercase();
        let rest = address.strip_prefix(&self.before)?;
        let token = rest.strip_suffix(&self.after)?;
        (token.len() == TOKEN_CHARS).then(|| token.to_owned())
    }

    /// For whoever looks for a mention of it.
    pub(crate) fn domain(&self) -> &str {
        self.after.rsplit('@').next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::ReplyAddress;

    #[test]
    fn a_token_goes_in_and_comes_out() {
        let address = ReplyAddress::parse("Reply+{token}@in.shop.example").unwrap();
        let token = "0123456789abcdefghjkmnpqrs";
        let mail = address.of(token);
        assert_eq!(mail, format!("reply+{token}@in.shop.example"));
        assert_eq!(address.token(&mail.to_uppercase()).as_deref(), Some(token));
        for other in ["reply@in.shop.example", "reply+@in.shop.example", "x"] {
            assert_eq!(address.token(other), None);
        }
    }

    #[test]
    fn an_address_without_room_is_refused() {
        let long = format!("{}{{token}}@in.shop.example", "x".repeat(39));
        assert!(
            ReplyAddress::parse(&long)
                .unwrap_err()
                .contains("at most 38")
        );
        for wrong in [
            "",
            "reply@in.shop.example",
            "{token}",
            "a@{token}.example",
            "{token}@",
        ] {
            assert!(ReplyAddress::parse(wrong).is_err(), "{wrong}");
        }
    }
}
