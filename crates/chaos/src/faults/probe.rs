//! Somebody who asks every server again and again how it is, as a load balancer does.

use std::{net::SocketAddr, time::Duration};

use tokio::time::sleep;

use crate::history::{Probe, Recorder, What};

const EVERY: Duration = Duration::from_millis(300);
const PATIENCE: Duration = Duration::from_secs(3);

/// Until it is dropped. Not through the proxy.
pub async fn probe(recorder: Recorder, node: usize, address: SocketAddr) {
    let (http, who) = (reqwest::Client::new(), format!("node {node}"));
    loop {
        for path in [Probe::Health, Probe::Ready] {
            let asked_at = recorder.now();
            if let Some(status) = ask(&http, address, path).await {
                let what = What::Probes {
                    path,
                    status,
                    asked_at,
                };
                recorder.note(&who, what);
            }
        }
        sleep(EVERY).await;
    }
}

/// `None` when nobody answers.
pub async fn ask(http: &reqwest::Client, address: SocketAddr, path: Probe) -> Option<u16> {
    let path = match path {
        Probe::Health => "healthz",
        Probe::Ready => "readyz",
    };
    let request = http
        .get(format!("http://{address}/{path}"))
        .timeout(PATIENCE);
    let answer = request.send().await.ok()?;
    Some(answer.status().as_u16())
}
