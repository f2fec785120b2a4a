//! Against servers of our own, by names of our own.

use std::{
    io,
    net::{IpAddr, Ipv4Addr},
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::{
    TlsAcceptor, TlsConnector,
    rustls::{
        ClientConfig, RootCertStore, ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer, ServerName, pem::PemObject},
    },
};

use super::{Answer, Client, Failed, Reach, Resolve, Target};

const LIMIT: Duration = Duration::from_secs(20);
const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Says something else each time, and counts.
struct Fickle {
    says: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

#[async_trait]
impl Resolve for Fickle {
    async fn resolve(&self, _: &str, _: u16) -> io::Result<Vec<IpAddr>> {
        let asked = self.asked.fetch_add(1, Ordering::Relaxed);
        Ok(self.says[asked.min(self.says.len() - 1)].clone())
    }
}

fn fickle(says: &[&[&str]]) -> Arc<Fickle> {
    let addresses = |texts: &&[&str]| texts.iter().map(|text| text.parse().unwrap()).collect();
    Arc::new(Fickle {
        says: says.iter().map(addresses).collect(),
        asked: AtomicUsize::new(0),
    })
}

/// A server that answers each of so many connections with this, and says what it was asked.
async fn server(answers: Vec<String>) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let serving = async move {
        let mut asked = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"!") {
                let mut byte = [0];
                stream.read_exact(&mut byte).await.unwrap();
                head.push(byte[0]);
            }
            asked.push(String::from_utf8(head).unwrap());
            // Whoever asked may be gone.
            drop(stream.write_all(answer.as_bytes()).await);
        }
        asked
    };
    (port, tokio::spawn(serving))
}

async fn post(client: &Client, url: &str, reach: Reach, limit: Duration) -> Result<Answer, Failed> {
    let target = Target::parse(url, reach).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("x-test", HeaderValue::from_static("yes"));
    let body = Bytes::from_static(b"hello!");
    client.post(&target, reach, headers, body, limit).await
}

#[tokio::test]
async fn a_request_is_whole_and_its_answer_comes_back() {
    let answer = "HTTP/1.1 202 Accepted\r\nx-answer: yes\r\ncontent-length: 2\r\n\r\nok";
    let (port, served) = server(vec![answer.to_owned()]).await;
    let url = format!("http://127.0.0.1:{port}/a/b?c=d");
    let client = Client::default();
    let answer = post(&client, &url, Reach::Anywhere, LIMIT).await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), &answer.headers["x-answer"]),
        (202, &HeaderValue::from_static("yes"))
    );
    let asked = served.await.unwrap().remove(0);
    assert!(asked.starts_with("POST /a/b?c=d HTTP/1.1\r\n"), "{asked}");
    for line in [
        format!("host: 127.0.0.1:{port}\r\n"),
        "x-test: yes\r\n".to_owned(),
        "content-length: 6\r\n".to_owned(),
        "connection: close\r\n".to_owned(),
    ] {
        assert!(asked.contains(&line), "{line} is not in {asked}");
    }
    assert!(asked.ends_with("\r\n\r\nhello!"), "{asked}");
}

#[tokio::test]
async fn a_name_of_a_private_address_is_refused_whatever_it_says_first() {
    // What is on this machine would take the connection.
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let url = format!(
        "https://rebind.example:{}/",
        listener.local_addr().unwrap().port()
    );
    for says in [
        &[&["127.0.0.1"][..]][..],
        &[&["10.0.0.1", "::1", "fd00::1", "169.254.169.254", "127.0.0.1"]],
        &[&["::ffff:127.0.0.1"]],
        &[&["64:ff9b::7f00:1"]],
        // Another answer to a second question.
        &[&["127.0.0.1"], &["203.0.113.1"]],
    ] {
        let resolver = fickle(says);
        let client = Client::new(resolver.clone());
        let refused = post(&client, &url, Reach::Public, LIMIT).await;
        assert!(matches!(refused, Err(Failed::NotPublic)), "{refused:?}");
        assert_eq!(resolver.asked.load(Ordering::Relaxed), 1);
    }
    let touched = timeout(Duration::ZERO, listener.accept()).await;
    assert!(touched.is_err(), "nobody came there");
}

#[tokio::test]
async fn a_name_is_asked_once_and_the_address_that_was_checked_is_used() {
    // A second question would be answered with another server, which takes the connection.
    let (port, served) = server(vec![
        "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n".to_owned(),
    ])
    .await;
    let resolver = fickle(&[&["127.0.0.1"], &["203.0.113.1"]]);
    let client = Client::new(resolver.clone());
    let url = format!("http://rebind.example:{port}/");
    post(&client, &url, Reach::Anywhere, LIMIT).await.unwrap();
    assert_eq!(resolver.asked.load(Ordering::Relaxed), 1);
    assert!(served.await.unwrap()[0].contains("host: rebind.example:"));
}

