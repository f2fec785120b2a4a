//! The mail server's side of LMTP (RFC 2033), without the wire: what comes is a line, what goes is an answer. A
//! message has one answer for each of its recipients.

mod command;
mod content;

use self::command::{Command, parse};
pub use self::content::Content;

/// Bytes of a line that is no part of a message, with its end.
pub const LINE_BYTES: usize = 2_048;
/// Recipients of a message.
const RECIPIENTS: usize = 100;
/// Commands of a connection that were none.
const MISTAKES: u32 = 20;
/// Characters of a reason in an answer, which is a line of at most 512 (RFC 5321).
const REASON_CHARS: usize = 400;

/// What comes next on the connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// This is said, and a command is waited for.
    Command(String),
    /// This is said, and a message follows.
    Content(String),
    /// This is said, and the connection ends.
    End(String),
}

/// What became of a message for one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Taken,
    /// Not this one, and not another time.
    Refused(String),
    /// The mail server keeps it, and tries again.
    Later(String),
}

/// One connection.
#[derive(Debug)]
pub struct Lmtp {
    most_bytes: usize,
    has_said_hello: bool,
    mail: Option<Envelope>,
    mistakes: u32,
}

#[derive(Debug)]
struct Envelope {
    from: String,
    to: Vec<String>,
}

impl Lmtp {
    /// Whose messages have so many bytes at most.
    pub fn new(most_bytes: usize) -> Self {
        Self {
            most_bytes,
            has_said_hello: false,
            mail: None,
            mistakes: 0,
        }
    }

    /// What is said first.
    pub fn greeting() -> String {
        "220 haggle LMTP\r\n".to_owned()
    }

    /// What is said to one connection too many.
    pub fn full() -> String {
        "421 4.3.2 Too many connections, try later\r\n".to_owned()
    }

    /// What is said to whoever is silent for too long.
    pub fn too_slow() -> String {
        "421 4.4.2 Waited too long\r\n".to_owned()
    }

    /// Takes a line that was not part of a message, with or without its end.
    pub fn hear(&mut self, line: &[u8]) -> Next {
        match parse(line) {
            Ok(command) => self.obey(command),
            Err(wrong) => self.mistake(wrong),
        }
    }

    /// A line had more than [`LINE_BYTES`]. Where it ends is not known.
    pub fn hear_too_much() -> Next {
        Next::End("500 5.5.6 Line too long\r\n".to_owned())
    }

    /// The message has come. For each of its recipients, in order, one answer is owed, and this stands in front of what they
    /// get: to whom it was brought. The next message may follow.
    pub fn take_notes(&mut self) -> Vec<String> {
        let Some(Envelope { from, to }) = self.mail.take() else {
            return Vec::new();
        };
        let note = |to: String| {
            format!("Return-Path: <{from}>\r\nX-Original-To: {to}\r\nDelivered-To: {to}\r\n")
        };
        to.into_iter().map(note).collect()
    }

    /// What is said of a message that had more bytes than it may, for each recipient.
    pub fn too_large(&self) -> String {
        let most = self.most_bytes;
        format!("552 5.3.4 A message has at most {most} bytes\r\n")
    }

    fn obey(&mut self, command: Command) -> Next {
        let say = |words: &str| Next::Command(format!("{words}\r\n"));
        match command {
            Command::Hello => {
                (self.has_said_hello, self.mail) = (true, None);
                let most = self.most_bytes;
                Next::Command(format!(
                    "250-haggle\r\n250-PIPELINING\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {most}\r\n"
                ))
            }
            Command::Mail { .. } if !self.has_said_hello => {
                self.mistake("503 5.5.1 Say LHLO first")
            }
            Command::Mail { .. } if self.mail.is_some() => {
                self.mistake("503 5.5.1 There is a sender already")
            }
            Command::Mail { size, .. } if size.is_some_and(|size| size > self.most_bytes) => {
                let most = self.most_bytes;
                say(&format!("552 5.3.4 A message has at most {most} bytes"))
            }
            Command::Mail { from, .. } => {
                self.mail = Some(Envelope {
                    from,
                    to: Vec::new(),
                });
                say("250 2.1.0 OK")
            }
            Command::Recipient(to) => match &mut self.mail {
                None => self.mistake("503 5.5.1 Say MAIL first"),
                Some(mail) if mail.to.len() >= RECIPIENTS => say("452 4.5.3 Too many recipients"),
                Some(mail) => {
                    mail.to.push(to);
                    say("250 2.1.5 OK")
                }
            },
            Command::Data if self.mail.as_ref().is_some_and(|mail| !mail.to.is_empty()) => {
                Next::Content("354 End with a line that is a dot\r\n".to_owned())
            }
            Command::Data => self.mistake("503 5.5.1 There is no recipient"),
            Command::Reset => {
                self.mail = None;
                say("250 2.0.0 OK")
            }
            Command::Nothing => say("250 2.0.0 OK"),
            Command::Verify => say("252 2.5.0 Send it, and see"),
            Command::Quit => Next::End("221 2.0.0 Bye\r\n".to_owned()),
        }
    }

    fn mistake(&mut self, wrong: &str) -> Next {
        self.mistakes += 1;
        if self.mistakes >= MISTAKES {
            return Next::End("421 4.7.0 Too many commands that are none\r\n".to_owned());
        }
        Next::Command(format!("{wrong}\r\n"))
    }
}

impl Outcome {
    /// What is said of it.
    pub fn answer(&self) -> String {
        match self {
            Self::Taken => "250 2.0.0 Taken\r\n".to_owned(),
            Self::Refused(reason) => format!("550 5.7.1 {}\r\n", in_one_line(reason)),
            Self::Later(reason) => format!("451 4.3.0 {}\r\n", in_one_line(reason)),
        }
    }
}

/// Answers are ASCII, and never two lines.
fn in_one_line(reason: &str) -> String {
    let words = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = words
        .chars()
        .map(|c| if matches!(c, ' '..='~') { c } else { '?' });
    plain.take(REASON_CHARS).collect()
}

#[cfg(test)]
mod tests;
