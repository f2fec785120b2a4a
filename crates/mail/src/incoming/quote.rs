//! Where the words of the author end and those begin that their client quotes.
//!
//! Clients quote what they answer below a line that says who wrote it and when, in the language of
//! their user. Most of these lines name our own address, which needs no language; for the others
//! there is a list of the words.

/// What our own mails are known by in a line that quotes them.
#[derive(Clone, Copy, Debug)]
pub struct Ours<'a> {
    pub from: &'a str,
    pub reply_domain: &'a str,
}

/// What such a line says, in lower case: "On Monday, Ann wrote:", "Am Montag schrieb Ann:".
const WROTE: [&str; 42] = [
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "a écrit",
    "écrivait",
    "escribió",
    "escreveu",
    "scritto",
    "schreef",
    "geschreven",
    "napisał",
    "pisze",
    "skrev",
    "skreiv",
    "kirjoitti",
    "napsal",
    "napísal",
    "napisao",
    "je pisal",
    "írta",
    "a scris",
    "написа",
    "пишет",
    "писав",
    "пише",
    "yazdı",
    "yazmış",
    "έγραψε",
    "写道",
    "寫道",
    "作成",
    "のメール",
    "さんは書きました",
    "작성",
    "님이",
    "כתב",
    "كتب",
    "đã viết",
    "เขียนว่า",
    "menulis",
    "ने लिखा",
];

/// Above a whole mail that is quoted without marks, in lower case.
const ORIGINAL: [&str; 26] = [
    "original message",
    "ursprüngliche nachricht",
    "originalnachricht",
    "message d'origine",
    "message original",
    "mensaje original",
    "mensagem original",
    "messaggio originale",
    "oorspronkelijk bericht",
    "wiadomość oryginalna",
    "ursprungligt meddelande",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "původní zpráva",
    "eredeti üzenet",
    "mesaj original",
    "исходное сообщение",
    "оригинальное сообщение",
    "orijinal mesaj",
    "αρχικό μήνυμα",
    "原始邮件",
    "原始郵件",
    "元のメッセージ",
    "원본 메시지",
    "الرسالة الأصلية",
];

/// Names of the first headers of a mail that Outlook quotes, in lower case.
const FROM: [&str; 22] = [
    "from",
    "von",
    "de",
    "da",
    "van",
    "od",
    "från",
    "fra",
    "lähettäjä",
    "feladó",
    "от",
    "від",
    "kimden",
    "από",
    "发件人",
    "寄件者",
    "差出人",
    "보낸 사람",
    "من",
    "מאת",
    "expéditeur",
    "remitente",
];
const SENT: [&str; 30] = [
    "sent",
    "date",
    "gesendet",
    "datum",
    "envoyé",
    "enviado",
    "enviado el",
    "enviada em",
    "data",
    "inviato",
    "verzonden",
    "wysłano",
    "wysłane",
    "skickat",
    "sendt",
    "dato",
    "lähetetty",
    "odesláno",
    "elküldve",
    "отправлено",
    "дата",
    "надіслано",
    "gönderildi",
    "tarih",
    "发送时间",
    "日期",
    "送信日時",
    "보낸 날짜",
    "تاريخ الإرسال",
    "נשלח",
];
const TO: [&str; 26] = [
    "to",
    "an",
    "à",
    "para",
    "a",
    "aan",
    "do",
    "till",
    "til",
    "vastaanottaja",
    "címzett",
    "кому",
    "komu",
    "kime",
    "προς",
    "收件人",
    "宛先",
    "받는 사람",
    "إلى",
    "אל",
    "destinataire",
    "destinatario",
    "subject",
    "betreff",
    "objet",
    "asunto",
];

/// What the author wrote. Where they answer between or below the quoted lines, all that is not quoted.
pub fn own(text: &str, ours: &Ours<'_>) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = (0..lines.len()).find(|at| begins(&lines[*at..], ours));
    let (own, rest) = lines.split_at(end.unwrap_or(lines.len()));
    let own = without_marks(own);
    if !own.trim().is_empty() {
        return own;
    }
    // The answer stands below: behind the line that introduces the quote.
    let quoted = rest.iter().position(|line| is_marked(line));
    quoted.map_or(own, |start| without_marks(&rest[start..]))
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn without_marks(lines: &[&str]) -> String {
    let own: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|line| !is_marked(line))
        .collect();
    own.join("\n")
}

/// Whether a quote begins with these lines.
fn begins(lines: &[&str], ours: &Ours<'_>) -> bool {
    is_introduction(lines, ours) || is_original(lines[0]) || is_header_block(lines)
}

/// "On Monday, Ann <ann@shop.example> wrote:", which clients break at about 76 letters.
fn is_introduction(lines: &[&str], ours: &Ours<'_>) -> bool {
    let first = lines[0].trim();
    if first.is_empty() || first.chars().count() > 200 {
        return false;
    }
    for count in 1..=3.min(lines.len()) {
        let parts = lines[..count].iter().map(|line| line.trim());
        let joined = parts.collect::<Vec<_>>().join(" ").to_lowercase();
        let is_whole = lines[count - 1].trim().is_empty();
        if is_whole || joined.chars().count() > 400 {
            return false;
        }
        let next = lines[count..].iter().find(|line| !line.trim().is_empty());
        let is_quoted = next.is_some_and(|line| is_marked(line));
        let names_us = joined.contains(&ours.from.to_lowercase())
            || joined.contains(&format!("@{}", ours.reply_domain.to_lowercase()));
        let says_wrote = WROTE.iter().any(|verb| joined.contains(verb));
        let has_number = joined.chars().any(char::is_numeric);
        let has_address = names_us || joined.contains('@');
        // Whoever is asked "as you wrote in 2024:" goes on in their own words: a date alone is no quote.
        let is_theirs = is_quoted && (says_wrote || has_number && has_address)
            || has_number && has_address && (says_wrote || names_us);
        if is_theirs && joined.ends_with([':', '：', '>']) {
            return true;
        }
    }
    false
}

/// "-----Original Message-----", or a line of underscores above one.
fn is_original(line: &str) -> bool {
    let line = line.trim();
    let is_rule = line.len() >= 30 && line.chars().all(|letter| letter == '_');
    let inner = line.trim_matches(['-', '_', ' ', '*']).to_lowercase();
    let is_framed = line.starts_with("--") && line.ends_with("--");
    is_rule || is_framed && ORIGINAL.iter().any(|words| inner.contains(words))
}

/// "From: …", "Sent: …", "To: …" in a row.
fn is_header_block(lines: &[&str]) -> bool {
    let name = |line: &&str| {
        let line = line.trim().trim_matches('*');
        let (name, _) = line.split_once([':', '：'])?;
        Some(name.trim_matches(['*', ' ', '>']).to_lowercase())
    };
    let is_in = |line: Option<&&str>, names: &[&str]| {
        line.and_then(name)
            .is_some_and(|name| names.contains(&&*name))
    };
    let mut lines = lines.iter().take(8).filter(|line| !line.trim().is_empty());
    if !is_in(lines.next(), &FROM) {
        return false;
    }
    let next: Vec<_> = lines.take(3).collect();
    let of = |names: &[&str]| next.iter().any(|line| is_in(Some(*line), names));
    of(&SENT) && of(&TO)
}

#[cfg(test)]
mod tests;
