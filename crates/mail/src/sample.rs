//! Mails and pages that are made once when templates are loaded: many mistakes show only when a template is filled.

use std::time::SystemTime;

use crate::{
    Digest, Line, Mailbox, Page, Section, TemplateError, Templates,
    limits::{LINES, SECTIONS},
};

/// One of each kind, in this language.
pub fn make(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    let mailbox = Mailbox::new(Some("Haggle"), "no-reply@shop.example");
    let mailbox = mailbox.expect("our own address can be read");
    // With all that a mail may hold, with as little as it may, and of more conversations than are shown.
    let all = [vec![section()], vec![bare()], vec![section(); SECTIONS + 1]];
    for sections in all {
        let digest = Digest {
            from: &mailbox,
            to: &mailbox,
            reply_to: (sections.len() == 1).then_some("reply@shop.example"),
            language,
            sections,
            unsubscribe_url: "https://shop.example/api/chat/unsubscribe?token=",
            thread: "sample",
            number: "1",
            sent_at: SystemTime::UNIX_EPOCH,
        };
        digest.compose(templates)?;
    }
    for page in [Page::Ask("/"), Page::Done, Page::UnknownLink] {
        templates.page(page, language)?;
    }
    Ok(())
}

fn section() -> Section {
    let line = Line {
        sender: Some("Acme".to_owned()),
        text: "Is it ready?\nFor us?".to_owned(),
        files: vec!["list.pdf".to_owned()],
    };
    let own = Line {
        sender: None,
        text: String::new(),
        ..line.clone()
    };
    Section {
        product: Some("Steel sheet".to_owned()),
        others: vec!["Acme".to_owned()],
        // More than are shown.
        count: i64::try_from(LINES).unwrap_or(i64::MAX),
        lines: vec![line, own],
        ..bare()
    }
}

fn bare() -> Section {
    Section {
        url: "https://shop.example/messages/1".to_owned(),
        title: "Bolts".to_owned(),
        others: Vec::new(),
        product: None,
        count: 1,
        lines: vec![Line {
            sender: Some("Acme".to_owned()),
            text: "Yes.".to_owned(),
            files: Vec::new(),
        }],
    }
}
