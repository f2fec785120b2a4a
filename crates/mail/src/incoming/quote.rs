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
const TO: [&str; 22] = [
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
];
const SUBJECT: [&str; 24] = [
    "subject",
    "betreff",
    "objet",
    "asunto",
    "assunto",
    "oggetto",
    "onderwerp",
    "temat",
    "ämne",
    "emne",
    "aihe",
    "předmět",
    "predmet",
    "tárgy",
    "subiect",
    "тема",
    "konu",
    "θέμα",
    "主题",
    "主旨",
    "件名",
    "제목",
    "الموضوع",
    "נושא",
];

/// Letters of a line that a client breaks at its latest.
const WRAPPED_CHARS: usize = 60;

/// What the author wrote, in its parts: above what is quoted, and between and below it where quoted lines have their marks.
/// Without marks all below belongs to the quote. What may be the author's stays.
pub fn own(text: &str, ours: &Ours<'_>) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let (parts, end) = parts(&lines, ours);
    let is_nothing = parts.iter().all(|part| part.trim().is_empty());
    // Behind a quote that nobody could tell from an answer, but for its marks.
    let marked = lines[end..].iter().position(|line| is_marked(line));
    match marked {
        Some(start) if is_nothing => without_marks(&lines[end + start..]),
        _ => parts,
    }
}

/// And the line from which on all is quoted.
fn parts(lines: &[&str], ours: &Ours<'_>) -> (Vec<String>, usize) {
    let mut parts = vec![Vec::new()];
    let mut is_introduced = false;
    let mut at = 0;
    while at < lines.len() {
        let left = &lines[at..];
        let count = if let Some(head) = head(left, ours) {
            if !is_marked_next(&left[head..]) {
                return (joined(&parts), at);
            }
            is_introduced = true;
            let is_quoted = |line: &&&str| line.trim().is_empty() || is_marked(line);
            head + left[head..].iter().take_while(is_quoted).count()
        } else {
            left.iter().take_while(|line| is_marked(line)).count()
        };
        let quoted = &left[..count];
        // Where nothing says that it is a quote: "> 500 pieces: 2 EUR".
        let is_own = !is_introduced && quoted.iter().all(|line| is_comparison(line));
        if count == 0 || is_own {
            let own = parts.last_mut().expect("there is one from the beginning");
            own.extend(&left[..count.max(1)]);
        } else {
            parts.push(Vec::new());
        }
        at += count.max(1);
    }
    (joined(&parts), lines.len())
}

fn without_marks(lines: &[&str]) -> Vec<String> {
    let parts: Vec<_> = lines
        .split(|line| is_marked(line))
        .map(<[&str]>::to_vec)
        .collect();
    joined(&parts)
}

fn joined(parts: &[Vec<&str>]) -> Vec<String> {
    parts.iter().map(|part| part.join("\n")).collect()
}

