//! What stands below what somebody says, and was not written for this mail.

/// The line of RFC 3676, 4.3, which programs write. Without its space it is also how people part two paragraphs.
const DASHES: &str = "-- ";

/// "Sent from my iPhone": programs say that it was sent, from where, and the name of a device or of themselves. People say
/// these, too, and go on: "Sent via DHL, tracking 00340434". So a line is a program's only where every word is in here.
const SENT: [&str; 19] = [
    "sent",
    "gesendet",
    "envoyé",
    "enviado",
    "inviato",
    "verstuurd",
    "verzonden",
    "wysłane",
    "wysłano",
    "skickat",
    "sendt",
    "lähetetty",
    "odesláno",
    "gönderildi",
    "отправлено",
    "надіслано",
    "أرسلت",
    "أُرسلت",
    "보냄",
];
const FROM: [&str; 52] = [
    "from",
    "my",
    "via",
    "with",
    "on",
    "for",
    "mail",
    "email",
    "app",
    "mobile",
    "device",
    "secure",
    "von",
    "meinem",
    "meiner",
    "mit",
    "der",
    "für",
    "de",
    "mon",
    "depuis",
    "à",
    "partir",
    "pour",
    "desde",
    "mi",
    "para",
    "do",
    "meu",
    "da",
    "mio",
    "il",
    "vanaf",
    "mijn",
    "voor",
    "z",
    "mojego",
    "mého",
    "från",
    "min",
    "fra",
    "с",
    "з",
    "моего",
    "мого",
    "من",
    "الـ",
    "나의",
    "samsung",
    "huawei",
    "xiaomi",
    "pixel",
];
/// Beginnings: languages bend them.
const DEVICES: [&str; 14] = [
    "iphon",
    "ipad",
    "ipod",
    "android",
    "galaxy",
    "smartphone",
    "blackberry",
    "outlook",
    "yahoo",
    "proton",
    "gmail",
    "gmx",
    "windows",
    "ios",
];
/// Where there are no spaces.
const WHOLE: [&str; 4] = [
    "iphoneから送信",
    "从我的iphone发送",
    "發自我的 iphone",
    "get outlook for ",
];

/// A part of a text without its signature.
pub fn without(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    if let Some(end) = lines.iter().position(|line| *line == DASHES) {
        lines.truncate(end);
    }
    // Nothing but a signature stands below one.
    while let Some(last) = lines.last()
        && (last.trim().is_empty() || is_of_a_program(last))
    {
        lines.pop();
    }
    lines.join("\n")
}

fn is_of_a_program(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    if line.chars().count() > 80 {
        return false;
    }
    if WHOLE.iter().any(|start| line.starts_with(start)) {
        return true;
    }
    let is_between = |letter: char| letter.is_whitespace() || ".,<>()[]*_".contains(letter);
    let words: Vec<&str> = line
        .split(is_between)
        .filter(|word| !word.is_empty())
        .collect();
    let is_sent = |word: &str| SENT.contains(&word);
    let is_device = |word: &str| DEVICES.iter().any(|device| word.starts_with(device));
    // "S21", "5G", "10".
    let is_model = |word: &str| word.len() <= 5 && word.contains(|c: char| c.is_ascii_digit());
    let is_known =
        |word: &&str| is_sent(word) || is_device(word) || FROM.contains(word) || is_model(word);
    words.iter().all(is_known)
        && words.iter().any(|word| is_sent(word))
        && words.iter().any(|word| is_device(word))
        && words.len() > 1
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_programs_add_goes() {
        let lines = [
            "Sent from my iPhone",
            "Sent from my Samsung Galaxy S21 smartphone.",
            "Sent from Outlook for iOS",
            "Sent from Yahoo Mail on Android",
            "Sent from Mail for Windows 10",
            "Sent with Proton Mail secure email.",
            "Get Outlook for iOS<https://aka.ms/o0ukef>",
            "Von meinem iPhone gesendet",
            "Von meinem Samsung Galaxy Smartphone gesendet.",
            "Gesendet mit der GMX Mail App",
            "Envoyé de mon iPhone",
            "Enviado desde mi iPhone",
            "Enviado do meu iPhone",
            "Inviato da iPhone",
            "Verstuurd vanaf mijn iPad",
            "Wysłane z iPhone'a",
            "Skickat från min iPhone",
            "Sendt fra min iPhone",
            "Lähetetty iPhonesta",
            "Odesláno z iPhonu",
            "iPhone'umdan gönderildi",
            "Отправлено с iPhone",
            "Надіслано з iPhone",
            "iPhoneから送信",
            "从我的iPhone发送",
            "發自我的 iPhone",
            "나의 iPhone에서 보냄",
            "أرسلت من الـ iPhone",
        ];
        for line in lines {
            assert_eq!(without(&format!("Yes.\n\n{line}\n\n")), "Yes.", "{line}");
        }
        assert_eq!(without("Yes.\n-- \nAnn\n\nAcme Ltd"), "Yes.");
    }

    #[test]
    fn what_people_write_stays() {
        let texts = [
            "Yes, 500 are ready.\nSent via DHL, tracking 00340434.\nInvoice 7713 follows tomorrow.",
            "Yes.\nSent via DHL, tracking 00340434.",
            "Ja.\nGesendet mit DHL.",
            "Ja.\nGesendet von Hamburg am 5.3.",
            "Sí.\nEnviado desde Valencia.",
            "Sì.\nInviato da Genova.",
            "Kyllä.\nLähetetty eilen.",
            "Yes.\nSent from my Samsung dealer today.",
            "Yes.\nSent the iPhone.",
            "Sent from my iPhone\nis what all mails of theirs say.",
            "First\n\n—\n\nsecond",
            "First\n\n--\n\nsecond",
            "First\n\n__\n\nsecond",
        ];
        for text in texts {
            assert_eq!(without(text), text);
        }
    }
}
