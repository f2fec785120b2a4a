//! What a mail server means that refuses for good (RFC 3463): an address that is dead, or us.

/// Words of servers that say no enhanced code, when they mean whoever sends.
const ABOUT_THE_SENDER: [&str; 12] = [
    "relay",
    "rcpthosts",
    "spam",
    "block",
    "blacklist",
    "denylist",
    "policy",
    "reputation",
    "authenti",
    "spf",
    "dkim",
    "dmarc",
];

/// Whether these words of a server mean that mail to this recipient arrives no more. `said` begins with the code of the
/// reply, or with what a server put in front of it: `550 5.1.1 No such user`, `smtp; 550-5.1.1 No such user`.
///
/// Whoever is in doubt says no: what an operator can mend must not end the mails of everybody.
pub fn is_dead_address(said: &str) -> bool {
    if let Some(code) = enhanced(said) {
        return is_dead(code);
    }
    let said = said.to_ascii_lowercase();
    let numbers = said.split(|letter: char| !letter.is_ascii_digit());
    let reply = numbers
        .filter(|number| number.len() == 3)
        .find(|number| number.starts_with('5'));
    let is_theirs = reply.is_some_and(|reply| ["550", "551", "553"].contains(&reply));
    is_theirs && !ABOUT_THE_SENDER.iter().any(|word| said.contains(word))
}

/// The address of the recipient, or its mailbox that is switched off. 5.1.7 and 5.1.8 are about the sender's address,
/// and a mailbox that is full has room another time.
fn is_dead((subject, detail): (u16, u16)) -> bool {
    matches!((subject, detail), (1, 0..=6 | 9..) | (2, 1))
}

/// Of `5.1.1` the last two, where the first is a failure for good.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    let is_around = |letter: char| !letter.is_ascii_digit() && letter != '.';
    said.split(is_around).find_map(|word| {
        let mut parts = word.trim_end_matches('.').split('.');
        let class = parts.next()?;
        let mut part = || parts.next()?.parse().ok();
        let code = (part()?, part()?);
        // 5.10.2026 is a day, and four numbers are an address of the internet.
        let is_code = code != (0, 0) && code.0 <= 7 && code.1 <= 999;
        (class == "5" && is_code && parts.next().is_none()).then_some(code)
    })
}

#[cfg(test)]
mod tests {
    use super::is_dead_address;

    #[test]
    fn an_address_that_is_dead_is_told_from_a_server_that_refuses_us() {
        let dead = [
            "550 5.1.1 <x@y.example>: Recipient address rejected: User unknown",
            "smtp; 550-5.1.1 The email account that you tried to reach does not exist.",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found",
            "550 5.2.1 The email account is disabled",
            "556 5.1.2 Domain has a null MX",
            "550 Unknown user",
            "smtp; 550 Requested action not taken: mailbox unavailable",
            "551 User not local",
            "553 mailbox name not allowed",
            "550 no mailbox here since 5.10.2024, at 10.5.1.1",
        ];
        for said in dead {
            assert!(is_dead_address(said), "{said}");
        }
        let ours = [
            "554 5.7.1 <x@y.example>: Relay access denied",
            "550 5.7.1 Service unavailable; client host [10.5.1.1] blocked using a list",
            "550-5.7.26 This mail is unauthenticated",
            "552 5.3.4 Message size exceeds fixed limit",
            "554 5.7.1 Message rejected as spam by content filter",
            "552 5.2.2 Mailbox full",
            "550 5.4.1 Recipient address rejected: Access denied",
            "530 5.7.0 Must issue a STARTTLS command first",
            "550 5.1.8 Sender address rejected: Domain not found",
            "550 5.6.0 Lone CR",
            "554 Transaction failed",
            "552 too large",
            "535 Authentication failed",
            "550 relay not permitted",
            "553 sorry, that domain isn't in my list of allowed rcpthosts",
            "550 Your message looks like spam",
            "5.0.0",
            "",
        ];
        for said in ours {
            assert!(!is_dead_address(said), "{said}");
        }
    }
}
