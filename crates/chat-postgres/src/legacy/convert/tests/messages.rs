use chat::person::Role;

use super::{at, conversation, converted, facts, ids, kept, message, reasons, text};
use crate::legacy::{
    convert::{Converted, group},
    reason::Reason,
    rows::{OldConversation, OldMessage},
};

fn from(sender: &str, receiver: &str, sender_type: Option<&str>) -> OldMessage {
    OldMessage {
        sender: text(sender),
        receiver: text(receiver),
        sender_type: sender_type.and_then(text),
        ..message("1", 1)
    }
}

#[test]
fn a_sender_without_a_place_keeps_their_id_and_role() {
    for (sender, role) in [
        ("abe", Role::Admin),
        ("bea", Role::Buyer),
        ("sam", Role::Supplier),
    ] {
        let (kept, said) = kept(conversation("c"), vec![from(sender, "ann", None)]);
        let sent = &kept.messages[0];
        assert_eq!((sent.sender.as_deref(), sent.from), (Some(sender), role));
        assert_eq!(said, [Reason::SenderWithoutPlace]);
    }
}

#[test]
fn a_sender_who_is_gone_is_a_former_user_of_the_role_that_they_had() {
    let with_supplier = |id: &str| OldConversation {
        supplier: text(id),
        ..conversation("c")
    };
    for (old, sent, role) in [
        // Who sat there once.
        (
            with_supplier("gone"),
            from("gone", "ann", Some("buyer")),
            Role::Supplier,
        ),
        (
            OldConversation {
                admin_in_counter: text("gone"),
                ..conversation("c")
            },
            from("gone", "ann", None),
            Role::Admin,
        ),
        // Whoever writes to the buyer is not the buyer, whatever the default says.
        (
            conversation("c"),
            from("gone", "ann", Some("buyer")),
            Role::Admin,
        ),
        (
            with_supplier("sam"),
            from("gone", "ann", None),
            Role::Supplier,
        ),
        (conversation("c"), from("gone", "ada", None), Role::Buyer),
        (
            conversation("c"),
            from("gone", "gone", Some("supplier")),
            Role::Supplier,
        ),
    ] {
        let (kept, said) = kept(old, vec![sent]);
        let sent = &kept.messages[0];
        assert_eq!((&sent.sender, sent.from), (&None, role), "{said:?}");
        assert!(said.contains(&Reason::SenderGone));
    }
}

#[test]
fn a_sender_type_that_contradicts_the_place_gives_way() {
    for (sender, given, place, is_told) in [
        ("ada", "buyer", Role::Admin, true),
        ("ann", "buyer", Role::Buyer, false),
        ("ann", "vendor", Role::Buyer, true),
    ] {
        let (kept, said) = kept(conversation("c"), vec![from(sender, "ann", Some(given))]);
        assert_eq!(kept.messages[0].from, place);
        assert_eq!(said.contains(&Reason::SenderType), is_told);
    }
}

#[test]
fn a_sender_named_by_a_suppliers_own_id_is_that_suppliers_user() {
    let old = OldConversation {
        supplier: text("sam"),
        ..conversation("c")
    };
    let (kept, said) = kept(old, vec![from("s-1", "ann", None)]);
    let sent = &kept.messages[0];
    assert_eq!(
        (sent.sender.as_deref(), sent.from),
        (Some("sam"), Role::Supplier)
    );
    assert_eq!(said, [Reason::SenderOwnId]);
}

#[test]
fn the_receiver_is_derived() {
    let old = OldConversation {
        supplier: text("sam"),
        ..conversation("c")
    };
    for (sender, receiver, derived, is_told) in [
        ("ann", "sam", "sam", false),
        ("ann", "undefined", "sam", true),
        ("sam", "", "ann", true),
        ("ada", "ann", "ann", false),
    ] {
        let (kept, said) = kept(old.clone(), vec![from(sender, receiver, None)]);
        assert_eq!(kept.messages[0].receiver.as_deref(), Some(derived));
        assert_eq!(said.contains(&Reason::Receiver), is_told, "{sender}");
    }
}

