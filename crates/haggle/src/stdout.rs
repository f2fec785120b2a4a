//! What the operator who started the process reads.

/// A line on standard output. Nobody reading it is no reason to end.
pub fn say(line: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}
