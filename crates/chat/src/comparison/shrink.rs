//! Cutting a failing sequence down.

use super::Command;

/// Leaves commands out, many at a time and then fewer, as long as the rest still
/// fails: complement reduction of delta debugging, by Zeller and Hildebrandt,
/// "Simplifying and isolating failure-inducing input", 2002. In the end no single
/// command can be left out.
pub async fn shrink(
    mut commands: Vec<Command>,
    fails: impl AsyncFn(&[Command]) -> bool,
) -> Vec<Command> {
    let mut size = commands.len() / 2;
    while size > 0 {
        let before = commands.len();
        let mut start = 0;
        while start < commands.len() {
            let end = (start + size).min(commands.len());
            let fewer = [&commands[..start], &commands[end..]].concat();
            if fails(&fewer).await {
                commands = fewer;
            } else {
                start = end;
            }
        }
        if size > 1 {
            size /= 2;
        } else if commands.len() == before {
            break;
        }
    }
    commands
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
