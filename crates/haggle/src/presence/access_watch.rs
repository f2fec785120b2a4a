//! The access watch: a person who loses their role or their account loses their sockets within two
//! seconds, on every server.

use std::{collections::HashMap, time::Duration};

use chat::{
    error::StorageError,
    event::{Event, EventKind},
    ids::UserId,
    person::{Person, Role},
};
use tokio::time::{MissedTickBehavior, interval};

use wire::Close;

use super::{context::Context, in_time};
use crate::storage_log::log_storage;

const EVERY: Duration = Duration::from_secs(1);
/// People in one query of the directory.
const BATCH: usize = 1000;

/// Checks everybody every second, and suspects at once, until the server drains.
pub async fn watch_access(context: Context) {
    let mut tick = interval(EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut was_well = true;
    loop {
        let checked = tokio::select! {
            () = context.draining.cancelled() => return,
            _ = tick.tick() => check_everybody(&context).await,
            () = context.presence.look.notified() => check_suspects(&context).await,
        };
        // Logged once when it begins to fail, not every second.
        if let (Err(error), true) = (&checked, was_well) {
            log_storage(error);
        }
        was_well = checked.is_ok();
    }
}

async fn check_everybody(context: &Context) -> Result<(), StorageError> {
    let everybody = context.hub.connected();
    for people in everybody.chunks(BATCH) {
        check_people(context, people).await?;
    }
    in_time(context.chat.membership.vacate_demoted()).await?;
    Ok(())
}

async fn check_suspects(context: &Context) -> Result<(), StorageError> {
    let suspects = context.presence.take_suspects();
    let role = |user: UserId| context.hub.role(&user).map(|role| (user, role));
    let people: Vec<_> = suspects.into_iter().filter_map(role).collect();
    for people in people.chunks(BATCH) {
        check_people(context, people).await?;
    }
    Ok(())
}

async fn check_people(context: &Context, people: &[(UserId, Role)]) -> Result<(), StorageError> {
    let changed = in_time(context.chat.directory.changed(people)).await?;
    if changed.is_empty() {
        return Ok(());
    }
    let known: HashMap<_, _> = people.iter().cloned().collect();
    // Their requests must not be answered from what was cached until now.
    context.caches.invalidate(&Event {
        audience: changed.iter().map(|(user, _)| user.clone()).collect(),
        kind: EventKind::PeopleChanged,
    });
    for (user, person) in changed {
        let role = known.get(&user).copied();
        match verdict(role, person.as_ref()) {
            Verdict::Close(close) => context.hub.close_user(&user, close),
            Verdict::Keep(role) => context.hub.set_role(&user, role),
        }
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Close(Close),
    Keep(Role),
}

fn verdict(known: Option<Role>, person: Option<&Person>) -> Verdict {
    match person.filter(|person| person.is_active) {
        None => Verdict::Close(Close::NotAuthenticated),
        Some(person) if known == Some(Role::Admin) && person.role != Role::Admin => {
            Verdict::Close(Close::NotAllowed)
        }
        Some(person) => Verdict::Keep(person.role),
    }
}

#[cfg(test)]
mod tests {
    use chat::{
        ids::UserId,
        person::{Person, Role},
    };

    use super::{Verdict, verdict};
    use wire::Close;

    #[test]
    fn who_loses_an_account_or_the_administrators_role_is_cut() {
        let person = |role, is_active| Person {
            id: UserId::new("anna"),
            name: "Anna".into(),
            role,
            is_active,
        };
        let cut = Verdict::Close(Close::NotAuthenticated);
        assert_eq!(verdict(Some(Role::Buyer), None), cut);
        let inactive = person(Role::Admin, false);
        assert_eq!(verdict(Some(Role::Admin), Some(&inactive)), cut);
        let demoted = person(Role::Buyer, true);
        assert_eq!(
            verdict(Some(Role::Admin), Some(&demoted)),
            Verdict::Close(Close::NotAllowed)
        );
        let promoted = person(Role::Admin, true);
        assert_eq!(
            verdict(Some(Role::Buyer), Some(&promoted)),
            Verdict::Keep(Role::Admin)
        );
    }
}
