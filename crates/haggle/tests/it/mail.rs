//! Mails about what was missed, on a mail server that others wrote, and answers to them.

mod killed;
mod lmtp;

use std::{
    io::Write,
    process::{Command, Stdio},
};

use mail_parser::{Message, MessageParser};
use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;
use test_support::{Answer, SmtpSink, eventually};

use crate::world::{API_KEY, World, listed, of, say};

struct Post {
    sink: SmtpSink,
    folder: TempDir,
    world: World,
}

impl Post {
    /// Everybody who is away hears of a message by mail at once.
    async fn open() -> Self {
        let (sink, folder) = (SmtpSink::start(), tempfile::tempdir().unwrap());
        let mut settings = settings(&sink, &folder);
        settings.push(("HAGGLE_MESSAGES_PER_MINUTE", "0".to_owned()));
        settings.push(("HAGGLE_NOTIFICATION_GRACE", "0".to_owned()));
        let given: Vec<_> = settings
            .iter()
            .map(|(name, value)| (*name, &**value))
            .collect();
        let world = World::with(&given).await;
        let post = Self {
            sink,
            folder,
            world,
        };
        post.has_looked().await;
        post
    }

    /// Mails are owed from the first look on.
    async fn has_looked(&self) {
        let pool = self.world.database.pool().await;
        let looked = "select isfinite(done_at) from haggle.chores where name = 'mail'";
        eventually("a first look", async || {
            sqlx::query_scalar::<_, bool>(looked)
                .fetch_one(&pool)
                .await
                .unwrap()
        })
        .await;
    }

    /// What a mail server's pipe does.
    fn mail_in(&self, mail: &str) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_haggle"));
        command
            .arg("mail-in")
            .env_clear()
            .envs(settings(&self.sink, &self.folder))
            .env("HAGGLE_LISTEN", self.world.server.address().to_string())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mail = mail.replace('\n', "\r\n");
        child
            .stdin
            .take()
            .unwrap()
            .write_all(mail.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), said.trim().to_owned())
    }

    async fn delivery(&self) -> Value {
        self.world.ada.get("/api/chat/delivery").await.expect(200)["mail"].take()
    }
}

fn settings(sink: &SmtpSink, folder: &TempDir) -> Vec<(&'static str, String)> {
    let own = [
        ("HAGGLE_PUBLIC_URL", "https://chat.shop.example"),
        (
            "HAGGLE_CONVERSATION_URL",
            "https://shop.example/messages/{id}",
        ),
        ("HAGGLE_MAIL_FROM", "Shop <no-reply@shop.example>"),
        ("HAGGLE_MAIL_REPLY", "reply+{token}@in.shop.example"),
    ];
    let mut all: Vec<_> = own.map(|(name, value)| (name, value.to_owned())).into();
    all.push(("HAGGLE_SMTP_URL", sink.url()));
    all.push(("HAGGLE_DATA_DIR", folder.path().display().to_string()));
    all
}

fn read(bytes: &[u8]) -> Message<'_> {
    MessageParser::default().parse(bytes).unwrap()
}

fn address<'a>(list: Option<&'a mail_parser::Address<'a>>) -> &'a str {
    list.unwrap().first().unwrap().address().unwrap()
}

#[tokio::test]
async fn whoever_is_away_gets_a_mail_and_answers_it() {
    let post = Post::open().await;
    let world = &post.world;
    let steel = world.steel().await;
    say(&world.anna, &steel, "Is <script>500</script> ready?").await;
    let mails = post.sink.wait_for(1).await;
    let mail = read(&mails[0].bytes);
    assert_eq!(mails[0].to, "sofia@example.com");
    assert_eq!(mail.subject(), Some("New messages: Steel sheet"));
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(
        (from.name(), from.address()),
        (Some("Anna (Shop)"), Some("no-reply@shop.example"))
    );
    assert!(!mail.body_html(0).unwrap().contains("<script"));
    assert!(
        mail.body_text(0)
            .unwrap()
            .contains(&format!("https://shop.example/messages/{steel}"))
    );
    eventually("it is noted that the mail went out", async || {
        post.delivery().await["waiting"] == 0
    })
    .await;

    // Sofia answers from her telephone; Anna hears of it at once.
    let reply_to = address(mail.reply_to());
    let answer = format!(
        "From: Sofia <Sofia@Example.com>\nTo: {reply_to}\nMessage-ID: <answer-1@phone>\nIn-Reply-To: <{}>\nSubject: Re: New messages\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\nJa, 500 Stück.\n\nSent from my iPhone\n\nOn 2 Mar 2026, at 10:00, Anna (Shop) <no-reply@shop.example> wrote:\n> Is 500 ready?\n--b\nContent-Type: text/plain; name=offer.txt\nContent-Disposition: attachment; filename=offer.txt\n\n500 at 3 EUR\n--b--\n",
        mail.message_id().unwrap()
    );
    let mut anna = world.anna.online().await;
    assert_eq!(post.mail_in(&answer), (0, String::new()));
    let heard = anna.until("message").await;
    let message = &heard.last().unwrap().payload["message"];
    assert_eq!(message["message"], "Ja, 500 Stück.");
    assert_eq!(
        (&message["senderId"], &message["files"][0]["name"]),
        (&json!("sofia"), &json!("offer.txt"))
    );
    assert_eq!(listed(&world.sofia, &steel).await["unreadCount"], 0);

    // The mail server tries once more, since it did not hear that it was taken.
    assert_eq!(post.mail_in(&answer).0, 0);
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 2);
    let nameless = format!("From: sofia@example.com\nTo: {reply_to}\n\nFrom the scanner");
    for _ in 0..2 {
        assert_eq!(post.mail_in(&nameless).0, 0);
    }
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 3);
}

