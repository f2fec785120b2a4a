//! A mail server brings answers by LMTP. What speaks with us is Python's `smtplib`.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use test_support::eventually;

use super::{Post, address, read, settings};
use crate::world::{World, listed, say};

/// Reads a list of `{from, to, mail}`, or `{say}`, and writes what was answered to each.
const CLIENT: &str = r#"
import json, smtplib, sys
where, steps = sys.argv[1], json.loads(sys.argv[2])
lmtp = smtplib.LMTP(where, timeout=60) if where.startswith("/") else smtplib.LMTP(*where.split(":"), timeout=60)
code, _ = lmtp.ehlo("mx.example")
answers = [[code, sorted(lmtp.esmtp_features)]]
for step in steps:
    if "say" in step:
        code, said = lmtp.docmd(step["say"])
        answers.append([code, said.decode()])
        continue
    told = [lmtp.mail(step["from"])] + [lmtp.rcpt(to) for to in step["to"]] + [lmtp.docmd("DATA")]
    for code, said in told:
        assert code in (250, 354), (code, said)
    mail = smtplib._quote_periods(smtplib._fix_eols(step["mail"]).encode())
    lmtp.send(mail + b"\r\n.\r\n")
    for _ in step["to"]:
        code, said = lmtp.getreply()
        answers.append([code, said.decode()])
lmtp.quit()
print(json.dumps(answers))
"#;

/// `haggle mail-in --lmtp`, until it is dropped.
struct Lmtp {
    process: Child,
    /// `127.0.0.1:2424`, or a path.
    at: String,
}

impl Lmtp {
    fn start(post: &Post, listen: &str, server: &str) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_haggle"))
            .args(["mail-in", "--lmtp", listen])
            .env_clear()
            .envs(settings(&post.sink, &post.folder))
            .env("HAGGLE_LISTEN", server)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let at = line.trim().strip_prefix("LMTP at ").expect("it listens");
        let at = at.strip_prefix("unix:").unwrap_or(at).to_owned();
        Self { process, at }
    }

    fn of(post: &Post, listen: &str) -> Self {
        Self::start(post, listen, &post.world.server.address().to_string())
    }

    /// What was answered to each of these.
    async fn answers(&self, steps: &[Value]) -> Vec<(i64, String)> {
        let (at, steps) = (self.at.clone(), json!(steps).to_string());
        let asked = tokio::task::spawn_blocking(move || {
            let mut python = Command::new("python3");
            python.args(["-c", CLIENT, &at, &steps]).output().unwrap()
        });
        let output = asked.await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        let answers: Vec<(i64, Value)> = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answers[0].0, 250, "LHLO");
        let features = [
            "8bitmime",
            "enhancedstatuscodes",
            "pipelining",
            "size",
            "smtputf8",
        ];
        assert_eq!(answers[0].1, json!(features));
        let answers = answers.into_iter().skip(1);
        answers
            .map(|(code, said)| (code, said.as_str().unwrap().to_owned()))
            .collect()
    }
}

impl Drop for Lmtp {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Sofia was told of a message of Anna's, and answers.
async fn told(world: &World, post: &Post) -> (String, String) {
    let steel = world.steel().await;
    say(&world.anna, &steel, "Is 500 ready?").await;
    let mails = post.sink.wait_for(1).await;
    let mail = read(&mails[0].bytes);
    (steel, address(mail.reply_to()).to_owned())
}

/// The mail says nothing of its recipient: a mail server knows that from its envelope.
fn brought(to: &[&str], id: &str, text: &str) -> Value {
    let mail = format!(
        "From: sofia@example.com\nTo: somebody@example.com\nMessage-ID: <{id}@phone>\n\n{text}\n"
    );
    json!({"from": "sofia@example.com", "to": to, "mail": mail})
}

#[tokio::test]
async fn a_mail_server_brings_answers_and_hears_of_each_recipient() {
    let post = Post::open().await;
    let world = &post.world;
    let (steel, to) = told(world, &post).await;
    let folder = tempfile::tempdir().unwrap();
    let path = format!("unix:{}", folder.path().join("haggle.sock").display());
    let wrong = "reply+0123456789abcdefghjkmnpqrs@in.shop.example";
    let mut anna = world.anna.online().await;
    for (number, listen) in ["127.0.0.1:0", &path, &path].into_iter().enumerate() {
        let lmtp = Lmtp::of(&post, listen);
        let first = format!("first-{number}");
        let second = format!("second-{number}");
        let answers = lmtp
            .answers(&[
                brought(&[&to, wrong], &first, "Yes.\n.\n..500 pieces"),
                brought(&[&to], &first, "Yes, twice"),
                json!({"say": "MAIL FROM:<a@b.example>"}),
                json!({"say": "RSET"}),
                brought(&[&to], &second, "> Is 500 ready?"),
                brought(&[&to], &second, "And more"),
            ])
            .await;
        let codes: Vec<_> = answers.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, [250, 550, 250, 250, 250, 550, 250], "{answers:?}");
        assert!(answers[1].1.contains("not complete"), "{answers:?}");
        assert!(
            answers[5].1.contains("nothing in your e-mail"),
            "{answers:?}"
        );
        for text in ["Yes.\n.\n..500 pieces", "And more"] {
            let heard = anna.until("message").await;
            let message = &heard.last().unwrap().payload["message"];
            assert_eq!(
                (&message["message"], &message["senderId"]),
                (&json!(text), &json!("sofia"))
            );
        }
        // A socket that nobody listens at any more is not in the way of the next.
    }
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 7);
}

#[tokio::test]
async fn what_cannot_be_taken_now_is_kept_by_the_mail_server() {
    let post = Post::open().await;
    let world = &post.world;
    let (steel, to) = told(world, &post).await;
    let away = Lmtp::start(&post, "127.0.0.1:0", "127.0.0.1:1");
    let answers = away
        .answers(&[
            brought(&[&to], "later", "Yes"),
            json!({"say": "MAIL FROM:<a@b.example> SIZE=999999999"}),
            json!({"say": "NOOP"}),
        ])
        .await;
    let codes: Vec<_> = answers.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [451, 552, 250], "{answers:?}");
    assert!(answers[0].1.contains("no server at"), "{answers:?}");
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 1);

    // It comes once more, when there is a server.
    let here = Lmtp::of(&post, "127.0.0.1:0");
    let answers = here.answers(&[brought(&[&to], "later", "Yes")]).await;
    assert_eq!(answers[0].0, 250, "{answers:?}");
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 2);
}

#[tokio::test]
async fn who_brings_too_much_at_once_is_told_to_come_later() {
    use tokio::{io::AsyncReadExt, net::TcpStream};
    let post = Post::open().await;
    let lmtp = Lmtp::of(&post, "127.0.0.1:0");
    let greeted = async || {
        let mut stream = TcpStream::connect(&lmtp.at).await.unwrap();
        let mut said = [0; 3];
        stream.read_exact(&mut said).await.unwrap();
        (stream, String::from_utf8(said.to_vec()).unwrap())
    };
    let mut open = Vec::new();
    for _ in 0..20 {
        let (stream, said) = greeted().await;
        assert_eq!(said, "220");
        open.push(stream);
    }
    assert_eq!(greeted().await.1, "421");
    open.pop();
    eventually("there is a place again", async || {
        greeted().await.1 == "220"
    })
    .await;
}
