use std::time::Instant;

use crate::run::Result;

/// A list of things to do, each announced, timed and told again at the end. The first failure ends
/// it.
#[derive(Debug, Default)]
pub struct Steps {
    done: Vec<String>,
}

impl Steps {
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result) -> Result {
        println!("\n== {name}");
        let start = Instant::now();
        let result = work();
        let seconds = start.elapsed().as_secs_f32();
        let outcome = if result.is_ok() { "ok" } else { "FAILED" };
        self.done
            .push(format!("{seconds:7.1} s  {outcome:6}  {name}"));
        result.map_err(|error| format!("{name}: {error}").into())
    }

    pub fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped, {why}");
        self.done.push(format!("{:>9}  skipped {name}, {why}", "-"));
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        println!("\n== what was done");
        for line in &self.done {
            println!("{line}");
        }
    }
}