/// The conversation in which Anna has asked Sofia something, and the address that the mail about it is answered to.
async fn asked(post: &Post) -> (String, String) {
    let steel = post.world.steel().await;
    say(&post.world.anna, &steel, "Is 500 ready?").await;
    let mails = post.sink.wait_for(1).await;
    let to = address(read(&mails[0].bytes).reply_to()).to_string();
    (steel, to)
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_with_a_reason() {
    let post = Post::open().await;
    let world = &post.world;
    let (steel, to) = asked(&post).await;
    let from = "From: sofia@example.com";
    let wrong = "reply+0123456789abcdefghjkmnpqrs@in.shop.example";
    // As a program of Windows begins.
    let file = "Content-Disposition: attachment; filename=run.exe\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\nTVqQAAMAAAAEAAAA//8AALgAAAA=";
    let refused = [
        (format!("{from}\nTo: {wrong}\n\nYes"), "not complete"),
        (
            format!("{from}\nTo: no-reply@shop.example\n\nYes"),
            "not complete",
        ),
        (
            format!("From: tom@example.com\nTo: {to}\n\nYes"),
            "another address",
        ),
        (
            format!("{from}\nTo: {to}\n\n> Is 500 ready?"),
            "nothing in your e-mail",
        ),
        (
            format!("{from}\nTo: {to}\n\n{}", "x".repeat(10_001)),
            "too many",
        ),
        (format!("{from}\nTo: {to}\n{file}"), "run.exe"),
        (String::new(), "no mail"),
    ];
    for (mail, reason) in refused {
        let (code, said) = post.mail_in(&mail);
        assert!(
            code == 65 && said.contains(reason) && !said.contains("Some fields"),
            "{code}: {said}, for {reason}"
        );
    }
    let robots = [
        format!("Auto-Submitted: auto-replied\n{from}\nTo: {to}\n\nI am away."),
        format!("From: no-reply@shop.example\nTo: {to}\n\nback again"),
    ];
    for mail in robots {
        assert_eq!(
            post.mail_in(&mail),
            (0, String::new()),
            "nobody answers a robot"
        );
    }
    assert_eq!(listed(&world.anna, &steel).await["lastSeq"], 1);

    // Somebody whose account is closed, and no server at all.
    let sofia = json!({"name": "Sofia", "email": "sofia@example.com", "role": "supplier", "isActive": false});
    world.put("users/sofia", sofia).await.expect(200);
    let answer = format!("{from}\nTo: {to}\n\nYes");
    eventually("the account is closed everywhere", async || {
        post.mail_in(&answer) == (65, "Your account is not active".to_owned())
    })
    .await;
}

/// Each would count as an upload of the author's, and a mail server tries again and again.
#[tokio::test]
async fn a_mail_that_is_refused_leaves_no_files() {
    let post = Post::open().await;
    let world = &post.world;
    let (steel, to) = asked(&post).await;
    let answer = |text: &str, second: &str| {
        format!(
            "From: sofia@example.com\nTo: {to}\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}\n--b\nContent-Disposition: attachment; filename=offer.txt\n\n500 at 3 EUR\n--b\nContent-Disposition: attachment; filename=run.exe\nContent-Transfer-Encoding: base64\n\n{second}\n--b--\n"
        )
    };
    let (program, fine) = ("TVqQAAMAAAAEAAAA//8AALgAAAA=", "aGVsbG8=");
    let kept = async || {
        let pool = world.database.pool().await;
        sqlx::query_scalar::<_, i64>("select count(*) from haggle.attachments")
            .fetch_one(&pool)
            .await
            .unwrap()
    };
    let (code, said) = post.mail_in(&answer("Yes", program));
    assert!(code == 65 && said.contains("run.exe"), "{code}: {said}");
    let (code, said) = post.mail_in(&answer(&"x".repeat(10_001), fine));
    assert!(code == 65 && said.contains("too many"), "{code}: {said}");
    assert_eq!(kept().await, 0);

    let close = of(&steel, "/close");
    let closed = world.ada.post(&close, json!({"reason": "done"})).await;
    closed.expect(200);
    let (code, said) = post.mail_in(&answer("Yes", fine));
    assert!(code == 65 && said.contains("closed"), "{code}: {said}");
    let nobody = world.nobody();
    let bring = |mail: String| {
        let request = nobody.request(Method::POST, "/api/mail-in").body(mail);
        Answer::to(request.header("x-api-key", API_KEY))
    };
    for text in ["Yes".to_owned(), "x".repeat(10_001)] {
        let refused = bring(answer(&text, fine)).await.expect(400);
        assert!(refused["fields"]["mail"].is_string(), "{refused}");
    }
    assert_eq!(kept().await, 0);
}

#[tokio::test]
async fn mails_that_come_back_three_times_are_the_last() {
    let post = Post::open().await;
    let world = &post.world;
    let steel = world.steel().await;
    say(&world.anna, &steel, "Is 500 ready?").await;
    let mails = post.sink.wait_for(1).await;
    let report = format!(
        "From: MAILER-DAEMON@mx.example\nTo: {}\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; sofia@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no such user\n--b--\n",
        mails[0].from
    );
    for _ in 0..3 {
        assert_eq!(post.mail_in(&report).0, 0);
    }
    let mail = post.delivery().await;
    assert_eq!(mail["stopped"], 1);
    let bounced = &mail["bounced"][0];
    assert_eq!(
        (
            &bounced["address"],
            &bounced["failures"],
            &bounced["reason"]
        ),
        (
            &json!("sofia@example.com"),
            &json!(3),
            &json!("smtp; 550 no such user")
        )
    );
    // She wants mails: it is tried again.
    let wanted = json!({"email": "now", "push": true});
    world
        .sofia
        .put("/api/chat/preferences", wanted)
        .await
        .expect(200);
    assert_eq!(post.delivery().await["stopped"], 0);
}

#[tokio::test]
async fn a_link_ends_the_mails_without_a_session() {
    let post = Post::open().await;
    let world = &post.world;
    let steel = world.steel().await;
    let arabic = json!({"email": "now", "push": false, "language": "ar"});
    world
        .sofia
        .put("/api/chat/preferences", arabic)
        .await
        .expect(200);
    say(&world.anna, &steel, "Is 500 ready?").await;
    let mails = post.sink.wait_for(1).await;
    let mail = read(&mails[0].bytes);
    assert_eq!(mail.subject(), Some("رسائل جديدة: Steel sheet"));
    let link = mail.header_raw("List-Unsubscribe").unwrap().trim();
    let link = link.strip_prefix("<https://chat.shop.example").unwrap();
    let link = link.strip_suffix('>').unwrap();

    let nobody = world.nobody();
    let page = nobody.request(Method::GET, link).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'"));
    let page = page.text().await.unwrap();
    assert!(
        page.contains("dir=\"rtl\"") && page.contains("<form method=\"post\""),
        "{page}"
    );
    let wished = async || world.sofia.get("/api/chat/preferences").await.expect(200);
    assert_eq!(wished().await["email"], "now", "programs open links too");

    let one_click = nobody
        .request(Method::POST, link)
        .header("content-type", "application/x-www-form-urlencoded")
        .body("List-Unsubscribe=One-Click");
    assert_eq!(Answer::to(one_click).await.status, 200);
    let expected = json!({"email": "off", "push": false, "quietHours": null, "language": "ar"});
    assert_eq!(wished().await, expected, "and all else as it was");

    let forged = Answer::to(nobody.request(Method::POST, "/api/chat/unsubscribe?token=AAAA")).await;
    assert_eq!(
        forged.expect(400)["fields"]["token"],
        "Is not from a mail of ours"
    );
    let forged = nobody.request(Method::GET, "/api/chat/unsubscribe?token=AAAA");
    assert_eq!(forged.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn only_who_has_a_key_brings_mail_in() {
    let post = Post::open().await;
    let nobody = post.world.nobody();
    let bring = |key: Option<&'static str>| {
        let request = nobody.request(Method::POST, "/api/mail-in").body("x");
        match key {
            Some(key) => request.header("x-api-key", key),
            None => request,
        }
    };
    for key in [None, Some("another")] {
        Answer::to(bring(key)).await.expect(401);
    }
    Answer::to(bring(Some(API_KEY))).await.expect(400);
    assert_eq!(post.world.anna.get(&of("x", "")).await.status, 404);

    let silent = World::open().await;
    let request = silent
        .nobody()
        .request(Method::POST, "/api/mail-in")
        .body("x");
    Answer::to(request.header("x-api-key", API_KEY))
        .await
        .expect(404);
    let delivery = silent.ada.get("/api/chat/delivery").await.expect(200);
    assert!(delivery.get("mail").is_none(), "nothing of it is offered");
}
