//! Whole conversations with their history, as the demo, an import and an old chat bring them.

use chat::{
    attachment::{Attachment, FileState, MediaType},
    conversation::Kind,
    ids::{AttachmentId, ConversationId, UserId},
    message::FORMER_ADMINISTRATOR,
    person::Role,
    storage::{Anchor, Conversations, Messages, ReadMarks, Uploads},
    timestamp::Timestamp,
};
use chat_postgres::{BulkConversation, BulkFile, BulkMessage, Places};

use crate::support::Fixture;

fn message(number: i64, from: Role) -> BulkMessage {
    let (sender, receiver) = match from {
        Role::Buyer => (Some("ann"), Some("sam")),
        Role::Supplier => (Some("sam"), Some("ann")),
        Role::Admin => (None, Some("ann")),
    };
    BulkMessage {
        id: format!("message-{number}"),
        sender: sender.map(str::to_owned),
        is_former_user: false,
        sender_type: from,
        receiver: receiver.map(str::to_owned),
        text: format!("größe {number}"),
        files: Vec::new(),
        client_message_id: None,
        created_at: Timestamp::from_micros(number),
    }
}

fn conversation(messages: Vec<BulkMessage>) -> BulkConversation {
    BulkConversation {
        id: "c1".into(),
        kind: Kind::BuyerSupplier,
        places: Places {
            buyer: "ann".into(),
            supplier: Some("sam".into()),
            admin: None,
        },
        product: None,
        subject: Some("Steel".into()),
        purpose: (None, None),
        created_at: Timestamp::from_micros(0),
        read_seqs: [2, 9, 9],
        messages,
    }
}

#[tokio::test]
async fn a_whole_conversation_comes_with_its_order_its_marks_and_its_files() {
    let fixture = Fixture::new().await;
    fixture.people().await;
    let file = Attachment {
        link: None,
        id: AttachmentId::new("01900000-0000-7000-8000-000000000001"),
        name: "offer.pdf".into(),
        kind: MediaType::Pdf,
        charset: None,
        size: 5,
        pixels: None,
        has_thumbnail: false,
        state: FileState::Open,
    };
    let (ann, now) = (UserId::new("ann"), Timestamp::from_micros(0));
    assert!(fixture.storage.add(&ann, &file, now).await.unwrap());
    let mut last = message(3, Role::Buyer);
    last.text = String::new();
    last.files = vec![BulkFile {
        id: file.id.to_string(),
        name: file.name.clone(),
    }];
    let messages = vec![message(1, Role::Supplier), message(2, Role::Admin), last];

    assert!(
        fixture
            .storage
            .fill(&[conversation(messages)])
            .await
            .unwrap()
    );

    let id = ConversationId::new("c1");
    let found = fixture.storage.get(&id).await.unwrap().unwrap();
    assert_eq!((found.last_seq, found.rev), (3, 4));
    assert_eq!(found.last_message.as_deref(), Some("offer.pdf"));
    assert_eq!(found.last_message_at, Some(Timestamp::from_micros(3)));
    assert_eq!(found.buyer.last_read_seq, 2);
    assert_eq!(
        found.supplier.unwrap().last_read_seq,
        3,
        "no further than there are"
    );
    assert_eq!(fixture.writer.unread_count(&ann).await.unwrap(), 1);
    let page = fixture
        .writer
        .history(&id, &Anchor::Newest, 10, 0)
        .await
        .unwrap();
    let page = page.unwrap();
    let said: Vec<_> = page
        .messages
        .iter()
        .map(|message| (message.seq, &*message.text, message.sender.is_some()))
        .collect();
    assert_eq!(
        said,
        [(3, "", true), (2, "größe 2", false), (1, "größe 1", true)]
    );
    assert_eq!(page.messages[0].files, std::slice::from_ref(&file));
    assert_eq!(page.messages[1].sender_name, FORMER_ADMINISTRATOR);
    let kept = fixture.storage.find(&file.id).await.unwrap().unwrap();
    assert_eq!(kept.sent_in, Some(id));
}
