//! One message, handed to the server of this machine.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::{
    command::health::reachable,
    reach::{INBOX_KEY_HEADER, recall_inbox_key},
    settings::Settings,
};

/// For the server to be reached, and to take the mail.
const PATIENCE: Duration = Duration::from_secs(90);
/// For its answer: longer than it takes at its longest, and shorter than mail servers wait.
const ANSWER: Duration = Duration::from_secs(9 * 60 + 30);
const ANSWER_BYTES: u64 = 64 << 10;

/// Words for whoever reads the mail server's own mail about it.
pub(super) enum Failed {
    Refused(String),
    Later(String),
}

/// Whether anybody answers by mail at all.
pub(super) fn check(settings: &Settings) -> Result<(), &'static str> {
    let mail = settings.reach.mail.as_ref();
    let reply = mail.and_then(|mail| mail.reply.as_ref());
    reply
        .map(|_| ())
        .ok_or("HAGGLE_MAIL_REPLY is not set: nobody answers by mail")
}

/// Gives the server the message, which may come in parts.
pub(super) fn hand_over(settings: &Settings, mail: &[&[u8]]) -> Result<(), Failed> {
    let own = recall_inbox_key(&settings.data_dir);
    let (header, key) = match (&own, &settings.api_key) {
        (Some(key), _) => (INBOX_KEY_HEADER, key),
        (None, Some(key)) => ("x-api-key", key),
        (None, None) => {
            let reason = "no server has run with this data folder yet";
            return Err(Failed::Later(reason.to_owned()));
        }
    };
    let answer = ask(settings, header, key.expose(), mail);
    let answer = answer
        .map_err(|error| Failed::Later(format!("no server at {}: {error}", settings.listen)))?;
    judge(&answer)
}

/// Over HTTP/1.1, which is asked for by so few words that no client of it is needed.
fn ask(settings: &Settings, header: &str, key: &str, mail: &[&[u8]]) -> io::Result<String> {
    let address = reachable(settings.listen);
    let mut server = TcpStream::connect_timeout(&address, PATIENCE)?;
    server.set_read_timeout(Some(ANSWER))?;
    server.set_write_timeout(Some(PATIENCE))?;
    let length: usize = mail.iter().map(|part| part.len()).sum();
    let head = format!(
        "POST /api/mail-in HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Content-Type: message/rfc822\r\nContent-Length: {length}\r\n{header}: {key}\r\n\r\n"
    );
    server.write_all(head.as_bytes())?;
    for part in mail {
        server.write_all(part)?;
    }
    let mut answer = Vec::new();
    server.take(ANSWER_BYTES).read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn judge(answer: &str) -> Result<(), Failed> {
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse::<u16>().ok());
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    let problem: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let reason = problem["fields"]["mail"]
        .as_str()
        .or(problem["message"].as_str());
    let reason = reason.unwrap_or("the server gave no answer").to_owned();
    match status {
        Some(200..=299) => Ok(()),
        // What the author can change. A wrong key, a full bucket, too many uploads and a slow line are not among it.
        Some(400 | 413) => Err(Failed::Refused(reason)),
        _ => Err(Failed::Later(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Failed, judge};

    fn judged(answer: &str) -> (u8, String) {
        match judge(answer) {
            Ok(()) => (0, String::new()),
            Err(Failed::Refused(reason)) => (65, reason),
            Err(Failed::Later(reason)) => (75, reason),
        }
    }

    #[test]
    fn an_answer_becomes_what_a_mail_server_understands() {
        let cases = [
            ("HTTP/1.1 201 Created\r\n\r\n{\"outcome\":\"sent\"}", 0, ""),
            ("HTTP/1.1 202 Accepted\r\n\r\n", 0, ""),
            (
                "HTTP/1.1 400 Bad Request\r\na: b\r\n\r\n{\"message\":\"x\",\"fields\":{\"mail\":\"From another address\"}}",
                65,
                "From another address",
            ),
            (
                "HTTP/1.1 413 Payload Too Large\r\n\r\n{\"message\":\"Too large\"}",
                65,
                "Too large",
            ),
            (
                "HTTP/1.1 404 Not Found\r\n\r\n{\"message\":\"Nothing here\"}",
                75,
                "Nothing here",
            ),
            (
                "HTTP/1.1 409 Conflict\r\n\r\n{\"message\":\"Too many\"}",
                75,
                "Too many",
            ),
            (
                "HTTP/1.1 429 Too Many\r\n\r\n{\"message\":\"Wait\"}",
                75,
                "Wait",
            ),
            (
                "HTTP/1.1 401 Unauthorized\r\n\r\n{\"message\":\"Key\"}",
                75,
                "Key",
            ),
            (
                "HTTP/1.1 503 Unavailable\r\n\r\n",
                75,
                "the server gave no answer",
            ),
            ("", 75, "the server gave no answer"),
        ];
        for (answer, code, reason) in cases {
            assert_eq!(judged(answer), (code, reason.to_owned()), "{answer}");
        }
    }
}
