//! The text of a mail that is HTML alone.

/// Where clients begin what they quote. What stands behind it is not the author's.
const QUOTES: [&str; 14] = [
    "class=\"gmail_quote",
    "class=\"gmail_attr",
    "class=gmail_quote",
    "class=\"moz-cite-prefix",
    "class=\"yahoo_quoted",
    "class=\"protonmail_quote",
    "class=\"zmail_extra",
    "id=\"divrplyfwdmsg",
    "id=\"appendonsend",
    "id=\"mail-editor-reference-message-container",
    "id=\"isforwardcontent",
    "name=\"quote\"",
    "border:none;border-top:solid #e1e1e1 1.0pt",
    "border:none;border-top:solid #b5c4df 1.0pt",
];

/// Without what it quotes, unless it answers below.
pub fn text(html: &str) -> String {
    // Only ASCII changes, so that places are the same in both.
    let lower = html.to_ascii_lowercase();
    let quotes = QUOTES.iter().filter_map(|mark| lower.find(mark));
    let starts = quotes.filter_map(|at| lower[..at].rfind('<'));
    let start = starts.chain(lower.find("<blockquote")).min();
    let own = start.map_or(html, |start| &html[..start]);
    let said = plain(own);
    if !said.trim().is_empty() {
        return said;
    }
    plain(&without_blockquotes(html, &lower))
}

/// What is left without the quotes: the words of somebody who answers below or between.
fn without_blockquotes(html: &str, lower: &str) -> String {
    let mut left = String::new();
    let mut depth = 0_usize;
    let mut at = 0;
    let (mut opening, mut closing) = (Next::of("<blockquote"), Next::of("</blockquote"));
    while at < html.len() {
        let opens = opening.from(lower, at);
        let closes = closing.from(lower, at);
        let next = opens.into_iter().chain(closes).min().unwrap_or(html.len());
        if depth == 0 {
            left.push_str(&html[at..next]);
        }
        if next == html.len() {
            break;
        }
        if Some(next) == opens {
            depth += 1;
        } else {
            depth = depth.saturating_sub(1);
        }
        at = lower[next..]
            .find('>')
            .map_or(html.len(), |found| next + found + 1);
    }
    left
}

/// Where a mark stands next. Every letter is looked at once, however many other marks come between:
/// anybody may send a mail of nothing but marks.
struct Next {
    mark: &'static str,
    /// `None`: it was not looked for yet, or there is none any more.
    found: Option<usize>,
    looked_to: usize,
}

impl Next {
    fn of(mark: &'static str) -> Self {
        Self {
            mark,
            found: None,
            looked_to: 0,
        }
    }

    /// `at` never goes back.
    fn from(&mut self, text: &str, at: usize) -> Option<usize> {
        if self.looked_to <= at && self.looked_to < text.len() {
            self.found = text[at..].find(self.mark).map(|found| at + found);
            self.looked_to = self.found.map_or(text.len(), |found| found + 1);
        }
        self.found
    }
}

fn plain(html: &str) -> String {
    mail_parser::decoders::html::html_to_text(html)
}
