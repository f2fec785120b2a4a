//! The endpoint of webhooks that the operator names.

use super::{
    declare::settings,
    given::Given,
    secret::Secret,
    setting::Setting,
    values::{webhook_secret, webhook_url},
};

#[derive(Clone, Debug)]
pub struct WebhookSettings {
    /// It may have a token in it.
    pub url: Secret,
    pub secret: Secret,
}

settings! {
    Raw {
        url: Option<Secret> = optional(webhook_url), "HAGGLE_WEBHOOK_URL", "", "Address that is told of everything that happens, wherever it is; more of them by /api/webhooks";
        secret: Option<Secret> = optional(webhook_secret), "HAGGLE_WEBHOOK_SECRET", "", "What signs for it: whsec_ and the base64 of 24 to 64 bytes";
    }
}

const URL: &str = "HAGGLE_WEBHOOK_URL";
const SECRET: &str = "HAGGLE_WEBHOOK_SECRET";

impl WebhookSettings {
    pub const TABLE: &[Setting] = Raw::TABLE;

    /// `None`: there is none, or what was given cannot be used.
    pub fn read(given: &mut impl Given) -> Option<Self> {
        let raw = Raw::read(given);
        if given.is_given(URL) && !given.is_given(SECRET) {
            let reason =
                "is needed beside HAGGLE_WEBHOOK_URL: whsec_ and the base64 of 24 to 64 bytes";
            given.wrong(SECRET, reason.to_owned());
        }
        if given.is_given(SECRET) && !given.is_given(URL) {
            given.wrong(SECRET, format!("means nothing without {URL}"));
        }
        Some(Self {
            url: raw.url?,
            secret: raw.secret?,
        })
    }
}
