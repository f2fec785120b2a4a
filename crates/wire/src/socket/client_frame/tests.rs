use std::collections::BTreeMap;

use chat::ids::{ConversationId, MessageId};
use proptest::prelude::*;

use super::{
    Authenticate, ClientFrame, Code, Counted, Empty, MarkReadFrame, Resume, Seen, TypingFrame,
};

fn seen<const N: usize>(seen: [(&str, Seen); N]) -> BTreeMap<ConversationId, Seen> {
    let named = seen
        .into_iter()
        .map(|(id, seen)| (ConversationId::new(id), seen));
    named.collect()
}

#[test]
fn every_type_is_understood() {
    let conversation_id = ConversationId::new("c1");
    for (text, expected) in [
        (
            r#"{"type":"authenticate","payload":{"token":"t","since":{"a":3,"b":{"seq":4,"rev":9},"c":{"seq":0}}}}"#,
            ClientFrame::Authenticate(Authenticate {
                token: Some("t".into()),
                since: Some(seen([
                    ("a", Seen::new(3, None)),
                    ("b", Seen::new(4, Some(9))),
                    ("c", Seen::new(0, None)),
                ])),
            }),
        ),
        (
            r#"{"type":"authenticate"}"#,
            ClientFrame::Authenticate(Authenticate::default()),
        ),
        (
            r#"{"type":"authenticate","payload":{"token":null,"since":null}}"#,
            ClientFrame::Authenticate(Authenticate::default()),
        ),
        (
            r#"{"type":"resume","payload":{"since":{}}}"#,
            ClientFrame::Resume(Resume { since: seen([]) }),
        ),
        (
            r#"{"type":"typing","payload":{"conversationId":"c1"}}"#,
            ClientFrame::Typing(TypingFrame {
                conversation_id: conversation_id.clone(),
                is_typing: None,
            }),
        ),
        (
            r#"{"payload":{"upTo":"m1","conversationId":"c1","more":[]},"type":"read"}"#,
            ClientFrame::Read(MarkReadFrame {
                conversation_id,
                up_to: Some(MessageId::new("m1")),
            }),
        ),
        (
            r#"{"type":"ping","payload":null}"#,
            ClientFrame::Ping(Empty {}),
        ),
        (r#"{"type":"p\u0069ng"}"#, ClientFrame::Ping(Empty {})),
    ] {
        assert_eq!(ClientFrame::parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn anything_else_is_a_bad_frame() {
    for text in [
        "",
        "ping",
        "[]",
        "null",
        "{}",
        r#"{"type":null}"#,
        r#"{"type":7,"payload":{}}"#,
        r#"{"type":"typing"}"#,
        r#"{"type":"typing","payload":["c1",true]}"#,
        r#"{"type":"typing","payload":{"conversationId":1}}"#,
        r#"{"type":"typing","payload":{"conversationId":"c1","isTyping":"yes"}}"#,
        r#"{"type":"read","payload":{"conversationId":"c1","upTo":7}}"#,
        r#"{"type":"resume","payload":{}}"#,
        r#"{"type":"resume","payload":{"since":{"a":-1}}}"#,
        r#"{"type":"resume","payload":{"since":{"a":1.5}}}"#,
        r#"{"type":"resume","payload":{"since":{"a":{"rev":1}}}}"#,
        r#"{"type":"ping"} {"type":"ping"}"#,
        // serde reads structs from arrays too, and the document names none.
        r#"["ping",{}]"#,
        r#" ["ping"]"#,
        r#"{"type":"resume","payload":{"since":{"a":[4,9]}}}"#,
        r#"{"type":"resume","payload":{"since":{"a":null}}}"#,
        r#"{"type":"resume","payload":{"since":{"a":{"seq":null}}}}"#,
        r#"{"type":"resume","payload":{"since":{"a":{"seq":1,"rev":0.5}}}}"#,
        r#"{"type":"resume","payload":{"since":[]}}"#,
        r#"{"type":"ping","payload":[]}"#,
        r#"{"type":"ping","payload":7}"#,
    ] {
        let bad = ClientFrame::parse(text).expect_err(text);
        assert_eq!(
            (bad.code, bad.is_authenticate),
            (Code::BadFrame, false),
            "{text}"
        );
    }
    let bad = ClientFrame::parse(r#"{"type":"authenticate","payload":{"token":7}}"#).unwrap_err();
    assert!(bad.is_authenticate);
    let bad = ClientFrame::parse(r#"{"type":"message","payload":{}}"#).unwrap_err();
    assert_eq!(bad.code, Code::UnknownType);
}

#[test]
fn a_whole_number_counts_however_it_is_written() {
    let far = i64::MAX / 2;
    for (written, number) in [
        ("0", 0),
        ("-0", 0),
        ("7.0", 7),
        ("1e2", 100),
        ("18446744073709551615", far),
        ("1e300", far),
    ] {
        let text = format!(
            r#"{{"type":"resume","payload":{{"since":{{"a":{written},"b":{{"seq":{written},"rev":{written}}}}}}}}}"#
        );
        let since = seen([
            ("a", Seen::new(number, None)),
            ("b", Seen::new(number, Some(number))),
        ]);
        let expected = ClientFrame::Resume(Resume { since });
        assert_eq!(ClientFrame::parse(&text), Ok(expected), "{written}");
    }
    assert_eq!(serde_json::to_string(&Counted(3)).unwrap(), "3");
}

#[test]
fn what_is_written_is_read_again() {
    let since = seen([("a", Seen::new(3, None)), ("b", Seen::new(4, Some(9)))]);
    for frame in [
        ClientFrame::Authenticate(Authenticate::default()),
        ClientFrame::Authenticate(Authenticate {
            token: Some("t".into()),
            since: Some(since.clone()),
        }),
        ClientFrame::Resume(Resume { since }),
        ClientFrame::Ping(Empty {}),
    ] {
        let text = serde_json::to_string(&frame).unwrap();
        assert_eq!(ClientFrame::parse(&text), Ok(frame), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = ClientFrame::parse(&text);
    }

    #[test]
    fn no_payload_makes_it_panic(kind in "authenticate|resume|typing|read|ping", payload in "[\\[{\"a:0,}\\]]{0,20}") {
        let _ = ClientFrame::parse(&format!(r#"{{"type":"{kind}","payload":{payload}}}"#));
    }
}
