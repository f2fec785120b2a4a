//! How people who are away are reached.

use std::{path::Path, sync::Arc, time::Duration};

use mail::{Mailbox, ReplyAddress, Templates};
use web_push::Vapid;

use super::{
    declare::settings,
    given::Given,
    setting::Setting,
    smtp_address::SmtpAddress,
    values::{base_url, duration, on_off, page_url},
};

/// What is not given leaves its part off.
#[derive(Clone, Debug)]
pub struct ReachSettings {
    pub mail: Option<MailSettings>,
    pub push: Option<PushSettings>,
}

#[derive(Clone, Debug)]
pub struct MailSettings {
    pub smtp: SmtpAddress,
    pub from: Mailbox,
    pub templates: Templates,
    pub reply: Option<ReplyAddress>,
    pub grace: Duration,
    pub window: Duration,
    pub addresses: Addresses,
}

#[derive(Clone, Debug)]
pub struct PushSettings {
    pub vapid: Arc<Vapid>,
    /// Whether a message's words are shown.
    pub shows_text: bool,
    pub addresses: Addresses,
}

/// Where people find what a mail or a push message tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Of this server, without a slash at its end.
    pub public: String,
    /// Of the page of a conversation, with `{id}`.
    conversation: String,
}

impl Addresses {
    pub fn conversation(&self, id: &str) -> String {
        let id = percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC);
        let id = id.to_string().replace("%2D", "-").replace("%5F", "_");
        self.conversation.replace(PLACE, &id)
    }
}

settings! {
    Raw {
        /// `None`: no mail.
        smtp: Option<SmtpAddress> = optional(SmtpAddress::parse), "HAGGLE_SMTP_URL", "", "Mail server: smtp://, or smtps://user:password@host; without it Haggle sends no mail";
        from: Option<Mailbox> = optional(mailbox), "HAGGLE_MAIL_FROM", "", "Whom mail comes from; by default Haggle <no-reply@host of HAGGLE_PUBLIC_URL>";
        templates: Option<Templates> = optional(templates), "HAGGLE_MAIL_TEMPLATES", "", "Folder with templates in place of those built in";
        public: Option<String> = optional(base_url), "HAGGLE_PUBLIC_URL", "", "Address of this server as browsers see it; needed for mail and push";
        conversation: Option<String> = optional(conversation_url), "HAGGLE_CONVERSATION_URL", "", "Address of the page of a conversation, like https://shop.example/messages/{id}; needed for mail and push";
        reply: Option<ReplyAddress> = optional(ReplyAddress::parse), "HAGGLE_MAIL_REPLY", "", "Address that answers go to, like reply+{token}@in.shop.example; without it nobody answers by mail";
        grace: Duration = value(duration), "HAGGLE_NOTIFICATION_GRACE", "5m", "How long a message may wait to be read before a mail tells of it";
        window: Duration = value(duration), "HAGGLE_MAIL_WINDOW", "15m", "The least time between two mails to a person about a conversation";
        /// `None`: no push.
        vapid: Option<Arc<Vapid>> = optional(vapid), "HAGGLE_VAPID_KEY", "", "File with the key for push messages; haggle push-key makes one";
        shows_text: bool = value(on_off), "HAGGLE_PUSH_TEXT", "on", "off: push messages do not show what was written";
    }
}

const SMTP: &str = "HAGGLE_SMTP_URL";
const VAPID: &str = "HAGGLE_VAPID_KEY";
const PLACE: &str = "{id}";

impl ReachSettings {
    pub const TABLE: &[Setting] = Raw::TABLE;

    pub fn read(given: &mut impl Given) -> Self {
        let raw = Raw::read(given);
        let user = [SMTP, VAPID].into_iter().find(|user| given.is_given(user));
        for needed in ["HAGGLE_PUBLIC_URL", "HAGGLE_CONVERSATION_URL"] {
            if let Some(user) = user.filter(|_| !given.is_given(needed)) {
                given.wrong(needed, format!("is needed for {user}"));
            }
        }
        if given.is_given("HAGGLE_MAIL_REPLY") && !given.is_given(SMTP) {
            let reason = format!("means nothing without {SMTP}");
            given.wrong("HAGGLE_MAIL_REPLY", reason);
        }
        let addresses = raw.public.zip(raw.conversation);
        let addresses = addresses.map(|(public, conversation)| Addresses {
            public,
            conversation,
        });
        let from = raw.from.or_else(|| {
            let host = host(&addresses.as_ref()?.public)?;
            Mailbox::new(Some("Haggle"), &format!("no-reply@{host}"))
        });
        if raw.smtp.is_some() && addresses.is_some() && from.is_none() {
            let reason = "is needed: the host of HAGGLE_PUBLIC_URL is none that mail comes from";
            given.wrong("HAGGLE_MAIL_FROM", reason.to_owned());
        }
        let mail = raw.smtp.zip(from).zip(addresses.clone());
        let push = raw.vapid.zip(addresses);
        Self {
            mail: mail.map(|((smtp, from), addresses)| MailSettings {
                smtp,
                from,
                templates: raw.templates.unwrap_or_else(Templates::built_in),
                reply: raw.reply,
                grace: raw.grace,
                window: raw.window,
                addresses,
            }),
            push: push.map(|(vapid, addresses)| PushSettings {
                vapid,
                shows_text: raw.shows_text,
                addresses,
            }),
        }
    }
}

