//! The outbox.

use std::{collections::BTreeMap, time::Duration};

use async_trait::async_trait;

use super::{
    MemoryStorage,
    outbox_rows::{JobRow, later},
    rows::number,
    state::State,
};
use chat::{
    ids::{JobId, NodeId},
    job::{Claim, Ended, Job, JobLoad, JobQuery, KindLoad, NewJob},
    storage::{Jobs, Result},
};

impl State {
    pub fn add_jobs(&mut self, jobs: &[NewJob]) {
        for new in jobs {
            let is_there = new.key.is_some() && self.waits(&new.kind, new.key.as_deref());
            if is_there {
                continue;
            }
            self.ids += 1;
            let id = JobId::new(format!("01900000-0000-7000-b000-{:012x}", self.ids));
            let job = Job {
                id: id.clone(),
                kind: new.kind.to_string(),
                key: new.key.clone(),
                payload: new.payload.clone(),
                due_at: later(self.now, new.after),
                attempts: 0,
                last_error: None,
                dead_at: None,
                created_at: self.now,
            };
            let claimed = None;
            self.jobs.insert(id, JobRow { job, claimed });
        }
    }

    fn waits(&self, kind: &str, key: Option<&str>) -> bool {
        let mut jobs = self.jobs.values().map(|row| &row.job);
        jobs.any(|job| job.dead_at.is_none() && job.kind == kind && job.key.as_deref() == key)
    }

    fn claim_jobs(&mut self, node: &NodeId, kind: &str, lease: Duration, limit: usize) -> Vec<Job> {
        let now = self.now;
        let rows = self.jobs.values_mut().filter(|row| {
            let is_free = row.claimed.as_ref().is_none_or(|(_, until)| *until <= now);
            is_free && row.job.kind == kind && row.job.dead_at.is_none() && row.job.due_at <= now
        });
        let mut due: Vec<&mut JobRow> = rows.collect();
        due.sort_by_key(|row| row.job.due_at);
        let taken = due.into_iter().take(limit).map(|row| {
            row.job.attempts += 1;
            row.claimed = Some((node.clone(), later(now, lease)));
            row.job.clone()
        });
        taken.collect()
    }

    fn end_job(&mut self, claim: &Claim, ended: &Ended) -> bool {
        let now = self.now;
        let row = self.jobs.get_mut(&claim.job);
        let Some(row) = row.filter(|row| {
            let node = row.claimed.as_ref().map(|(node, _)| node);
            node == Some(&claim.node) && row.job.attempts == claim.attempt
        }) else {
            return false;
        };
        row.claimed = None;
        let job = &mut row.job;
        match ended {
            Ended::Done => _ = self.jobs.remove(&claim.job),
            Ended::Later(pause) => {
                (job.attempts, job.due_at) = (job.attempts - 1, later(now, *pause));
            }
            Ended::Again(pause, error) => {
                job.due_at = later(now, *pause);
                job.last_error = Some(error.clone());
            }
            Ended::Dead(error) => {
                job.dead_at = Some(now);
                job.last_error = Some(error.clone());
            }
        }
        true
    }

    fn replay_jobs(&mut self, id: Option<&JobId>) -> u64 {
        let dead = self.jobs.values().map(|row| &row.job).filter(|job| {
            job.dead_at.is_some()
                && id.is_none_or(|id| job.id == *id)
                && (job.key.is_none() || !self.waits(&job.kind, job.key.as_deref()))
        });
        // Of several with one key the newest.
        let mut chosen: BTreeMap<(String, String), JobId> = BTreeMap::new();
        for job in dead {
            let key = job.key.clone().map(|key| format!("key {key}"));
            let key = key.unwrap_or_else(|| job.id.to_string());
            chosen.insert((job.kind.clone(), key), job.id.clone());
        }
        for id in chosen.values() {
            if let Some(row) = self.jobs.get_mut(id) {
                row.job.dead_at = None;
                row.job.attempts = 0;
                row.job.due_at = self.now;
            }
        }
        chosen.len() as u64
    }

    fn load_of(&self, is_one: impl Fn(&Job) -> bool) -> JobLoad {
        let jobs: Vec<&Job> = self.jobs.values().map(|row| &row.job).collect();
        let jobs = jobs.into_iter().filter(|job| is_one(job));
        let (dead, waiting): (Vec<&Job>, Vec<&Job>) = jobs.partition(|job| job.dead_at.is_some());
        let late = waiting.iter().map(|job| job.due_at);
        JobLoad {
            oldest: late.filter(|due_at| *due_at <= self.now).min(),
            waiting: number(waiting.len()),
            failed: number(dead.len()),
        }
    }
}

#[async_trait]
impl Jobs for MemoryStorage {
    async fn add(&self, jobs: &[NewJob]) -> Result<()> {
        self.state().add_jobs(jobs);
        Ok(())
    }

    async fn claim(
        &self,
        node: &NodeId,
        kind: &str,
        lease: Duration,
        limit: i64,
    ) -> Result<Vec<Job>> {
        let limit = usize::try_from(limit).unwrap_or(0);
        Ok(self.state().claim_jobs(node, kind, lease, limit))
    }

    async fn end(&self, claim: &Claim, ended: &Ended) -> Result<bool> {
        Ok(self.state().end_job(claim, ended))
    }

    /// Whoever works on this storage looks.
    async fn added(&self, _: &str) {
        std::future::pending::<()>().await;
    }

    async fn list(&self, query: &JobQuery) -> Result<Vec<Job>> {
        let state = self.state();
        let jobs = state.jobs.values().map(|row| &row.job).filter(|job| {
            job.dead_at.is_some() == query.dead
                && query.after.as_ref().is_none_or(|after| *after < job.id)
        });
        let limit = usize::try_from(query.limit).unwrap_or(0);
        Ok(jobs.take(limit).cloned().collect())
    }

    async fn replay(&self, job: Option<&JobId>) -> Result<u64> {
        Ok(self.state().replay_jobs(job))
    }

    async fn load(&self) -> Result<JobLoad> {
        Ok(self.state().load_of(|_| true))
    }

    async fn load_by_kind(&self) -> Result<Vec<KindLoad>> {
        let state = self.state();
        let kind_of = |job: &Job| job.kind.split(':').next().unwrap_or_default().to_owned();
        let mut kinds: Vec<String> = state.jobs.values().map(|row| kind_of(&row.job)).collect();
        kinds.sort();
        kinds.dedup();
        let load = |kind: String| {
            let load = state.load_of(|job| kind_of(job) == kind);
            let late = load
                .oldest
                .map(|due_at| state.now.micros() - due_at.micros());
            KindLoad {
                kind,
                load,
                late_seconds: late.unwrap_or(0) / 1_000_000,
            }
        };
        Ok(kinds.into_iter().map(load).collect())
    }

    async fn forget_dead(&self, older_than: Duration) -> Result<u64> {
        let mut state = self.state();
        let now = state.now;
        let before = state.jobs.len();
        state.jobs.retain(|_, row| {
            let dead_at = row.job.dead_at;
            dead_at.is_none_or(|dead_at| now <= later(dead_at, older_than))
        });
        Ok((before - state.jobs.len()) as u64)
    }
}
