//! What every session is told at its start, and every transaction where a pooler is between.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, postgres::PgConnectOptions};
use tokio::time::{Instant, timeout};

/// A session that does not answer this in time is given up.
const PATIENCE: Duration = Duration::from_secs(2);
/// Older ones make room for new ones, as a host's own servers do.
const LIFETIME: Duration = Duration::from_mins(30);
/// A session that was not used for this long is asked whether it may still write.
const FRESH: Duration = Duration::from_secs(1);
/// Says that a pooler has not swallowed our settings.
pub(super) const MARK: (&str, &str) = ("haggle.session", "direct");

/// Whatever the defaults of role and database are.
///
/// A statement may run for longer than any caller waits. When PostgreSQL ends the wait of a commit for
/// a synchronous replica, it answers as if the replica had confirmed it, and nobody may hear that.
const SETTINGS: [(&str, &str); 14] = [
    ("statement_timeout", "20000"),
    ("lock_timeout", "0"),
    ("idle_in_transaction_session_timeout", "30000"),
    ("idle_session_timeout", "0"),
    ("default_transaction_isolation", "read committed"),
    ("default_transaction_deferrable", "off"),
    ("timezone", "UTC"),
    ("datestyle", "ISO"),
    ("intervalstyle", "postgres"),
    ("bytea_output", "hex"),
    ("standard_conforming_strings", "on"),
    ("transform_null_equals", "off"),
    // "Does not exist, skipping" is news to nobody.
    ("client_min_messages", "warning"),
    MARK,
];

/// The same for one transaction. What a pooler's client is told at its start reaches nobody.
pub(super) const BEGIN_BEHIND_A_POOLER: &str = "\
begin isolation level read committed not deferrable; \
set local statement_timeout = 20000; \
set local lock_timeout = 0; \
set local idle_in_transaction_session_timeout = 30000; \
set local timezone = 'UTC'; \
set local datestyle = 'ISO'; \
set local intervalstyle = 'postgres'; \
set local bytea_output = 'hex'; \
set local standard_conforming_strings = on; \
set local transform_null_equals = off; \
set local client_min_messages = warning; \
select case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', true) end";

/// For a migration, which takes the time it takes.
pub(crate) const BEGIN_A_MIGRATION: &str = "\
begin isolation level read committed not deferrable; \
set local statement_timeout = 0; \
set local idle_in_transaction_session_timeout = 0; \
set local timezone = 'UTC'; \
set local standard_conforming_strings = on; \
set local client_min_messages = warning";

/// Changes of conversations find every row by a key, and their plans are made once. Planned while the
/// tables were small, they would read whole tables long after these have grown.
const BY_KEY: &str = "\
set plan_cache_mode = force_generic_plan; \
set enable_seqscan = off; \
set enable_hashjoin = off; \
set enable_mergejoin = off; \
set jit = off";
const BY_KEY_IN_TRANSACTION: &str = "\
set local enable_seqscan = off; \
set local enable_hashjoin = off; \
set local enable_mergejoin = off; \
set local jit = off";
const AS_PLANNED: &str = "\
reset plan_cache_mode; reset enable_seqscan; reset enable_hashjoin; reset enable_mergejoin; reset jit";

/// What a session is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// Changes of conversations, in few transactions at a time.
    Changes,
    Others,
}

/// With our settings.
pub(super) fn with_settings(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("haggle").options(SETTINGS)
}

/// For a pooler, which takes no settings. A statement that is prepared lives as long as its transaction.
pub(super) fn for_a_pooler(options: PgConnectOptions) -> PgConnectOptions {
    options.application_name("haggle").extra_float_digits(None)
}

/// A place among the connections that may be open; it is free again when this is dropped.
pub(super) struct Place(Arc<AtomicU32>);

impl Place {
    /// Takes one unless so many are taken.
    pub fn take(open: &Arc<AtomicU32>, most: u32) -> Option<Self> {
        let more = |open: u32| (open < most).then_some(open + 1);
        let order = Ordering::SeqCst;
        let taken = open.fetch_update(order, order, more);
        taken.ok().map(|_| Self(open.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

pub(crate) struct Session {
    pub(super) db: PgConnection,
    /// The one of [`super::servers::Servers`] at which it is.
    pub(super) reign: u64,
    pub(super) is_pooled: bool,
    pub(super) only_reads: bool,
    /// It should write, and does not, because a failover is under way.
    pub(super) is_misplaced: bool,
    pub(super) set_for: Use,
    pub(super) opened: Instant,
    pub(super) used: Instant,
    pub(super) place: Option<Place>,
}

impl Session {
    /// What begins a transaction for this use.
    pub(super) async fn begin(&mut self, purpose: Use) -> Result<(), sqlx::Error> {
        if !self.is_pooled {
            self.prepare_for(purpose).await?;
            self.db.execute("begin").await?;
            return Ok(());
        }
        let begin = match purpose {
            Use::Changes => format!("{BEGIN_BEHIND_A_POOLER}; {BY_KEY_IN_TRANSACTION}"),
            Use::Others => BEGIN_BEHIND_A_POOLER.to_owned(),
        };
        self.db.execute(AssertSqlSafe(begin)).await?;
        Ok(())
    }

    /// Ends it. What was prepared in it is forgotten while the session is still ours.
    pub(super) async fn end(&mut self, how: &'static str) -> Result<(), sqlx::Error> {
        if self.is_pooled {
            self.db.clear_cached_statements().await?;
        }
        self.db.execute(how).await?;
        Ok(())
    }

    /// Settings of the session for a use, when the last one was another.
    pub(super) async fn prepare_for(&mut self, purpose: Use) -> Result<(), sqlx::Error> {
        if self.set_for == purpose || self.is_pooled {
            return Ok(());
        }
        let settings = match purpose {
            Use::Changes => BY_KEY,
            Use::Others => AS_PLANNED,
        };
        self.db.execute(settings).await?;
        self.set_for = purpose;
        Ok(())
    }

    /// A new one may write where this one could not.
    pub(super) fn is_worth_asking(&self) -> bool {
        let limit = if self.is_misplaced { FRESH } else { LIFETIME };
        self.opened.elapsed() < limit
    }

    pub(super) fn is_fresh(&self) -> bool {
        self.used.elapsed() < FRESH
    }

    /// Whether it answers, and may still do what it could at its start.
    pub(super) async fn lives(&mut self) -> bool {
        let only_reads = timeout(PATIENCE, only_reads(&mut self.db)).await;
        matches!(only_reads, Ok(Ok(only_reads)) if only_reads == self.only_reads)
    }

    pub fn db(&mut self) -> &mut PgConnection {
        &mut self.db
    }

    pub fn is_pooled(&self) -> bool {
        self.is_pooled
    }

    pub fn only_reads(&self) -> bool {
        self.only_reads
    }

    /// Says goodbye, for a moment.
    pub async fn close(self) {
        let Self { db, place, .. } = self;
        let _ = timeout(PATIENCE, db.close()).await;
        drop(place);
    }
}

pub(super) async fn only_reads(db: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = db.fetch_one("show transaction_read_only").await?;
    sqlx::Row::try_get::<String, _>(&row, 0).map(|setting| setting == "on")
}
