use proptest::prelude::*;

use super::{Content, LINE_BYTES, Lmtp, Next, Outcome};

/// Says these lines, and what was answered to the last.
fn after(lines: &[&str]) -> (Lmtp, String) {
    let mut lmtp = Lmtp::new(1_000);
    let mut said = String::new();
    for line in lines {
        said = match lmtp.hear(format!("{line}\r\n").as_bytes()) {
            Next::Command(said) | Next::Content(said) | Next::End(said) => said,
        };
    }
    (lmtp, said)
}

#[test]
fn a_mail_has_an_answer_for_each_recipient() {
    let (mut lmtp, said) = after(&[
        "LHLO mx.example",
        "MAIL FROM:<sofia@example.com> SIZE=1000 BODY=8BITMIME SMTPUTF8",
        "RCPT TO:<reply+one@in.shop.example>",
        "rcpt to: <reply+two@in.shop.example>",
        "RCPT TO:<reply+three@in.shop.example>",
        "DATA",
    ]);
    assert!(said.starts_with("354 "), "{said}");
    let notes = lmtp.take_notes();
    assert_eq!(notes.len(), 3);
    assert_eq!(
        notes[1],
        "Return-Path: <sofia@example.com>\r\nX-Original-To: reply+two@in.shop.example\r\nDelivered-To: reply+two@in.shop.example\r\n"
    );
    let refused = Outcome::Refused("You wrote\r\n250 from — elsewhere".to_owned());
    for (outcome, said) in [
        (Outcome::Taken, "250 2.0.0 Taken\r\n"),
        (refused, "550 5.7.1 You wrote 250 from ? elsewhere\r\n"),
        (
            Outcome::Later("no server".to_owned()),
            "451 4.3.0 no server\r\n",
        ),
    ] {
        assert_eq!(outcome.answer(), said);
    }
    assert!(lmtp.take_notes().is_empty(), "the next begins anew");
}

#[test]
fn what_is_out_of_order_is_refused_and_ends_nothing() {
    const HELLO: &str = "LHLO x";
    const FROM: &str = "MAIL FROM:<>";
    const TO: &str = "RCPT TO:<a@b.example>";
    for (lines, code) in [
        (&["EHLO x"][..], "500"),
        (&["HELO x"], "500"),
        (&["LHLO"], "501"),
        (&[FROM], "503"),
        (&[HELLO, TO], "503"),
        (&[HELLO, "DATA"], "503"),
        (&[HELLO, FROM, "DATA"], "503"),
        (&[HELLO, FROM, FROM], "503"),
        (&[HELLO, FROM, TO, "RSET", "DATA"], "503"),
        (&[HELLO, FROM, TO, HELLO, "DATA"], "503"),
        (&[HELLO, "MAIL FROM:<a@b.example> SIZE=1001"], "552"),
        (
            &[
                HELLO,
                "MAIL FROM:<a@b.example> SIZE=99999999999999999999999",
            ],
            "552",
        ),
        (&[HELLO, "MAIL FROM:<a@b.example> SIZE="], "555"),
        (&[HELLO, "MAIL FROM:<a@b.example> BODY=BINARYMIME"], "555"),
        (&[HELLO, "MAIL FROM:a@b.example"], "501"),
        (&[HELLO, "MAIL FROM:<a@b.example"], "501"),
        (&[HELLO, FROM, "RCPT TO:<>"], "501"),
        (&[HELLO, FROM, "RCPT TO:<a@b.example> NOTIFY=NEVER"], "555"),
        (&[HELLO, FROM, "RCPT TO:<a@b.example\u{7}>"], "500"),
        (&["STARTTLS"], "500"),
        (&["NOOP anything"], "250"),
        (&["VRFY a"], "252"),
        (&["QUIT now"], "501"),
        (&["QUIT"], "221"),
        (&[""], "500"),
    ] {
        let (_, said) = after(lines);
        assert!(said.starts_with(code), "{lines:?}: {said}");
        assert!(said.ends_with("\r\n"), "{lines:?}: {said}");
    }
    let mut lmtp = Lmtp::new(1_000);
    assert!(matches!(lmtp.hear(b"LHLO \xff\r\n"), Next::Command(said) if said.starts_with("500")));
}

