//! Stacks as a picture, after Brendan Gregg's flame graphs: a box for each frame, as wide as its share of
//! the samples, upon the box of whoever called it. Hovering over a box says its name and share.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::stacks::Folded;

const WIDTH: f64 = 1200.0;
const ROW: f64 = 17.0;
const HEAD: f64 = 30.0;
/// Of a letter, about.
const LETTER: f64 = 6.6;
/// Narrower boxes are left out.
const NARROWEST: f64 = 0.4;

#[derive(Default)]
struct Node {
    samples: u64,
    calls: BTreeMap<String, Node>,
}

impl Node {
    fn depth(&self) -> usize {
        self.calls
            .values()
            .map(|node| 1 + node.depth())
            .max()
            .unwrap_or(0)
    }
}

pub fn write(file: &mut impl Write, title: &str, folded: &Folded) -> io::Result<()> {
    let mut root = Node::default();
    for (stack, count) in folded {
        let mut node = &mut root;
        node.samples += count;
        for frame in stack {
            node = node.calls.entry(frame.clone()).or_default();
            node.samples += count;
        }
    }
    let height = (as_f64(root.depth()) + 1.0) * ROW + HEAD;
    writeln!(
        file,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" font-family="monospace" font-size="11">"#
    )?;
    writeln!(file, r##"<rect width="100%" height="100%" fill="#fff"/>"##)?;
    let samples = root.samples;
    writeln!(
        file,
        r#"<text x="8" y="19" font-size="14">{}: {samples} samples</text>"#,
        escaped(title)
    )?;
    let scale = WIDTH / as_f64(samples);
    boxes(file, "all", &root, samples, (0.0, height - ROW), scale)?;
    writeln!(file, "</svg>")
}

fn boxes(
    file: &mut impl Write,
    name: &str,
    node: &Node,
    all: u64,
    (x, y): (f64, f64),
    scale: f64,
) -> io::Result<()> {
    let width = as_f64(node.samples) * scale;
    if width < NARROWEST {
        return Ok(());
    }
    let share = 100.0 * as_f64(node.samples) / as_f64(all);
    let (hue, inner) = (hue(name), (width - 0.5).max(0.2));
    let whole = escaped(name);
    write!(
        file,
        r#"<g><title>{whole}: {share:.2} %</title><rect x="{x:.1}" y="{y:.1}" width="{inner:.1}" height="{:.1}" fill="hsl({hue},75%,70%)"/>"#,
        ROW - 1.0
    )?;
    let letters = count((width - 6.0) / LETTER);
    if letters >= 3 {
        let shown: String = name.chars().take(letters).collect();
        write!(
            file,
            r#"<text x="{:.1}" y="{:.1}">{}</text>"#,
            x + 3.0,
            y + 12.0,
            escaped(&shown)
        )?;
    }
    writeln!(file, "</g>")?;
    let mut left = x;
    for (name, call) in &node.calls {
        boxes(file, name, call, all, (left, y - ROW), scale)?;
        left += as_f64(call.samples) * scale;
    }
    Ok(())
}

/// Warm colours, the same for the same name.
fn hue(name: &str) -> u32 {
    name.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    }) % 55
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[expect(clippy::cast_precision_loss, reason = "for a picture")]
fn as_f64(number: impl TryInto<u64>) -> f64 {
    number.try_into().unwrap_or(u64::MAX) as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few letters"
)]
fn count(letters: f64) -> usize {
    letters.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::{super::stacks::Folded, write};

    #[test]
    fn a_frame_is_as_wide_as_its_share_and_its_name_is_text() {
        let stack = |frames: &[&str]| {
            frames
                .iter()
                .map(|frame| (*frame).to_owned())
                .collect::<Vec<_>>()
        };
        let folded = Folded::from([
            (stack(&["main", "<T as Send>::send"]), 3),
            (stack(&["main"]), 1),
        ]);
        let mut picture = Vec::new();
        write(&mut picture, "sends", &folded).unwrap();
        let picture = String::from_utf8(picture).unwrap();
        assert!(
            picture.contains("<title>&lt;T as Send&gt;::send: 75.00 %</title>"),
            "{picture}"
        );
        assert!(
            picture.contains("<title>main: 100.00 %</title>"),
            "{picture}"
        );
        assert!(picture.contains(r#"width="899.5""#), "{picture}");
    }
}
