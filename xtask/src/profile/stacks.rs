//! Reads what `perf script -F comm,ip,sym,dso` prints, and adds equal stacks up.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

/// How many samples had this stack, outermost frame first.
pub type Folded = BTreeMap<Vec<String>, u64>;

/// The stacks that go through this program. A sample is a line with the thread's name, its frames from the
/// innermost outwards, and an empty line.
pub fn fold(script: impl BufRead, program: &str) -> io::Result<Folded> {
    let mut folded = Folded::new();
    let mut frames = Vec::new();
    let mut is_ours = false;
    for line in script.lines().chain([Ok(String::new())]) {
        let line = line?;
        if line.is_empty() {
            if is_ours {
                let stack: Vec<String> = frames.drain(..).rev().collect();
                *folded.entry(stack).or_default() += 1;
            }
            frames.clear();
            is_ours = false;
        } else if line.starts_with(char::is_whitespace) {
            let (symbol, object) = frame(&line);
            is_ours |= object.rsplit('/').next() == Some(program);
            frames.push(symbol);
        }
    }
    Ok(folded)
}

/// `55d0 haggle::serve (/usr/bin/haggle)`: what is called, and the file it is in.
fn frame(line: &str) -> (String, &str) {
    let line = line.trim();
    let (_, rest) = line.split_once(' ').unwrap_or(("", line));
    let (symbol, object) = match rest.rsplit_once(" (") {
        Some((symbol, object)) => (symbol, object.trim_end_matches(')')),
        None => (rest, ""),
    };
    // What the compiler puts behind a name to tell copies apart.
    let symbol = symbol
        .split("::h")
        .next()
        .filter(|_| is_hashed(symbol))
        .unwrap_or(symbol);
    (symbol.trim().to_owned(), object)
}

fn is_hashed(symbol: &str) -> bool {
    let hash = symbol.rsplit("::h").next().unwrap_or_default();
    hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::fold;

    const SCRIPT: &str = "\
tokio-rt-worker
\t    5d0 haggle::inner::h0123456789abcdef (/x/target/measure/haggle)
\t    5d1 haggle::outer (/x/target/measure/haggle)

postgres
\t    9a0 ExecModifyTable (/usr/lib/postgresql/15/bin/postgres)

tokio-rt-worker
\t   77f0 [unknown] ([kernel.kallsyms])
\t    5d1 haggle::outer (/x/target/measure/haggle)
";

    #[test]
    fn only_stacks_of_the_program_count_outermost_first() {
        let folded = fold(SCRIPT.as_bytes(), "haggle").unwrap();
        let stacks: Vec<_> = folded
            .iter()
            .map(|(stack, count)| (stack.join(";"), *count))
            .collect();
        let expected = [
            ("haggle::outer;[unknown]".to_owned(), 1),
            ("haggle::outer;haggle::inner".to_owned(), 1),
        ];
        assert_eq!(stacks, expected);
        assert_eq!(fold(SCRIPT.as_bytes(), "postgres").unwrap().len(), 1);
    }
}
