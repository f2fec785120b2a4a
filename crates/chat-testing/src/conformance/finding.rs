//! Messages are found by what they say, once they are in the index.

use super::{Checks, Persona, World};
use chat::{
    ids::ConversationId,
    message_search::Wanted,
    storage::{SearchCursor, SearchPage, SearchQuery, SearchScope},
};

pub(super) const CHECKS: Checks = &[
    ("finding::what_somebody_may_see_newest_first", |world| {
        Box::pin(check_what_somebody_may_see_newest_first(world))
    }),
    ("finding::every_page_once", |world| {
        Box::pin(check_every_page_once(world))
    }),
];

/// Everything is in the index.
async fn index(world: &World) {
    loop {
        let (behind, next) = world
            .chat
            .search
            .unindexed(None)
            .await
            .expect("it can be asked");
        assert_eq!(next, None, "a small world");
        if behind.is_empty() {
            return;
        }
        world
            .chat
            .search
            .index(&behind)
            .await
            .expect("it can be filled");
    }
}

fn query(scope: SearchScope, text: &str) -> SearchQuery {
    SearchQuery {
        scope,
        wanted: Wanted::parse(text).expect("enough to look for"),
        from: None,
        to: None,
        cursor: None,
        limit: 10,
    }
}

async fn find(world: &World, query: &SearchQuery) -> SearchPage {
    let page = world.chat.search.search(query).await;
    page.expect("messages can be looked for")
}

async fn texts(world: &World, scope: SearchScope, text: &str) -> Vec<String> {
    let page = find(world, &query(scope, text)).await;
    let messages = page.messages.into_iter();
    messages.map(|message| message.text).collect()
}

fn of(who: &Persona<'_>) -> SearchScope {
    SearchScope::Of(who.id.clone())
}

async fn check_what_somebody_may_see_newest_first(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let (other, admin) = (world.buyer("bob").await, world.admin("ann").await);
    let theirs = world.open(world.between(&other, &supplier)).await;
    let send = async |who: &Persona<'_>, id: &ConversationId, text: &str| {
        world.clock.advance_seconds(1);
        who.send(id, text).await
    };
    send(&buyer, &id, "M8 × 40, 500 pieces").await;
    send(&other, &theirs, "m8x40 as well").await;
    send(&supplier, &id, "No M8x40 but M10").await;
    index(world).await;
    let mine = ["No M8x40 but M10", "M8 × 40, 500 pieces"];
    assert_eq!(texts(world, of(&buyer), "m8x40").await, mine);
    assert_eq!(texts(world, of(&supplier), "m8X4").await.len(), 3);
    assert_eq!(texts(world, of(&other), "m8x40").await, ["m8x40 as well"]);
    assert!(texts(world, of(&admin), "m8x40").await.is_empty());
    assert_eq!(texts(world, SearchScope::All, "m8x40").await.len(), 3);
    let inside = SearchScope::Conversation(theirs.clone());
    assert_eq!(texts(world, inside, "m8x40").await, ["m8x40 as well"]);
    assert_eq!(texts(world, of(&buyer), "piec 500").await, mine[1..]);
    assert!(texts(world, of(&buyer), "pieces M10").await.is_empty());

    let later = send(&buyer, &id, "bananas").await;
    index(world).await;
    assert_eq!(texts(world, of(&supplier), "banana").await.len(), 1);
    super::changing::correct_as(world, &buyer, &later, "cherries").await;
    index(world).await;
    assert!(texts(world, of(&supplier), "banana").await.is_empty());
    assert_eq!(texts(world, of(&supplier), "cherries").await, ["cherries"]);
}

async fn check_every_page_once(world: &World) {
    let (buyer, supplier, id) = world.pair().await;
    let support = world.open(world.support(&buyer)).await;
    let mut expected = Vec::new();
    for number in 0..90 {
        // Several of one moment, and a week in between now and then.
        if number % 4 == 0 {
            world
                .clock
                .advance_seconds(if number % 20 == 0 { 8 * 86_400 } else { 1 });
        }
        let (who, place) = match number % 3 {
            0 => (&supplier, &id),
            1 => (&buyer, &id),
            _ => (&buyer, &support),
        };
        let text = if number % 5 == 0 { "hay" } else { "needle" };
        let message = who.send(place, text).await;
        if text == "needle" {
            expected.push((message.created_at, message.id));
        }
        // One after the other and many at once.
        if number % 7 == 0 || number < 10 {
            index(world).await;
        }
    }
    index(world).await;
    expected.sort();
    expected.reverse();
    for limit in [1, 7, 50] {
        let mut asked = query(of(&buyer), "needle");
        asked.limit = limit;
        let mut seen = Vec::new();
        loop {
            let page = find(world, &asked).await;
            let messages = page.messages.iter();
            seen.extend(messages.map(|message| (message.created_at, message.id.clone())));
            asked.cursor = page.next;
            if asked.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected, "pages of {limit}");
    }
    let mut between = query(of(&buyer), "needle");
    between.limit = 100;
    (between.from, between.to) = (Some(expected[20].0), Some(expected[5].0));
    let page = find(world, &between).await;
    let within: Vec<_> = expected
        .iter()
        .filter(|(at, _)| *at >= expected[20].0 && *at < expected[5].0)
        .map(|(_, id)| id.clone())
        .collect();
    let found: Vec<_> = page
        .messages
        .into_iter()
        .map(|message| message.id)
        .collect();
    assert_eq!(found, within);
    let at = expected[0].0;
    let id = expected[0].1.clone();
    between = query(of(&buyer), "needle");
    between.cursor = Some(SearchCursor { at, id });
    between.limit = 1;
    assert_eq!(find(world, &between).await.messages[0].id, expected[1].1);
}
