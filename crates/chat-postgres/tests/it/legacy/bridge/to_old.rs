mod counterparts;

use chat::{ids::UserId, storage::Membership};
use test_support::old_chat::SHAPES;

use super::super::market::{Market, act};

#[tokio::test]
async fn what_is_said_in_haggle_is_in_the_old_tables_of_every_shape() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market.say(&conversation, "m-1", "ann").await;
        market.say(&conversation, "m-2", market.other()).await;
        let other = market.other();
        assert_eq!(
            market.old_said("h-1").await,
            format!("ann: text of m-1, {other}: text of m-2"),
            "{shape}"
        );
        let buyer = if shape == "F" { "b-ann" } else { "ann" };
        let row = market
            .text("select concat_ws(' ', buyer_id, last_message_at) from public.conversations")
            .await;
        assert_eq!(row, format!("{buyer} 2023-11-14 22:15:00"), "{shape}");
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
    }
}

#[tokio::test]
async fn old_columns_that_have_to_be_filled_are_filled_truly() {
    let cases = [
        (
            "C",
            "select unread_count_admin from public.conversations",
            "ada",
        ),
        (
            "C",
            "select string_agg(receiver_id, ' ' order by id) from public.messages",
            "ada ann",
        ),
        (
            "B",
            "select admin_id || ' ' || status from public.conversations",
            "ada active",
        ),
        (
            "B",
            "select string_agg(sender_type || ' ' || message_type, ', ' order by id) from public.messages",
            "buyer text, admin text",
        ),
        (
            "D",
            "select concat_ws(' ', type, admin_id, unread_count_admin) from public.conversations",
            "buyer_support ada ada",
        ),
        (
            "D",
            "select string_agg(sender_type, ' ' order by id) from public.messages",
            "buyer admin",
        ),
        (
            "E",
            "select concat_ws(' ', type, admin_id) from public.conversations",
            "buyer_admin ada",
        ),
        (
            "F",
            "select concat_ws(' ', type, admin_id) from public.conversations",
            "buyer_admin ada",
        ),
        (
            "mixed",
            "select string_agg(concat_ws('=', message, content), ', ' order by id) from public.messages",
            "text of m-1=text of m-1, text of m-2=text of m-2",
        ),
    ];
    for (shape, query, expected) in cases {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market.say(&conversation, "m-1", "ann").await;
        market.say(&conversation, "m-2", market.other()).await;
        assert_eq!(market.text(query).await, expected, "{shape}: {query}");
    }
}

#[tokio::test]
async fn old_counters_follow_what_is_said_and_read_in_haggle() {
    let counts = |shape| match shape {
        "A" | "mixed" | "E" | "F" => {
            "select concat_ws(' ', unread_count_buyer, unread_count_admin) from public.conversations"
        }
        _ => {
            "select concat_ws(' ', unread_count_buyer, unread_count_supplier) from public.conversations"
        }
    };
    for shape in SHAPES.into_iter().filter(|shape| *shape != "B") {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market.say(&conversation, "m-1", "ann").await;
        market.say(&conversation, "m-2", "ann").await;
        assert_eq!(market.text(counts(shape)).await, "0 2", "{shape}");
        market.say(&conversation, "m-3", market.other()).await;
        assert_eq!(market.text(counts(shape)).await, "1 0", "{shape}");
        market.read("h-1", "ann").await;
        assert_eq!(market.text(counts(shape)).await, "0 0", "{shape}");
    }
}

#[tokio::test]
async fn what_is_corrected_and_taken_back_in_haggle_is_so_in_the_old_tables() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market.say(&conversation, "m-1", "ann").await;
        market.say(&conversation, "m-2", "ann").await;
        market.correct("h-1", "m-1", "ann", "corrected").await;
        market.take_back("h-1", "m-2", "ann").await;
        assert_eq!(
            market.old_said("h-1").await,
            "ann: corrected, ann: ",
            "{shape}"
        );
        assert_eq!(market.count("haggle.legacy_owed").await, 0, "{shape}");
        assert_eq!(
            market.count("haggle.legacy_changes").await,
            0,
            "{shape}: an echo"
        );
    }
}

/// The old application counts beside us.
#[tokio::test]
async fn what_the_old_application_counted_meanwhile_stays_counted() {
    let market = Market::open("C").await;
    let conversation = market.conversation("h-1").await;
    market
        .run("update public.conversations set unread_count_buyer = 5")
        .await;
    market.say(&conversation, "m-1", "ada").await;
    let count = "select unread_count_buyer::text from public.conversations";
    assert_eq!(market.text(count).await, "6");
    market.read("h-1", "ann").await;
    assert_eq!(market.text(count).await, "0");
}

