//! How somebody wants to hear of messages while they are away.

use chat::{
    limits,
    preferences::{self, is_language},
    quiet_hours::{self, TimeOfDay, is_time_zone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::read::{Fields, Read};
pub use crate::words::EmailFrequency;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Preferences {
    /// Mails about what was not read: none, one for a conversation as soon as may be, or one that gathers, at
    /// most every hour or in the morning.
    pub email: EmailFrequency,
    /// Whether the browsers that subscribed show what was missed.
    pub push: bool,
    /// Null: none.
    #[schema(required = true)]
    pub quiet_hours: Option<QuietHours>,
    /// Of mails and push messages: a tag like `en` or `ar-EG`.
    #[schema(example = "en")]
    pub language: String,
}

/// Times of the day between which nothing is sent; past midnight where the first is the later one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuietHours {
    #[schema(example = "22:00", pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub from: String,
    #[schema(example = "07:00", pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    pub to: String,
    /// A name of the IANA's.
    #[schema(example = "Europe/Berlin", max_length = 64)]
    pub time_zone: String,
}

impl From<preferences::Preferences> for Preferences {
    fn from(own: preferences::Preferences) -> Self {
        Self {
            email: own.email.into(),
            push: own.push,
            quiet_hours: own.quiet_hours.map(|quiet| QuietHours {
                from: quiet.from.to_string(),
                to: quiet.to.to_string(),
                time_zone: quiet.time_zone,
            }),
            language: own.language,
        }
    }
}

/// All of them; what is left out is as at the beginning.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"email": "daily", "push": true, "quietHours": {"from": "22:00", "to": "07:00", "timeZone": "Europe/Berlin"}, "language": "en"})
)]
pub struct PutPreferences {
    pub email: EmailFrequency,
    pub push: bool,
    pub quiet_hours: Option<QuietHours>,
    #[schema(value_type = Option<String>, min_length = 2, max_length = 35)]
    pub language: String,
}

impl Read for PutPreferences {
    fn read(fields: &mut Fields) -> Option<Self> {
        let email = fields.choice("email", EmailFrequency::WORDS);
        let email = fields.required("email", email);
        let push = fields.flag("push");
        let push = fields.required("push", push);
        let quiet_hours = fields.inside("quietHours", quiet_hours);
        let language = fields.text("language", 2..=limits::LANGUAGE_CHARS);
        if language.as_deref().is_some_and(|tag| !is_language(tag)) {
            fields.wrong("language", "Must be the tag of a language like en or ar-EG");
        }
        Some(Self {
            email: email?,
            push: push?,
            quiet_hours,
            language: language.unwrap_or_else(|| preferences::Preferences::default().language),
        })
    }
}

fn quiet_hours(fields: &mut Fields) -> Option<QuietHours> {
    let time = |fields: &mut Fields, name| {
        let text = fields.any_text(name);
        let text = fields.required(name, text)?;
        if TimeOfDay::parse(&text).is_none() {
            fields.wrong(name, "Must be a time of the day like 22:00");
        }
        Some(text)
    };
    let from = time(fields, "from");
    let to = time(fields, "to");
    if from.is_some() && from == to {
        fields.wrong("to", "Must be another time than from");
    }
    let zone = fields.text("timeZone", 1..=limits::ZONE_CHARS);
    let zone = fields.required("timeZone", zone);
    if zone.as_deref().is_some_and(|zone| !is_time_zone(zone)) {
        fields.wrong("timeZone", "Must be a time zone like Europe/Berlin");
    }
    Some(QuietHours {
        from: from?,
        to: to?,
        time_zone: zone?,
    })
}

impl From<PutPreferences> for preferences::Preferences {
    fn from(wanted: PutPreferences) -> Self {
        let quiet_hours = wanted.quiet_hours.and_then(|quiet| {
            Some(quiet_hours::QuietHours {
                from: TimeOfDay::parse(&quiet.from)?,
                to: TimeOfDay::parse(&quiet.to)?,
                time_zone: quiet.time_zone,
            })
        });
        Self {
            email: wanted.email.into(),
            push: wanted.push,
            quiet_hours,
            language: wanted.language,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Preferences, PutPreferences};
    use crate::Fields;

    fn read(body: &Value) -> Result<Preferences, Vec<String>> {
        let fields = Fields::of_json(body.to_string().as_bytes()).unwrap();
        let put = fields.take::<PutPreferences>();
        let put = put.map_err(|wrong| wrong.names().map(str::to_owned).collect::<Vec<_>>())?;
        Ok(Preferences::from(chat::preferences::Preferences::from(put)))
    }

    #[test]
    fn what_is_put_comes_back() {
        let whole = json!({
            "email": "daily", "push": false, "language": "ar-EG",
            "quietHours": {"from": "22:00", "to": "07:30", "timeZone": "Africa/Cairo"},
        });
        assert_eq!(json!(read(&whole).unwrap()), whole);
        let short = read(&json!({"email": "off", "push": true, "quietHours": null})).unwrap();
        let expected = json!({"email": "off", "push": true, "quietHours": null, "language": "en"});
        assert_eq!(json!(short), expected);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let cases = [
            (json!({}), vec!["email", "push"]),
            (
                json!({"email": "weekly", "push": "yes", "language": "en_GB", "quietHours": 7}),
                vec!["email", "language", "push", "quietHours"],
            ),
            (
                json!({"email": "now", "push": true, "quietHours": {"from": "25:00", "timeZone": "Mars/Phobos"}}),
                vec!["quietHours.from", "quietHours.timeZone", "quietHours.to"],
            ),
            (
                json!({"email": "now", "push": true, "quietHours": {"from": "07:00", "to": "07:00", "timeZone": "UTC"}}),
                vec!["quietHours.to"],
            ),
        ];
        for (body, expected) in cases {
            assert_eq!(read(&body).unwrap_err(), expected, "{body}");
        }
    }
}
