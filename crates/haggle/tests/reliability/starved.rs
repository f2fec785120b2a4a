//! The machine has run out of something: whoever asks is told so, what was acknowledged stays, and the
//! server goes on when there is room again.

use std::{fs, path::Path, process::Command};

use reqwest::Method;
use serde_json::json;
use test_support::{
    Answer, Person, PrivateCluster, ServerOptions, ServerProcess, eventually, open_folder,
};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    market::Market,
    talk::{Talk, of},
};

/// A small disk of its own, in a folder. It needs root, as which CI runs.
struct Disk(tempfile::TempDir);

impl Disk {
    fn of_megabytes(size: u32) -> Option<Self> {
        let folder = open_folder();
        let size = format!("size={size}m,mode=0777");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(folder));
        }
        eprintln!("without root there is no disk that can be filled");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Until nothing more goes on it.
    fn fill(&self) {
        let all = vec![0; 64 << 20];
        fs::write(self.path().join("filler"), all).expect_err("it is small");
    }

    fn make_room(&self) {
        fs::remove_file(self.path().join("filler")).expect("it was filled");
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.path()).status();
    }
}

async fn upload(person: &Person) -> Answer {
    upload_of(person, 20_000).await
}

/// A text of so many words.
async fn upload_of(person: &Person, words: usize) -> Answer {
    let body = format!(
        "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{}\r\n--x--\r\n",
        "Steel. ".repeat(words)
    );
    let request = person.request(Method::POST, "/api/chat/attachments");
    let request = request.header("content-type", "multipart/form-data; boundary=x");
    Answer::to(request.body(body)).await
}

async fn send(person: &Person, conversation: &str) -> Answer {
    let path = of(conversation, "/messages");
    let request = person.request(Method::POST, &path);
    Answer::to(request.json(&json!({"content": "Steel. ".repeat(1_000)}))).await
}

#[track_caller]
fn expect_no_room(answer: &Answer) {
    assert_eq!(answer.status, 503, "{:#}", answer.json);
    assert_eq!(answer.json["code"], "unavailable");
    assert!(answer.json["requestId"].is_string());
}

#[tokio::test]
async fn a_full_disk_of_the_object_store_refuses_uploads_until_there_is_room() {
    let Some(disk) = Disk::of_megabytes(2) else {
        return;
    };
    let store = format!("file://{}", disk.path().display());
    let market = Market::with(&[("HAGGLE_OBJECT_STORE", &store)]).await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    upload(&anna).await.expect(201);
    disk.fill();
    for _ in 0..3 {
        expect_no_room(&upload(&anna).await);
    }
    // Nothing of them is left, and messages do not need the store.
    send(&anna, &conversation).await.expect(201);
    anna.get("/readyz").await.expect(200);
    disk.make_room();
    upload(&anna).await.expect(201);
    let incoming = fs::read_dir(disk.path().join("incoming")).expect("a folder");
    assert_eq!(incoming.count(), 0);
}

#[tokio::test]
async fn a_full_disk_of_postgresql_refuses_messages_until_there_is_room() {
    let Some(disk) = Disk::of_megabytes(8) else {
        return;
    };
    let mut cluster = PrivateCluster::start();
    let market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    let anna = market.person("anna");
    let sql = market.sql().await;
    let folder = disk.path().join("space");
    fs::create_dir(&folder).expect("a folder");
    cluster.give(&folder);
    let space = format!("create tablespace small location '{}'", folder.display());
    crate::databases::run(&sql, &space).await;
    let rows = "alter table haggle.message_rows set tablespace small";
    crate::databases::run(&sql, rows).await;
    sql.close().await;

    let mut acknowledged = 0;
    disk.fill();
    loop {
        let answer = send(&anna, &conversation).await;
        if answer.status != 201 {
            expect_no_room(&answer);
            break;
        }
        acknowledged += 1;
    }
    anna.get(&of(&conversation, "/messages?markRead=false"))
        .await
        .expect(200);
    disk.make_room();
    send(&anna, &conversation).await.expect(201);
    cluster.kill9();
    cluster.start_again();
    let history = anna.history(&conversation).await;
    assert_eq!(history.len(), acknowledged + 1);
}

