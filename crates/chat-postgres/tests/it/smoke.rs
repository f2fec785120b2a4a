use chat::{
    ids::UserId,
    storage::{Append, Messages, ReadMarks},
};

use crate::support::{Fixture, draft};

#[tokio::test]
async fn many_sends_at_once_share_transactions_and_keep_one_order() {
    let fixture = Fixture::new().await;
    let writer = &fixture.writer;
    fixture.people().await;
    let id = fixture.conversation("c1").await;

    let sends = (0..300).map(|n| {
        let (writer, id) = (writer.clone(), id.clone());
        let client = (n % 3 == 0).then_some("same");
        tokio::spawn(async move { writer.append(draft(n, &id, client)).await.unwrap() })
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
        writer.unread_count(&UserId::new("sam")).await.unwrap(),
        created
    );
    assert_eq!(writer.unread_count(&UserId::new("ann")).await.unwrap(), 0);
}
