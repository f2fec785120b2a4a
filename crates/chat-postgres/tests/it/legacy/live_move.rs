//! A move while the old application goes on: what it writes meanwhile is neither doubled nor lost.

use std::{cell::Cell, sync::Arc};

use chat::storage::Storage;
use chat_postgres::{PgStorage, TakeOver};
use sqlx::AssertSqlSafe;
use test_support::old_chat::Dirt;

use super::dirty_market::DirtyMarket;
use crate::support::Heard;

const DIRT: Dirt = Dirt {
    seed: 11,
    conversations: 60,
    messages: 600,
};

/// Of every third statement a conversation, of the others a message in one that is there, and all that
/// is unread is read at times.
fn writing(number: u32) -> String {
    match number % 5 {
        0 => format!(
            "insert into public.conversations (id, buyer_id, unread_count_admin, product_id)
             select 'live-{number}', id, '', 'live-{number}' from public.users where role = 'buyer' order by id limit 1;
             insert into public.messages (id, conversation_id, sender_id, receiver_id, message)
             select 'live-{number}', 'live-{number}', buyer_id, '', 'live {number}'
             from public.conversations where id = 'live-{number}'"
        ),
        4 => "update public.messages set is_read = true where id like 'live-%' and not is_read".to_owned(),
        _ => format!(
            "insert into public.messages (id, conversation_id, sender_id, receiver_id, message)
             select 'live-{number}', id, buyer_id, '', 'live {number}'
             from public.conversations order by md5(id || {number}) limit 1"
        ),
    }
}

#[tokio::test]
async fn what_the_old_application_writes_while_it_is_moved_is_neither_doubled_nor_lost() {
    let market = DirtyMarket::dirty("C", DIRT).await;
    let is_over = Cell::new(false);
    let old_application = async {
        let mut number = 0;
        // Some of it before the bridge, some after the copy.
        while !is_over.get() || number % 50 != 0 {
            let done = sqlx::raw_sql(AssertSqlSafe(writing(number)));
            done.execute(&market.sql).await.unwrap();
            number += 1;
        }
    };
    let moving = async {
        market.moved().await;
        is_over.set(true);
    };
    tokio::join!(old_application, moving);
    let storage = PgStorage::connect(&market.options()).await.unwrap();
    let writer = storage.writer(Arc::new(Heard::default()));
    let mut server = TakeOver::new(writer.clone());
    while server.step().await.unwrap() > 0 {}
    let waiting = "select count(*)::text from haggle.legacy_changes";
    assert_eq!(market.text(waiting).await, "0");
    // Each is where its old conversation is, once, or it is reported.
    let lost = "
        select string_agg(o.id, ' ')
        from public.messages o
        left join haggle.legacy_conversations l on l.old_id = o.conversation_id
        left join haggle.message_rows m on m.id = o.id and m.conversation_id = l.conversation_id
        where m.id is null
          and not exists (select from haggle.legacy_report r where r.is_message and r.old_id = o.id)";
    assert_eq!(market.text(lost).await, "");
    let live = "
        select concat_ws(' ', count(*) = count(m.id), count(*) > 20)
        from public.messages o
        join haggle.legacy_conversations l on l.old_id = o.conversation_id and l.conversation_id is not null
        left join haggle.message_rows m on m.id = o.id and m.message = o.message
        where o.id like 'live-%'";
    assert_eq!(market.text(live).await, "t t");
    let gaps = "
        select string_agg(c.id, ' ')
        from haggle.conversations c
        left join (
          select conversation_id, count(*) as count, max(seq) as last
          from haggle.message_rows group by 1
        ) m on m.conversation_id = c.id
        where coalesce(m.count, 0) <> c.last_seq or coalesce(m.last, 0) <> c.last_seq";
    assert_eq!(market.text(gaps).await, "");
    writer.close().await;
    storage.close().await;
}