#[tokio::test]
async fn without_file_handles_whoever_is_there_is_answered_and_the_server_goes_on_when_there_are_some()
 {
    let cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    assert!(market.server.sigterm_and_wait().await.success());
    let few = "ulimit -n 100; exec \"$0\" serve";
    let options = ServerOptions::new("/bin/sh")
        .arguments(&["-c", few, env!("CARGO_BIN_EXE_haggle")])
        .set("HAGGLE_MESSAGES_PER_MINUTE", "0")
        .database(cluster.url());
    market.server = ServerProcess::spawn(&options).await;
    let anna = Person::new(&market.server.base(), "anna");
    send(&anna, &conversation).await.expect(201);

    let mut idle = Vec::new();
    for _ in 0..200 {
        idle.push(
            TcpStream::connect(market.server.address())
                .await
                .expect("a place in the queue"),
        );
    }
    let mut acknowledged = 1;
    for _ in 0..20 {
        // On the connection that she has.
        let sent = send(&anna, &conversation).await;
        acknowledged += usize::from(sent.status == 201);
        for answer in [sent, upload(&anna).await] {
            if answer.status != 201 {
                expect_no_room(&answer);
            }
        }
    }
    drop(idle);
    let newcomer = Person::new(&market.server.base(), "sofia");
    eventually("a newcomer is answered", async || {
        let path = of(&conversation, "/messages?markRead=false");
        let asked = Answer::try_to(newcomer.request(Method::GET, &path)).await;
        asked.is_ok_and(|answer| answer.status == 200)
    })
    .await;
    upload(&newcomer).await.expect(201);
    assert_eq!(newcomer.history(&conversation).await.len(), acknowledged);
}

/// Files of the store that this process has open.
fn stored_files(process: u32) -> usize {
    let open = fs::read_dir(format!("/proc/{process}/fd")).expect("it runs");
    let targets = open.filter_map(|handle| fs::read_link(handle.ok()?.path()).ok());
    let stored = targets.filter(|target| target.to_string_lossy().contains("/attachments/"));
    stored.count()
}

#[tokio::test]
async fn downloads_that_nobody_reads_hold_no_file_open_and_keep_nobody_out() {
    let cluster = PrivateCluster::start();
    let mut market = Market::on(&cluster).await;
    let conversation = market.steel().await;
    assert!(market.server.sigterm_and_wait().await.success());
    let few = "ulimit -n 256; exec \"$0\" serve";
    let options = ServerOptions::new("/bin/sh")
        .arguments(&["-c", few, env!("CARGO_BIN_EXE_haggle")])
        .database(cluster.url());
    market.server = ServerProcess::spawn(&options).await;
    let anna = Person::new(&market.server.base(), "anna");
    let file = upload_of(&anna, 600_000).await.expect(201);
    let link = file["url"].as_str().expect("a link");

    let mut unread = Vec::new();
    for _ in 0..300 {
        let mut download = TcpStream::connect(market.server.address())
            .await
            .expect("a place in the queue");
        let request = format!("GET {link} HTTP/1.1\r\nhost: haggle\r\n\r\n");
        // Whoever is cut off to make room finds out below.
        let _ = download.write_all(request.as_bytes()).await;
        // The answer has begun, or there will be none.
        download.readable().await.expect("an answer");
        unread.push(download);
    }
    eventually("no stored file is open", async || {
        stored_files(market.server.pid()) == 0
    })
    .await;
    let sofia = Person::new(&market.server.base(), "sofia");
    sofia.get("/readyz").await.expect(200);
    sofia.get(&of(&conversation, "/messages")).await.expect(200);
    let own = upload(&sofia).await.expect(201);
    let path = own["url"].as_str().expect("a link");
    let answer = sofia
        .request(Method::GET, path)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    let bytes = answer.bytes().await.expect("all of it");
    assert_eq!(own["size"], bytes.len());
    drop(unread);
}
