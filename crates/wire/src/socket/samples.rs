//! What the examples of the document are made of, and one frame of each type of a client.

use std::collections::BTreeMap;

use chat::{
    ids::{ConversationId, MessageId, NotificationId, ProductId, UserId},
    timestamp::Timestamp,
};

use super::client_frame::{
    Authenticate, ClientFrame, Empty, MarkReadFrame, Resume, Seen, TypingFrame,
};
use crate::{
    conversation::{Conversation, Participant, Participants, Product},
    file::File,
    message::{Message, Reaction, ReplyTo},
    notification::Notification,
    settings::Settings,
    words::{ConversationType, MessageKind, Role},
};

pub const CONVERSATION: &str = "019a0c2e-7d40-7c11-9a52-6f0a4c1b7e01";
const OTHER: &str = "019a0c2e-9f10-7b03-8d1c-2b7f3e5a9c02";
const MESSAGE: &str = "019a0c31-1c58-7e90-b6a4-90d1f2c3a403";
const FILE: &str = "019a0c30-e2a1-7f64-a0c9-5be81d7c6f04";
pub const BUYER: &str = "buyer-amelie";
pub const SUPPLIER: &str = "supplier-tanaka";

pub fn client_frames() -> Vec<ClientFrame> {
    let since = |id, seq, rev| (ConversationId::new(id), Seen::new(seq, rev));
    vec![
        ClientFrame::Authenticate(Authenticate {
            token: Some("eyJhbGciOiJIUzI1NiJ9.e30.signature".to_owned()),
            since: Some(BTreeMap::from([since(CONVERSATION, 41, Some(97))])),
        }),
        ClientFrame::Resume(Resume {
            since: BTreeMap::from([since(OTHER, 7, Some(12))]),
        }),
        ClientFrame::Typing(TypingFrame {
            conversation_id: ConversationId::new(CONVERSATION),
            is_typing: Some(true),
        }),
        ClientFrame::Read(MarkReadFrame {
            conversation_id: ConversationId::new(CONVERSATION),
            up_to: Some(MessageId::new(MESSAGE)),
        }),
        ClientFrame::Ping(Empty {}),
    ]
}

pub fn message() -> Message {
    Message {
        id: MessageId::new(MESSAGE),
        conversation_id: ConversationId::new(CONVERSATION),
        seq: 42,
        sender_id: Some(UserId::new(SUPPLIER)),
        sender_name: "Tanaka Bearings".to_owned(),
        sender_type: Role::Supplier,
        receiver_id: Some(UserId::new(BUYER)),
        message: "500 pieces: EUR 1.18 each, ex works.".to_owned(),
        attachments: vec![FILE.to_owned()],
        files: vec![File {
            id: FILE.to_owned(),
            name: "quote-500.pdf".to_owned(),
            kind: "application/pdf".to_owned(),
            size: 48_213,
            width: None,
            height: None,
            url: format!("/api/chat/attachments/{FILE}?expires=1772362803&signature=kx0"),
            thumbnail_url: None,
            is_external: None,
            state: None,
        }],
        client_message_id: Some("3f2a-1".to_owned()),
        is_read: false,
        created_at: at(3),
        kind: MessageKind::Text,
        system: None,
        edited_at: None,
        deleted_at: None,
        deleted_by: None,
        reply_to: None,
        reactions: Vec::new(),
        changed_rev: None,
        offer: None,
        request: None,
    }
}

/// The same, corrected since, with what it answers and a reaction.
pub fn updated_message() -> Message {
    Message {
        message: "500 pieces: EUR 1.16 each, ex works.".to_owned(),
        edited_at: Some(at(40)),
        reply_to: Some(ReplyTo {
            id: MessageId::new(OTHER),
            seq: 41,
            sender_name: "Amélie Fournier".to_owned(),
            preview: "Could you quote 500 pieces?".to_owned(),
            is_deleted: false,
        }),
        reactions: vec![Reaction {
            emoji: "👍".to_owned(),
            user_ids: vec![UserId::new(BUYER)],
        }],
        changed_rev: Some(100),
        ..message()
    }
}

pub fn conversation() -> Conversation {
    let participant = |id, name: &str, company: Option<&str>, last_read_seq| Participant {
        id: UserId::new(id),
        name: name.to_owned(),
        company: company.map(str::to_owned),
        is_online: true,
        last_read_seq,
        time_zone: None,
        working_hours: None,
        answers_within_minutes: None,
    };
    Conversation {
        id: ConversationId::new(CONVERSATION),
        kind: ConversationType::BuyerSupplier,
        participants: Participants {
            buyer: participant(BUYER, "Amélie Fournier", Some("Fournier Frères"), 41),
            supplier: Some(participant(SUPPLIER, "Tanaka Bearings", None, 42)),
            admin: None,
        },
        product: Some(Product {
            id: ProductId::new("product-ball-bearing"),
            name: "Ball bearing 6204".to_owned(),
            image: "/pictures/ball-bearing.svg".to_owned(),
        }),
        last_message: Some("500 pieces: EUR 1.18 each, ex works.".to_owned()),
        subject: Some("Order 7".into()),
        last_message_at: Some(at(3)),
        unread_count: 1,
        last_read_seq: Some(41),
        last_seq: 42,
        rev: 98,
        offer: None,
        messages_rev: Some(90),
        created_at: at(-86_400),
        settings: Some(Settings {
            is_pinned: true,
            ..Settings::default()
        }),
        blocked_by: None,
        closed_at: None,
        closed_reason: None,
    }
}

pub fn notification() -> Notification {
    Notification {
        id: NotificationId::new("019a0c31-1c58-7e90-b6a4-90d1f2c3a406"),
        conversation_id: ConversationId::new(CONVERSATION),
        count: 2,
        title: "Ball bearing 6204".to_owned(),
        sender_name: "Tanaka Bearings".to_owned(),
        preview: "500 pieces: EUR 1.18 each, ex works.".to_owned(),
        is_read: false,
        created_at: at(0),
        updated_at: at(3),
    }
}

/// So many seconds after 2026-03-01T10:00:00Z.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_772_359_200_000_000).plus_seconds(seconds)
}
