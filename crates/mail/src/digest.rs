//! One mail that says what somebody missed.

use std::time::SystemTime;

use lettre::{
    Message,
    message::{
        MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use serde::Serialize;
use serde_json::json;

use crate::{
    envelope::{Mailbox, clean},
    limits::{LINE_CHARS, LINES, SECTIONS},
    template::{TemplateError, Templates},
    words::{Words, say},
};

/// What one mail tells one person.
#[derive(Clone, Debug)]
pub struct Digest<'a> {
    pub from: &'a Mailbox,
    pub to: &'a Mailbox,
    /// Where an answer goes into the conversation. Only a mail of one conversation has it.
    pub reply_to: Option<&'a str>,
    pub language: &'a str,
    /// Not empty.
    pub sections: Vec<Section>,
    /// Posting to it ends these mails (RFC 8058).
    pub unsubscribe_url: &'a str,
    /// The same for all mails to this person about these conversations, without brackets: clients put
    /// them together by it.
    pub thread: &'a str,
    /// Together with the thread the same at another try, so that a mail server that had the first
    /// knows the second.
    pub number: &'a str,
    pub sent_at: SystemTime,
}

/// One conversation.
#[derive(Clone, Debug)]
pub struct Section {
    /// The page of the conversation.
    pub url: String,
    /// The product, else the other side.
    pub title: String,
    /// The others, as their names are shown.
    pub others: Vec<String>,
    pub product: Option<String>,
    /// Messages that are not read.
    pub count: i64,
    /// The newest of them, oldest first.
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub struct Line {
    /// `None`: the person whom the mail is for.
    pub sender: Option<String>,
    pub text: String,
    pub files: Vec<String>,
}

/// Ready to be handed to a mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    pub bytes: Vec<u8>,
    /// Without brackets.
    pub message_id: String,
}

impl Digest<'_> {
    pub fn compose(&self, templates: &Templates) -> Result<Composed, TemplateError> {
        let (language, words) = templates.words(self.language);
        let subject = self.subject(words);
        let sections = self.sections.iter().take(SECTIONS);
        let shown: Vec<_> = sections.map(|one| Shown::of(one, words)).collect();
        let left_out = self.sections.len().saturating_sub(SECTIONS);
        let more = (left_out > 0).then(|| say(words, "more", &[("count", &left_out.to_string())]));
        let values = json!({
            "language": language,
            "words": words,
            "subject": subject,
            "more": more,
            "sections": shown,
            "can_reply": self.reply_to.is_some(),
            "unsubscribe_url": self.unsubscribe_url,
        });
        let text = templates.render(("digest", "txt"), language, &values)?;
        let html = templates.render(("digest", "html"), language, &values)?;
        let domain = self.from.domain();
        let message_id = format!("{}.{}@{domain}", self.thread, self.number);
        let thread = format!("<{}@{domain}>", self.thread);
        let mut builder = Message::builder()
            .from(self.sender().for_header())
            .to(self.to.for_header())
            .subject(subject)
            .date(self.sent_at)
            .message_id(Some(format!("<{message_id}>")))
            .in_reply_to(thread.clone())
            .references(thread);
        if let Some(address) = self
            .reply_to
            .and_then(|address| Mailbox::new(None, address))
        {
            builder = builder.reply_to(address.for_header());
        }
        for (name, value) in self.machine_headers() {
            builder = builder.raw_header(HeaderValue::dangerous_new_pre_encoded(
                HeaderName::new_from_ascii_str(name),
                value.clone(),
                value,
            ));
        }
        let message = builder
            .multipart(MultiPart::alternative_plain_html(text, html))
            .map_err(|error| TemplateError {
                file: "digest".to_owned(),
                reason: error.to_string(),
            })?;
        Ok(Composed {
            bytes: message.formatted(),
            message_id,
        })
    }

    /// For other machines: a robot wrote it (RFC 3834), do not answer by one, and how to end it.
    fn machine_headers(&self) -> [(&'static str, String); 4] {
        [
            ("Auto-Submitted", "auto-generated".to_owned()),
            ("X-Auto-Response-Suppress", "All".to_owned()),
            (
                "List-Unsubscribe",
                format!("<{}>", one_line(self.unsubscribe_url)),
            ),
            (
                "List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click".to_owned(),
            ),
        ]
    }

    fn subject(&self, words: &Words) -> String {
        match &self.sections[..] {
            [only] => {
                let title = clean(&only.title).unwrap_or_default();
                say(words, "subject", &[("title", &title)])
            }
            _ => say(words, "subject_many", &[]),
        }
    }

    /// A mail of one conversation comes from whoever it is with, by our address.
    fn sender(&self) -> Mailbox {
        let others = match &self.sections[..] {
            [only] => only.others.join(", "),
            _ => String::new(),
        };
        match (clean(&others), &self.from.name) {
            (Some(others), Some(name)) => self.from.named(&format!("{others} ({name})")),
            (Some(others), None) => self.from.named(&others),
            (None, _) => self.from.clone(),
        }
    }
}

fn one_line(text: &str) -> String {
    text.chars().filter(char::is_ascii_graphic).collect()
}

/// A section as the templates see it.
#[derive(Serialize)]
struct Shown {
    url: String,
    title: String,
    with: Option<String>,
    product: Option<String>,
    heading: String,
    earlier: Option<String>,
    lines: Vec<ShownLine>,
}

#[derive(Serialize)]
struct ShownLine {
    sender: String,
    is_own: bool,
    parts: Vec<String>,
    files: Vec<String>,
}

impl Shown {
    fn of(section: &Section, words: &Words) -> Self {
        let first = section.lines.len().saturating_sub(LINES);
        let lines = &section.lines[first..];
        let told = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        let earlier = section.count - told;
        let others = section.others.join(", ");
        let is_title = |text: &str| text == section.title;
        let product = section.product.as_deref().filter(|name| !is_title(name));
        Self {
            url: section.url.clone(),
            title: section.title.clone(),
            with: (!others.is_empty() && !is_title(&others))
                .then(|| say(words, "with", &[("name", &others)])),
            product: product.map(|product| say(words, "product", &[("product", product)])),
            heading: say(words, "heading", &[("count", &section.count.to_string())]),
            earlier: (earlier > 0)
                .then(|| say(words, "earlier", &[("count", &earlier.to_string())])),
            lines: lines
                .iter()
                .map(|line| ShownLine::of(line, words))
                .collect(),
        }
    }
}

impl ShownLine {
    fn of(line: &Line, words: &Words) -> Self {
        let cut = cut(&line.text);
        let file = |name: &String| say(words, "file", &[("name", name)]);
        Self {
            sender: match &line.sender {
                Some(name) => name.clone(),
                None => say(words, "you", &[]),
            },
            is_own: line.sender.is_none(),
            parts: cut.lines().map(str::to_owned).collect(),
            files: line.files.iter().map(file).collect(),
        }
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LINE_CHARS) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
