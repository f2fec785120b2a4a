//! The host deletes people and products in its own tables, by a role that knows nothing of Haggle. What
//! that means here is the same whether foreign keys or looks find it out.

use chat::{
    event::EventKind,
    storage::{DirectoryEditor, Storage},
};

use sqlx::{AssertSqlSafe, raw_sql};

use crate::shop::{Shop, Way};

const STORED: &str = "
    select concat_ws(' ',
      (select count(*) from haggle.conversations),
      (select count(*) from haggle.messages),
      (select count(*) from haggle.notifications),
      (select count(*) from haggle.participants))";

/// A conversation of everybody about the product, a minute after these statements of the host.
async fn after(way: Way, statements: impl Fn(Way) -> String) -> Shop {
    let shop = Shop::open(way).await;
    shop.conversation("c-1").await;
    shop.host_does(&statements(way)).await;
    shop.minute().await;
    shop
}

fn delete_person(number: u32) -> impl Fn(Way) -> String {
    move |way| {
        format!(
            "delete from {} where id = '{}'",
            way.people(),
            way.id(number)
        )
    }
}

#[tokio::test]
async fn a_buyer_goes_with_their_conversations_whatever_the_table_is() {
    for way in Way::ALL {
        let shop = after(way, delete_person(1)).await;
        assert_eq!(shop.text(STORED).await, "0 0 0 2", "{way:?}");
    }
}

#[tokio::test]
async fn a_supplier_goes_with_their_conversations_whatever_the_table_is() {
    for way in Way::ALL {
        let shop = after(way, delete_person(2)).await;
        assert_eq!(shop.text(STORED).await, "0 0 0 2", "{way:?}");
    }
}

#[tokio::test]
async fn an_administrator_goes_and_their_messages_stay_whatever_the_table_is() {
    for way in Way::ALL {
        let shop = after(way, delete_person(3)).await;
        assert_eq!(shop.text(STORED).await, "1 3 2 2", "{way:?}");
        let senders =
            "select string_agg(coalesce(sender_id, '-'), ' ' order by seq) from haggle.messages";
        let expected = format!("{} {} -", way.id(1), way.id(2));
        assert_eq!(shop.text(senders).await, expected, "{way:?}");
        let place =
            "select concat_ws(' ', admin_id, rev, admin_read_seq) from haggle.conversations";
        assert_eq!(shop.text(place).await, "2 0", "{way:?}");
    }
}

#[tokio::test]
async fn a_product_goes_and_the_conversation_stays_whatever_the_table_is() {
    for way in Way::ALL {
        let delete = |way: Way| format!("delete from {} where id = '{}'", way.goods(), way.id(7));
        let shop = after(way, delete).await;
        assert_eq!(shop.text(STORED).await, "1 3 3 3", "{way:?}");
        let product =
            "select concat_ws(' ', product_id, product_key, rev) from haggle.conversations";
        assert_eq!(
            shop.text(product).await,
            format!("{} 2", way.id(7)),
            "{way:?}"
        );
    }
}

#[tokio::test]
async fn everybody_goes_at_once_from_any_search_path_whatever_the_table_is() {
    for way in Way::ALL {
        let delete =
            |way: Way| format!("set search_path = pg_catalog; delete from {}", way.people());
        let shop = after(way, delete).await;
        assert_eq!(shop.text(STORED).await, "0 0 0 0", "{way:?}");
    }
}

#[tokio::test]
async fn whoever_is_gone_is_nobody_at_once_whatever_the_table_is() {
    for way in Way::ALL {
        let shop = Shop::open(way).await;
        shop.conversation("c-1").await;
        assert!(shop.is_somebody(1).await, "{way:?}");
        shop.host_does(&delete_person(1)(way)).await;
        assert!(!shop.is_somebody(1).await, "{way:?}");
        assert!(shop.is_somebody(2).await, "{way:?}");
    }
}

#[tokio::test]
async fn whoever_is_missing_for_a_moment_keeps_everything() {
    let shop = Shop::open(Way::Integers).await;
    shop.conversation("c-1").await;
    shop.run("create table kept as select * from public.users")
        .await;
    shop.host_does("delete from public.users").await;
    assert_eq!(shop.look().await, 0);
    assert_eq!(
        shop.text("select count(*)::text from haggle.missing").await,
        "3"
    );
    shop.run("insert into public.users select * from kept")
        .await;
    shop.pass_seconds(20).await;
    assert_eq!(shop.look().await, 0);
    assert_eq!(shop.text(STORED).await, "1 3 3 3");
    assert_eq!(
        shop.text("select count(*)::text from haggle.missing").await,
        "0"
    );
}

#[tokio::test]
async fn whoever_comes_back_between_the_look_and_the_end_keeps_everything() {
    let shop = Shop::open(Way::Integers).await;
    shop.conversation("c-1").await;
    shop.run("create table kept as select * from public.users")
        .await;
    shop.host_does("delete from public.users").await;
    shop.look().await;
    shop.pass_seconds(20).await;
    shop.run("insert into public.users select * from kept")
        .await;
    // Nobody looks now: somebody else has just done so.
    shop.run("update haggle.chores set done_at = clock_timestamp()")
        .await;
    shop.writer.remove_orphans().await.unwrap();
    assert_eq!(shop.text(STORED).await, "1 3 3 3");
}

