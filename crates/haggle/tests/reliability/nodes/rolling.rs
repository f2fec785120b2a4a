//! Every server is replaced by a new one, one after the other, behind the nginx of docs/nginx.conf.

use std::{
    fs,
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use cluster::Watchdog;
use serde_json::json;
use tempfile::TempDir;
use test_support::{Person, ServerProcess, eventually, steady_address};

use crate::{crowd::Crowd, market::Market, talk::Talk};

/// nginx in front of servers, with the configuration of the documents.
struct Nginx {
    process: Child,
    _watchdog: Watchdog,
    address: SocketAddr,
    _folder: TempDir,
}

impl Nginx {
    async fn before(servers: &[SocketAddr]) -> Self {
        let address = steady_address();
        let [one, other] = servers else {
            panic!("the configuration names two servers");
        };
        let documented = include_str!("../../../../../docs/nginx.conf");
        let ours = documented
            .replace("listen 80;", &format!("listen {address};"))
            .replace("10.0.0.11:8080", &one.to_string())
            .replace("10.0.0.12:8080", &other.to_string());
        let folder = test_support::open_folder();
        let path = folder.path().display();
        let around = format!(
            "daemon off; master_process off; pid {path}/pid; error_log stderr;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; client_body_temp_path {path}/body; proxy_temp_path {path}/proxy;\n\
             fastcgi_temp_path {path}/f; uwsgi_temp_path {path}/u; scgi_temp_path {path}/s;\n\
             {ours} }}\n"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, around).expect("the configuration is written");
        let program = ["nginx", "/usr/sbin/nginx"]
            .into_iter()
            .find(|program| Command::new(program).arg("-v").output().is_ok());
        let mut nginx = Command::new(program.expect("nginx is installed"));
        let process = nginx
            .arg("-c")
            .arg(&file)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("nginx starts");
        let watchdog = Watchdog::over(&process, &[]).expect("a shell");
        let nginx = Self {
            process,
            _watchdog: watchdog,
            address,
            _folder: folder,
        };
        let nobody = Person::nobody(&nginx.base());
        eventually("nginx answers", async || {
            let asked = nobody.request(reqwest::Method::GET, "/healthz");
            asked
                .send()
                .await
                .is_ok_and(|answer| answer.status() == 200)
        })
        .await;
        nginx
    }

    fn base(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_are_replaced_under_load_and_nobody_notices() {
    let mut market = Market::of_several(2, &[]).await;
    let addresses = [market.server.address(), market.others[0].0.address()];
    let nginx = Nginx::before(&addresses).await;
    market.front = Some(nginx.base());
    let crowd = Crowd::gather(&market).await;
    for turn in 0..4 {
        crowd.has_sent(50).await;
        let (server, options) = if turn % 2 == 0 {
            (&mut market.server, &market.options)
        } else {
            let (server, options) = &mut market.others[0];
            (server, &*options)
        };
        assert_eq!(server.sigterm_and_wait().await.code(), Some(0));
        let output = server.output();
        assert!(!output.contains("gave_up=true"), "{output}");
        *server = ServerProcess::spawn(options).await;
        market.is_connected().await;
    }
    crowd.has_sent(50).await;
    crowd.end().await;
}

#[tokio::test]
async fn when_no_server_answers_clients_are_told_to_try_again() {
    let mut market = Market::of_several(2, &[]).await;
    let addresses = [market.server.address(), market.others[0].0.address()];
    let nginx = Nginx::before(&addresses).await;
    let anna = Person::new(&nginx.base(), "anna");
    let conversation = anna.open(json!({"supplierId": "s-1"})).await;
    let mut screen = anna.online().await;
    anna.say(&conversation, "Hello.").await;
    screen.until("message").await;
    market.server.kill9();
    market.others[0].0.kill9();
    let answer = anna.get("/api/chat/conversations").await;
    assert!(answer.headers.contains_key("retry-after"));
    let problem = answer.expect(503);
    assert_eq!(problem["code"], "unavailable");
    assert!(problem["requestId"].is_string());
}
