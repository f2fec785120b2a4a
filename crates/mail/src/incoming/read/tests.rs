use super::{Incoming, Kind, read};
use crate::{Mailbox, ReplyAddress};

const TOKEN: &str = "0123456789abcdefghjkmnpqrs";

fn taken(mail: &str) -> Incoming {
    let reply = ReplyAddress::parse("reply+{token}@in.shop.example").unwrap();
    let from = Mailbox::parse("Haggle <no-reply@shop.example>").unwrap();
    let mail = mail.replace("TOKEN", TOKEN).replace('\n', "\r\n");
    read(mail.as_bytes(), &reply, &from).unwrap()
}

fn said(mail: &str) -> String {
    match taken(mail).kind {
        Kind::Reply { text, .. } => text,
        other => panic!("no reply: {other:?}"),
    }
}

const HEAD: &str = "From: Ann <Ann@Buyer.example>\nTo: Reply+TOKEN@In.shop.example\nMessage-ID: <1@buyer.example>\n";

#[test]
fn a_plain_answer_is_taken_by_its_token() {
    let mail = format!(
        "From bounces Mon Mar  2 10:00:00 2026\n{HEAD}Subject: Re: x\n\nYes, 500.\n\n-- \nAnn\nAcme Ltd\n"
    );
    let taken = taken(&mail);
    assert_eq!(taken.from.as_deref(), Some("ann@buyer.example"));
    assert_eq!(taken.token.as_deref(), Some(TOKEN));
    assert_eq!(
        taken.name,
        "mail-_8xxIovjHlgQ__qMl0JG8EmjxJbwe3NQkam6L766Xbc"
    );
    let said = Kind::Reply {
        text: "Yes, 500.".to_owned(),
        files: Vec::new(),
    };
    assert_eq!(taken.kind, said);
}

#[test]
fn a_mail_has_the_same_name_each_time_it_is_brought() {
    let name = |mail: &str| taken(mail).name;
    let of =
        |id: &str, text: &str| name(&format!("From: a@b.example\nTo: c@d.example\n{id}\n{text}"));
    assert_eq!(of("", "Yes"), of("", "Yes"));
    assert_ne!(of("", "Yes"), of("", "No"));
    let id = "Message-ID: <1@b.example>\n";
    assert_eq!(of(id, "Yes"), of(id, "Yes, on another way"));
    assert_ne!(of(id, "Yes"), of("", "Yes"));
    let empty = "Message-ID: <>\n";
    assert_ne!(of(empty, "Yes"), of(empty, "No"));
    let envelope = |day: &str| name(&format!("From x {day}\nFrom: a@b.example\n\nYes"));
    assert_eq!(envelope("Monday"), envelope("Tuesday"));
}

#[test]
fn the_token_is_also_where_servers_note_it() {
    for name in ["Delivered-To", "X-Original-To", "Envelope-To"] {
        let mail = format!(
            "{name}: reply+TOKEN@in.shop.example\nFrom: a@b.example\nTo: list@c.example\n\nx"
        );
        assert_eq!(taken(&mail).token.as_deref(), Some(TOKEN), "{name}");
    }
    assert_eq!(
        taken("From: a@b.example\nTo: reply@in.shop.example\n\nx").token,
        None
    );
}

#[test]
fn encodings_of_text_are_read() {
    let quoted = format!(
        "{HEAD}Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nJa, 500 St=FCck.\n"
    );
    assert_eq!(said(&quoted), "Ja, 500 Stück.");
    let japanese = format!(
        "{HEAD}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n44Gv44GE44CCNTAw44CC\n"
    );
    assert_eq!(said(&japanese), "はい。500。");
}

