//! A small SVG writer: shapes, gradients and the shades between two colours.

use std::fmt::Write as _;

/// An SVG document that is being drawn. A paint is anything that `fill` takes: a colour such as
/// `#c9a36b` or `#ffffff80`, or a gradient made by one of the methods here.
#[derive(Debug)]
pub(crate) struct Canvas {
    name: String,
    size: u32,
    gradients: String,
    shapes: String,
    count: u32,
}

impl Canvas {
    /// `name` keeps the ids of gradients apart when several drawings are on one page.
    pub(crate) fn new(name: &str, size: u32) -> Self {
        Self {
            name: name.into(),
            size,
            gradients: String::new(),
            shapes: String::new(),
            count: 0,
        }
    }

    pub(crate) fn finish(self) -> String {
        let Self {
            size,
            gradients,
            shapes,
            ..
        } = self;
        let document = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}"><defs>{gradients}</defs>{shapes}</svg>"#
        );
        // An element a line, so that two versions can be compared.
        document.replace("><", ">\n<") + "\n"
    }

    /// A gradient from left to right.
    pub(crate) fn across(&mut self, colours: &[&str]) -> String {
        self.linear(r#"x2="1" y2="0""#, colours)
    }

    /// A gradient from top to bottom.
    pub(crate) fn down(&mut self, colours: &[&str]) -> String {
        self.linear(r#"x2="0" y2="1""#, colours)
    }

    /// A gradient from the upper left, where the light is, to the lower right.
    pub(crate) fn slant(&mut self, colours: &[&str]) -> String {
        self.linear(r#"x2="1" y2="1""#, colours)
    }

    /// A gradient around a point of the shape, in fractions of its size.
    pub(crate) fn glow(&mut self, centre: (f64, f64), radius: f64, colours: &[&str]) -> String {
        let (x, y) = centre;
        self.gradient(
            "radialGradient",
            &format!(r#"cx="{x}" cy="{y}" r="{radius}""#),
            colours,
        )
    }

    /// What a round, upright thing of this colour looks like: lit from the left.
    pub(crate) fn round(&mut self, colour: &str) -> String {
        let [edge, light, dark, back] = [8, 30, -22, -8].map(|percent| shade(colour, percent));
        self.across(&[&edge, &light, colour, &dark, &back])
    }

    /// Polished steel, lit from the left.
    pub(crate) fn steel(&mut self) -> String {
        self.across(&["#9aa5af", "#f3f6f8", "#c6ced5", "#808b96", "#a9b3bc"])
    }

    /// Polished steel, lit from above.
    pub(crate) fn steel_bar(&mut self) -> String {
        self.down(&["#b4bec7", "#f6f8fa", "#c3ccd3", "#77828d", "#98a3ad"])
    }

    fn linear(&mut self, direction: &str, colours: &[&str]) -> String {
        self.gradient("linearGradient", direction, colours)
    }

    fn gradient(&mut self, kind: &str, geometry: &str, colours: &[&str]) -> String {
        self.count += 1;
        let id = format!("{}-{}", self.name, self.count);
        let last = colours.len().saturating_sub(1).max(1);
        let mut stops = String::new();
        for (index, colour) in colours.iter().enumerate() {
            let offset = index * 100 / last;
            let _ = write!(stops, r#"<stop offset="{offset}%" stop-color="{colour}"/>"#);
        }
        let _ = write!(
            self.gradients,
            r#"<{kind} id="{id}" {geometry}>{stops}</{kind}>"#
        );
        format!("url(#{id})")
    }

    pub(crate) fn path(&mut self, fill: &str, outline: &str) {
        let _ = write!(self.shapes, r#"<path fill="{fill}" d="{outline}"/>"#);
    }

    pub(crate) fn stroke(&mut self, colour: &str, width: f64, line: &str) {
        let _ = write!(
            self.shapes,
            r#"<path fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" d="{line}"/>"#
        );
    }

    /// A faint spot of colour, `spread` wider than its outline and rounded.
    pub(crate) fn smudge(&mut self, colour: &str, spread: f64, outline: &str) {
        let _ = write!(
            self.shapes,
            r#"<path fill="{colour}" stroke="{colour}" stroke-width="{spread}" stroke-linejoin="round" opacity=".035" d="{outline}"/>"#
        );
    }

    /// A line of short dashes; `pattern` gives their length and their distance.
    pub(crate) fn dashes(&mut self, colour: &str, width: f64, pattern: &str, line: &str) {
        let _ = write!(
            self.shapes,
            r#"<path fill="none" stroke="{colour}" stroke-width="{width}" stroke-dasharray="{pattern}" d="{line}"/>"#
        );
    }

    pub(crate) fn ellipse(&mut self, fill: &str, centre: (f64, f64), radii: (f64, f64)) {
        let ((x, y), (rx, ry)) = (centre, radii);
        let _ = write!(
            self.shapes,
            r#"<ellipse fill="{fill}" cx="{x:.1}" cy="{y:.1}" rx="{rx:.1}" ry="{ry:.1}"/>"#
        );
    }

    pub(crate) fn circle(&mut self, fill: &str, centre: (f64, f64), radius: f64) {
        self.ellipse(fill, centre, (radius, radius));
    }

    /// A circle or ellipse that is only an outline.
    pub(crate) fn ring(&mut self, colour: &str, width: f64, centre: (f64, f64), radii: (f64, f64)) {
        let ((x, y), (rx, ry)) = (centre, radii);
        let _ = write!(
            self.shapes,
            r#"<ellipse fill="none" stroke="{colour}" stroke-width="{width}" cx="{x:.1}" cy="{y:.1}" rx="{rx:.1}" ry="{ry:.1}"/>"#
        );
    }

    /// A rectangle from its upper left corner, with rounded corners.
    pub(crate) fn rect(&mut self, fill: &str, at: (f64, f64), size: (f64, f64), corner: f64) {
        let ((x, y), (width, height)) = (at, size);
        let _ = write!(
            self.shapes,
            r#"<rect fill="{fill}" x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" rx="{corner}"/>"#
        );
    }

    pub(crate) fn polygon(&mut self, fill: &str, corners: &[(f64, f64)]) {
        let _ = write!(self.shapes, r#"<polygon fill="{fill}" points=""#);
        for (x, y) in corners {
            let _ = write!(self.shapes, "{x:.1},{y:.1} ");
        }
        self.shapes.push_str(r#""/>"#);
    }

    /// What `draw` draws, moved or turned as an SVG `transform` says.
    pub(crate) fn placed(&mut self, transform: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.shapes, r#"<g transform="{transform}">"#);
        draw(self);
        self.shapes.push_str("</g>");
    }

    /// What `draw` draws, seen only inside an outline.
    pub(crate) fn within(&mut self, outline: &str, draw: impl FnOnce(&mut Self)) {
        self.count += 1;
        let id = format!("{}-{}", self.name, self.count);
        let _ = write!(
            self.gradients,
            r#"<clipPath id="{id}"><path d="{outline}"/></clipPath>"#
        );
        let _ = write!(self.shapes, r#"<g clip-path="url(#{id})">"#);
        draw(self);
        self.shapes.push_str("</g>");
    }
}

/// A colour `#rrggbb`, so many percent nearer to white, or to a warm black when negative.
pub(crate) fn shade(colour: &str, percent: i64) -> String {
    let target: [i64; 3] = if percent < 0 {
        [24, 20, 30]
    } else {
        [255, 253, 248]
    };
    let mut text = String::from("#");
    for (index, goal) in target.iter().enumerate() {
        let digits = colour.get(1 + 2 * index..3 + 2 * index).unwrap_or("80");
        let part = i64::from_str_radix(digits, 16).unwrap_or(128);
        let mixed = part + (goal - part) * percent.abs() / 100;
        let _ = write!(text, "{mixed:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shade;

    #[test]
    fn shades_lie_between_the_colour_and_the_light() {
        assert_eq!(shade("#808080", 0), "#808080");
        assert_eq!(shade("#808080", 100), "#fffdf8");
        assert_eq!(shade("#808080", -100), "#18141e");
    }
}
