//! Addresses as headers and envelopes have them.

use lettre::{Address, message};

use crate::limits::NAME_CHARS;

/// A name and an address: `Haggle <no-reply@shop.example>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    pub name: Option<String>,
    address: Address,
}

impl Mailbox {
    /// `None`: that is no address that mail can be sent to.
    pub fn new(name: Option<&str>, address: &str) -> Option<Self> {
        Some(Self {
            name: name.and_then(clean),
            address: parse(address)?,
        })
    }

    /// `Name <address>`, or an address alone.
    pub fn parse(text: &str) -> Option<Self> {
        let found: message::Mailbox = text.trim().parse().ok()?;
        Self::new(found.name.as_deref(), found.email.as_ref())
    }

    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    pub fn domain(&self) -> &str {
        self.address.domain()
    }

    /// The same address under another name.
    pub(crate) fn named(&self, name: &str) -> Self {
        Self {
            name: clean(name),
            address: self.address.clone(),
        }
    }

    pub(crate) fn for_header(&self) -> message::Mailbox {
        message::Mailbox::new(self.name.clone(), self.address.clone())
    }
}

/// Whether mail can be sent there at all.
pub fn can_be_sent_to(address: &str) -> bool {
    parse(address).is_some()
}

fn parse(address: &str) -> Option<Address> {
    let address = address.trim();
    // Servers that take anything else are rare, and a refusal for each mail would look like a bounce.
    let is_plain = address.is_ascii() && address.bytes().all(|byte| byte.is_ascii_graphic());
    let parsed: Address = is_plain.then(|| address.parse().ok()).flatten()?;
    (parsed.user().len() <= 64 && parsed.domain().len() <= 255).then_some(parsed)
}

/// One line without anything that a header could be broken with. `None`: nothing is left.
pub(crate) fn clean(name: &str) -> Option<String> {
    let words: Vec<_> = name
        .split(|letter: char| letter.is_control() || letter.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect();
    let line: String = words.join(" ").chars().take(NAME_CHARS).collect();
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, can_be_sent_to, clean};

    #[test]
    fn a_mailbox_has_a_name_or_none() {
        let named = Mailbox::parse("Haggle <no-reply@shop.example>").unwrap();
        assert_eq!(
            (named.name.as_deref(), named.address(), named.domain()),
            (Some("Haggle"), "no-reply@shop.example", "shop.example")
        );
        assert_eq!(Mailbox::parse("a@b.example").unwrap().name, None);
        for wrong in ["", "nobody", "a@", "a b@c.example", "<a@b", "ä@b.example"] {
            assert!(!can_be_sent_to(wrong), "{wrong}");
        }
    }

    #[test]
    fn a_name_breaks_no_header() {
        let name = "Eve\r\nBcc: all@shop.example\u{7}\n\n  x";
        assert_eq!(clean(name).unwrap(), "Eve Bcc: all@shop.example x");
        assert_eq!(clean(" \r\n "), None);
    }
}
