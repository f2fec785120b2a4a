//! HTML, SVG and any other XML, which no browser shall ever take a file for.

/// The elements of the HTML standard, those that it no longer has, and the roots of its
/// neighbours.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "acronym",
    "address",
    "applet",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "base",
    "basefont",
    "bdi",
    "bdo",
    "bgsound",
    "big",
    "blink",
    "blockquote",
    "body",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "i",
    "iframe",
    "image",
    "img",
    "input",
    "ins",
    "isindex",
    "kbd",
    "keygen",
    "label",
    "legend",
    "li",
    "link",
    "listing",
    "main",
    "map",
    "mark",
    "marquee",
    "math",
    "menu",
    "meta",
    "meter",
    "nav",
    "nobr",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "param",
    "picture",
    "plaintext",
    "portal",
    "pre",
    "progress",
    "q",
    "rp",
    "rss",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "search",
    "section",
    "select",
    "slot",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
    "xmp",
    "xsl",
];

/// Characters that are looked at, from the first that is seen.
const LOOKED_AT: usize = 4_096;

/// Whether a text that begins so is markup. A text may well begin with `<name@host>`,
/// `<https://…>` or `<EUR 5 per set>`.
pub fn is_markup(head: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    let seen = head.trim_start_matches(is_blank);
    let end = seen.char_indices().nth(LOOKED_AT);
    let seen = &seen[..end.map_or(seen.len(), |(at, _)| at)];
    let Some(tag) = seen.strip_prefix('<') else {
        return false;
    };
    let is_letter = |text: &str| text.starts_with(|c: char| c.is_alphabetic());
    match tag.chars().next() {
        Some('!' | '?') => return true,
        Some('/') => return is_letter(&tag[1..]),
        _ if !is_letter(tag) => return false,
        _ => {}
    }
    let in_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '.' | '-');
    let (name, rest) = tag.split_at(tag.find(|c| !in_name(c)).unwrap_or(tag.len()));
    let is_tag =
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "/>".contains(c));
    if !is_tag || (name.ends_with(':') && rest.starts_with("//")) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()) || name.starts_with("svg:") || is_xml(rest)
}

/// What is opened is closed, or says whose words it uses.
fn is_xml(rest: &str) -> bool {
    let mut closing = rest.match_indices("</");
    closing.any(|(at, _)| rest[at + 2..].starts_with(|c: char| c.is_alphabetic()))
        || rest.contains("/>")
        || rest.contains("xmlns")
}
