//! What stands below what somebody says.

/// The line of RFC 3676, 4.3, as clients write it.
const DASHES: [&str; 4] = ["-- ", "--", "—", "__"];

/// What telephones and programs add, in the languages of their makers. Only the beginning is fixed.
const SENT_FROM: [&str; 36] = [
    "sent from my ",
    "sent from outlook",
    "sent from yahoo",
    "sent from mail for windows",
    "sent via ",
    "sent with proton",
    "get outlook for ",
    "von meinem iphone gesendet",
    "von meinem ipad gesendet",
    "von meinem samsung",
    "gesendet von ",
    "gesendet mit ",
    "envoyé de mon ",
    "envoyé depuis ",
    "envoyé à partir de ",
    "enviado desde mi ",
    "enviado desde ",
    "enviado do meu ",
    "enviado de meu ",
    "inviato da ",
    "verstuurd vanaf ",
    "verzonden vanaf ",
    "wysłane z ",
    "skickat från ",
    "sendt fra ",
    "lähetetty ",
    "odesláno z ",
    "iphone'umdan gönderildi",
    "отправлено с ",
    "надіслано з ",
    "iphoneから送信",
    "从我的iphone发送",
    "發自我的 iphone",
    "나의 iphone에서 보냄",
    "أرسلت من ",
    "أُرسلت من ",
];

/// The text without its signature. A text that is nothing else stays as it is.
pub fn without(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| is_start(line));
    match end {
        Some(end) if lines[..end].iter().any(|line| !line.trim().is_empty()) => {
            lines[..end].join("\n")
        }
        _ => text.to_owned(),
    }
}

fn is_start(line: &str) -> bool {
    if DASHES.contains(&line) || DASHES.contains(&line.trim_end()) && line.len() <= 4 {
        return true;
    }
    let line = line
        .trim()
        .trim_start_matches(['_', '*', ' '])
        .to_lowercase();
    line.chars().count() <= 80 && SENT_FROM.iter().any(|start| line.starts_with(start))
}
