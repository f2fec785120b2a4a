//! What clients that come back ask for, many of which share a query.

use std::{collections::HashMap, sync::Arc};

use chat::{
    error::StorageError,
    ids::UserId,
    limits::RESUME_CHUNK,
    notification::Notification,
    person::Person,
    presence::UserStatus,
    storage::{Missed, Since},
};

use super::{
    loader::{Bounds, Loader},
    missed, notifications, people, presence,
};
use crate::pool::Pool;

/// Every request asks who its caller is, so one query at a time answers very many.
const PEOPLE: Bounds = Bounds {
    weight: 200,
    queries: 1,
};
/// By conversations. As much as one client may ask for at a time, so that no answer is larger.
const MISSED: Bounds = Bounds {
    weight: RESUME_CHUNK,
    queries: 4,
};
/// By people, each with up to a page.
const NOTIFICATIONS: Bounds = Bounds {
    weight: 100,
    queries: 2,
};
const STATUSES: Bounds = Bounds {
    weight: 1_000,
    queries: 2,
};
const COMPANIONS: Bounds = Bounds {
    weight: 100,
    queries: 1,
};

/// The unread ones of somebody, and whether there are more than so many.
type Unread = (Vec<Notification>, bool);

pub(crate) struct BatchedReads {
    people: Loader<UserId, Option<Person>>,
    missed: Loader<(Person, Vec<Since>), Vec<Missed>>,
    unread: Loader<(UserId, i64), Unread>,
    statuses: Loader<Vec<UserId>, Vec<UserStatus>>,
    companions: Loader<UserId, Vec<UserId>>,
}

impl BatchedReads {
    /// Answers until [`Self::close`].
    pub fn start(pool: &Pool) -> Self {
        Self {
            people: Loader::start(pool, PEOPLE, people_of),
            missed: Loader::start(pool, MISSED, async |pool, asked: Arc<[_]>| {
                missed::missed(&pool, &asked).await
            }),
            unread: Loader::start(pool, NOTIFICATIONS, async |pool, asked: Arc<[_]>| {
                notifications::unread(&pool, &asked).await
            }),
            statuses: Loader::start(pool, STATUSES, statuses_of),
            companions: Loader::start(pool, COMPANIONS, async |pool, users: Arc<[_]>| {
                presence::companions(&pool, &users).await
            }),
        }
    }

    /// Answers what waits, and ends.
    pub async fn close(&self) {
        tokio::join!(
            self.people.close(),
            self.missed.close(),
            self.unread.close(),
            self.statuses.close(),
            self.companions.close(),
        );
    }

    pub async fn person(&self, id: &UserId) -> Result<Option<Person>, StorageError> {
        if !is_text(id.as_str()) {
            return Ok(None);
        }
        self.people.ask(id.clone(), 1).await
    }

    pub async fn missed(
        &self,
        person: &Person,
        since: &[Since],
    ) -> Result<Vec<Missed>, StorageError> {
        let asked = since
            .iter()
            .filter(|since| is_text(since.conversation.as_str()));
        let asked: Vec<_> = asked.cloned().collect();
        if asked.is_empty() {
            return Ok(since.iter().map(reset).collect());
        }
        let weight = asked.len();
        let missed = self.missed.ask((person.clone(), asked), weight).await?;
        let mut missed = missed.into_iter();
        let answer = |since: &Since| {
            let asked = is_text(since.conversation.as_str()).then(|| missed.next());
            asked.flatten().unwrap_or_else(|| reset(since))
        };
        Ok(since.iter().map(answer).collect())
    }

    pub async fn unread(&self, user: &UserId, most: i64) -> Result<Unread, StorageError> {
        if !is_text(user.as_str()) {
            return Ok((Vec::new(), false));
        }
        self.unread.ask((user.clone(), most), 1).await
    }

    pub async fn statuses(&self, users: &[UserId]) -> Result<Vec<UserStatus>, StorageError> {
        let users = users.iter().filter(|user| is_text(user.as_str()));
        let users: Vec<_> = users.cloned().collect();
        if users.is_empty() {
            return Ok(Vec::new());
        }
        let weight = users.len();
        self.statuses.ask(users, weight).await
    }

    pub async fn companions(&self, user: &UserId) -> Result<Vec<UserId>, StorageError> {
        if !is_text(user.as_str()) {
            return Ok(Vec::new());
        }
        self.companions.ask(user.clone(), 1).await
    }
}

/// PostgreSQL has no other, and would refuse the questions of others with it.
fn is_text(id: &str) -> bool {
    !id.contains('\0')
}

fn reset(since: &Since) -> Missed {
    Missed::Reset(since.conversation.clone())
}

async fn people_of(pool: Pool, ids: Arc<[UserId]>) -> Result<Vec<Option<Person>>, sqlx::Error> {
    let known = people::people(&pool, &distinct(ids.iter())).await?;
    let known: HashMap<UserId, Person> = known
        .into_iter()
        .map(|person| (person.id.clone(), person))
        .collect();
    Ok(ids.iter().map(|id| known.get(id).cloned()).collect())
}

async fn statuses_of(
    pool: Pool,
    asked: Arc<[Vec<UserId>]>,
) -> Result<Vec<Vec<UserStatus>>, sqlx::Error> {
    let known = presence::statuses(&pool, &distinct(asked.iter().flatten())).await?;
    let known: HashMap<UserId, UserStatus> = known
        .into_iter()
        .map(|status| (status.user.clone(), status))
        .collect();
    let answer = |users: &Vec<UserId>| {
        let found = users.iter().filter_map(|user| known.get(user).cloned());
        found.collect()
    };
    Ok(asked.iter().map(answer).collect())
}

fn distinct<'a>(users: impl Iterator<Item = &'a UserId>) -> Vec<String> {
    let mut ids: Vec<String> = users.map(ToString::to_string).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
