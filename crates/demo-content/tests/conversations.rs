//! The conversations of the demo are believable.

use std::collections::HashSet;

use demo_content::{
    Conversation, ConversationKind, Last, Role, Speaker, conversations, marketplace,
};

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
        conversation.kind == ConversationKind::Support && conversation.admin.is_none()
    });
    assert_eq!(waiting.count(), 2);
    let three = others
        .iter()
        .filter(|conversation| conversation.supplier.is_some() && conversation.admin.is_some());
    assert!(three.count() >= 10);
}

#[test]
fn there_is_one_for_each_purpose() {
    let mut seen = HashSet::new();
    for conversation in conversations() {
        let admin = conversation
            .admin
            .filter(|_| conversation.kind == ConversationKind::BuyerAdmin);
        let purpose = (
            conversation.kind,
            conversation.buyer,
            conversation.supplier,
            conversation.product,
            admin,
        );
        assert!(seen.insert(purpose), "{purpose:?}");
    }
}

#[test]
fn everybody_named_exists_and_only_participants_speak() {
    let market = marketplace();
    let role = |id| market.person(id).map(|person| person.role);
    for conversation in conversations() {
        assert_eq!(role(conversation.buyer), Some(Role::Buyer));
        if let Some(supplier) = conversation.supplier {
            assert_eq!(role(supplier), Some(Role::Supplier));
        }
        if let Some(admin) = conversation.admin {
            assert_eq!(role(admin), Some(Role::Admin));
        }
        let (supplier, admin) = (conversation.supplier, conversation.admin);
        match conversation.kind {
            ConversationKind::BuyerSupplier => assert!(supplier.is_some()),
            ConversationKind::BuyerAdmin => assert!(supplier.is_none() && admin.is_some()),
            ConversationKind::Support => assert!(supplier.is_none()),
        }
        if let (Some(product), Some(supplier)) = (conversation.product, supplier) {
            let product = market.product(product).expect("a product");
            let seller = market
                .suppliers
                .iter()
                .find(|seller| seller.id == product.supplier_id);
            assert_eq!(seller.map(|seller| seller.user_id.as_str()), Some(supplier));
        }
        for message in &conversation.messages {
            assert!(match message.from {
                Speaker::Buyer => true,
                Speaker::Supplier => supplier.is_some(),
                Speaker::Admin => admin.is_some(),
            });
        }
    }
}

#[test]
fn marks_lie_between_the_own_last_message_and_the_last_one() {
    for conversation in conversations() {
        let last = i64::try_from(conversation.messages.len()).expect("short enough");
        let seats = [
            (
                Speaker::Buyer,
                Some(conversation.buyer),
                conversation.read.buyer,
            ),
            (
                Speaker::Supplier,
                conversation.supplier,
                conversation.read.supplier,
            ),
            (Speaker::Admin, conversation.admin, conversation.read.admin),
        ];
        for (seat, person, mark) in seats {
            let own = conversation
                .messages
                .iter()
                .rposition(|message| message.from == seat);
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
            let id = Some(person.id.as_str());
            (Some(conversation.buyer) == id && conversation.read.buyer < last)
                || (conversation.supplier == id && conversation.read.supplier < last)
                || (conversation.admin == id && conversation.read.admin < last)
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
fn times_run_forward_and_go_back_half_a_year() {
    for conversation in conversations() {
        let mut messages = conversation.messages.iter();
        assert!(messages.next().is_none_or(|first| first.after == 0));
        assert!(messages.all(|message| message.after > 0));
        let length: i64 = conversation.messages.iter().map(|said| said.after).sum();
        if let Last::SecondsAgo(seconds) = conversation.last {
            assert!(length + seconds < 200 * 24 * 3_600);
        }
        assert!(conversation.opened > 0);
    }
}