#[test]
fn html_alone_is_read_without_what_it_quotes() {
    let quotes = [
        r#"<br><div class="gmail_quote"><div class="gmail_attr">On 2 Mar wrote:</div><blockquote>Is it?</blockquote></div>"#,
        r#"<div id="divRplyFwdMsg">From: Acme</div>Is it?"#,
        r#"<blockquote type="cite">Is it?</blockquote>"#,
        r#"<div style="border:none;border-top:solid #E1E1E1 1.0pt">From: Acme</div>Is it?"#,
    ];
    for quote in quotes {
        let mail = format!(
            "{HEAD}Content-Type: text/html; charset=utf-8\n\n<div>Yes, <b>500</b> &amp; now.</div>{quote}"
        );
        assert_eq!(said(&mail), "Yes, 500 & now.", "{quote}");
    }
    let below = format!(
        "{HEAD}Content-Type: text/html\n\n<blockquote>Is <blockquote>x</blockquote> it?</blockquote><p>Yes.</p>"
    );
    assert_eq!(said(&below), "Yes.");
}

#[test]
fn html_that_answers_between_its_quotes_is_read_whole() {
    let quotes = [
        r#"<div class="gmail_quote"><div class="gmail_attr">On 2 Mar wrote:</div>"#,
        r#"<div class="moz-cite-prefix">On 2 Mar wrote:</div>"#,
    ];
    for quote in quotes {
        let mail = format!(
            "{HEAD}Content-Type: text/html; charset=utf-8\n\n<div dir=ltr>See<div>below.</div></div>{quote}<blockquote type=cite>500?<div id=\"appendonsend\">300?</div></blockquote><div>Yes.</div><blockquote>600?</blockquote><p>No.</p></div><p>-- <br>Ann</p>"
        );
        let said = said(&mail);
        assert!(
            said.starts_with("See\nbelow.\nYes.\nNo."),
            "{said}, {quote}"
        );
    }
}

#[test]
fn html_that_answers_between_quotes_without_names_is_read_whole() {
    let mail = format!(
        "{HEAD}Content-Type: text/html\n\n<div>See below.</div><div>On 2 Mar 2026, Acme &lt;no-reply@shop.example&gt; wrote:</div><blockquote type=cite>500?</blockquote><div>Yes.</div>"
    );
    assert_eq!(said(&mail), "See below.\nYes.");
}

#[test]
fn answers_between_quotes_and_below_a_signature_are_taken() {
    let mail = format!(
        "{HEAD}\nSee below.\n\n-- \nAnn\nAcme Ltd\n\nOn 2 Mar 2026, Acme <no-reply@shop.example> wrote:\n> 500?\n\nYes.\nSent via DHL, tracking 00340434.\n\n> 600?\nNo.\n-- \nAnn\n"
    );
    assert_eq!(
        said(&mail),
        "See below.\nYes.\nSent via DHL, tracking 00340434.\nNo."
    );
}

#[test]
fn files_come_along_and_decorations_do_not() {
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/related; boundary=r\n\n--r\nContent-Type: text/html\n\n<p>See <img src=\"cid:logo@x\"></p>\n--r\nContent-Type: image/png\nContent-ID: <logo@x>\nContent-Disposition: inline; filename=logo.png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n--r--\n--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''Preis%20Liste.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQ=\n--b\nContent-Type: application/pgp-signature; name=signature.asc\n\nxx\n--b--\n"
    );
    let Kind::Reply { text, files } = taken(&mail).kind else {
        panic!("a reply");
    };
    assert_eq!(text.trim(), "See");
    let named: Vec<_> = files
        .iter()
        .map(|file| (&*file.name, &*file.bytes))
        .collect();
    assert_eq!(named, [("Preis Liste.pdf", &b"%PDF-1.4"[..])]);
}

#[test]
fn telephones_sign_and_are_not_heard() {
    for line in [
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Get Outlook for Android",
        "أرسلت من الـ iPhone",
    ] {
        let mail = format!("{HEAD}Content-Type: text/plain; charset=utf-8\n\nYes.\n\n{line}\n");
        assert_eq!(said(&mail), "Yes.", "{line}");
    }
}

