//! nginx with the configuration of docs/nginx.conf.

use std::{
    fs,
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use cluster::Watchdog;
use tempfile::TempDir;
use test_support::{Person, eventually, steady_address};

/// nginx in front of servers, with the configuration of the documents.
pub struct Nginx {
    process: Child,
    _watchdog: Watchdog,
    address: SocketAddr,
    prefix: String,
    _folder: TempDir,
}

impl Nginx {
    pub async fn before(servers: &[SocketAddr]) -> Self {
        Self::at("/", servers).await
    }

    /// At this path of its site, which it removes.
    pub async fn at(path: &str, servers: &[SocketAddr]) -> Self {
        let address = steady_address();
        let [one, other] = servers else {
            panic!("the configuration names two servers");
        };
        let documented = include_str!("../../../../docs/nginx.conf");
        let ours = documented
            .replace("listen 80;", &format!("listen {address};"))
            .replace("10.0.0.11:8080", &one.to_string())
            .replace("10.0.0.12:8080", &other.to_string());
        let ours = match path {
            "/" => ours,
            path => ours
                .replace("location / {", &format!("location {path} {{"))
                .replace("proxy_pass http://haggle;", "proxy_pass http://haggle/;"),
        };
        let prefix = path.trim_end_matches('/').to_owned();
        let folder = test_support::open_folder();
        let files = folder.path().display();
        let around = format!(
            "daemon off; master_process off; pid {files}/pid; error_log stderr;\n\
             events {{ worker_connections 1024; }}\n\
             http {{ access_log off; client_body_temp_path {files}/body; proxy_temp_path {files}/proxy;\n\
             fastcgi_temp_path {files}/f; uwsgi_temp_path {files}/u; scgi_temp_path {files}/s;\n\
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
            prefix,
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

    pub fn base(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
