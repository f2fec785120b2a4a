//! Finding messages by their words: which words a text has for an index, whether it says what somebody looks
//! for, and where. Storage finds candidates by an index of [`words_of`]; [`Wanted::find`] decides.
//!
//! A word is a run of letters and digits, compared as [`crate::search::fold`] does; one that is looked for may be
//! the beginning of one that was written. Scripts without spaces between words are cut into pairs of characters.

use std::{collections::BTreeSet, ops::Range};

use unicode_normalization::char::is_combining_mark;

use crate::search::fold;

/// Characters of a word that an index keeps.
const WORD_CHARS: usize = 64;
/// Characters around the first match that a snippet shows.
const BEFORE: usize = 40;
const SNIPPET: usize = 200;

/// What somebody looks for: every word must be somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
}

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    pub text: String,
    /// Words that begin with it count too.
    pub is_prefix: bool,
}

/// A part of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub is_match: bool,
}

impl Wanted {
    /// `Err`: too little to look for, and why.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let folded = fold(text.trim());
        let words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        let characters = || words.iter().flat_map(|word| word.chars());
        let written = characters().filter(|c| is_written(*c)).count();
        if written == 0 {
            return Err("Must have a letter or a digit");
        }
        if characters().count() < 2 && !characters().all(is_dense) {
            return Err("At least 2 characters");
        }
        let words = words.into_iter();
        let words = words.filter(|word| word.chars().any(is_written));
        Ok(Self {
            words: words.collect(),
        })
    }

    /// What an index must have of every text that says it.
    pub fn terms(&self) -> BTreeSet<Term> {
        let mut terms = BTreeSet::new();
        for word in &self.words {
            let runs = runs(word);
            for (place, run) in runs.iter().enumerate() {
                let is_last = place + 1 == runs.len() && word.ends_with(&**run);
                add_terms(&mut terms, run, is_last);
            }
        }
        terms
    }

    /// Where a text says it, in bytes, in order and apart from each other; nothing where a word is missing.
    pub fn find(&self, text: &str) -> Option<Vec<Range<usize>>> {
        let folded = Folded::of(text);
        let mut found = Vec::new();
        for word in &self.words {
            let before = found.len();
            found.extend(folded.places(word));
            if found.len() == before {
                return None;
            }
        }
        found.sort_by_key(|range: &Range<usize>| (range.start, range.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for range in found {
            match apart.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => apart.push(range),
            }
        }
        Some(apart)
    }

    /// The piece of a text where it says the first of what is looked for.
    pub fn snippet(&self, text: &str) -> Vec<Piece> {
        let folded = Folded::of(text);
        let words = self.words.iter();
        let mut places: Vec<_> = words.flat_map(|word| folded.places(word)).collect();
        places.sort_by_key(|range| (range.start, range.end));
        let first = places.first().map_or(0, |range| range.start);
        let start = text[..first].char_indices().rev().take(BEFORE).last();
        let start = start.map_or(first, |(at, _)| at);
        let end = text[start..].char_indices().nth(SNIPPET);
        let end = end.map_or(text.len(), |(at, _)| start + at);
        let mut pieces = Vec::new();
        let mut add = |part: &str, is_match: bool| {
            if !part.is_empty() {
                let text = part.to_owned();
                pieces.push(Piece { text, is_match });
            }
        };
        if start > 0 {
            add("…", false);
        }
        let mut at = start;
        for range in places {
            let (from, to) = (range.start.max(at), range.end.min(end));
            if from < to {
                add(&text[at..from], false);
                add(&text[from..to], true);
                at = to;
            }
        }
        add(&text[at..end], false);
        if end < text.len() {
            add("…", false);
        }
        pieces
    }
}

/// The words of a text as an index keeps them.
pub fn words_of(text: &str) -> BTreeSet<String> {
    let mut terms = BTreeSet::new();
    for run in runs(&fold(text)) {
        add_words(&mut terms, run);
    }
    terms
}