#[tokio::test]
async fn most_people_missing_at_once_is_taken_for_a_mistake_for_an_hour() {
    let shop = Shop::open(Way::Integers).await;
    shop.conversation("c-1").await;
    shop.run(
        "insert into public.users select n, 'N' || n, '', 'buyer', true from generate_series(100, 299) n;
         insert into haggle.conversations (id, buyer_id) select 'c-' || n, n from generate_series(100, 299) n",
    )
    .await;
    shop.host_does("delete from public.users where id >= 100")
        .await;
    shop.look().await;
    shop.pass_seconds(3_000).await;
    assert_eq!(shop.look().await, 0);
    assert_eq!(
        shop.text("select count(*)::text from haggle.conversations")
            .await,
        "201"
    );
    shop.pass_seconds(700).await;
    // In parts, each of which has an end.
    assert_eq!(shop.look().await, 200);
    assert_eq!(shop.look().await, 0);
    assert_eq!(
        shop.text("select count(*)::text from haggle.conversations")
            .await,
        "1"
    );
}

#[tokio::test]
async fn of_two_servers_one_looks_and_each_person_is_removed_once() {
    let shop = Shop::open(Way::Uuids).await;
    shop.conversation("c-1").await;
    shop.host_does(&delete_person(3)(Way::Uuids)).await;
    shop.look().await;
    shop.pass_seconds(20).await;
    shop.run("update haggle.chores set done_at = clock_timestamp()")
        .await;
    let options = shop.host.options();
    let other = chat_postgres::PgStorage::connect(&options).await.unwrap();
    let writer = other.writer(shop.heard.clone());
    let (one, two) = tokio::join!(shop.writer.remove_orphans(), writer.remove_orphans(),);
    assert!(one.unwrap() + two.unwrap() >= 1);
    assert_eq!(
        shop.text("select rev::text from haggle.conversations")
            .await,
        "2"
    );
    let left = "select count(*)::text from haggle.audit where action = 'left'";
    assert_eq!(shop.text(left).await, "1");
    writer.close().await;
    other.close().await;
}

#[tokio::test]
async fn what_is_found_by_looking_is_told_to_the_others() {
    let shop = after(Way::Integers, delete_person(1)).await;
    let heard = shop.heard.0.lock().unwrap();
    let told: Vec<_> = heard
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Reset { .. }))
        .map(|event| {
            event
                .audience
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(told, [["2", "3"]]);
}

#[tokio::test]
async fn a_key_that_becomes_possible_waits_for_those_who_are_gone() {
    let shop = Shop::open(Way::NoRight).await;
    shop.conversation("c-1").await;
    shop.host_does(&delete_person(1)(Way::NoRight)).await;
    shop.run("grant references on public.users, public.products to haggler")
        .await;
    let mut mapping = chat_postgres::Mapping::default();
    mapping.set("HAGGLE_SUPPLIERS_TABLE", "none").unwrap();
    let options = shop.host.options();
    let done = chat_postgres::migrate(&options, &mapping).await.unwrap();
    assert_eq!(done.steps, ["add the foreign keys to public.products"]);
    assert!(
        done.notes[0].contains("names what is not there"),
        "{done:?}"
    );
    shop.minute().await;
    let done = chat_postgres::migrate(&options, &mapping).await.unwrap();
    assert_eq!(done.steps, ["add the foreign keys to public.users"]);
}

#[tokio::test]
async fn the_host_can_neither_read_haggle_nor_use_its_triggers() {
    let shop = Shop::open(Way::ForeignKeys).await;
    for statement in [
        "select from haggle.conversations",
        "delete from haggle.participants",
        "create temporary table mine (user_id varchar);
         create trigger mine after delete on mine for each row execute function haggle.participant_gone()",
    ] {
        let mut program = shop.host.shop().await;
        let refused = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.to_owned()))
            .execute(&mut program)
            .await
            .unwrap_err();
        let refused = refused.to_string();
        assert!(refused.contains("permission denied"), "{refused}");
    }
}

/// Somebody else has the id now, and nobody could say whose conversations those are.
#[tokio::test]
async fn an_id_that_others_refer_to_is_not_changed_where_keys_can_see_it() {
    for way in [Way::ForeignKeys, Way::Partitions] {
        let shop = Shop::open(way).await;
        shop.conversation("c-1").await;
        let before = shop.text(STORED).await;
        let mut host = shop.host.shop().await;
        for (number, key) in [
            (1, "conversations_buyer"),
            (2, "conversations_supplier"),
            (3, "conversations_admin"),
        ] {
            let renamed = format!(
                "update {} set id = 'other' where id = '{}'",
                way.people(),
                way.id(number)
            );
            let refused = raw_sql(AssertSqlSafe(renamed)).execute(&mut host).await;
            let refused = refused.unwrap_err().to_string();
            assert!(refused.contains(key), "{way:?}: {refused}");
        }
        shop.minute().await;
        assert_eq!(shop.text(STORED).await, before, "{way:?}");
        assert!(shop.is_somebody(1).await, "{way:?}");
        // Whoever is not spoken of here may be called what the host likes.
        shop.host_does(
            "insert into public.users values ('new', 'New', null, 'buyer', true);
             update public.users set id = 'newer' where id = 'new'",
        )
        .await;
    }
}

/// Nothing tells a person with another id from one who is gone and one who came.
#[tokio::test]
async fn an_id_that_changes_is_somebody_who_went_where_no_key_can_see_it() {
    for way in [Way::NoRight, Way::NoKey, Way::Views] {
        let renamed = move |way: Way| {
            format!(
                "update {} set id = 'other' where id = '{}'",
                way.people(),
                way.id(1)
            )
        };
        let shop = after(way, renamed).await;
        assert_eq!(shop.text(STORED).await, "0 0 0 2", "{way:?}");
    }
}
