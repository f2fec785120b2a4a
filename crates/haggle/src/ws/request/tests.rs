use chat::{
    ids::{ConversationId, MessageId},
    storage::Since,
};
use proptest::prelude::*;

use super::{Authenticate, Read, Request, Typing};

fn since(conversation: &str, seq: i64, rev: Option<i64>) -> Since {
    let conversation = ConversationId::new(conversation);
    Since {
        conversation,
        seq,
        rev,
    }
}

#[test]
fn every_type_is_understood() {
    let conversation_id = ConversationId::new("c1");
    for (text, expected) in [
        (
            r#"{"type":"authenticate","payload":{"token":"t","since":{"a":3,"b":{"seq":4,"rev":9},"c":{"seq":0}}}}"#,
            Request::Authenticate(Authenticate {
                token: Some("t".into()),
                since: Some(vec![
                    since("a", 3, None),
                    since("b", 4, Some(9)),
                    since("c", 0, None),
                ]),
            }),
        ),
        (
            r#"{"type":"authenticate"}"#,
            Request::Authenticate(Authenticate::default()),
        ),
        (
            r#"{"type":"authenticate","payload":{"token":null,"since":null}}"#,
            Request::Authenticate(Authenticate::default()),
        ),
        (
            r#"{"type":"resume","payload":{"since":{}}}"#,
            Request::Resume(vec![]),
        ),
        (
            r#"{"type":"typing","payload":{"conversationId":"c1"}}"#,
            Request::Typing(Typing {
                conversation_id: conversation_id.clone(),
                is_typing: None,
            }),
        ),
        (
            r#"{"payload":{"upTo":"m1","conversationId":"c1","more":[]},"type":"read"}"#,
            Request::Read(Read {
                conversation_id,
                up_to: Some(MessageId::new("m1")),
            }),
        ),
        (r#"{"type":"ping","payload":null}"#, Request::Ping),
        (r#"{"type":"p\u0069ng"}"#, Request::Ping),
    ] {
        assert_eq!(Request::parse(text), Ok(expected), "{text}");
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
    ] {
        let bad = Request::parse(text).expect_err(text);
        assert_eq!((bad.code, bad.is_authenticate), ("bad_frame", false));
    }
    let bad = Request::parse(r#"{"type":"authenticate","payload":{"token":7}}"#).unwrap_err();
    assert!(bad.is_authenticate);
    let bad = Request::parse(r#"{"type":"message","payload":{}}"#).unwrap_err();
    assert_eq!(bad.code, "unknown_type");
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let _ = Request::parse(&text);
    }

    #[test]
    fn no_payload_makes_it_panic(kind in "authenticate|resume|typing|read|ping", payload in "[\\[{\"a:0,}\\]]{0,20}") {
        let _ = Request::parse(&format!(r#"{{"type":"{kind}","payload":{payload}}}"#));
    }
}