fn add_words(words: &mut BTreeSet<String>, run: &str) {
    let chars: Vec<char> = run.chars().collect();
    for part in chars.chunk_by(|one, next| is_dense(*one) == is_dense(*next)) {
        if is_dense(part[0]) {
            words.extend(part.windows(2).map(|pair| pair.iter().collect::<String>()));
            words.extend(part.last().map(char::to_string));
        } else {
            words.insert(part.iter().take(WORD_CHARS).collect());
        }
    }
}

fn add_terms(terms: &mut BTreeSet<Term>, run: &str, is_last: bool) {
    let chars: Vec<char> = run.chars().collect();
    let parts: Vec<&[char]> = chars
        .chunk_by(|one, next| is_dense(*one) == is_dense(*next))
        .collect();
    for (place, part) in parts.iter().enumerate() {
        let is_last = is_last && place + 1 == parts.len();
        let mut add = |text: String, is_prefix| {
            terms.insert(Term { text, is_prefix });
        };
        match part {
            [one] if is_dense(*one) => add(one.to_string(), true),
            dense if is_dense(dense[0]) => {
                let pairs = dense.windows(2);
                pairs.for_each(|pair| add(pair.iter().collect(), false));
            }
            word => {
                let is_cut = word.len() > WORD_CHARS;
                add(word.iter().take(WORD_CHARS).collect(), is_last && !is_cut);
            }
        }
    }
}

/// Runs of what is written, as opposed to punctuation and spaces.
fn runs(folded: &str) -> Vec<&str> {
    let runs = folded.split(|c| !is_written(c));
    runs.filter(|run| !run.is_empty()).collect()
}

fn is_written(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Scripts in which words stand without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese; and Korean, whose
/// words are as short.
fn is_dense(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}'
        | '\u{1780}'..='\u{17FF}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30FF}'
        | '\u{3130}'..='\u{318F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A text as it is compared, and where each of its characters came from.
struct Folded {
    text: String,
    /// For each byte of it where its character begins and ends in the text as it was written; nothing where
    /// both are the same.
    from: Option<Vec<(usize, usize)>>,
}

impl Folded {
    fn of(written: &str) -> Self {
        let whole = fold(written);
        if written.is_ascii() && whole.len() == written.len() {
            return Self {
                text: whole,
                from: None,
            };
        }
        // Each character by itself, then what is left of them in the whole: folding may drop spaces.
        let mut alone = Vec::with_capacity(whole.len());
        for (at, c) in written.char_indices() {
            let end = at + c.len_utf8();
            if c.is_whitespace() {
                alone.push((c, at, end));
                continue;
            }
            let folded = fold(c.encode_utf8(&mut [0; 4]));
            alone.extend(folded.chars().map(|c| (c, at, end)));
        }
        let mut from = Vec::with_capacity(whole.len());
        let mut rest = alone.into_iter().peekable();
        let mut last = (0, 0);
        for c in whole.chars() {
            while let Some((next, ..)) = rest.peek() {
                if *next == c || !next.is_whitespace() {
                    break;
                }
                rest.next();
            }
            if let Some((_, at, end)) = rest.next() {
                last = (at, end);
            }
            from.extend(std::iter::repeat_n(last, c.len_utf8()));
        }
        Self {
            text: whole,
            from: Some(from),
        }
    }

    /// Where a folded word begins a word here.
    fn places<'a>(&'a self, word: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let first = word.chars().next();
        let may_begin_inside = first.is_none_or(|c| is_dense(c) || !is_written(c));
        let begins = move |at: usize| {
            let before = self.text[..at].chars().next_back();
            may_begin_inside || before.is_none_or(|c| !is_written(c) || is_dense(c))
        };
        let found = self.text.match_indices(word).map(|(at, _)| at);
        found.filter(move |at| begins(*at)).map(move |at| {
            let end = at + word.len();
            match &self.from {
                None => at..end,
                Some(from) => from[at].0..from[end - 1].1,
            }
        })
    }
}

#[cfg(test)]
mod tests;
