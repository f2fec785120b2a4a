//! What a search compares: the database and the model fold text alike.

use chat::search::fold;

use crate::support::Fixture;

#[tokio::test]
async fn the_database_folds_every_letter_as_the_model_does() {
    let fixture = Fixture::new().await;
    let blocks = [
        // Without what Unicode added later than some PostgreSQL was built.
        '\u{20}'..='\u{556}',
        '\u{559}'..='\u{58A}',
        '\u{58D}'..='\u{5FF}',
        '\u{600}'..='\u{6FF}',
        '\u{900}'..='\u{97F}',
        '\u{E00}'..='\u{E7F}',
        '\u{1E00}'..='\u{1FFF}',
        '\u{3040}'..='\u{30FF}',
        '\u{4E00}'..='\u{4EFF}',
        '\u{AC00}'..='\u{ACFF}',
        '\u{FB00}'..='\u{FB06}',
        '\u{FF01}'..='\u{FF9F}',
    ];
    let letters: Vec<String> = blocks
        .into_iter()
        .flatten()
        .map(|letter| format!("a{letter}b"))
        .collect();
    let folded: Vec<String> = sqlx::query_scalar(
        "select haggle.fold(letter) from unnest($1::text[]) with ordinality as l (letter, place) order by place",
    )
    .bind(&letters)
    .fetch_all(&fixture.database.pool().await)
    .await
    .unwrap();
    let differ: Vec<_> = letters
        .iter()
        .zip(&folded)
        .filter(|(letter, folded)| fold(letter) != **folded)
        .collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[tokio::test]
async fn a_send_of_a_folded_preview_stays_heap_only() {
    use crate::support::draft;
    use chat::storage::{Append, Messages};

    let fixture = Fixture::new().await;
    fixture.people().await;
    let id = fixture.conversation("c1").await;
    let pool = fixture.database.pool().await;
    for number in 0..20 {
        let mut draft = draft(number, &id, None);
        draft.preview = format!("Größe {number}");
        let sent = fixture.writer.append(draft).await.unwrap();
        assert!(matches!(sent, Append::Created(_)));
    }
    let kept: Option<String> =
        sqlx::query_scalar("select last_message_folded from haggle.conversations")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(kept.as_deref(), Some("grosse 19"));
    let indexed: i64 = sqlx::query_scalar(
        "select count(*) from pg_index i join pg_attribute a
           on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
         where i.indrelid = 'haggle.conversations'::regclass
           and a.attname in ('last_message', 'last_message_folded', 'last_seq', 'rev')",
    )
    .fetch_one(&pool)
    .await
    .unwrap();
    assert_eq!(indexed, 0, "what every send changes is in no index");
}