#[test]
fn recipients_and_mistakes_have_an_end() {
    let (mut lmtp, _) = after(&["LHLO x", "MAIL FROM:<>"]);
    for number in 0..100 {
        let line = format!("RCPT TO:<{number}@b.example>");
        assert!(
            matches!(lmtp.hear(line.as_bytes()), Next::Command(said) if said.starts_with("250"))
        );
    }
    let more = lmtp.hear(b"RCPT TO:<more@b.example>");
    assert!(matches!(more, Next::Command(said) if said.starts_with("452")));
    assert_eq!(lmtp.take_notes().len(), 100);
    for _ in 0..19 {
        assert!(matches!(lmtp.hear(b"GET / HTTP/1.1"), Next::Command(_)));
    }
    assert!(matches!(lmtp.hear(b"GET / HTTP/1.1"), Next::End(said) if said.starts_with("421")));
}

fn read(bytes: &[u8], most_bytes: usize, piece: usize) -> (Option<Vec<u8>>, usize) {
    let mut content = Content::new(most_bytes);
    let mut taken = 0;
    for piece in bytes.chunks(piece) {
        let of_it = content.take(piece);
        taken += of_it;
        if content.is_over() {
            break;
        }
    }
    assert!(content.is_over(), "{:?}", String::from_utf8_lossy(bytes));
    (content.whole(), taken)
}

#[test]
fn a_message_ends_with_a_dot_alone_and_nothing_else() {
    for (sent, kept) in [
        (".\r\n", ""),
        ("a\r\n.\r\n", "a\r\n"),
        ("..\r\n.\r\n", ".\r\n"),
        ("..a\r\n.b\r\n.\r\n", ".a\r\nb\r\n"),
        ("a\n.\nMAIL FROM:<>\r\n.\r\n", "a\n.\nMAIL FROM:<>\r\n"),
        ("a\r.\rb\r\n.\r\n", "a\r.\rb\r\n"),
        ("a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n"),
        ("a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n"),
        ("a\r\n.\r.\r\n.\r\n", "a\r\n\r.\r\n"),
        ("\r\r\n.\r\n", "\r\r\n"),
    ] {
        let behind = format!("{sent}QUIT\r\n");
        for piece in 1..behind.len() {
            let (read, taken) = read(behind.as_bytes(), 1_000, piece);
            let read = String::from_utf8(read.unwrap()).unwrap();
            assert_eq!((read.as_str(), taken), (kept, sent.len()), "{sent:?}");
        }
    }
}

#[test]
fn what_is_too_large_is_read_to_its_end_and_not_kept() {
    let bytes = b"12345678\r\n.\r\n";
    assert!(read(bytes, 10, 3).0.is_some());
    assert_eq!(read(bytes, 9, 3), (None, bytes.len()));
    let mut content = Content::new(10);
    content.take(b"1234");
    content.drop_it();
    assert_eq!((content.len(), content.is_empty()), (0, true));
    assert_eq!(content.take(b"5\r\n.\r\n"), 6);
    assert!(content.is_over());
}

/// As RFC 5321 has whoever sends do it.
fn stuffed(text: &[u8]) -> Vec<u8> {
    let mut sent = Vec::new();
    let mut is_start = true;
    for (at, byte) in text.iter().enumerate() {
        if is_start && *byte == b'.' {
            sent.push(b'.');
        }
        sent.push(*byte);
        is_start = *byte == b'\n' && at > 0 && text[at - 1] == b'\r';
    }
    sent.extend(b".\r\n");
    sent
}

proptest! {
    #[test]
    fn what_was_sent_is_what_comes_in_whatever_its_pieces(
        lines in prop::collection::vec("[.\r\na]{0,6}", 0..8),
        piece in 1_usize..9,
    ) {
        let mut text = lines.join("\r\n");
        if !text.is_empty() && !text.ends_with("\r\n") {
            text.push_str("\r\n");
        }
        let sent = stuffed(text.as_bytes());
        let (read, taken) = read(&sent, 1_000, piece);
        prop_assert_eq!(read.unwrap(), text.as_bytes());
        prop_assert_eq!(taken, sent.len());
    }

    #[test]
    fn whatever_is_said_is_answered(lines in prop::collection::vec(any::<Vec<u8>>(), 0..30)) {
        let mut lmtp = Lmtp::new(1_000);
        for line in lines {
            prop_assume!(line.len() <= LINE_BYTES);
            let (Next::Command(said) | Next::Content(said) | Next::End(said)) = lmtp.hear(&line);
            prop_assert!(said.ends_with("\r\n") && said.is_ascii());
        }
    }
}