#[tokio::test]
async fn a_redirection_is_an_answer_and_followed_by_nobody() {
    let (inside, mut untouched) = server(vec![String::new()]).await;
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:{inside}/secret\r\ncontent-length: 0\r\n\r\n"
    );
    let (port, served) = server(vec![redirect]).await;
    let url = format!("http://127.0.0.1:{port}/");
    let answer = post(&Client::default(), &url, Reach::Anywhere, LIMIT)
        .await
        .unwrap();
    assert_eq!(answer.status.as_u16(), 307);
    served.await.unwrap();
    let touched = timeout(Duration::ZERO, &mut untouched).await;
    assert!(touched.is_err(), "nobody came there");
    untouched.abort();
}

#[tokio::test]
async fn what_is_no_answer_is_a_failure_and_an_endless_body_none() {
    let client = Client::default();
    for wrong in ["", "SMTP ready\r\n\r\n", "HTTP/1.1 200 OK\r\nx: "] {
        let (port, served) = server(vec![wrong.to_owned()]).await;
        let url = format!("http://127.0.0.1:{port}/");
        let failed = post(&client, &url, Reach::Anywhere, LIMIT).await;
        assert!(
            matches!(failed, Err(Failed::Broken(_))),
            "{wrong:?}: {failed:?}"
        );
        served.await.unwrap();
    }
    let long = format!("HTTP/1.1 200 OK\r\n\r\n{}", "x".repeat(1 << 20));
    let (port, _served) = server(vec![long]).await;
    let url = format!("http://127.0.0.1:{port}/");
    let answer = post(&client, &url, Reach::Anywhere, LIMIT).await.unwrap();
    assert_eq!(answer.status.as_u16(), 200);

    let head = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    let (port, _served) = server(vec![head]).await;
    let url = format!("http://127.0.0.1:{port}/");
    let failed = post(&client, &url, Reach::Anywhere, LIMIT).await;
    assert!(matches!(failed, Err(Failed::Broken(_))), "{failed:?}");
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for() {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/");
    let brief = Duration::from_millis(50);
    let failed = post(&Client::default(), &url, Reach::Anywhere, brief).await;
    assert!(matches!(failed, Err(Failed::TooSlow)), "{failed:?}");
    drop(listener);
    let failed = post(&Client::default(), &url, Reach::Anywhere, LIMIT).await;
    assert!(matches!(failed, Err(Failed::Unreachable(_))), "{failed:?}");
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time_changes_nothing() {
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let url = format!(
        "http://127.0.0.1:{}/",
        listener.local_addr().unwrap().port()
    );
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        while stream.read_u8().await.unwrap() != b'!' {}
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nnot";
        stream.write_all(head).await.unwrap();
        // Until whoever asked has gone.
        stream.read_to_end(&mut Vec::new()).await
    });
    // Less than the body is waited for.
    let limit = Duration::from_millis(900);
    let answer = post(&Client::default(), &url, Reach::Anywhere, limit).await;
    assert_eq!(answer.unwrap().status.as_u16(), 200);
    drop(serving.await.unwrap());
}

/// Of `localhost`, signed by itself.
fn own_certificate() -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let folder = tempfile::tempdir().unwrap();
    let request = "req -x509 -nodes -newkey rsa:2048 -keyout key -out certificate -days 30 -subj /CN=localhost \
        -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -addext basicConstraints=CA:FALSE";
    let made = Command::new("openssl")
        .args(request.split_whitespace())
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&made.stderr);
    assert!(made.status.success(), "{said}");
    let certificate = CertificateDer::from_pem_file(folder.path().join("certificate"));
    let key = PrivateKeyDer::from_pem_file(folder.path().join("key"));
    (certificate.unwrap(), key.unwrap())
}

#[tokio::test]
async fn https_speaks_with_nobody_whose_certificate_is_not_trusted() {
    let (certificate, key) = own_certificate();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                drop(stream.write_all(answer).await);
                drop(stream.shutdown().await);
            }
        }
    });
    let url = format!("https://127.0.0.1:{port}/");
    let failed = post(&Client::default(), &url, Reach::Anywhere, LIMIT).await;
    assert!(matches!(failed, Err(Failed::Tls(_))), "{failed:?}");

    // Whoever trusts it has an answer.
    let mut roots = RootCertStore::empty();
    roots.add(certificate).unwrap();
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect((LOOPBACK, port)).await.unwrap();
    let name = ServerName::try_from("localhost").unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let mut stream = connector.connect(name, stream).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}
