//! The conversations of the demo are believable, and the same at every start.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use demo_data::{
    Conversation, ConversationKind, Role, conversations, conversations_at, marketplace,
};

const DAY: i64 = 86_400;

fn checksum(conversations: &[Conversation], with_times: bool) -> u64 {
    let mut hasher = DefaultHasher::new();
    for conversation in conversations {
        conversation.id.hash(&mut hasher);
        conversation.kind.hash(&mut hasher);
        (conversation.buyer_id, conversation.supplier_user_id).hash(&mut hasher);
        (conversation.admin_id, conversation.product_id).hash(&mut hasher);
        conversation.buyer_last_read_seq.hash(&mut hasher);
        conversation.supplier_last_read_seq.hash(&mut hasher);
        conversation.admin_last_read_seq.hash(&mut hasher);
        for message in &conversation.messages {
            (&message.id, message.sender_id, &message.text).hash(&mut hasher);
            if with_times {
                message.seconds_ago.hash(&mut hasher);
            }
        }
    }
    hasher.finish()
}

#[test]
fn they_are_the_same_at_every_start() {
    assert_eq!(
        checksum(&conversations(), true),
        checksum(&conversations(), true)
    );
}

#[test]
fn on_another_day_only_the_times_differ() {
    let usual = checksum(&conversations(), false);
    for now in [
        1_767_225_600,
        1_790_000_000,
        1_801_234_567,
        1_801_234_567 + 3 * DAY,
    ] {
        let then = conversations_at(now);
        assert_eq!(checksum(&then, false), usual);
        assert_times(&then);
    }
}

#[test]
fn there_are_enough_of_them() {
    let all = conversations();
    assert!(all.len() >= 220, "{}", all.len());
    let (long, others): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|conversation| conversation.messages.len() > 1_000);
    assert_eq!(long.len(), 1);
    assert_eq!(long[0].messages.len(), 10_000);
    let messages: usize = others
        .iter()
        .map(|conversation| conversation.messages.len())
        .sum();
    assert!(messages >= 5_500, "{messages}");
    let silent = others
        .iter()
        .filter(|conversation| conversation.messages.is_empty())
        .count();
    assert!((3..=8).contains(&silent), "{silent}");
    let waiting = others.iter().filter(|conversation| {
        conversation.kind == ConversationKind::Support && conversation.admin_id.is_none()
    });
    assert_eq!(waiting.count(), 2);
    let three = others.iter().filter(|conversation| {
        conversation.supplier_user_id.is_some() && conversation.admin_id.is_some()
    });
    assert!(three.count() >= 10);
}

#[test]
fn there_is_one_for_each_purpose() {
    let mut seen = HashSet::new();
    let mut ids = HashSet::new();
    for conversation in conversations() {
        let admin = conversation
            .admin_id
            .filter(|_| conversation.kind == ConversationKind::BuyerAdmin);
        let purpose = (
            conversation.kind,
            conversation.buyer_id,
            conversation.supplier_user_id,
            conversation.product_id,
            admin,
        );
        assert!(seen.insert(purpose), "{purpose:?}");
        assert_id(&conversation.id);
        assert!(ids.insert(conversation.id));
        let mut last = String::new();
        for message in conversation.messages {
            assert_id(&message.id);
            assert!(message.id > last, "ids grow");
            last.clone_from(&message.id);
            assert!(ids.insert(message.id));
        }
    }
}

fn assert_id(id: &str) {
    let parts: Vec<&str> = id.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    assert_eq!(lengths, [8, 4, 4, 4, 12]);
    assert!(
        parts[2].starts_with('7') && parts[3].starts_with(['8', '9', 'a', 'b']),
        "{id}"
    );
    assert!(
        id.chars()
            .all(|digit| digit == '-' || digit.is_ascii_hexdigit())
    );
}

#[test]
fn everybody_named_exists_and_only_participants_speak() {
    let market = marketplace();
    let role = |id| market.person(id).map(|person| person.role);
    for conversation in conversations() {
        assert_eq!(role(conversation.buyer_id), Some(Role::Buyer));
        if let Some(supplier) = conversation.supplier_user_id {
            assert_eq!(role(supplier), Some(Role::Supplier));
        }
        if let Some(admin) = conversation.admin_id {
            assert_eq!(role(admin), Some(Role::Admin));
        }
        let (supplier, admin) = (conversation.supplier_user_id, conversation.admin_id);
        match conversation.kind {
            ConversationKind::BuyerSupplier => assert!(supplier.is_some()),
            ConversationKind::BuyerAdmin => assert!(supplier.is_none() && admin.is_some()),
            ConversationKind::Support => assert!(supplier.is_none()),
        }
        if let (Some(product), Some(supplier)) = (conversation.product_id, supplier) {
            let product = market.product(product).expect("a product");
            let seller = market
                .suppliers
                .iter()
                .find(|seller| seller.id == product.supplier_id);
            assert_eq!(seller.map(|seller| seller.user_id), Some(supplier));
        }
        let seats = [Some(conversation.buyer_id), supplier, admin];
        for message in &conversation.messages {
            assert!(seats.contains(&Some(message.sender_id)));
        }
    }
}