fn is_marked(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn is_marked_next(lines: &[&str]) -> bool {
    let next = lines.iter().find(|line| !line.trim().is_empty());
    next.is_some_and(|line| is_marked(line))
}

/// "more than 500".
fn is_comparison(line: &str) -> bool {
    let rest = line.trim_start().strip_prefix('>');
    rest.is_some_and(|rest| rest.trim_start().starts_with(char::is_numeric))
}

/// How many lines say that a quote follows.
fn head(lines: &[&str], ours: &Ours<'_>) -> Option<usize> {
    if lines[0].trim().is_empty() {
        return None;
    }
    if let Some(count) = introduction(lines, ours) {
        return Some(count);
    }
    let is_rule = is_rule(lines[0]);
    let is_block = if is_rule {
        is_header_block(&lines[1..])
    } else {
        is_original(lines[0]) || is_header_block(lines)
    };
    let is_head = |line: &&&str| !line.trim().is_empty() && !is_marked(line);
    is_block.then(|| lines.iter().take_while(is_head).count())
}

/// "On Monday, Ann <ann@shop.example> wrote:", which clients break at about 76 letters.
fn introduction(lines: &[&str], ours: &Ours<'_>) -> Option<usize> {
    let first = lines[0].trim();
    if is_marked(first) || first.chars().count() > 200 {
        return None;
    }
    let mut found = None;
    for count in 1..=3.min(lines.len()) {
        let last = lines[count - 1].trim();
        let is_broken = count == 1 || is_wrapped(lines[count - 2], last);
        if last.is_empty() || is_marked(last) || !is_broken || last.chars().count() > 400 {
            break;
        }
        if !last.ends_with([':', '：', '>']) {
            continue;
        }
        let is_quoted = is_marked_next(&lines[count..]);
        let says = |from: usize| introduces(&lines[from..count], is_quoted, ours);
        // What stands above it is the author's.
        if says(0) && !(1..count).any(says) {
            found = Some(count);
            if is_quoted {
                break;
            }
        }
    }
    found
}

/// Whether a client broke the line there: the next word had no room.
fn is_wrapped(line: &str, next: &str) -> bool {
    let word = next.split_whitespace().next().unwrap_or_default();
    line.trim().chars().count() + 1 + word.chars().count() > WRAPPED_CHARS
}

/// Lines that say who wrote what follows, and when. Where the lines below have no marks it must be us, as clients write us:
/// "as bob@buyer.example wrote on 2 March:" is also how people begin.
fn introduces(lines: &[&str], is_quoted: bool, ours: &Ours<'_>) -> bool {
    let parts = lines.iter().map(|line| line.trim());
    let joined = parts.collect::<Vec<_>>().join(" ").to_lowercase();
    let mut words = joined.split_whitespace();
    let has_number = words.any(|word| !word.contains('@') && word.contains(char::is_numeric));
    if !has_number {
        return false;
    }
    let names = |address: &str| {
        let address = address.to_lowercase();
        [">", "]"]
            .iter()
            .any(|end| joined.contains(&format!("{address}{end}")))
    };
    let says_wrote = || WROTE.iter().any(|verb| joined.contains(verb));
    is_quoted && (joined.contains('@') || says_wrote())
        || names(ours.from)
        || names(&format!("@{}", ours.reply_domain))
}

/// "-----Original Message-----".
fn is_original(line: &str) -> bool {
    let line = line.trim();
    let is_framed = line.starts_with("--") && line.ends_with("--");
    let inner = || line.trim_matches(['-', '_', ' ', '*']).to_lowercase();
    is_framed && ORIGINAL.contains(&&*inner())
}

/// What Outlook draws above headers.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 30 && line.chars().all(|letter| letter == '_')
}

/// "From: …", "Sent: …", "To: …", "Subject: …" in a row. Three of them are also what a forwarder is asked: from where, to
/// where and when. An address among them, or a subject, makes it a mail.
fn is_header_block(lines: &[&str]) -> bool {
    let name = |line: &str| {
        let line = line.trim().trim_matches('*');
        let (name, _) = line.split_once([':', '：'])?;
        Some(name.trim_matches(['*', ' ', '>']).to_lowercase())
    };
    let is_in = |line: &str, names: &[&str]| name(line).is_some_and(|name| names.contains(&&*name));
    let mut lines = lines.iter().take(8).filter(|line| !line.trim().is_empty());
    let Some(from) = lines.next().filter(|line| is_in(line, &FROM)) else {
        return false;
    };
    let next: Vec<_> = lines.take(4).collect();
    let of = |names: &[&str]| next.iter().find(|line| is_in(line, names));
    let (to, subject) = (of(&TO), of(&SUBJECT));
    let has_address = from.contains('@') || to.is_some_and(|to| to.contains('@'));
    let signs = [to.is_some(), subject.is_some(), has_address];
    of(&SENT).is_some() && signs.into_iter().filter(|sign| *sign).count() >= 2
}

#[cfg(test)]
mod tests;
