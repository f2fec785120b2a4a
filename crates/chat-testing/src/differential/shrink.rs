//! Cutting a failing sequence down.

/// Leaves things out, many at a time and then fewer, as long as the rest still
/// fails: complement reduction of delta debugging, by Zeller and Hildebrandt,
/// "Simplifying and isolating failure-inducing input", 2002. In the end no single
/// thing can be left out.
pub async fn shrink<T: Clone>(mut things: Vec<T>, fails: impl AsyncFn(&[T]) -> bool) -> Vec<T> {
    let mut size = things.len() / 2;
    while size > 0 {
        let before = things.len();
        let mut start = 0;
        while start < things.len() {
            let end = (start + size).min(things.len());
            let fewer = [&things[..start], &things[end..]].concat();
            if fails(&fewer).await {
                things = fewer;
            } else {
                start = end;
            }
        }
        if size > 1 {
            size /= 2;
        } else if things.len() == before {
            break;
        }
    }
    things
}

#[cfg(test)]
mod tests {
    use super::{super::Command, shrink};

    #[tokio::test]
    async fn what_is_not_needed_goes() {
        let tick = |micros| Command::Tick { micros };
        let commands: Vec<Command> = (0..100).map(tick).collect();
        let fails = async |rest: &[Command]| {
            let has = |micros| rest.contains(&tick(micros));
            has(3) && has(58) && (has(59) || has(99))
        };
        let needed = shrink(commands, fails).await;
        assert_eq!(needed, [tick(3), tick(58), tick(59)]);
    }
}
