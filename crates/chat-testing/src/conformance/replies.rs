//! Saved replies.

use futures_util::future::join_all;

use super::{Checks, Persona, World};
use chat::{
    error::ChatError,
    ids::{ReplyId, UserId},
    limits::REPLIES,
    person::Role,
    replies::{Kept, Wording, add_reply, list_replies, remove_reply, replace_reply},
    reply::Reply,
    storage::UserRecord,
};

pub(super) const CHECKS: Checks = &[
    ("replies::each_has_their_own", |world| {
        Box::pin(check_each_has_their_own(world))
    }),
    ("replies::a_company_shares_them", |world| {
        Box::pin(check_a_company_shares_them(world))
    }),
    ("replies::a_name_is_there_once", |world| {
        Box::pin(check_a_name_is_there_once(world))
    }),
    ("replies::they_have_limits", |world| {
        Box::pin(check_they_have_limits(world))
    }),
];

fn wording(name: &str, is_shared: Option<bool>) -> Wording {
    Wording {
        name: name.to_owned(),
        text: "{{buyer}}, {{product}} is <b>there. {{me}}".to_owned(),
        is_shared,
    }
}

async fn add(world: &World, who: &Persona<'_>, wording: Wording) -> Result<Kept, ChatError> {
    add_reply(&world.chat, &who.person().await, wording).await
}

async fn kept(world: &World, who: &Persona<'_>, wording: Wording) -> Reply {
    match add(world, who, wording).await {
        Ok(Kept::Reply(reply)) => reply,
        other => panic!("it can be kept, not {other:?}"),
    }
}

async fn names(world: &World, who: &Persona<'_>) -> Vec<String> {
    let replies = list_replies(&world.chat, &who.person().await).await;
    let replies = replies.expect("they can be read").into_iter();
    replies.map(|reply| reply.name).collect()
}

async fn replace(
    world: &World,
    who: &Persona<'_>,
    id: &ReplyId,
    wording: Wording,
) -> Result<Kept, ChatError> {
    replace_reply(&world.chat, &who.person().await, id, wording).await
}

async fn remove(world: &World, who: &Persona<'_>, id: &ReplyId) -> Result<(), ChatError> {
    remove_reply(&world.chat, &who.person().await, id).await
}

async fn check_each_has_their_own(world: &World) {
    let (buyer, other) = (world.buyer("bea").await, world.buyer("bob").await);
    let thanks = kept(world, &buyer, wording(" thanks ", None)).await;
    assert_eq!(thanks.name, "thanks");
    assert_eq!(
        thanks.text, "{{buyer}}, {{product}} is < b>there. {{me}}",
        "who writes fills it in"
    );
    kept(world, &buyer, wording("Änderung", None)).await;
    kept(world, &buyer, wording("zzz", None)).await;
    assert_eq!(names(world, &buyer).await, ["Änderung", "thanks", "zzz"]);
    assert_eq!(names(world, &other).await, [""; 0]);

    let missing = replace(world, &other, &thanks.id, wording("mine", None)).await;
    assert!(matches!(missing, Err(ChatError::NotFound(_))));
    let missing = remove(world, &other, &thanks.id).await;
    assert!(matches!(missing, Err(ChatError::NotFound(_))));
    let renamed = replace(world, &buyer, &thanks.id, wording("bye", None)).await;
    let Ok(Kept::Reply(renamed)) = renamed else {
        panic!("it is theirs, not {renamed:?}");
    };
    assert_eq!((&renamed.id, &*renamed.name), (&thanks.id, "bye"));
    remove(world, &buyer, &thanks.id)
        .await
        .expect("it is theirs");
    let missing = remove(world, &buyer, &thanks.id).await;
    assert!(matches!(missing, Err(ChatError::NotFound(_))));
    assert_eq!(names(world, &buyer).await, ["Änderung", "zzz"]);
    let deleted = world.chat.directory_editor.delete_user(&buyer.id).await;
    deleted.expect("a user can be deleted");
    let again = world.buyer("bea").await;
    assert_eq!(names(world, &again).await, [""; 0], "they went with them");
}