#[test]
fn robots_are_not_heard() {
    let heads = [
        "Auto-Submitted: auto-replied",
        "X-Autoreply: yes",
        "Precedence: bulk",
        "List-Id: <a.b>",
        "Return-Path: <>",
    ];
    for head in heads {
        let kind = taken(&format!("{head}\n{HEAD}\nI am away.")).kind;
        assert_eq!(kind, Kind::Automatic, "{head}");
    }
    let ours = "From: Haggle <No-Reply@shop.example>\nTo: reply+TOKEN@in.shop.example\n\nx";
    assert_eq!(taken(ours).kind, Kind::Automatic, "our own mail came back");
    let person = format!("Auto-Submitted: no\n{HEAD}\nI am here.");
    assert_eq!(said(&person), "I am here.");
}

fn report(action: &str, status: &str) -> String {
    format!(
        "From: MAILER-DAEMON@mx.example\nTo: reply+TOKEN@in.shop.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; ann@buyer.example\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n"
    )
}

#[test]
fn a_bounce_is_told_from_a_delay() {
    let failed = taken(&report("failed", "5.1.1"));
    let reason = "smtp; 550 5.1.1 no such user".to_owned();
    assert_eq!(failed.kind, Kind::Bounce { reason });
    assert_eq!(failed.token.as_deref(), Some(TOKEN));
    for (action, status) in [
        ("delayed", "4.4.1"),
        ("failed", "4.2.2"),
        ("delivered", "2.0.0"),
        // A mailbox that is full, and a server that does not take mail from us.
        ("failed", "5.2.2"),
        ("failed", "5.7.1"),
    ] {
        assert_eq!(taken(&report(action, status)).kind, Kind::Notice);
    }
    let old = |subject: &str, said: &str| {
        taken(&format!("Return-Path: <>\nFrom: Mailer-Daemon@mx.example\nTo: reply+TOKEN@in.shop.example\nSubject: {subject}\n\n{said}")).kind
    };
    assert_eq!(
        old(
            "Undelivered Mail",
            "<ann@buyer.example>:\nSorry, no mailbox here by that name. (#5.1.1)"
        ),
        Kind::Bounce {
            reason: "Undelivered Mail".to_owned()
        }
    );
    let late = old("Warning: not delivered for 4 hours", "It is tried again.");
    assert_eq!(late, Kind::Notice);
}

/// Anybody may send these. Looked at once they take a moment; once for each mark or part, hours.
#[test]
fn large_mails_of_marks_or_parts_are_read_in_a_moment() {
    let begun = std::time::Instant::now();
    for mark in ["<blockquote>", "</blockquote>", "<blockquote></blockquote>"] {
        let marks = mark.repeat((4 << 20) / mark.len());
        let mail = format!("{HEAD}Content-Type: text/html\n\n{marks}<p>Yes.</p>");
        let said = said(&mail);
        assert_eq!(said.is_empty(), mark == "<blockquote>", "{mark}");
    }
    let part = "--b\nContent-Type: image/png\nContent-ID: <x>\n\nx\n".repeat(40_000);
    let text = "y".repeat(1 << 20);
    let mail = format!(
        "{HEAD}Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{text}<img src=\"cid:x\">\n{part}--b--\n"
    );
    let Kind::Reply { files, .. } = taken(&mail).kind else {
        panic!("a reply");
    };
    assert!(files.is_empty(), "{} files", files.len());
    let took = begun.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");
}

#[test]
fn what_is_no_mail_is_refused() {
    let reply = ReplyAddress::parse("reply+{token}@in.shop.example").unwrap();
    let from = Mailbox::parse("no-reply@shop.example").unwrap();
    assert!(read(b"", &reply, &from).is_err());
}

proptest::proptest! {
    #[test]
    fn nothing_that_comes_makes_it_fall(bytes: Vec<u8>, text in "(?s).{0,400}") {
        let reply = ReplyAddress::parse("reply+{token}@in.shop.example").unwrap();
        let from = Mailbox::parse("no-reply@shop.example").unwrap();
        let _ = read(&bytes, &reply, &from);
        for kind in ["plain", "html"] {
            let mail = format!("From: a@b.example\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}");
            let _ = read(mail.as_bytes(), &reply, &from);
        }
    }
}
