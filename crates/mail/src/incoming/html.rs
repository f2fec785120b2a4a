//! The text of a mail that is HTML alone.

/// Where clients begin what they quote, in a `blockquote` behind a line about it.
const INTRODUCTIONS: [&str; 6] = [
    "class=\"gmail_quote",
    "class=\"gmail_attr",
    "class=gmail_quote",
    "class=\"moz-cite-prefix",
    "class=\"protonmail_quote",
    "class=\"zmail_extra",
];
/// The same without any end: what stands behind it is not the author's.
const QUOTES: [&str; 8] = [
    "class=\"yahoo_quoted",
    "id=\"divrplyfwdmsg",
    "id=\"appendonsend",
    "id=\"mail-editor-reference-message-container",
    "id=\"isforwardcontent",
    "name=\"quote\"",
    "border:none;border-top:solid #e1e1e1 1.0pt",
    "border:none;border-top:solid #b5c4df 1.0pt",
];
/// Stands in the text for what is quoted, as in a text that has marks.
const MARK: &str = "<br>&gt;<br>";

/// Without what it quotes. A line with a mark alone stands in its place.
pub fn text(html: &str) -> String {
    // Only ASCII changes, so that places are the same in both.
    let lower = html.to_ascii_lowercase();
    let first = |marks: &[&str]| {
        let found = marks.iter().filter_map(|mark| lower.find(mark));
        found.filter_map(|at| lower[..at].rfind('<')).min()
    };
    let end = first(&QUOTES).unwrap_or(html.len());
    let introduction = first(&INTRODUCTIONS).filter(|start| *start < end);
    let above = introduction.unwrap_or(end);
    let mut own = without_blockquotes(&html[..above], &lower[..above]);
    // Somebody may answer below or between; other quotes stand inside.
    let quoted = introduction.and_then(|start| Some(start + lower[start..].find("<blockquote")?));
    if let Some(start) = quoted {
        own.push_str(MARK);
        own.push_str(&without_blockquotes(&html[start..], &lower[start..]));
    }
    let said = plain(&own);
    let is_quoted = |line: &str| line.trim().is_empty() || line.trim() == ">";
    if !said.lines().all(is_quoted) {
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
            if depth == 0 {
                left.push_str(MARK);
            }
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
    mail_parser::decoders::html::html_to_text(&with_lines(html))
}

/// Elements that stand below each other, beside those that the decoder knows.
const BLOCKS: [&str; 12] = [
    "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "pre", "p",
];

/// With a break wherever one line ends and another begins.
fn with_lines(html: &str) -> String {
    let mut lines = String::with_capacity(html.len());
    let mut is_begun = false;
    for (place, piece) in html.split('<').enumerate() {
        if place == 0 {
            is_begun = !piece.trim().is_empty();
            lines.push_str(piece);
            continue;
        }
        let name_end = |letter: char| !letter.is_ascii_alphanumeric() && letter != '/';
        let name = piece.split(name_end).next().unwrap_or_default();
        let name = name.get(..8).unwrap_or(name).to_ascii_lowercase();
        let is_block = BLOCKS.contains(&name.trim_start_matches('/'));
        if is_begun && is_block && name != "/p" {
            lines.push_str("<br>");
        }
        is_begun &= !is_block && name != "br";
        is_begun |= piece
            .split_once('>')
            .is_some_and(|(_, text)| !text.trim().is_empty());
        lines.push('<');
        lines.push_str(piece);
    }
    lines
}