async fn employee(world: &World, id: &str, company: &str) {
    let user = UserRecord {
        id: UserId::new(id),
        name: format!("Name of {id}"),
        company: Some(company.to_owned()),
        email: String::new(),
        role: Role::Supplier,
        is_active: true,
        time_zone: None,
    };
    let put = world.chat.directory_editor.put_user(&user).await;
    put.expect("a user can be put");
}

async fn check_a_company_shares_them(world: &World) {
    let (buyer, boss) = (world.buyer("bea").await, world.supplier("sol").await);
    let clerk = world.supplier("sam").await;
    let (stranger, lone) = (world.supplier("tom").await, world.supplier("una").await);
    world.company("c1", &boss.id, "Solar Works").await;
    world.company("c2", &stranger.id, "Tom Textiles").await;
    employee(world, "sam", " Solar Works ").await;

    let shared = kept(world, &boss, wording("lead time", Some(true))).await;
    assert!(shared.is_shared());
    kept(world, &clerk, wording("lead time", None)).await;
    kept(world, &clerk, wording("mine", Some(false))).await;
    assert_eq!(names(world, &boss).await, ["lead time"]);
    assert_eq!(
        names(world, &clerk).await,
        ["lead time", "lead time", "mine"]
    );
    assert_eq!(names(world, &stranger).await, [""; 0]);

    let changed = replace(world, &clerk, &shared.id, wording("delivery", None)).await;
    let Ok(Kept::Reply(changed)) = changed else {
        panic!("it is the company's, not {changed:?}");
    };
    assert!(changed.is_shared(), "it stays with whom it is");
    assert_eq!(names(world, &boss).await, ["delivery"]);
    for alone in [&buyer, &lone] {
        let refused = add(world, alone, wording("ours", Some(true))).await;
        assert!(matches!(refused, Err(ChatError::Invalid(_))));
    }
    let deleted = world.chat.directory_editor.delete_user(&boss.id).await;
    deleted.expect("a user can be deleted");
    assert_eq!(names(world, &clerk).await.len(), 3, "the company's stay");
}

async fn check_a_name_is_there_once(world: &World) {
    let buyer = world.buyer("bea").await;
    kept(world, &buyer, wording("Größe", None)).await;
    let other = kept(world, &buyer, wording("other", None)).await;
    let taken = add(world, &buyer, wording("GROSSE", None)).await;
    assert_eq!(taken.ok(), Some(Kept::Taken));
    let taken = replace(world, &buyer, &other.id, wording("größe", None)).await;
    assert_eq!(taken.ok(), Some(Kept::Taken));
    assert_eq!(names(world, &buyer).await, ["Größe", "other"]);
    let same = replace(world, &buyer, &other.id, wording("Other", None)).await;
    assert!(matches!(same, Ok(Kept::Reply(_))), "it is its own");
    kept(world, &world.buyer("bob").await, wording("Größe", None)).await;

    let adds = (0..5).map(|_| add(world, &buyer, wording("once", None)));
    let adds = join_all(adds).await;
    let made = adds.iter().filter(|add| matches!(add, Ok(Kept::Reply(_))));
    assert_eq!(made.count(), 1);
}

async fn check_they_have_limits(world: &World) {
    let buyer = world.buyer("bea").await;
    let refused = async |name: &str, text: &str| match add(
        world,
        &buyer,
        Wording {
            name: name.to_owned(),
            text: text.to_owned(),
            is_shared: None,
        },
    )
    .await
    {
        Err(ChatError::Invalid(fields)) => fields.names().map(str::to_owned).collect::<Vec<_>>(),
        other => panic!("it is wrong, and not {other:?}"),
    };
    assert_eq!(refused(" ", "\u{202e}").await, ["name", "text"]);
    assert_eq!(refused(&"x".repeat(81), "text").await, ["name"]);
    assert_eq!(refused("two\nlines", "text").await, ["name"]);
    assert_eq!(refused("name", &"x".repeat(4_001)).await, ["text"]);
    for number in 0..REPLIES {
        kept(world, &buyer, wording(&format!("n{number}"), None)).await;
    }
    let full = add(world, &buyer, wording("more", None)).await;
    assert!(matches!(full, Err(ChatError::Conflict(_))));
    let other = world.buyer("bob").await;
    kept(world, &other, wording("more", None)).await;
}
