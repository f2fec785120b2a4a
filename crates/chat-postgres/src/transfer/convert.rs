//! One message of a source as it is kept.

use chat::{content, person::Role};

use crate::places::Places;

/// What the source says of it, beside what the marketplace knows.
#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub sender: Option<&'a str>,
    /// The user behind that id, which may be a supplier's own.
    pub sender_found: Option<&'a str>,
    pub sender_role: Option<Role>,
    pub sender_type: Option<&'a str>,
    pub receiver: Receiver<'a>,
    pub text: &'a str,
    pub has_files: bool,
    pub has_time: bool,
}

/// To whom the source says that it went.
#[derive(Clone, Copy, Debug)]
pub(super) enum Receiver<'a> {
    /// It does not know of receivers.
    Unknown,
    Nobody,
    Found(&'a str),
    Gone(&'a str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Converted {
    pub sender: Option<String>,
    pub sender_type: Role,
    pub receiver: Option<String>,
    pub text: String,
}

pub(super) const EMPTY: &str = "it has no text and no file";
const CLEANED: &str = "its text is cleaned";
const SENDER_GONE: &str = "its sender is gone: it is a former user's";
const NO_PLACE: &str = "its sender has no place here: they keep their id and their role";
const NO_SENDER: &str = "nobody sent it: it is a former administrator's";
const OTHER_PLACE: &str = "its sender's place decides its type";
const RECEIVER_GONE: &str = "its receiver is unknown: derived";
const NO_TIME: &str =
    "it has no time: that of the message before it is taken, else of its conversation";

type Reason = (&'static str, Option<String>);

pub(super) fn convert(
    facts: &Facts<'_>,
    places: &Places,
    corrected: &mut Vec<Reason>,
) -> Result<Converted, Reason> {
    let text = content::clean(facts.text);
    if text.is_empty() && !facts.has_files {
        return Err((EMPTY, None));
    }
    if text != facts.text {
        corrected.push((CLEANED, None));
    }
    if !facts.has_time {
        corrected.push((NO_TIME, None));
    }
    let given = facts.sender_type.and_then(Role::parse);
    let sender_type = match (facts.sender_found, facts.sender) {
        (Some(user), _) => {
            if let Some(place) = places.of(user) {
                if facts
                    .sender_type
                    .is_some_and(|given| given != place.as_str())
                {
                    corrected.push((OTHER_PLACE, facts.sender_type.map(str::to_owned)));
                }
                place
            } else {
                corrected.push((NO_PLACE, Some(user.to_owned())));
                given.or(facts.sender_role).unwrap_or(Role::Admin)
            }
        }
        (None, Some(gone)) => {
            corrected.push((SENDER_GONE, Some(gone.to_owned())));
            given.unwrap_or(Role::Admin)
        }
        (None, None) => given.unwrap_or_else(|| {
            corrected.push((NO_SENDER, None));
            Role::Admin
        }),
    };
    let receiver = match facts.receiver {
        Receiver::Nobody => None,
        Receiver::Found(user) => Some(user.to_owned()),
        Receiver::Gone(user) => {
            corrected.push((RECEIVER_GONE, Some(user.to_owned())));
            places.receiver(sender_type).map(str::to_owned)
        }
        Receiver::Unknown => places.receiver(sender_type).map(str::to_owned),
    };
    Ok(Converted {
        sender: facts.sender_found.map(str::to_owned),
        sender_type,
        receiver,
        text,
    })
}

#[cfg(test)]
mod tests {
    use chat::person::Role;

    use super::{
        CLEANED, Converted, EMPTY, Facts, NO_PLACE, NO_SENDER, NO_TIME, OTHER_PLACE, RECEIVER_GONE,
        Reason, Receiver, SENDER_GONE, convert,
    };
    use crate::places::Places;

    const FROM_ANN: Facts<'static> = Facts {
        sender: Some("ann"),
        sender_found: Some("ann"),
        sender_role: Some(Role::Buyer),
        sender_type: None,
        receiver: Receiver::Unknown,
        text: "hello",
        has_files: false,
        has_time: true,
    };

    fn converted(facts: &Facts<'_>) -> (Result<Converted, Reason>, Vec<&'static str>) {
        let places = Places {
            buyer: "ann".into(),
            supplier: Some("sam".into()),
            admin: None,
        };
        let mut corrected = Vec::new();
        let converted = convert(facts, &places, &mut corrected);
        (
            converted,
            corrected.into_iter().map(|(why, _)| why).collect(),
        )
    }

    #[test]
    fn the_receiver_is_derived_where_the_source_knows_none() {
        let (message, corrected) = converted(&FROM_ANN);
        assert_eq!(message.unwrap().receiver.as_deref(), Some("sam"));
        assert_eq!(corrected, Vec::<&str>::new());
        let facts = Facts {
            receiver: Receiver::Gone("gone"),
            ..FROM_ANN
        };
        let (message, corrected) = converted(&facts);
        assert_eq!(message.unwrap().receiver.as_deref(), Some("sam"));
        assert_eq!(corrected, [RECEIVER_GONE]);
        let facts = Facts {
            receiver: Receiver::Nobody,
            ..FROM_ANN
        };
        assert_eq!(
            converted(&facts).0.unwrap().receiver,
            None,
            "nobody was there"
        );
    }

    #[test]
    fn the_place_decides_where_the_type_contradicts_it() {
        let facts = Facts {
            sender_type: Some("supplier"),
            ..FROM_ANN
        };
        let (message, corrected) = converted(&facts);
        assert_eq!(message.unwrap().sender_type, Role::Buyer);
        assert_eq!(corrected, [OTHER_PLACE]);
    }

    #[test]
    fn whoever_has_no_place_keeps_id_and_role() {
        for (given, role) in [(None, Role::Supplier), (Some("admin"), Role::Admin)] {
            let facts = Facts {
                sender: Some("sue"),
                sender_found: Some("sue"),
                sender_role: Some(Role::Supplier),
                sender_type: given,
                ..FROM_ANN
            };
            let (message, corrected) = converted(&facts);
            let message = message.unwrap();
            assert_eq!(
                (message.sender.as_deref(), message.sender_type),
                (Some("sue"), role)
            );
            assert_eq!(corrected, [NO_PLACE]);
        }
    }

    #[test]
    fn whoever_is_gone_is_a_former_user() {
        let facts = Facts {
            sender: Some("gone"),
            sender_found: None,
            sender_role: None,
            sender_type: Some("supplier"),
            ..FROM_ANN
        };
        let (message, corrected) = converted(&facts);
        let message = message.unwrap();
        assert_eq!(
            (message.sender, message.sender_type),
            (None, Role::Supplier)
        );
        assert_eq!(corrected, [SENDER_GONE]);
        let nobody = Facts {
            sender: None,
            sender_type: None,
            ..facts
        };
        assert_eq!(converted(&nobody).1, [NO_SENDER]);
    }

    #[test]
    fn a_text_is_cleaned_and_kept_whole() {
        let long = format!("<b>{}", "x".repeat(20_000));
        let facts = Facts {
            text: &long,
            ..FROM_ANN
        };
        let (message, corrected) = converted(&facts);
        assert_eq!(message.unwrap().text.len(), long.len() + 1);
        assert_eq!(corrected, [CLEANED]);
    }

    #[test]
    fn a_message_without_text_needs_a_file() {
        let facts = Facts {
            text: " \u{202E}\r\n",
            ..FROM_ANN
        };
        assert_eq!(converted(&facts).0.unwrap_err(), (EMPTY, None));
        let with_file = Facts {
            has_files: true,
            ..facts
        };
        assert_eq!(converted(&with_file).0.unwrap().text, "");
    }

    #[test]
    fn a_message_without_a_time_is_told_of() {
        let facts = Facts {
            has_time: false,
            ..FROM_ANN
        };
        assert_eq!(converted(&facts).1, [NO_TIME]);
    }
}