/// Without a port; a number in brackets, as addresses of mail have it.
fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    if authority.starts_with('[') {
        return None;
    }
    let host = authority.split(':').next()?;
    let is_number = host.parse::<std::net::Ipv4Addr>().is_ok();
    Some(if is_number {
        format!("[{host}]")
    } else {
        host.to_owned()
    })
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    let not = || "is not an address like Haggle <no-reply@shop.example>".to_owned();
    Mailbox::parse(text).ok_or_else(not)
}

fn templates(text: &str) -> Result<Templates, String> {
    Templates::load(Path::new(text)).map_err(|error| format!("cannot be used: {error}"))
}

fn conversation_url(text: &str) -> Result<String, String> {
    if text.matches(PLACE).count() != 1 {
        return Err(format!("must hold {PLACE} once"));
    }
    page_url(text)
}

fn vapid(text: &str) -> Result<Arc<Vapid>, String> {
    let key = std::fs::read_to_string(text);
    let key = key.map_err(|error| format!("cannot be read: {error}"))?;
    let key = Vapid::parse(&key).map_err(|error| error.to_string())?;
    Ok(Arc::new(key))
}

#[cfg(test)]
mod tests {
    use crate::settings::{Purpose, Settings, Sources};

    fn check(given: &'static [(&'static str, &'static str)]) -> Result<Settings, Vec<String>> {
        let mut sources = Sources::default();
        sources.environment(|name| {
            let found = given.iter().find(|(given, _)| *given == name);
            found.map(|(_, value)| value.into())
        });
        let checked = Settings::check(sources, Purpose::Other);
        checked.map_err(|wrong| wrong.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn mail_comes_from_the_public_host() {
        let settings = check(&[
            ("HAGGLE_SMTP_URL", "smtp://localhost"),
            ("HAGGLE_PUBLIC_URL", "https://chat.shop.example:8443/chat/"),
            (
                "HAGGLE_CONVERSATION_URL",
                "https://shop.example/messages/{id}#end",
            ),
        ]);
        let mail = settings.unwrap().reach.mail.unwrap();
        assert_eq!(mail.from.address(), "no-reply@chat.shop.example");
        assert_eq!(mail.from.name.as_deref(), Some("Haggle"));
        assert_eq!(mail.addresses.public, "https://chat.shop.example:8443/chat");
        let page = mail.addresses.conversation("a-b/c?d");
        assert_eq!(page, "https://shop.example/messages/a-b%2Fc%3Fd#end");
        let strict = check(&[
            ("HAGGLE_SMTP_URL", "smtp://localhost"),
            ("HAGGLE_PUBLIC_URL", "https://chat.shop.example"),
            (
                "HAGGLE_CONVERSATION_URL",
                "https://shop.example/messages/{id}/",
            ),
        ]);
        let strict = strict.unwrap().reach.mail.unwrap().addresses;
        let page = strict.conversation("a");
        assert_eq!(page, "https://shop.example/messages/a/");
        assert_eq!((mail.grace.as_secs(), mail.window.as_secs()), (300, 900));
    }

    #[test]
    fn without_its_addresses_nothing_is_sent() {
        let wrong = check(&[("HAGGLE_SMTP_URL", "smtp://localhost")]).unwrap_err();
        assert_eq!(
            wrong,
            [
                "HAGGLE_PUBLIC_URL is needed for HAGGLE_SMTP_URL",
                "HAGGLE_CONVERSATION_URL is needed for HAGGLE_SMTP_URL"
            ]
        );
        let wrong = check(&[
            ("HAGGLE_MAIL_REPLY", "reply+{token}@in.shop.example"),
            ("HAGGLE_CONVERSATION_URL", "https://shop.example/messages"),
            ("HAGGLE_PUBLIC_URL", "shop.example"),
            ("HAGGLE_VAPID_KEY", "/does/not/exist"),
            ("HAGGLE_MAIL_TEMPLATES", "/does/not/exist"),
            ("HAGGLE_PUSH_TEXT", "some"),
        ]);
        assert_eq!(wrong.unwrap_err().len(), 6);
        let off = check(&[]).unwrap().reach;
        assert!(off.mail.is_none() && off.push.is_none());
    }
}