#[tokio::test]
async fn old_messages_are_read_when_their_receiver_reads_in_haggle() {
    for shape in SHAPES {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market.say(&conversation, "m-1", market.other()).await;
        market.say(&conversation, "m-2", market.other()).await;
        let read_there = "select string_agg(is_read::text, ' ' order by id) from public.messages";
        assert_eq!(market.text(read_there).await, "false false", "{shape}");
        market.read("h-1", "ann").await;
        assert_eq!(market.text(read_there).await, "true true", "{shape}");
        assert_eq!(market.differences().await, "0 0 0", "{shape}");
    }
}

#[tokio::test]
async fn what_an_old_table_has_no_place_for_is_left_out_and_counted_and_no_error() {
    let cases = [
        (
            "A",
            "sam",
            "the old conversations have no place for a supplier",
        ),
        (
            "C",
            "sam",
            "the old conversations have no place for a supplier",
        ),
        (
            "B",
            "sam",
            "the old conversations have no place for a supplier",
        ),
        ("0", "", "an old conversation needs a supplier"),
        ("B", "", "an old conversation needs an administrator"),
    ];
    for (shape, supplier, why) in cases {
        let market = Market::open(shape).await;
        let supplier = Some(supplier).filter(|supplier| !supplier.is_empty());
        let conversation = market.open_conversation("h-1", supplier, None, None).await;
        market.say(&conversation, "m-1", "ann").await;
        assert_eq!(market.count("public.messages").await, 0);
        let left_out = "select string_agg(concat_ws(' ', kind, id, why), '; ' order by kind) from haggle.legacy_left_out";
        assert_eq!(
            market.text(left_out).await,
            format!("conversation h-1 {why}; message m-1 {why}"),
            "{shape}"
        );
    }
}

#[tokio::test]
async fn what_was_left_out_for_want_of_an_administrator_comes_when_one_joins() {
    let market = Market::open("B").await;
    let conversation = market.open_conversation("h-1", None, None, None).await;
    market.say(&conversation, "m-1", "ann").await;
    market.say(&conversation, "m-2", "ann").await;
    assert_eq!(market.differences().await, "0 0 3");
    let ada = UserId::new("ada");
    market
        .writer
        .join(&conversation, &ada, Some(act("joined")))
        .await
        .unwrap();
    assert_eq!(market.differences().await, "0 0 0");
    assert_eq!(
        market.old_said("h-1").await,
        "ann: text of m-1, ann: text of m-2"
    );
    // The old place cannot be empty: it stays as it was.
    market
        .writer
        .leave(&conversation, &ada, Some(act("left")))
        .await
        .unwrap();
    assert_eq!(
        market
            .text("select admin_id from public.conversations")
            .await,
        "ada"
    );
}

#[tokio::test]
async fn an_administrator_who_joins_and_leaves_does_so_in_the_old_chat() {
    for (shape, column, nobody) in [("C", "unread_count_admin", ""), ("E", "admin_id", "")] {
        let market = Market::open(shape).await;
        let supplier = (shape == "E").then_some("sam");
        let conversation = market.open_conversation("h-1", supplier, None, None).await;
        let place = format!("select {column} from public.conversations");
        assert_eq!(market.text(&place).await, nobody, "{shape}");
        let ada = UserId::new("ada");
        market
            .writer
            .join(&conversation, &ada, Some(act("joined")))
            .await
            .unwrap();
        assert_eq!(market.text(&place).await, "ada", "{shape}");
        market
            .writer
            .leave(&conversation, &ada, Some(act("left")))
            .await
            .unwrap();
        assert_eq!(market.text(&place).await, nobody, "{shape}");
    }
}

#[tokio::test]
async fn a_row_that_the_old_application_holds_is_not_waited_for_and_written_later() {
    let market = Market::open("C").await;
    let conversation = market.conversation("h-1").await;
    market.say(&conversation, "m-1", "ada").await;
    let mut old = market.sql.begin().await.unwrap();
    for held in [
        "update public.messages set is_read = is_read",
        "update public.conversations set product_id = product_id",
    ] {
        sqlx::query(held).execute(&mut *old).await.unwrap();
    }
    // Both end, and what was said is there at once.
    market.say(&conversation, "m-2", "ada").await;
    market.read("h-1", "ann").await;
    assert_eq!(
        market.old_said("h-1").await,
        "ada: text of m-1, ada: text of m-2"
    );
    assert_eq!(
        market
            .text("select string_agg(kind || ' ' || id, ' ') from haggle.legacy_owed")
            .await,
        "conversation h-1"
    );
    market.look().await;
    assert_eq!(market.differences().await, "0 1 0");
    old.commit().await.unwrap();
    market.look().await;
    assert_eq!(market.differences().await, "0 0 0");
    let row = "select concat_ws(' ', last_message, unread_count_buyer) from public.conversations";
    assert_eq!(market.text(row).await, "text of m-2 0");
    let read_there = "select bool_and(is_read)::text from public.messages";
    assert_eq!(market.text(read_there).await, "true");
}

