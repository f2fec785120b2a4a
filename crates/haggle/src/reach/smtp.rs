//! Hands mails over to a mail server, step by step: whoever sends must know what the server has been
//! told when something breaks (RFC 5321).

use std::{fmt, time::Duration};

use lettre::{
    Address,
    transport::smtp::{
        authentication::{Credentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt, Rset},
        extension::ClientId,
    },
};
use mail::is_dead_address;
use tokio::time::timeout;

use crate::settings::{Protection, SmtpAddress};

/// For connecting, and for each answer before the mail itself.
const PATIENCE: Duration = Duration::from_secs(20);
/// For the answer to a whole mail.
const LONG_PATIENCE: Duration = Duration::from_mins(1);
/// Characters of what a server says.
const REASON_CHARS: usize = 200;

/// Why a mail was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failed {
    /// Not now, or not from us: perhaps another time, or when an operator has helped.
    Later(String),
    /// Nobody is at this address.
    Refused(String),
    /// The server had the whole mail and did not answer. It may have taken it.
    Unknown(String),
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Later(reason) | Self::Refused(reason) | Self::Unknown(reason)) = self;
        f.write_str(reason)
    }
}

/// A connection over which one mail goes after the other.
pub struct Session {
    connection: AsyncSmtpConnection,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Session")
    }
}

impl Session {
    /// Connects, protects the connection and logs in, as the address says.
    pub async fn open(address: &SmtpAddress, name: &str) -> Result<Self, Failed> {
        match timeout(2 * PATIENCE, open(address, name)).await {
            Ok(Ok(connection)) => Ok(Self { connection }),
            Ok(Err(error)) => Err(Failed::Later(reason(&error))),
            Err(_) => Err(Failed::Later("the mail server does not answer".to_owned())),
        }
    }

    /// Whether the other end is still there.
    pub async fn is_alive(&mut self) -> bool {
        !self.connection.has_broken()
            && timeout(PATIENCE, self.connection.command(Rset))
                .await
                .is_ok_and(|answer| answer.is_ok())
    }

    /// Says from whom and to whom. After this the server waits for the mail itself.
    pub async fn address(&mut self, from: &str, to: &str) -> Result<(), Failed> {
        let parse = |address: &str| {
            let parsed: Result<Address, _> = address.parse();
            parsed.map_err(|_| Failed::Refused("that is no address".to_owned()))
        };
        let (from, to) = (parse(from)?, parse(to)?);
        let steps = async {
            let sender = Mail::new(Some(from), Vec::new());
            self.connection.command(sender).await.map_err(Step::Ours)?;
            let recipient = Rcpt::new(to, Vec::new());
            self.connection
                .command(recipient)
                .await
                .map_err(Step::Theirs)?;
            self.connection.command(Data).await.map_err(Step::Ours)
        };
        match timeout(PATIENCE, steps).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(Step::Theirs(error))) => Err(refused(&error, &error.to_string())),
            Ok(Err(Step::Ours(error))) => Err(Failed::Later(reason(&error))),
            Err(_) => Err(Failed::Later("the mail server does not answer".to_owned())),
        }
    }

    /// The mail itself.
    pub async fn deliver(&mut self, bytes: &[u8]) -> Result<(), Failed> {
        match timeout(LONG_PATIENCE, self.connection.message(bytes)).await {
            Ok(Ok(_)) => Ok(()),
            // A bare 550 is about the mail here, and not about its recipient.
            Ok(Err(error)) if error.is_permanent() || error.is_transient() => {
                let said = std::error::Error::source(&error).map(ToString::to_string);
                Err(refused(&error, &said.unwrap_or_default()))
            }
            Ok(Err(error)) => Err(Failed::Unknown(reason(&error))),
            Err(_) => Err(Failed::Unknown(
                "the mail server does not answer".to_owned(),
            )),
        }
    }

    pub async fn close(mut self) {
        // It needs no answer.
        _ = timeout(PATIENCE, self.connection.quit()).await;
    }
}

