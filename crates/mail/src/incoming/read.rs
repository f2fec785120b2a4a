//! A message as it came, taken apart.

use std::collections::HashSet;

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::{
    bounce, html,
    quote::{self, Ours},
    signature,
};
use crate::{Mailbox, ReplyAddress, limits};

/// What a mail is, before anybody acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    pub kind: Kind,
    /// The author's address, in lower case.
    pub from: Option<String>,
    /// Of the reply address that it was sent to, in lower case.
    pub token: Option<String>,
    /// The same for the same mail, however often it is brought.
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Somebody says something: the text without what it quotes and without its signature.
    Reply { text: String, files: Vec<SentFile> },
    /// The address that we sent to is dead; with the words of a mail server.
    Bounce { reason: String },
    /// A mail server will try again, or did deliver, or refused us and not the address: nothing to act on.
    Notice,
    /// A robot answers: an absence note, a list, or ourselves.
    Automatic,
}

#[derive(Clone, PartialEq, Eq)]
pub struct SentFile {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for SentFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentFile")
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is no mail")]
pub struct NotRead;

/// Takes a whole message apart. `reply` is where answers go, `from` whom our own mails come from.
pub fn read(bytes: &[u8], reply: &ReplyAddress, from: &Mailbox) -> Result<Incoming, NotRead> {
    let bytes = without_envelope(bytes);
    let mail = MessageParser::default().parse(bytes).ok_or(NotRead)?;
    if mail.headers().is_empty() {
        return Err(NotRead);
    }
    let author = mail.from().and_then(Address::first);
    let author = author.and_then(|author| author.address());
    let author = author.map(|address| address.trim().to_ascii_lowercase());
    let ours = Ours {
        from: from.address(),
        reply_domain: reply.domain(),
    };
    let kind = if let Some(kind) = bounce::of(&mail) {
        kind
    } else if bounce::is_automatic(&mail)
        || author.as_deref() == Some(&*from.address().to_ascii_lowercase())
    {
        Kind::Automatic
    } else {
        Kind::Reply {
            text: said(&mail, &ours),
            files: files(&mail),
        }
    };
    let id = mail.message_id().filter(|id| !id.trim().is_empty());
    Ok(Incoming {
        kind,
        from: author,
        token: token(&mail, reply),
        name: name(id.map_or(bytes, str::as_bytes)),
    })
}

/// By its Message-ID, or by all of it: scanners and shops write mails without one, and a mail server that brings a mail again
/// changes nothing in it.
fn name(of: &[u8]) -> String {
    let hash = digest(&SHA256, of);
    format!("mail-{}", URL_SAFE_NO_PAD.encode(hash))
}

/// Postfix and others put a line of the mailbox format in front.
fn without_envelope(bytes: &[u8]) -> &[u8] {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) if bytes.starts_with(b"From ") => &bytes[end + 1..],
        _ => bytes,
    }
}

/// From wherever the mail says whom it was sent to. What the last server noted comes first.
fn token(mail: &Message<'_>, reply: &ReplyAddress) -> Option<String> {
    const NOTED: [&str; 4] = [
        "Delivered-To",
        "X-Original-To",
        "Envelope-To",
        "X-Envelope-To",
    ];
    let noted = NOTED.iter().flat_map(|name| mail.header_values(*name));
    let noted = noted.filter_map(|value| {
        let text = value.as_text().map(str::to_owned);
        text.or_else(|| Some(value.as_address()?.first()?.address()?.to_owned()))
    });
    let lists = [mail.to(), mail.cc(), mail.bcc()].into_iter().flatten();
    let named = lists.flat_map(|list| list.iter().filter_map(|one| one.address()));
    let all: Vec<String> = noted.chain(named.map(str::to_owned)).collect();
    all.iter()
        .flat_map(|text| text.split([',', ' ', '<', '>', ';']))
        .find_map(|address| reply.token(address))
}

/// The words of the author alone.
fn said(mail: &Message<'_>, ours: &Ours<'_>) -> String {
    // A mail of HTML alone has a text that was made of it, which knows no quotes.
    let is_html = mail
        .text_bodies()
        .all(mail_parser::MessagePart::is_text_html);
    let whole: String = if is_html {
        let bodies: Vec<String> = mail
            .html_bodies()
            .filter_map(mail_parser::MessagePart::text_contents)
            .map(html::text)
            .collect();
        bodies.join("\n")
    } else {
        let bodies: Vec<&str> = mail
            .text_bodies()
            .filter(|part| !part.is_text_html())
            .filter_map(mail_parser::MessagePart::text_contents)
            .collect();
        bodies.join("\n")
    };
    let whole = whole.replace("\r\n", "\n").replace(['\r', '\u{a0}'], " ");
    let parts = quote::own(&whole, ours);
    let said = together(parts.iter().map(|part| signature::without(part)));
    // What is nothing but a signature is what they say.
    if said.is_empty() {
        together(parts)
    } else {
        said
    }
}

fn together(parts: impl IntoIterator<Item = String>) -> String {
    let parts = parts.into_iter().map(|part| part.trim().to_owned());
    let said: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    said.join("\n")
}

/// Whatever else was sent along. Pictures that a signature shows are not: they have a name inside the
/// mail, and no one sends them on purpose.
fn files(mail: &Message<'_>) -> Vec<SentFile> {
    let html: String = mail
        .html_bodies()
        .filter_map(mail_parser::MessagePart::text_contents)
        .collect();
    // Gathered once: a mail may have as many parts as it has lines.
    let shown: HashSet<&str> = html.split("cid:").skip(1).map(reference).collect();
    let is_shown = |id: &str| {
        let id = id.trim_matches(['<', '>']);
        !id.is_empty() && shown.contains(id)
    };
    let own = mail.attachments().filter(|part| {
        let is_inline = part
            .content_disposition()
            .is_some_and(mail_parser::ContentType::is_inline);
        let is_attached = part
            .content_disposition()
            .is_some_and(mail_parser::ContentType::is_attachment);
        let is_decoration = !is_attached
            && part.content_id().is_some_and(is_shown)
            && (is_inline || part.content_disposition().is_none());
        !is_decoration && !is_machinery(part)
    });
    own.take(limits::FILES)
        .enumerate()
        .filter_map(|(place, part)| {
            let bytes = match &part.body {
                PartType::Message(inner) => inner.raw_message().to_vec(),
                PartType::Multipart(_) => return None,
                _ => part.contents().to_vec(),
            };
            let name = part
                .attachment_name()
                .map(str::trim)
                .filter(|name| !name.is_empty());
            Some(SentFile {
                name: name.map_or_else(|| format!("file-{}", place + 1), str::to_owned),
                bytes,
            })
        })
        .filter(|file| !file.bytes.is_empty())
        .collect()
}

/// The name behind `cid:`.
fn reference(html: &str) -> &str {
    let is_end = |letter: char| letter.is_whitespace() || "\"'<>)".contains(letter);
    html.split(is_end).next().unwrap_or_default()
}

/// Subtypes of parts that programs add.
const MACHINERY: [&str; 6] = [
    "pgp-signature",
    "pkcs7-signature",
    "x-pkcs7-signature",
    "pgp-keys",
    "ms-tnef",
    "calendar",
];

/// Signatures of programs and the cards of Outlook: nobody would want them in a conversation.
fn is_machinery(part: &mail_parser::MessagePart<'_>) -> bool {
    let Some(kind) = part.content_type() else {
        return false;
    };
    let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    MACHINERY.contains(&&*subtype)
}

#[cfg(test)]
mod tests;
