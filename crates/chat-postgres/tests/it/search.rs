//! What a search compares: the database and the model fold text alike.

use chat::{
    ids::{MessageId, UserId},
    message_search::Wanted,
    search::fold,
    storage::{MessageSearch, SearchQuery, SearchScope},
};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row, raw_sql};

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

/// What a search asks, as sqlx keeps it: the statement, and the types of what it is given.
fn statements_of_a_search() -> Vec<(String, Vec<String>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/.sqlx");
    let mut statements = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let kept: Value = serde_json::from_str(&text).unwrap();
        let statement = kept["query"].as_str().unwrap().trim().to_owned();
        let is_search = statement.contains("haggle.search_chunks") && statement.contains("limit $")
            || statement.contains("as lead (id, first_seq, last_seq");
        if is_search {
            let types = kept["describe"]["parameters"]["Left"].as_array().unwrap();
            let types = types.iter().map(|of| of.as_str().unwrap().to_owned());
            statements.push((statement, types.collect()));
        }
    }
    statements
}

/// 40,000 rows of the index of 1,000 conversations, and the messages of some.
const MUCH: &str = "
    insert into haggle.search_chunks
    select
      'c' || n % 1000, n / 1000 * 32 + 1, n / 1000 * 32 + 32,
      timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '2 minutes',
      'b' || n % 50, 'u' || n % 1000,
      array_to_tsvector(array['steel', '@b' || n % 50, 'po' || n])
    from generate_series(0, 39999) n;
    insert into haggle.conversations (id, buyer_id, supplier_id, product_key, last_seq)
    select 'c' || n, 'ann', 'sam', 'p' || n, 40 from generate_series(0, 999) n;
    insert into haggle.message_rows (id, conversation_id, seq, sender_type, message, created_at)
    select 'm' || n, 'c' || n % 1000, 1 + n / 1000, 'buyer', 'Steel', timestamptz '2026-01-01' + n * interval '1 minute'
    from generate_series(0, 39999) n;
    analyze haggle.search_chunks, haggle.message_rows";

#[tokio::test]
async fn no_search_reads_a_table_from_end_to_end() {
    let fixture = Fixture::new().await;
    fixture.people().await;
    let pool = fixture.database.pool().await;
    raw_sql(MUCH).execute(&pool).await.unwrap();
    let statements = statements_of_a_search();
    assert_eq!(statements.len(), 6, "{statements:#?}");
    for (statement, types) in statements {
        let is_by_words = statement.contains("where words @@");
        let given = types.iter().map(|of| match &**of {
            "Text" if is_by_words => "'po7'",
            "Text" if statement.contains("conversation_id = $1") => "'c7'",
            "Text" => "'u7'",
            "Varchar" => "'c7'",
            "Int8" => "400",
            "Timestamptz" => "'2027-01-01'",
            "VarcharArray" => "array['c1']",
            "Int8Array" => "array[65]",
            other => panic!("what is a {other}?"),
        });
        let given: Vec<_> = given.collect();
        for mode in ["force_custom_plan", "force_generic_plan"] {
            let mut session = pool.acquire().await.unwrap();
            // What by_words sets itself.
            let settings = if is_by_words {
                "set enable_indexscan = off; set enable_seqscan = off"
            } else {
                "reset enable_indexscan; reset enable_seqscan"
            };
            let prepared = format!(
                "{settings}; set plan_cache_mode = {mode}; deallocate all; prepare asked as {statement}"
            );
            raw_sql(AssertSqlSafe(prepared))
                .execute(&mut *session)
                .await
                .unwrap();
            let explain = format!("explain execute asked ({})", given.join(", "));
            let plan: Vec<String> = raw_sql(AssertSqlSafe(explain))
                .fetch_all(&mut *session)
                .await
                .unwrap()
                .iter()
                .map(|row| row.get(0))
                .collect();
            let plan = plan.join("\n");
            // Attachments are few here, and looked up only for messages that have some.
            let scans = plan.lines().filter(|line| line.contains("Seq Scan"));
            let scans: Vec<_> = scans.filter(|line| !line.contains("attachments")).collect();
            assert!(scans.is_empty(), "{mode}\n{statement}\n{plan}");
        }
    }
}

fn query(scope: SearchScope, text: &str, limit: i64) -> SearchQuery {
    SearchQuery {
        scope,
        wanted: Wanted::parse(text).unwrap(),
        from: None,
        to: None,
        cursor: None,
        limit,
    }
}

/// A row of the index spans a week, so nearly every conversation of a busy time has one that spans a page's end.
#[tokio::test]
async fn pages_of_many_conversations_at_once_come_in_their_order() {
    let fixture = Fixture::new().await;
    fixture.people().await;
    let pool = fixture.database.pool().await;
    // In turn: each has a message among any 700.
    let much = "
        insert into haggle.conversations (id, buyer_id, supplier_id, product_key, last_seq)
        select 'c' || n, 'ann', 'sam', 'p' || n, 4 from generate_series(0, 699) n;
        insert into haggle.message_rows (id, conversation_id, seq, sender_type, message, created_at)
        select 'm' || lpad(n::text, 4, '0'), 'c' || n % 700, 1 + n / 700, 'buyer', 'Steel',
          timestamptz '2026-01-01' + n * interval '1 second'
        from generate_series(0, 2799) n;
        insert into haggle.search_chunks
        select
          'c' || n, 1, 4, timestamptz '2026-01-01' + n * interval '1 second',
          timestamptz '2026-01-01' + (n + 2100) * interval '1 second', 'ann', 'sam',
          array_to_tsvector(array['steel', '@ann'])
        from generate_series(0, 699) n;
        analyze haggle.search_chunks, haggle.message_rows";
    raw_sql(much).execute(&pool).await.unwrap();
    for scope in [SearchScope::All, SearchScope::Of(UserId::new("ann"))] {
        let mut query = query(scope, "steel", 500);
        let (mut found, mut pages) = (Vec::new(), 0);
        loop {
            let page = fixture.storage.search(&query).await.unwrap();
            found.extend(page.messages.into_iter().map(|message| message.id));
            pages += 1;
            query.cursor = page.next;
            if query.cursor.is_none() {
                break;
            }
        }
        let expected = (0..2800).rev().map(|n| MessageId::new(format!("m{n:04}")));
        assert!(found.into_iter().eq(expected));
        assert!(pages < 20, "{pages} pages");
    }
}

#[tokio::test]
async fn a_message_with_more_words_than_an_index_holds_is_found_by_the_first() {
    let fixture = Fixture::new().await;
    fixture.people().await;
    let pool = fixture.database.pool().await;
    let id = fixture.conversation("c").await;
    // Numbers come before who sits there.
    let long = "
        insert into haggle.message_rows (id, conversation_id, seq, sender_type, message)
        select 'm', 'c', 1, 'buyer', string_agg(lpad(n::text, 9, '0'), ' ')
        from generate_series(1, 150000) n;
        update haggle.conversations set last_seq = 1, rev = rev + 1";
    raw_sql(long).execute(&pool).await.unwrap();
    fixture.storage.index(&[id]).await.unwrap();
    let query = query(SearchScope::Of(UserId::new("ann")), "000000007", 10);
    let page = fixture.storage.search(&query).await.unwrap();
    assert_eq!(page.messages.len(), 1);
}
