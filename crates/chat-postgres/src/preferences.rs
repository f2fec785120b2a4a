//! How people want to hear of messages.

use async_trait::async_trait;
use chat::{
    ids::UserId,
    preferences::{EmailFrequency, Preferences},
    quiet_hours::{QuietHours, TimeOfDay},
    storage::{PreferenceStore, Result},
};

use crate::PgStorage;

/// As a row has them, or the columns of a person who has none.
pub(crate) struct PreferenceRow {
    pub email: Option<String>,
    pub push: Option<bool>,
    pub quiet_from: Option<i16>,
    pub quiet_to: Option<i16>,
    pub quiet_zone: Option<String>,
    pub language: Option<String>,
}

impl PreferenceRow {
    pub fn preferences(self) -> Preferences {
        let default = Preferences::default();
        let time = |minutes: Option<i16>| minutes.and_then(TimeOfDay::from_minutes);
        let quiet_hours = match (time(self.quiet_from), time(self.quiet_to), self.quiet_zone) {
            (Some(from), Some(to), Some(time_zone)) => Some(QuietHours {
                from,
                to,
                time_zone,
            }),
            _ => None,
        };
        Preferences {
            email: self
                .email
                .and_then(|email| EmailFrequency::parse(&email))
                .unwrap_or(default.email),
            push: self.push.unwrap_or(default.push),
            quiet_hours,
            language: self.language.unwrap_or(default.language),
        }
    }
}

#[async_trait]
impl PreferenceStore for PgStorage {
    async fn preferences(&self, user: &UserId) -> Result<Preferences> {
        let row = sqlx::query_as!(
            PreferenceRow,
            r#"
            select
              email as "email?", push as "push?", quiet_from, quiet_to, quiet_zone,
              language as "language?"
            from haggle.preferences
            where user_id = $1
            "#,
            user.as_str()
        )
        .fetch_optional(&self.pool);
        let row = self.ask(row).await?;
        Ok(row.map(PreferenceRow::preferences).unwrap_or_default())
    }

    async fn set_preferences(&self, user: &UserId, wanted: &Preferences) -> Result<()> {
        let quiet = wanted.quiet_hours.as_ref();
        let done = sqlx::query!(
            r#"
            with person as (
              select $1::varchar as user_id
              where exists (select from haggle.directory_users where key = haggle.user_key($1))
            ),
            -- Their row takes along what they set when they go.
            known as (
              insert into haggle.participants (user_id)
              select user_id
              from person
              on conflict do nothing
            )
            insert into haggle.preferences as p (
              user_id, email, push, quiet_from, quiet_to, quiet_zone, language
            )
            select user_id, $2, $3, $4, $5, $6, $7
            from person
            on conflict (user_id)
            do update set
              email = excluded.email,
              push = excluded.push,
              quiet_from = excluded.quiet_from,
              quiet_to = excluded.quiet_to,
              quiet_zone = excluded.quiet_zone,
              language = excluded.language
            "#,
            user.as_str(),
            wanted.email.as_str(),
            wanted.push,
            quiet.map(|quiet| quiet.from.minutes()),
            quiet.map(|quiet| quiet.to.minutes()),
            quiet.map(|quiet| quiet.time_zone.as_str()),
            &wanted.language
        )
        .execute(&self.pool);
        self.ask(done).await?;
        Ok(())
    }
}
