use std::time::{Duration, SystemTime};

use mail_parser::{HeaderValue, MessageParser};

use super::{Digest, Line, Section};
use crate::{Mailbox, Templates};

fn section() -> Section {
    Section {
        url: "https://shop.example/messages/talk-1".to_owned(),
        title: "Hex bolt M8".to_owned(),
        others: vec!["Acme".to_owned()],
        product: Some("Hex bolt M8".to_owned()),
        count: 2,
        lines: vec![
            line("Acme", "Is <b>500</b> & \"ready\"\nfor you?"),
            line("Acme", ""),
        ],
    }
}

fn line(sender: &str, text: &str) -> Line {
    Line {
        sender: Some(sender.to_owned()),
        text: text.to_owned(),
        files: vec!["price <list>.pdf".to_owned()],
    }
}

fn composed(language: &str, sections: Vec<Section>) -> (String, Vec<u8>) {
    let from = Mailbox::parse("Haggle <no-reply@shop.example>").unwrap();
    let to = Mailbox::new(Some("Ann\r\nBcc: x@y.example"), "ann@buyer.example").unwrap();
    let digest = Digest {
        from: &from,
        to: &to,
        reply_to: (sections.len() == 1).then_some("reply+token@in.shop.example"),
        language,
        sections,
        unsubscribe_url: "https://shop.example/api/chat/unsubscribe?token=abc",
        thread: "thread",
        number: "7",
        sent_at: SystemTime::UNIX_EPOCH + Duration::from_hours(525_960),
    };
    let composed = digest.compose(&Templates::built_in()).unwrap();
    (composed.message_id, composed.bytes)
}

#[test]
fn a_mail_of_one_conversation_says_who_and_what_and_can_be_answered() {
    let (id, bytes) = composed("en-GB", vec![section()]);
    let mail = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(id, "thread.7@shop.example");
    assert_eq!(mail.message_id(), Some(&*id));
    assert_eq!(mail.references().as_text(), Some("thread@shop.example"));
    assert_eq!(mail.in_reply_to().as_text(), Some("thread@shop.example"));
    assert_eq!(mail.subject(), Some("New messages: Hex bolt M8"));
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(from.name(), Some("Acme (Haggle)"));
    assert_eq!(from.address(), Some("no-reply@shop.example"));
    let to = mail.to().unwrap().first().unwrap();
    assert_eq!(to.name(), Some("Ann Bcc: x@y.example"));
    assert!(mail.bcc().is_none(), "a name makes no header");
    let reply_to = mail.reply_to().unwrap().first().unwrap();
    assert_eq!(reply_to.address(), Some("reply+token@in.shop.example"));
    let raw = |name: &'static str| mail.header_raw(name).map(str::trim);
    assert_eq!(raw("Auto-Submitted"), Some("auto-generated"));
    assert_eq!(
        raw("List-Unsubscribe-Post"),
        Some("List-Unsubscribe=One-Click")
    );
    assert_eq!(
        raw("List-Unsubscribe"),
        Some("<https://shop.example/api/chat/unsubscribe?token=abc>")
    );
    assert!(!matches!(
        mail.header("Date"),
        None | Some(HeaderValue::Empty)
    ));

    let text = mail.body_text(0).unwrap();
    for said in [
        "Hex bolt M8\nWith Acme\nNew messages: 2\n",
        "Acme:\n  Is <b>500</b> & \"ready\"\n  for you?\n  File: price <list>.pdf\n",
        "Open the conversation: https://shop.example/messages/talk-1",
        "Answer this e-mail",
    ] {
        assert!(
            text.replace("\r\n", "\n").contains(said),
            "{said}\n---\n{text}"
        );
    }
    let html = mail.body_html(0).unwrap();
    assert!(
        html.contains("Is &lt;b&gt;500&lt;&#x2f;b&gt; &amp; &quot;ready&quot;<br>for you?"),
        "{html}"
    );
    assert!(html.contains("price &lt;list&gt;.pdf"));
    assert!(!html.contains("<b>500"));
    assert!(
        html.contains(r#"href="https:&#x2f;&#x2f;shop.example&#x2f;messages&#x2f;talk-1""#),
        "{html}"
    );
}

#[test]
fn arabic_is_written_from_right_to_left() {
    let (_, bytes) = composed("ar", vec![section()]);
    let mail = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(mail.subject(), Some("رسائل جديدة: Hex bolt M8"));
    let html = mail.body_html(0).unwrap();
    assert!(html.contains(r#"<html lang="ar" dir="rtl">"#), "{html}");
    assert!(
        html.contains(r#"<p dir="auto""#),
        "a message has its own direction"
    );
}

#[test]
fn a_gathered_mail_has_every_conversation_and_no_reply_address() {
    let many = (0..25).map(|_| section()).collect();
    let (_, bytes) = composed("en", many);
    let mail = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(mail.subject(), Some("New messages"));
    assert!(mail.reply_to().is_none());
    let text = mail.body_text(0).unwrap();
    assert_eq!(text.matches("Open the conversation:").count(), 20);
    assert!(
        text.contains("More conversations with new messages: 5"),
        "{text}"
    );
    assert!(text.contains("Nobody reads what is sent to this address"));
}

#[test]
fn only_the_newest_are_shown_and_a_long_one_is_cut() {
    let mut long = section();
    long.count = 30;
    long.lines = (0..12)
        .map(|n| line("Acme", &format!("message {n}")))
        .collect();
    long.lines[11].text = "x".repeat(5_000);
    let (_, bytes) = composed("en", vec![long]);
    let mail = MessageParser::default().parse(&bytes).unwrap();
    let text = mail.body_text(0).unwrap();
    assert!(
        text.contains("Earlier messages that are not shown: 20"),
        "{text}"
    );
    assert!(!text.contains("message 1\n") && text.contains("message 2"));
    assert!(text.contains(&format!("{}…", "x".repeat(2_000))));
    let longest = bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max();
    assert!(longest.unwrap() <= 998, "RFC 5322, 2.1.1");
}
