//! The lines of whoever brings mail.

/// Bytes of an address.
const ADDRESS_BYTES: usize = 320;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello,
    Mail {
        /// Empty: of a mail server itself.
        from: String,
        size: Option<usize>,
    },
    Recipient(String),
    Data,
    Reset,
    Nothing,
    Verify,
    Quit,
}

/// What is answered, otherwise.
pub(super) fn parse(line: &[u8]) -> Result<Command, &'static str> {
    let line = std::str::from_utf8(line).map_err(|_| "500 5.5.2 That is no text")?;
    let line = line.trim_end_matches(['\r', '\n']);
    if line.chars().any(char::is_control) {
        return Err("500 5.5.2 There are control characters in it");
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    match &*verb.to_ascii_uppercase() {
        "LHLO" if rest.is_empty() => Err("501 5.5.4 Say LHLO and a name"),
        "LHLO" => Ok(Command::Hello),
        // RFC 2033: whoever takes this for SMTP must learn that it is not.
        "HELO" | "EHLO" => Err("500 5.5.1 This is LMTP: say LHLO"),
        "MAIL" => mail(rest),
        "RCPT" => recipient(rest),
        "DATA" if rest.is_empty() => Ok(Command::Data),
        "RSET" if rest.is_empty() => Ok(Command::Reset),
        "QUIT" if rest.is_empty() => Ok(Command::Quit),
        "DATA" | "RSET" | "QUIT" => Err("501 5.5.4 It stands alone"),
        "NOOP" => Ok(Command::Nothing),
        "VRFY" => Ok(Command::Verify),
        _ => Err("500 5.5.1 That is no command"),
    }
}

fn mail(rest: &str) -> Result<Command, &'static str> {
    let (from, parameters) = path(rest, "FROM:").ok_or("501 5.5.4 Say MAIL FROM:<address>")?;
    let mut size = None;
    for parameter in parameters.split_whitespace() {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match &*name.to_ascii_uppercase() {
            // Longer than a number can be is larger than a message may be.
            "SIZE" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                size = Some(value.parse().unwrap_or(usize::MAX));
            }
            "BODY" if matches!(&*value.to_ascii_uppercase(), "7BIT" | "8BITMIME") => {}
            "SMTPUTF8" if value.is_empty() => {}
            _ => return Err("555 5.5.4 That parameter is not known"),
        }
    }
    let from = from.to_owned();
    Ok(Command::Mail { from, size })
}

fn recipient(rest: &str) -> Result<Command, &'static str> {
    let (to, parameters) = path(rest, "TO:").ok_or("501 5.5.4 Say RCPT TO:<address>")?;
    if to.is_empty() {
        return Err("501 5.1.3 That is no address");
    }
    if !parameters.is_empty() {
        return Err("555 5.5.4 That parameter is not known");
    }
    Ok(Command::Recipient(to.to_owned()))
}

/// What stands in angle brackets behind the word, and what follows.
fn path<'a>(rest: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let (begin, behind) = rest.split_at_checked(word.len())?;
    if !begin.eq_ignore_ascii_case(word) {
        return None;
    }
    let behind = behind.trim_start().strip_prefix('<')?;
    let (address, parameters) = behind.split_once('>')?;
    let is_one = address.len() <= ADDRESS_BYTES && !address.contains(['<', ' ']);
    let is_apart = parameters.is_empty() || parameters.starts_with(' ');
    (is_one && is_apart).then_some((address, parameters.trim()))
}