#[tokio::test]
async fn a_check_of_the_old_table_refuses_one_message_and_no_other() {
    let market = Market::open("C").await;
    market
        .run("alter table public.messages add constraint polite check (message <> 'text of m-2')")
        .await;
    let conversation = market.conversation("h-1").await;
    let all = ["m-1", "m-2", "m-3"].map(|id| market.say(&conversation, id, "ann"));
    let [one, two, three] = all;
    tokio::join!(one, two, three);
    assert_eq!(market.count("public.messages").await, 2);
    let left_out = "select string_agg(id || ' ' || why, '; ') from haggle.legacy_left_out";
    assert_eq!(
        market.text(left_out).await,
        "m-2 the old table refuses it: 23514 polite"
    );
    assert_eq!(market.count("haggle.message_rows").await, 3);
}

#[tokio::test]
async fn conversations_that_were_in_haggle_before_the_move_are_opened_in_the_old_chat() {
    let market = Market::before("C", "").await;
    let conversation = market.conversation("h-1").await;
    market.say(&conversation, "m-1", "ann").await;
    chat_postgres::begin_move(&market.options(), "UTC")
        .await
        .unwrap();
    chat_postgres::end_copy(&market.options()).await.unwrap();
    assert_eq!(market.old_said("h-1").await, "ann: text of m-1");
    assert_eq!(market.differences().await, "0 0 0");
}

#[tokio::test]
async fn times_that_name_no_zone_are_written_in_the_zone_of_the_move() {
    let market = Market::before("C", "").await;
    chat_postgres::begin_move(&market.options(), "Asia/Kolkata")
        .await
        .unwrap();
    chat_postgres::end_copy(&market.options()).await.unwrap();
    let conversation = market.conversation("h-1").await;
    market.say(&conversation, "m-1", "ann").await;
    assert_eq!(
        market
            .text("select created_at::text from public.messages")
            .await,
        "2023-11-15 03:45:00"
    );
}

/// No trigger of the bridge is on Haggle's tables where there is no old chat.
#[tokio::test]
async fn without_a_bridge_sends_pay_for_nothing() {
    let market = Market::before("C", "").await;
    let triggers = "select count(*)::text from pg_trigger where tgname like 'legacy%'";
    assert_eq!(market.text(triggers).await, "0");
}

#[tokio::test]
async fn files_that_were_sent_in_haggle_are_addresses_in_the_old_list() {
    let addresses = ["/api/chat/attachments/f-1", "/api/chat/attachments/f-2"];
    let [one, two] = addresses;
    for (shape, list) in [
        ("C", format!("{{{one},{two}}}")),
        ("B", format!(r#"["{one}","{two}"]"#)),
    ] {
        let market = Market::open(shape).await;
        let conversation = market.conversation("h-1").await;
        market
            .run(
                "insert into haggle.message_rows
                   (id, conversation_id, seq, sender_id, receiver_id, message, attachments)
                 values ('m-1', 'h-1', 1, 'ann', 'ada', '', '{f-1,f-2}');
                 update haggle.conversations set last_seq = 1, rev = rev + 1",
            )
            .await;
        market.say(&conversation, "m-2", "ann").await;
        let files = "select string_agg(coalesce(attachments::text, '-'), ' ' order by id) from public.messages";
        assert_eq!(market.text(files).await, format!("{list} -"), "{shape}");
        market.take_back("h-1", "m-1", "ann").await;
        assert_eq!(market.text(files).await, "- -", "{shape}");
        market
            .run(
                "insert into haggle.message_rows
                   (id, conversation_id, seq, sender_id, receiver_id, message, attachments)
                 values ('m-3', 'h-1', 3, 'ann', 'ada', 'those', '{f-1,f-2}');
                 update haggle.conversations set last_seq = 3, rev = rev + 1",
            )
            .await;
        market.correct("h-1", "m-3", "ann", "these").await;
        assert_eq!(market.text(files).await, format!("- - {list}"), "{shape}");
    }
}