/// What is wrong with the recipient is for good. Most refusals of a recipient mean us: a relay that does not know us, a
/// list that we are on.
fn refused(error: &lettre::transport::smtp::Error, said: &str) -> Failed {
    let reason = reason(error);
    if error.is_permanent() && is_dead_address(said) {
        Failed::Refused(reason)
    } else {
        Failed::Later(reason)
    }
}

/// In which step it was refused.
enum Step {
    Ours(lettre::transport::smtp::Error),
    Theirs(lettre::transport::smtp::Error),
}

async fn open(
    address: &SmtpAddress,
    name: &str,
) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
    let hello = ClientId::Domain(name.to_owned());
    let tls = || TlsParameters::new_rustls(address.host.clone());
    let at_once = (address.protection == Protection::Tls)
        .then(tls)
        .transpose()?;
    let server = (address.host.as_str(), address.port);
    let mut connection =
        AsyncSmtpConnection::connect_tokio1(server, Some(PATIENCE), &hello, at_once, None).await?;
    let is_wanted = match address.protection {
        Protection::StartTls => true,
        Protection::IfOffered => connection.can_starttls(),
        Protection::Tls | Protection::No => false,
    };
    if is_wanted {
        connection.starttls(tls()?, &hello).await?;
    }
    if let Some((user, password)) = &address.login {
        let credentials = Credentials::new(user.clone(), password.expose().to_owned());
        connection.auth(DEFAULT_MECHANISMS, &credentials).await?;
    }
    Ok(connection)
}

/// What the server said, or what broke, on one line.
fn reason(error: &lettre::transport::smtp::Error) -> String {
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        said = format!("{said}: {error}");
        cause = error.source();
    }
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(REASON_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{
        io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
        net::TcpListener,
    };

    use super::{Failed, Session};
    use crate::settings::SmtpAddress;

    /// A mail server that says this to a recipient and behind a mail; what becomes of a mail.
    async fn sent(to_recipient: &'static str, to_mail: &'static str) -> Result<(), Failed> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let server = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let (lines, mut answers) = stream.split();
            let mut lines = BufReader::new(lines).lines();
            answers.write_all(b"220 hello\r\n").await.unwrap();
            while let Some(line) = lines.next_line().await.unwrap() {
                let answer = match line.get(..4).unwrap_or(&line) {
                    "RCPT" => to_recipient,
                    "DATA" => "354 go on",
                    "." => to_mail,
                    "EHLO" | "MAIL" => "250 OK",
                    _ => continue,
                };
                let answer = format!("{answer}\r\n");
                answers.write_all(answer.as_bytes()).await.unwrap();
            }
        };
        let client = async {
            let address = SmtpAddress::parse(&url).unwrap();
            let mut session = Session::open(&address, "shop.example").await?;
            session.address("a@shop.example", "b@buyer.example").await?;
            session.deliver(b"Subject: x\r\n\r\nx\r\n").await
        };
        let both = async {
            tokio::select! { () = server => panic!("the client ends"), sent = client => sent }
        };
        let sent = tokio::time::timeout(Duration::from_secs(30), both).await;
        sent.expect("an answer")
    }

    #[tokio::test]
    async fn only_an_address_that_is_dead_is_refused() {
        let ok = "250 OK";
        let relay = "554 5.7.1 Relay access denied";
        let gone = "550 5.1.1 No such user";
        assert_eq!(sent(ok, ok).await, Ok(()));
        for (to_recipient, to_mail) in [
            (relay, ok),
            ("550 5.7.26 unauthenticated", ok),
            (ok, "552 5.3.4 too large"),
            (ok, "550 that is spam"),
            (ok, "451 4.3.0 later"),
        ] {
            let failed = sent(to_recipient, to_mail).await;
            assert!(matches!(failed, Err(Failed::Later(_))), "{failed:?}");
        }
        for (to_recipient, to_mail) in [(gone, ok), ("550 unknown", ok), (ok, gone)] {
            let failed = sent(to_recipient, to_mail).await;
            assert!(matches!(failed, Err(Failed::Refused(_))), "{failed:?}");
        }
    }
}
