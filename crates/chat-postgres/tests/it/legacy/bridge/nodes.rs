//! Several servers and the old application, all at once.

use std::sync::Arc;

use chat::{ids::ConversationId, storage::Storage};
use chat_postgres::{PgStorage, TakeOver};

use super::super::market::Market;
use crate::support::Heard;

const MESSAGES: usize = 60;

/// Each message once, in an order without gaps, whoever takes it.
#[tokio::test]
async fn two_servers_take_each_change_once_while_both_sides_write() {
    let market = Market::open("C").await;
    let other = PgStorage::connect(&market.options()).await.unwrap();
    let writer = other.writer(Arc::new(Heard::default()));
    let mut take_over = TakeOver::new(writer.clone());
    for conversation in ["o-1", "o-2", "o-3"] {
        market
            .run(format!(
                "insert into public.conversations (id, buyer_id, unread_count_admin, product_id)
                 values ('{conversation}', 'bob', 'ada', case '{conversation}' when 'o-2' then 'p-1' when 'o-3' then 'p-2' end)"
            ))
            .await;
    }
    market.look().await;
    let old_application = async {
        for n in 0..MESSAGES {
            let conversation = format!("o-{}", 1 + n % 3);
            // In one transaction, in the order in which such programs do it.
            market
                .run(format!(
                    "begin; {}; update public.messages set is_read = true where conversation_id = '{conversation}' and receiver_id = 'bob';
                     update public.conversations set unread_count_supplier = unread_count_supplier + 1, last_message = 'x' where id = '{conversation}'; commit",
                    market.old_message(&conversation, &format!("m-{n}"), "bob", "ada")
                ))
                .await;
        }
    };
    let haggle = async {
        for n in 0..MESSAGES {
            let conversation = ConversationId::new(format!("o-{}", 1 + n % 3));
            market.say(&conversation, &format!("h-{n}"), "ada").await;
            market.read(&format!("o-{}", 1 + n % 3), "bob").await;
        }
    };
    let one = async {
        for _ in 0..MESSAGES {
            market.look().await;
        }
    };
    let two = async {
        for _ in 0..MESSAGES {
            take_over.step().await.unwrap();
        }
    };
    tokio::join!(old_application, haggle, one, two);
    market.look().await;
    assert_eq!(market.differences().await, "0 0 0");
    let here =
        "select concat_ws(' ', count(*), count(distinct id), sum(seq)) from haggle.message_rows";
    let each = 2 * MESSAGES / 3;
    let sum = 3 * each * (each + 1) / 2;
    let all = 2 * MESSAGES;
    assert_eq!(market.text(here).await, format!("{all} {all} {sum}"));
    let there = "select count(*)::text from public.messages";
    assert_eq!(market.text(there).await, all.to_string());
    let differ = "
        select count(*)::text from public.messages o full join haggle.message_rows m on m.id = o.id
        where o.id is null or m.id is null or o.message <> m.message or o.sender_id <> m.sender_id";
    assert_eq!(market.text(differ).await, "0");
    writer.close().await;
    other.close().await;
}