#[test]
fn marks_lie_between_the_own_last_message_and_the_last_one() {
    for conversation in conversations() {
        let last = i64::try_from(conversation.messages.len()).expect("short enough");
        let seats = [
            (
                Some(conversation.buyer_id),
                conversation.buyer_last_read_seq,
            ),
            (
                conversation.supplier_user_id,
                conversation.supplier_last_read_seq,
            ),
            (conversation.admin_id, conversation.admin_last_read_seq),
        ];
        for (person, mark) in seats {
            let own = conversation
                .messages
                .iter()
                .rposition(|message| Some(message.sender_id) == person);
            let own = own.map_or(0, |index| i64::try_from(index).expect("short enough") + 1);
            assert!((own..=last).contains(&mark), "{own} {mark} {last}");
            assert!(person.is_some() || mark == 0);
        }
    }
}

#[test]
fn everybody_has_something_unread_and_nobody_drowns() {
    let all = conversations();
    for person in &marketplace().people {
        let unread = all.iter().filter(|conversation| {
            let last = i64::try_from(conversation.messages.len()).expect("short enough");
            let id = Some(person.id);
            (Some(conversation.buyer_id) == id && conversation.buyer_last_read_seq < last)
                || (conversation.supplier_user_id == id
                    && conversation.supplier_last_read_seq < last)
                || (conversation.admin_id == id && conversation.admin_last_read_seq < last)
        });
        let unread = unread.count();
        assert!((1..=9).contains(&unread), "{}: {unread}", person.id);
    }
}

#[test]
fn texts_are_plain_and_finished() {
    for conversation in conversations() {
        for message in &conversation.messages {
            let text = &message.text;
            assert!(!text.is_empty() && text.chars().count() <= 10_000);
            assert_eq!(text.trim(), text);
            assert!(
                !text.contains(['<', '>', '{', '}', '[', ']', '|', '\\', '\r', '\t']),
                "{text}"
            );
            assert!(!text.contains("  "), "{text}");
            let marks = [
                '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}',
            ];
            assert!(!text.contains(marks));
            assert!(
                text.chars()
                    .all(|letter| letter == '\n' || !letter.is_control())
            );
        }
    }
}

#[test]
fn people_write_in_many_languages() {
    let all = conversations();
    let written = |hint: &str| {
        let said = |conversation: &&Conversation| {
            conversation
                .messages
                .iter()
                .filter(|message| message.text.contains(hint))
                .count()
                > 0
        };
        all.iter().filter(said).count()
    };
    for hint in [
        "Guten Tag",
        "Bonjour",
        "Gracias",
        "Buongiorno",
        "Obrigado",
        "Merhaba",
        "谢谢",
        "ありがとうございます",
        "شكراً",
        "Thank you",
    ] {
        assert!(written(hint) >= 2, "{hint}");
    }
}

#[test]
fn times_run_forward_to_this_minute() {
    assert_times(&conversations());
}

fn assert_times(all: &[Conversation]) {
    let mut newest = i64::MAX;
    for conversation in all {
        let mut before = conversation.created_minutes_ago * 60 + 60;
        for message in &conversation.messages {
            assert!(message.seconds_ago < before && message.seconds_ago > 0);
            before = message.seconds_ago;
        }
        if !conversation.messages.is_empty() {
            newest = newest.min(before);
        }
        if conversation.messages.len() < 1_000 {
            assert!(conversation.created_minutes_ago < 215 * 24 * 60);
        }
    }
    assert!(newest < 120, "{newest}");
}

#[test]
fn nights_and_weekends_are_quiet() {
    // Saturday, 10 January 2026, 12:00 UTC.
    let now = 1_768_046_400;
    let all = conversations_at(now);
    let moments = all
        .iter()
        .flat_map(|conversation| &conversation.messages)
        .map(|message| now - message.seconds_ago);
    let (mut all, mut weekend) = (0, 0);
    for moment in moments {
        all += 1;
        // 1970-01-01 was a Thursday.
        weekend += i32::from(matches!((moment.div_euclid(DAY) + 4).rem_euclid(7), 0 | 6));
    }
    assert!(weekend * 50 < all, "{weekend} of {all}");
}