#[test]
fn an_empty_text_is_kept_with_files_and_refused_without() {
    let empty = |text: Option<String>, files: Option<&str>| OldMessage {
        text,
        files: files.map(str::to_owned),
        ..message("1", 1)
    };
    let (kept_files, said) = kept(
        conversation("c"),
        vec![empty(text(""), Some(r#"["/uploads/a.pdf"]"#))],
    );
    assert_eq!(
        (
            &*kept_files.messages[0].text,
            kept_files.messages[0].files.len()
        ),
        ("", 1)
    );
    assert_eq!(said, []);
    for (written, files) in [
        (text(""), None),
        (None, None),
        (text(" \u{202e}\n"), Some("[]")),
        (text(""), Some("[null]")),
    ] {
        let group = converted(vec![conversation("c")], vec![empty(written, files)]);
        assert_eq!(group.kept[0].messages, []);
        assert!(reasons(&group).contains(&Reason::Empty));
        assert_eq!(group.outcomes[0].messages_refused, 1);
    }
}

#[test]
fn texts_are_cleaned_as_new_ones_are() {
    for (written, cleaned) in [
        (r#"{"text":"object"}"#, r#"{"text":"object"}"#),
        ("<script>x</script>", "< script>x< /script>"),
        ("e\u{301}", "\u{e9}"),
        ("a\u{7}b\u{202e}c", "abc"),
        ("a\r\nb", "a\nb"),
    ] {
        let sent = OldMessage {
            text: text(written),
            ..message("1", 1)
        };
        let (kept, said) = kept(conversation("c"), vec![sent]);
        assert_eq!(kept.messages[0].text, cleaned);
        assert_eq!(said.contains(&Reason::Cleaned), written != cleaned);
    }
}

#[test]
fn a_text_that_is_too_long_is_kept_whole() {
    let long = "x".repeat(25_000);
    let sent = OldMessage {
        text: text(&long),
        ..message("1", 1)
    };
    let (kept, said) = kept(conversation("c"), vec![sent]);
    assert_eq!((kept.messages[0].text.len(), said), (25_000, vec![]));
}

fn times(converted: &Converted) -> Vec<i64> {
    let messages = converted.messages.iter();
    messages
        .map(|message| (message.created_at - at(0)).whole_seconds())
        .collect()
}

#[test]
fn a_message_without_a_time_has_that_of_its_neighbour_else_of_its_conversation() {
    let without = |id: &str, place: i64| OldMessage {
        created_at: None,
        place,
        ..message(id, 0)
    };
    // The ids grow with the time, and say where it belongs.
    let messages = vec![without("m-2", 99), message("m-1", 10), message("m-3", 30)];
    let (by_id, said) = kept(conversation("c"), messages);
    assert_eq!(
        (ids(&by_id), times(&by_id)),
        (vec!["m-1", "m-2", "m-3"], vec![10, 10, 30])
    );
    assert_eq!(said, [Reason::SentWithoutTime]);
    // They are chance: its place in the table says it.
    let messages = vec![
        message("z", 10),
        without("b", 15),
        message("a", 20),
        without("c", 25),
    ];
    let (by_place, _) = kept(conversation("c"), messages);
    assert_eq!(
        (ids(&by_place), times(&by_place)),
        (vec!["z", "b", "a", "c"], vec![10, 10, 20, 20])
    );
    let (first, _) = kept(conversation("c"), vec![without("a", 0), message("b", 20)]);
    assert_eq!(times(&first), [0, 20]);
    let (alone, _) = kept(conversation("c"), vec![without("a", 0)]);
    assert_eq!(times(&alone), [0]);
}

#[test]
fn times_never_run_backwards() {
    let without = OldMessage {
        created_at: None,
        place: 0,
        ..message("a", 0)
    };
    let opened_late = OldConversation {
        created_at: Some(at(500)),
        ..conversation("c")
    };
    let messages = vec![message("c", 30), without, message("b", 20)];
    let (kept, _) = kept(opened_late, messages);
    let times = times(&kept);
    assert!(times.is_sorted(), "{times:?}");
    assert_eq!(times.len(), 3);
}

#[test]
fn equal_times_are_in_the_order_of_ids() {
    let messages = vec![
        message("b", 5),
        message("c", 5),
        message("a", 5),
        message("d", 1),
    ];
    let (kept, _) = kept(conversation("c"), messages);
    assert_eq!(ids(&kept), ["d", "a", "b", "c"]);
}

fn flagged(id: &str, sender: &str, receiver: &str, is_read: Option<bool>) -> OldMessage {
    OldMessage {
        id: text(id),
        is_read,
        ..from(sender, receiver, None)
    }
}

#[test]
fn a_flag_that_is_null_is_unread() {
    let (kept, _) = kept(conversation("c"), vec![flagged("1", "ann", "ada", None)]);
    assert_eq!(kept.read_seqs, [1, 0, 0]);
}

#[test]
fn marks_end_before_the_oldest_unread_message_and_not_before_an_own_one() {
    let yes = Some(true);
    let no = Some(false);
    for (flags, marks) in [
        // The sides take turns; what the buyer reads moves nobody else's mark.
        (vec![("ann", "ada", yes), ("ada", "ann", no)], [1, 0, 2]),
        (vec![("ann", "ada", no), ("ann", "ada", yes)], [2, 0, 0]),
        (
            vec![("ann", "ada", no), ("ada", "ann", no), ("ann", "ada", no)],
            [3, 0, 2],
        ),
        (
            vec![("ann", "ada", no), ("ada", "ann", no), ("ann", "ada", yes)],
            [3, 0, 3],
        ),
        (vec![], [0, 0, 0]),
    ] {
        let messages = flags
            .iter()
            .enumerate()
            .map(|(n, (sender, receiver, is_read))| {
                flagged(&n.to_string(), sender, receiver, *is_read)
            });
        let (kept, _) = kept(conversation("c"), messages.collect());
        assert_eq!(kept.read_seqs, marks, "{flags:?}");
    }
}

#[test]
fn a_flag_belongs_to_the_recipient_of_its_message() {
    let old = OldConversation {
        supplier: text("sam"),
        ..conversation("c")
    };
    let (kept, _) = kept(old, vec![flagged("1", "ann", "sam", Some(false))]);
    assert_eq!(kept.read_seqs, [1, 0, 1]);
}

#[test]
fn without_flags_everything_counts_as_read() {
    let sent = flagged("1", "ann", "ada", None);
    let group = group(vec![conversation("c")], vec![sent], &facts(), false, at(0));
    assert_eq!(group.kept[0].read_seqs, [1, 0, 1]);
}

#[test]
fn an_id_that_cannot_be_kept_is_told() {
    for id in ["", &"x".repeat(129)] {
        let sent = message(id, 1);
        let (kept, said) = kept(conversation("c"), vec![sent]);
        assert_eq!(kept.messages[0].id, None);
        assert_eq!(said, [Reason::MessageId]);
    }
}

#[test]
fn products_that_a_message_names_are_told() {
    for (products, is_told) in [(r#"["p-1"]"#, true), ("[]", false)] {
        let sent = OldMessage {
            products: text(products),
            ..message("1", 1)
        };
        let (_, said) = kept(conversation("c"), vec![sent]);
        assert_eq!(said.contains(&Reason::ProductsLeft), is_told);
    }
}

/// A text of the database holds no NUL, and JSON does.
#[test]
fn a_nul_in_what_is_left_out_reaches_no_database() {
    let sent = OldMessage {
        files: text(r#"["a\u0000b"]"#),
        ..message("1", 1)
    };
    let group = converted(vec![conversation("c")], vec![sent]);
    let details: Vec<_> = group
        .notes
        .iter()
        .filter_map(|note| note.detail.as_deref())
        .collect();
    assert_eq!(details, ["ab"]);
}
