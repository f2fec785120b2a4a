//! Against the reference model, with a clock that tests move.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use chat::{
    ids::NodeId,
    job::{Job, JobQuery, NewJob, Schedule},
    storage::Jobs,
};
use chat_testing::{FakeClock, memory::MemoryStorage};
use serde_json::json;
use tokio::{sync::mpsc, time::advance};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    handler::{Handler, Verdict},
    worker::Worker,
};

/// Answers with what it was told to, and says that it was asked.
struct Scripted {
    verdicts: Mutex<VecDeque<Verdict>>,
    asked: mpsc::UnboundedSender<Job>,
    takes: Duration,
}

#[async_trait]
impl Handler for Scripted {
    fn kind(&self) -> &'static str {
        "test"
    }

    fn schedule(&self) -> Schedule {
        Schedule(&[5, 300])
    }

    fn at_once(&self) -> usize {
        2
    }

    fn time_limit(&self) -> Duration {
        Duration::from_secs(15)
    }

    async fn run(&self, job: &Job) -> Verdict {
        self.asked.send(job.clone()).expect("the test listens");
        tokio::time::sleep(self.takes).await;
        let next = self.verdicts.lock().expect("nobody panics").pop_front();
        next.expect("a panic is a defect of the handler")
    }
}

struct Rig {
    storage: Arc<MemoryStorage>,
    asked: mpsc::UnboundedReceiver<Job>,
    draining: CancellationToken,
    tasks: TaskTracker,
}

impl Rig {
    fn start(verdicts: impl Into<VecDeque<Verdict>>, takes: Duration) -> Self {
        let storage = Arc::new(MemoryStorage::new());
        let (sender, asked) = mpsc::unbounded_channel();
        let draining = CancellationToken::new();
        let worker = Worker {
            handler: Arc::new(Scripted {
                verdicts: Mutex::new(verdicts.into()),
                asked: sender,
                takes,
            }),
            jobs: storage.clone(),
            node: NodeId::new("one"),
            clock: Arc::new(FakeClock::new()),
            draining: draining.clone(),
        };
        let tasks = TaskTracker::new();
        tasks.spawn(worker.run());
        tasks.close();
        Self {
            storage,
            asked,
            draining,
            tasks,
        }
    }

    async fn add(&self, n: u64) {
        let job = NewJob::new("test", json!({"n": n}));
        self.storage.add(&[job]).await.unwrap();
    }

    async fn listed(&self, dead: bool) -> Vec<Job> {
        let query = JobQuery {
            dead,
            after: None,
            limit: 100,
        };
        self.storage.list(&query).await.unwrap()
    }

    /// Both clocks.
    async fn pass(&self, seconds: u64) {
        self.storage.advance_seconds(seconds.cast_signed());
        advance(Duration::from_secs(seconds)).await;
    }

    /// Time passes until the handler is asked.
    async fn asked(&mut self) -> Job {
        self.asked.recv().await.unwrap()
    }

    async fn settled(&self) {
        // Paused time moves on only when nothing else can happen.
        tokio::time::sleep(Duration::from_millis(1_100)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_done_is_gone() {
    let mut rig = Rig::start([Verdict::Done, Verdict::Done], Duration::ZERO);
    rig.add(1).await;
    assert_eq!(rig.asked().await.payload["n"], 1);
    rig.settled().await;
    assert_eq!(rig.listed(false).await, []);
}

#[tokio::test(start_paused = true)]
async fn what_fails_is_tried_again_by_the_schedule_and_then_dead() {
    let again = || Verdict::Again("refused".to_owned());
    let mut rig = Rig::start([again(), again(), again()], Duration::ZERO);
    rig.add(1).await;
    let first = rig.asked().await;
    rig.settled().await;
    rig.pass(4).await;
    rig.settled().await;
    assert!(rig.asked.try_recv().is_err(), "not before 5 s");
    rig.pass(2).await;
    let second = rig.asked().await;
    assert_eq!((&second.id, second.attempts), (&first.id, 2));
    rig.settled().await;
    rig.pass(299).await;
    rig.settled().await;
    assert!(rig.asked.try_recv().is_err(), "not before 5 min");
    rig.pass(31).await;
    assert_eq!(rig.asked().await.attempts, 3);
    rig.settled().await;
    let dead = rig.listed(true).await;
    assert_eq!(dead[0].last_error.as_deref(), Some("refused"));
    assert_eq!(rig.listed(false).await, []);
}

#[tokio::test(start_paused = true)]
async fn a_defect_and_an_endless_job_are_failures() {
    let mut rig = Rig::start([], Duration::ZERO);
    rig.add(1).await;
    rig.asked().await;
    rig.settled().await;
    let waiting = rig.listed(false).await;
    let error = waiting[0].last_error.as_deref().unwrap();
    assert!(error.contains("defect"), "{error}");

    let mut rig = Rig::start([Verdict::Done], Duration::from_hours(1));
    rig.add(1).await;
    rig.asked().await;
    tokio::time::sleep(Duration::from_secs(16)).await;
    let waiting = rig.listed(false).await;
    assert_eq!(waiting[0].last_error.as_deref(), Some("it took too long"));
}

#[tokio::test(start_paused = true)]
async fn no_more_run_at_a_time_than_may() {
    let verdicts = [Verdict::Done, Verdict::Done, Verdict::Done];
    let mut rig = Rig::start(verdicts, Duration::from_secs(10));
    for n in 1..=3 {
        rig.add(n).await;
    }
    rig.asked().await;
    rig.asked().await;
    rig.settled().await;
    assert!(rig.asked.try_recv().is_err());
    tokio::time::sleep(Duration::from_secs(10)).await;
    assert_eq!(rig.asked().await.payload["n"], 3);
}

#[tokio::test(start_paused = true)]
async fn a_drain_waits_for_what_ends_soon_and_gives_back_the_rest() {
    let mut rig = Rig::start([Verdict::Done], Duration::from_secs(1));
    rig.add(1).await;
    rig.asked().await;
    rig.draining.cancel();
    rig.tasks.wait().await;
    assert_eq!(rig.listed(false).await, [], "it was finished");

    let mut rig = Rig::start([Verdict::Done], Duration::from_secs(10));
    rig.add(1).await;
    rig.asked().await;
    rig.draining.cancel();
    rig.tasks.wait().await;
    let (one, lease) = (NodeId::new("other"), Duration::from_secs(1));
    let claimed = rig.storage.claim(&one, "test", lease, 1).await.unwrap();
    assert_eq!(claimed[0].attempts, 1, "somebody else may begin at once");
}
