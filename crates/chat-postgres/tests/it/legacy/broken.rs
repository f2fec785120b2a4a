//! The checker itself: a move that went wrong is told.

use test_support::old_chat::Dirt;

use super::dirty_market::DirtyMarket;

/// Else the old tables would follow.
const BEHIND_THE_BRIDGE: &str = "select set_config('haggle.is_bridging', 'on', true)";

#[tokio::test]
async fn the_checker_sees_a_move_that_is_broken_on_purpose() {
    let dirt = Dirt {
        seed: 3,
        conversations: 20,
        messages: 200,
    };
    let two = "(select conversation_id from haggle.message_rows group by 1 having count(*) > 3 order by 1 limit 1)";
    let breaks = [
        (
            "a message is lost",
            format!("delete from haggle.message_rows where conversation_id = {two} and seq = 2"),
        ),
        (
            "two are swapped",
            format!(
                "update haggle.message_rows set seq = seq + 1000 where conversation_id = {two} and seq in (1, 2);
                 update haggle.message_rows set seq = 1003 - seq where seq > 1000"
            ),
        ),
        (
            "one is there twice",
            format!(
                "insert into haggle.message_rows (id, conversation_id, seq, sender_id, sender_type, message)
                 select id || '-again', conversation_id, 1000, sender_id, sender_type, message
                 from haggle.message_rows where conversation_id = {two} and seq = 1"
            ),
        ),
        (
            "a word is lost",
            format!("update haggle.message_rows set message = message || '!' where conversation_id = {two} and seq = 1"),
        ),
        (
            "somebody else said it",
            format!("update haggle.message_rows set sender_id = 'nobody' where conversation_id = {two} and seq = 1"),
        ),
        (
            "a file is lost",
            "update haggle.message_rows set attachments = '{}' where attachments <> '{}'".to_owned(),
        ),
        (
            "a conversation is lost",
            format!("delete from haggle.conversations where id = {two}"),
        ),
        (
            "a refusal is not told",
            "delete from haggle.legacy_report where is_message".to_owned(),
        ),
        (
            "another buyer sits there",
            format!("update haggle.conversations set buyer_id = 'g-0' where id = {two}"),
        ),
    ];
    for (what, statement) in breaks {
        let market = DirtyMarket::dirty("C", dirt).await;
        market.moved().await;
        assert_eq!(market.wrong().await, Vec::<String>::new());
        market
            .run(&format!("{BEHIND_THE_BRIDGE}; {statement}"))
            .await;
        assert_ne!(market.wrong().await, Vec::<String>::new(), "{what}");
    }
}
