//! Which row of the old chat somebody, or a conversation, is.

use super::super::super::market::Market;

/// The user's, the supplier's own, and the row of a profile.
#[tokio::test]
async fn a_supplier_has_the_id_that_the_old_application_writes() {
    let own = "insert into public.conversations (id, buyer_id, supplier_id, unread_count_admin)
               values ('o-1', 'bob', 's-1', '')";
    for (shape, before, id) in [
        ("0", "", "sam"),
        ("D", "", "sam"),
        ("D", own, "s-1"),
        ("E", "", "sam"),
        ("F", "", "sp-sam"),
    ] {
        let market = Market::with(shape, before).await;
        let conversation = market
            .open_conversation("h-1", Some("sam"), None, None)
            .await;
        market.say(&conversation, "m-1", "sam").await;
        let supplier = "select supplier_id from public.conversations where id = 'h-1'";
        assert_eq!(market.text(supplier).await, id, "{shape}");
        // Senders are people everywhere.
        let sender = "select sender_id from public.messages";
        assert_eq!(market.text(sender).await, "sam", "{shape}");
    }
}

#[tokio::test]
async fn what_is_said_goes_to_the_old_conversation_of_the_same_purpose() {
    let market = Market::open("C").await;
    // Opened in Haggle first, and by the old application.
    let conversation = market.conversation("h-1").await;
    market
        .run(
            "update public.conversations set id = 'o-1';
             delete from haggle.legacy_changes;
             update haggle.legacy_conversations set old_id = 'o-1'",
        )
        .await;
    market.say(&conversation, "m-1", "ada").await;
    assert_eq!(market.old_said("o-1").await, "ada: text of m-1");
    let row = "select concat_ws(' ', last_message, unread_count_buyer) from public.conversations";
    assert_eq!(market.text(row).await, "text of m-1 1");
    market.read("h-1", "ann").await;
    let read_there = "select is_read::text from public.messages";
    assert_eq!(market.text(read_there).await, "true");
    market
        .run(market.old_message("o-1", "m-2", "ann", "ada"))
        .await;
    market.look().await;
    assert_eq!(
        market.said("h-1").await,
        "1 ada: text of m-1, 2 ann: text of m-2"
    );
    assert_eq!(market.differences().await, "0 0 0");
}
