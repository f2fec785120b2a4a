use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use tokio::sync::oneshot;

/// What a process has printed so far, collected on threads of its own: a full pipe would stop it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Output(Arc<Mutex<String>>);

impl Output {
    /// The thread ends with the pipe.
    pub fn collect(&self, pipe: impl Read + Send + 'static) -> JoinHandle<()> {
        let output = self.clone();
        thread::spawn(move || output.read(pipe, |_| {}))
    }

    /// Also sends the first line that begins with `prefix`, without it.
    pub fn collect_and_find(
        &self,
        pipe: impl Read + Send + 'static,
        prefix: &'static str,
    ) -> (JoinHandle<()>, oneshot::Receiver<String>) {
        let output = self.clone();
        let (sender, receiver) = oneshot::channel();
        let mut sender = Some(sender);
        let thread = thread::spawn(move || {
            output.read(pipe, |line| {
                if let Some(rest) = line.strip_prefix(prefix)
                    && let Some(sender) = sender.take()
                {
                    // Nobody waits any more when the test has already failed.
                    let _ = sender.send(rest.trim().to_owned());
                }
            });
        });
        (thread, receiver)
    }

    fn read(&self, pipe: impl Read, mut on_line: impl FnMut(&str)) {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            on_line(&line);
            let mut text = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            text.push_str(&line);
            text.push('\n');
        }
    }

    pub fn text(&self) -> String {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
