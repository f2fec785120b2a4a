use std::time::{Duration, Instant};

/// How long a test waits for what must happen before it fails. Generous, because machines are busy:
/// a test that passes never waits for it.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// Waits until a condition holds, and panics naming it when it does not come true.
///
/// By the real clock, also under `tokio::time::pause`: it waits for other processes.
pub async fn eventually(what: &str, condition: impl AsyncFnMut() -> bool) {
    within(PATIENCE, what, condition).await;
}

/// The same for who cannot do anything else meanwhile.
pub(crate) fn blocking(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline, "waited in vain for: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The same for what must happen within a time that was promised.
pub async fn within(limit: Duration, what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let waiting = Waiting::within(limit, what);
    while !condition().await {
        waiting.a_moment().await;
    }
}

/// The same where a condition cannot be a closure, as in tasks that move between threads.
#[derive(Debug)]
pub struct Waiting<'a> {
    what: &'a str,
    deadline: Instant,
}

impl<'a> Waiting<'a> {
    pub fn for_(what: &'a str) -> Self {
        Self::within(PATIENCE, what)
    }

    fn within(limit: Duration, what: &'a str) -> Self {
        let deadline = Instant::now() + limit;
        Self { what, deadline }
    }

    /// Until the next look. Panics when the time is over.
    pub async fn a_moment(&self) {
        assert!(
            Instant::now() < self.deadline,
            "waited in vain for: {}",
            self.what
        );
        let pause = || std::thread::sleep(Duration::from_millis(5));
        tokio::task::spawn_blocking(pause)
            .await
            .expect("a short pause");
    }
}
