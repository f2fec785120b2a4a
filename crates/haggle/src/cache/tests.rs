use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chat::{
    event::{Event, EventKind},
    ids::UserId,
    list_conversations::{View, Wanted},
    person::Role,
    storage::{DirectoryEditor, Leases, UserRecord},
};
use chat_testing::memory::MemoryStorage;

use super::{Caches, Version};

struct World {
    storage: Arc<MemoryStorage>,
    caches: Caches,
    anna: UserId,
}

async fn world() -> World {
    let storage = Arc::new(MemoryStorage::new());
    let caches = Caches::new(storage.clone(), storage.clone());
    let world = World {
        storage,
        caches,
        anna: UserId::new("anna"),
    };
    world.put("Anna").await;
    world
}

impl World {
    async fn put(&self, name: &str) {
        let user = UserRecord {
            id: self.anna.clone(),
            name: name.into(),
            company: None,
            email: String::new(),
            role: Role::Buyer,
            is_active: true,
            time_zone: None,
        };
        self.storage.silent().put_user(&user).await.unwrap();
    }

    async fn name(&self) -> String {
        self.caches.person(&self.anna).await.unwrap().unwrap().name
    }

    fn tell(&self, audience: &[&UserId], kind: EventKind) {
        let audience = audience.iter().map(|user| (*user).clone()).collect();
        self.caches.invalidate(&Event { audience, kind });
    }

    /// Whether the list is kept; if not, it is stored anew.
    fn keeps_list(&self, user: &UserId, wanted: &Wanted, sees_all: bool) -> bool {
        match self.caches.list(user, wanted, sees_all, Version::Alone) {
            Ok(_) => true,
            Err(ticket) => {
                let ready = Bytes::from_static(b"{}");
                self.caches.store_list(user, wanted.clone(), ticket, ready);
                false
            }
        }
    }
}

fn wanted(view: View) -> Wanted {
    Wanted::new(Some(view), 100)
}

fn reset() -> EventKind {
    EventKind::Reset { conversation: None }
}

#[tokio::test(start_paused = true)]
async fn a_person_is_known_for_a_second_and_asked_for_again_after_a_change() {
    let world = world().await;
    assert_eq!(world.name().await, "Anna");
    world.put("Anne").await;
    assert_eq!(world.name().await, "Anna");
    tokio::time::advance(Duration::from_secs(1)).await;
    assert_eq!(world.name().await, "Anne");
    world.put("Ann").await;
    world.tell(&[], EventKind::PeopleChanged);
    assert_eq!(world.name().await, "Ann");
}

#[tokio::test(start_paused = true)]
async fn nobody_is_not_remembered() {
    let world = world().await;
    let bert = UserId::new("bert");
    assert_eq!(world.caches.person(&bert).await.unwrap(), None);
    assert_eq!(world.caches.status(&bert).await.unwrap(), None);
    let user = UserRecord {
        id: bert.clone(),
        name: "Bert".into(),
        company: None,
        email: String::new(),
        role: Role::Buyer,
        is_active: true,
        time_zone: None,
    };
    world.storage.silent().put_user(&user).await.unwrap();
    assert!(world.caches.person(&bert).await.unwrap().is_some());
    assert!(world.caches.status(&bert).await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_status_lives_until_its_event() {
    let world = world().await;
    let users = [world.anna.clone()];
    assert!(world.caches.online(&users).await.unwrap().is_empty());
    let node = chat::ids::NodeId::new("node");
    world.storage.heartbeat(&node).await.unwrap();
    world.storage.hold(&node, &users).await.unwrap();
    assert!(world.caches.online(&users).await.unwrap().is_empty());
    let user = world.anna.clone();
    let online = EventKind::OnlineStatus {
        user,
        is_online: true,
        last_seen: None,
    };
    world.tell(&[], online);
    assert!(
        world
            .caches
            .online(&users)
            .await
            .unwrap()
            .contains(&world.anna)
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_is_dropped_for_whoever_hears_of_a_change_and_those_who_see_all() {
    let world = world().await;
    let (ada, bert) = (UserId::new("ada"), UserId::new("bert"));
    let (mine, all) = (wanted(View::Mine), wanted(View::All));
    for user in [&world.anna, &bert] {
        assert!(!world.keeps_list(user, &mine, false));
        assert!(world.keeps_list(user, &mine, false));
    }
    assert!(!world.keeps_list(&ada, &all, true) && world.keeps_list(&ada, &all, true));

    world.tell(&[&world.anna], reset());
    assert!(!world.keeps_list(&world.anna, &mine, false));
    assert!(world.keeps_list(&bert, &mine, false));
    assert!(!world.keeps_list(&ada, &all, true));

    tokio::time::advance(Duration::from_secs(30)).await;
    assert!(!world.keeps_list(&bert, &mine, false));
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_was_overtaken_is_not_kept() {
    let world = world().await;
    let (mine, all) = (wanted(View::Mine), wanted(View::All));
    let old = Bytes::from_static(b"old");
    let lists = [(&mine, false), (&all, true)].map(|(wanted, sees_all)| {
        (
            wanted,
            sees_all,
            world
                .caches
                .list(&world.anna, wanted, sees_all, Version::Alone)
                .unwrap_err(),
        )
    });
    let count = world
        .caches
        .unread(&world.anna, &Version::Alone)
        .unwrap_err();
    world.tell(&[&world.anna], reset());
    for (wanted, sees_all, ticket) in lists {
        world
            .caches
            .store_list(&world.anna, wanted.clone(), ticket, old.clone());
        assert!(
            world
                .caches
                .list(&world.anna, wanted, sees_all, Version::Alone)
                .is_err()
        );
    }
    world
        .caches
        .store_unread(&world.anna, count, Version::Alone, old);
    assert!(world.caches.unread(&world.anna, &Version::Alone).is_err());
}

#[tokio::test(start_paused = true)]
async fn the_oldest_question_of_a_user_makes_room() {
    let world = world().await;
    let page = |limit| Wanted {
        limit,
        ..wanted(View::Mine)
    };
    for limit in 1..=9 {
        assert!(!world.keeps_list(&world.anna, &page(limit), false));
    }
    assert!(world.keeps_list(&world.anna, &page(9), false));
    assert!(!world.keeps_list(&world.anna, &page(1), false));
}
