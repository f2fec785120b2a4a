//! What people of the demo do every day, as people wrote it.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};

use crate::source;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Everyday {
    #[serde(rename(deserialize = "scene", serialize = "scenes"))]
    pub scenes: Vec<Scene>,
    #[serde(rename(deserialize = "reply", serialize = "replies"))]
    pub replies: Vec<SavedReply>,
    /// Time zones by person.
    pub clocks: BTreeMap<String, String>,
    /// Working hours by supplier.
    pub hours: BTreeMap<String, String>,
}

/// What happens in a conversation of the two about a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    pub buyer: String,
    pub supplier: String,
    pub product: String,
    #[serde(rename(deserialize = "act", serialize = "acts"))]
    pub acts: Vec<Act>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct Act {
    pub by: String,
    pub hours_ago: i64,
    pub does: Deed,
}

/// Messages count from 0 within their scene.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    rename_all(serialize = "camelCase", deserialize = "snake_case"),
    rename_all_fields(serialize = "camelCase"),
    deny_unknown_fields
)]
pub enum Deed {
    Say {
        text: String,
        answers: Option<usize>,
    },
    Correct {
        message: usize,
        text: String,
    },
    TakeBack {
        message: usize,
    },
    React {
        message: usize,
        emoji: String,
    },
    Set {
        archived: Option<bool>,
        pinned: Option<bool>,
        muted_hours: Option<i64>,
        marked_unread: Option<bool>,
    },
    Report {
        message: Option<usize>,
        reason: String,
        text: String,
        judged: Option<Judged>,
    },
    Block {},
    Close {
        reason: String,
    },
}

/// Without an answer it was dismissed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judged {
    pub by: String,
    pub answer: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all(serialize = "camelCase"), deny_unknown_fields)]
pub struct SavedReply {
    pub by: String,
    pub name: String,
    pub text: String,
    pub is_shared: bool,
}

pub fn everyday() -> &'static Everyday {
    static EVERYDAY: LazyLock<Everyday> =
        LazyLock::new(|| source::parse(include_str!("../../../demo/source/everyday.toml")));
    &EVERYDAY
}

#[cfg(test)]
mod tests {
    use super::{Deed, everyday};
    use crate::{conversations, marketplace};

    #[test]
    fn whoever_does_something_is_there_and_talks_with_the_other() {
        let marketplace = marketplace();
        let is_person = |id: &str| marketplace.people.iter().any(|person| person.id == id);
        let everyday = everyday();
        for scene in &everyday.scenes {
            let mut talks = conversations().into_iter();
            let is_talk = talks.any(|talk| {
                talk.buyer == scene.buyer
                    && talk.supplier == Some(scene.supplier.as_str())
                    && talk.product == Some(scene.product.as_str())
            });
            assert!(is_talk, "{scene:?}");
            assert!(scene.acts.iter().all(|act| is_person(&act.by)), "{scene:?}");
        }
        let of_replies = everyday.replies.iter().map(|reply| &reply.by);
        for id in of_replies.chain(everyday.clocks.keys()) {
            assert!(is_person(id), "{id}");
        }
        for id in everyday.hours.keys() {
            let mut suppliers = marketplace.suppliers.iter();
            assert!(suppliers.any(|supplier| supplier.id == *id), "{id}");
        }
    }

    #[test]
    fn each_act_is_about_what_was_said_and_follows_the_one_before() {
        for scene in &everyday().scenes {
            let mut said = 0;
            for act in &scene.acts {
                let about = match &act.does {
                    Deed::Say { answers, .. } => *answers,
                    Deed::Correct { message, .. }
                    | Deed::TakeBack { message }
                    | Deed::React { message, .. } => Some(*message),
                    Deed::Report { message, .. } => *message,
                    Deed::Set { .. } | Deed::Block {} | Deed::Close { .. } => None,
                };
                assert!(about.is_none_or(|message| message < said), "{act:?}");
                said += usize::from(matches!(act.does, Deed::Say { .. }));
            }
            let hours = scene.acts.iter().map(|act| act.hours_ago);
            assert!(hours.is_sorted_by(|one, next| one >= next), "{scene:?}");
        }
    }
}
