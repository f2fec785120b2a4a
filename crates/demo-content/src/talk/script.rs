//! The form in which dialogues are written, and how a line becomes a message.
//!
//! A script is a text file. `== name` begins a scene, every other line is a message: who speaks
//! (`B`uyer, `S`upplier, `A`dministrator), how long it takes until they do, and what they say.
//!
//! | after the speaker | time since the message before |
//! |---|---|
//! | `.` | seconds |
//! | `,` | minutes |
//! | nothing | up to an hour |
//! | `:` | hours |
//! | `+` | a day |
//! | `*` | days |
//! | `#` | weeks |
//!
//! In the text, `{key}` is a fact of the deal (`{Key}` with a capital letter), `[one|two]` a
//! choice, `{x:2-9}` a number that `{x}` repeats within the scene, and `\n` a line break.

use serde::Serialize;

use crate::random::Random;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    Buyer,
    Supplier,
    Admin,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    Seconds,
    Minutes,
    AnHour,
    Hours,
    Day,
    Days,
    Weeks,
}

#[derive(Debug)]
pub(super) struct Scene {
    pub(super) name: &'static str,
    pub(super) lines: Vec<Line>,
}

#[derive(Debug)]
pub(super) struct Line {
    pub(super) speaker: Speaker,
    pub(super) pause: Pause,
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Text(&'static str),
    Fact(&'static str),
    /// The first use of a number: its name and its bounds.
    Number(&'static str, i64, i64),
    Choice(Vec<Vec<Part>>),
}

/// Facts by their keys; `None` for a key that is not known.
pub(super) trait Facts {
    fn fact(&self, key: &str) -> Option<String>;
}

/// All scenes of a script.
pub(super) fn parse(script: &'static str) -> Vec<Scene> {
    let mut scenes: Vec<Scene> = Vec::new();
    for line in script.lines().filter(|line| !line.is_empty()) {
        if let Some(name) = line.strip_prefix("== ") {
            scenes.push(Scene {
                name,
                lines: Vec::new(),
            });
        } else if let Some(scene) = scenes.last_mut() {
            scene.lines.push(parse_line(line));
        }
    }
    scenes
}

fn parse_line(line: &'static str) -> Line {
    let (head, text) = line.split_once(' ').expect("a speaker and what they say");
    let speaker = match &head[..1] {
        "B" => Speaker::Buyer,
        "S" => Speaker::Supplier,
        "A" => Speaker::Admin,
        other => panic!("{other} is nobody who speaks: {line}"),
    };
    let pause = match &head[1..] {
        "." => Pause::Seconds,
        "," => Pause::Minutes,
        "" => Pause::AnHour,
        ":" => Pause::Hours,
        "+" => Pause::Day,
        "*" => Pause::Days,
        "#" => Pause::Weeks,
        other => panic!("{other} is no pause: {line}"),
    };
    Line {
        speaker,
        pause,
        parts: parse_parts(text),
    }
}

fn parse_parts(mut text: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    while let Some(at) = text.find(['{', '[', '\\']) {
        if at > 0 {
            parts.push(Part::Text(&text[..at]));
        }
        let rest = &text[at + 1..];
        let end = match text.as_bytes()[at] {
            b'{' => {
                let end = rest.find('}').expect("a closing brace");
                parts.push(parse_key(&rest[..end]));
                end
            }
            b'[' => {
                let end = rest.find(']').expect("a closing bracket");
                parts.push(Part::Choice(
                    rest[..end].split('|').map(parse_parts).collect(),
                ));
                end
            }
            // A backslash is always followed by an `n`.
            _ => {
                parts.push(Part::Text("\n"));
                0
            }
        };
        text = &rest[end + 1..];
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts
}

fn parse_key(key: &'static str) -> Part {
    let Some((name, bounds)) = key.split_once(':') else {
        return Part::Fact(key);
    };
    let (low, high) = bounds.split_once('-').expect("two bounds");
    Part::Number(
        name,
        low.parse().expect("a number"),
        high.parse().expect("a number"),
    )
}

/// The numbers that were drawn in a scene, by name.
pub(super) type Numbers = Vec<(&'static str, i64)>;

impl Line {
    /// What is said when these are the facts.
    pub(super) fn text(
        &self,
        facts: &dyn Facts,
        numbers: &mut Numbers,
        random: &mut Random,
    ) -> String {
        let mut text = String::with_capacity(120);
        write_parts(&self.parts, facts, numbers, random, &mut text);
        text
    }
}

fn write_parts(
    parts: &[Part],
    facts: &dyn Facts,
    numbers: &mut Numbers,
    random: &mut Random,
    text: &mut String,
) {
    for part in parts {
        match part {
            Part::Text(plain) => text.push_str(plain),
            Part::Choice(ways) => {
                write_parts(
                    &ways[random.below(ways.len())],
                    facts,
                    numbers,
                    random,
                    text,
                );
            }
            Part::Number(name, low, high) => {
                let number = random.between(*low, *high);
                numbers.push((name, number));
                text.push_str(&number.to_string());
            }
            Part::Fact(key) => match numbers.iter().rev().find(|(name, _)| name == key) {
                Some((_, number)) => text.push_str(&number.to_string()),
                None => write_fact(key, facts, text),
            },
        }
    }
}

fn write_fact(key: &str, facts: &dyn Facts, text: &mut String) {
    if let Some(value) = facts.fact(key) {
        text.push_str(&value);
        return;
    }
    let value = facts.fact(&key.to_lowercase());
    let value = value.unwrap_or_else(|| panic!("nobody knows the fact {{{key}}}"));
    let mut letters = value.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    text.push_str(letters.as_str());
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Price;

    impl Facts for Price {
        fn fact(&self, key: &str) -> Option<String> {
            (key == "price").then(|| "five euros".to_owned())
        }
    }

    #[test]
    fn a_line_is_written_with_facts_choices_and_numbers() {
        let scenes = parse("== quote\nS, [It is|It is] {price}, {x:4-4} or {x}.\\n{Price}!\n");
        let line = &scenes[0].lines[0];
        let text = line.text(&Price, &mut Numbers::new(), &mut Random::new(1));
        assert_eq!(text, "It is five euros, 4 or 4.\nFive euros!");
        assert_eq!(
            (line.speaker, line.pause),
            (Speaker::Supplier, Pause::Minutes)
        );
    }
}
