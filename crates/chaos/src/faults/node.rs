//! A server is killed, stopped and restarted, and watched meanwhile.

use std::time::Duration;

use test_support::ServerProcess;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::Knows;
use crate::{
    history::What,
    plan::{Fault, Injection},
    setup::Node,
};

/// Between two looks at the process.
const MOMENT: Duration = Duration::from_millis(200);
/// A drain takes 10 s at most, and this machine may be busy.
const DRAIN: Duration = Duration::from_secs(25);
/// A start may have to wait for PostgreSQL.
const START: Duration = Duration::from_secs(90);

pub(super) async fn break_node(
    knows: Knows,
    injections: Vec<Injection>,
    mut node: Node,
    end: Duration,
) -> Node {
    for injection in injections {
        let at = knows.start + Duration::from_millis(injection.at);
        watch(&knows, &mut node, at).await;
        knows.until(&injection).await;
        match injection.fault {
            Fault::Pause => {
                node.server.freeze();
                knows.hold(&injection).await;
                node.server.go_on();
            }
            fault => {
                look(&knows, &node);
                if fault == Fault::Terminate {
                    drain(&knows, &mut node).await;
                }
                node.server.kill9();
                knows.hold(&injection).await;
                start(&knows, &mut node).await;
            }
        }
        knows.recovers(&injection);
    }
    let end = knows.start + end;
    watch(&knows, &mut node, end).await;
    node
}

/// Notices what nobody did.
async fn watch(knows: &Knows, node: &mut Node, until: Instant) {
    loop {
        if let Some(status) = node.server.exit_status() {
            let what = What::Exits {
                status: status.to_string(),
                said: tail(&node.server.output()),
            };
            knows.recorder.note(&name(node), what);
            start(knows, node).await;
        }
        let now = Instant::now();
        if now >= until {
            return;
        }
        sleep_until((now + MOMENT).min(until)).await;
    }
}

async fn drain(knows: &Knows, node: &mut Node) {
    node.server.sigterm();
    let ended = async {
        loop {
            if let Some(status) = node.server.exit_status() {
                return status.code();
            }
            sleep(MOMENT).await;
        }
    };
    let code = timeout(DRAIN, ended).await.ok().flatten();
    knows.recorder.note(&name(node), What::Drains { code });
}

/// As whoever runs it would: until it listens.
async fn start(knows: &Knows, node: &mut Node) {
    let deadline = Instant::now() + START;
    while Instant::now() < deadline {
        match ServerProcess::try_spawn(&node.options).await {
            Ok(server) => {
                node.server = server;
                return;
            }
            Err(said) => {
                panics(knows, node, &said);
                sleep(MOMENT).await;
            }
        }
    }
    let what = What::Exits {
        status: "it does not start".to_owned(),
        said: String::new(),
    };
    knows.recorder.note(&name(node), what);
}

/// Before it goes: how large it is, and whether it panicked.
pub(crate) fn look_at(recorder: &crate::history::Recorder, node: &Node) {
    if let Some(resident_kib) = node.server.peak_kib() {
        recorder.note(&name(node), What::Measures { resident_kib });
    }
    for line in node.server.output().lines() {
        if line.contains("panicked at") {
            let said = line.to_owned();
            recorder.note(&name(node), What::Panics { said });
        }
    }
}

fn look(knows: &Knows, node: &Node) {
    look_at(&knows.recorder, node);
}

fn panics(knows: &Knows, node: &Node, output: &str) {
    if output.contains("panicked at") {
        let said = tail(output);
        knows.recorder.note(&name(node), What::Panics { said });
    }
}

fn tail(output: &str) -> String {
    let lines: Vec<_> = output.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

fn name(node: &Node) -> String {
    format!("node {}", node.number)
}
