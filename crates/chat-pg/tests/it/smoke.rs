use chat::{
    audit::{Act, Source},
    conversation::Kind,
    ids::{AuditId, ConversationId, MessageId, UserId},
    message::Draft,
    person::Role,
    storage::{Append, ChatStorage, Directory, NewConversation, UserRecord},
    timestamp::Timestamp,
};

use crate::support::Fixture;

fn draft(n: u32, conversation: &ConversationId, client: Option<&str>) -> Draft {
    Draft {
        id: MessageId::new(format!("message-{n}")),
        conversation: conversation.clone(),
        sender: UserId::new("ann"),
        sender_name: "Ann".into(),
        sender_role: Role::Buyer,
        text: format!("text {n}"),
        preview: format!("text {n}"),
        files: Vec::new(),
        client_message_id: client.map(Into::into),
        source: Source::default(),
        now: Timestamp::from_micros(1_000_000_000 + i64::from(n)),
    }
}

#[tokio::test]
async fn many_sends_at_once_share_transactions_and_keep_one_order() {
    let fixture = Fixture::new().await;
    let storage = &fixture.storage;
    for (id, role) in [("ann", Role::Buyer), ("sam", Role::Supplier)] {
        let user = UserRecord {
            id: UserId::new(id),
            name: id.to_uppercase(),
            email: String::new(),
            role,
            is_active: true,
        };
        storage.put_user(&user).await.unwrap();
    }
    let new = NewConversation {
        id: ConversationId::new("c1"),
        kind: Kind::BuyerSupplier,
        buyer: UserId::new("ann"),
        supplier: Some(UserId::new("sam")),
        admin: None,
        product: None,
        assign_admin: false,
        now: Timestamp::from_micros(0),
    };
    let act = Act {
        id: AuditId::new("act"),
        at: new.now,
        actor: None,
        source: Source::default(),
    };
    let opened = storage.open(new, act, &fixture.bus).await.unwrap();
    assert!(opened.created);
    let id = opened.conversation.id;

    let sends = (0..300).map(|n| {
        let (storage, bus, id) = (storage.clone(), fixture.bus.clone(), id.clone());
        let client = (n % 3 == 0).then_some("same");
        tokio::spawn(async move { storage.append(draft(n, &id, client), &bus).await.unwrap() })
    });
    let sends: Vec<_> = sends.collect();
    let mut created = 0;
    for send in sends {
        created += i64::from(matches!(send.await.unwrap(), Append::Created(_)));
    }
    assert_eq!(created, 201);

    let seqs: Vec<i64> = fixture
        .heard
        .0
        .lock()
        .unwrap()
        .iter()
        .filter_map(|event| event.kind.revision().map(|(_, rev)| rev))
        .collect();
    assert_eq!(seqs, (1..=created + 1).collect::<Vec<_>>());
    assert_eq!(
        storage.unread_count(&UserId::new("sam")).await.unwrap(),
        created
    );
    assert_eq!(storage.unread_count(&UserId::new("ann")).await.unwrap(), 0);
}
