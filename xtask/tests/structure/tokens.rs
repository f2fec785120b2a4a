//! Rust as words and signs, as far as paths are concerned.

pub type Tokens = Vec<String>;

/// Without comments, texts, and items under `#[cfg(test)]`.
pub fn without_tests(text: &str) -> Tokens {
    let tokens = tokens(text);
    let mark: Tokens = ["#", "[", "cfg", "(", "test", ")", "]"]
        .map(str::to_owned)
        .to_vec();
    let mut kept = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at..].starts_with(&mark) {
            at = end_of_item(&tokens, at + mark.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Behind the `;` or the block that ends the item which begins here.
fn end_of_item(tokens: &[String], mut at: usize) -> usize {
    let mut depth = 0_usize;
    while at < tokens.len() {
        match &*tokens[at] {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => {
                depth = depth.saturating_sub(1);
                if depth == 0 && tokens[at] == "}" {
                    // A `use` goes on to its semicolon.
                    return at
                        + 1
                        + usize::from(tokens.get(at + 1).is_some_and(|next| next == ";"));
                }
            }
            ";" | "," if depth == 0 => return at + 1,
            _ => {}
        }
        at += 1;
    }
    at
}

fn tokens(text: &str) -> Tokens {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => quoted(rest),
            'r' if rest.starts_with("r\"") => raw(rest, "\""),
            'r' if rest.starts_with("r#\"") => raw(rest, "\"#"),
            '\'' => letter(rest),
            _ if first.is_alphanumeric() || first == '_' => {
                let end = rest.find(|sign: char| !sign.is_alphanumeric() && sign != '_');
                let end = end.unwrap_or(rest.len());
                tokens.push(rest[..end].to_owned());
                end
            }
            ':' if rest.starts_with("::") => {
                tokens.push("::".to_owned());
                2
            }
            _ => {
                if !first.is_whitespace() {
                    tokens.push(first.to_string());
                }
                first.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    tokens
}

fn quoted(rest: &str) -> usize {
    let mut is_escaped = false;
    for (at, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn raw(rest: &str, end: &str) -> usize {
    let begin = end.len() + 1;
    rest[begin..]
        .find(end)
        .map_or(rest.len(), |at| begin + at + end.len())
}

/// A letter in quotes, or only the quote of a lifetime.
fn letter(rest: &str) -> usize {
    let mut signs = rest.char_indices().skip(1);
    match (signs.next(), signs.next()) {
        (Some((_, '\\')), _) => rest[3..].find('\'').map_or(1, |at| at + 4),
        (_, Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

#[test]
fn what_tests_alone_see_is_left_out() {
    let text = "use a::B; // c::D\n#[cfg(test)]\nmod tests { use e::F; }\n#[cfg(test)]\nuse g::{H};\n\
        fn f<'a>() { let x = ('\\'', '{', \"i::J\", r#\"k::L\"#); m::n() }";
    let kept = without_tests(text).join(" ");
    assert_eq!(
        kept,
        "use a :: B ; fn f < ' a > ( ) { let x = ( , , , ) ; m :: n ( ) }".replace("' ", "")
    );
}
