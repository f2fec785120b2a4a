//! Bodies that many pictures share: shadows, cylinders, and boxes seen from above.

use crate::drawing::{Canvas, shade};

/// The soft shadow where a thing stands.
pub(super) fn shadow(canvas: &mut Canvas, centre: (f64, f64), radii: (f64, f64)) {
    let soft = canvas.glow(
        (0.5, 0.5),
        0.5,
        &["#2a243058", "#2a24303c", "#2a243012", "#2a243000"],
    );
    canvas.ellipse(
        &soft,
        (centre.0 + 8.0, centre.1),
        (radii.0 * 1.2, radii.1 * 1.3),
    );
}

/// An upright cylinder: `top` is the middle of its upper face.
pub(super) fn cylinder(
    canvas: &mut Canvas,
    top: (f64, f64),
    radii: (f64, f64),
    height: f64,
    colour: &str,
) {
    let side = canvas.round(colour);
    wall(canvas, &side, top, radii, height);
    let face = canvas.slant(&[&shade(colour, 45), &shade(colour, 12)]);
    canvas.ellipse(&face, top, radii);
}

/// The side of an upright cylinder without its upper face.
pub(super) fn wall(
    canvas: &mut Canvas,
    paint: &str,
    top: (f64, f64),
    radii: (f64, f64),
    height: f64,
) {
    let ((x, y), (rx, ry)) = (top, radii);
    let (left, right, bottom) = (x - rx, x + rx, y + height);
    canvas.path(
        paint,
        &format!("M{left:.1} {y:.1}V{bottom:.1}A{rx} {ry} 0 0 0 {right:.1} {bottom:.1}V{y:.1}A{rx} {ry} 0 0 1 {left:.1} {y:.1}Z"),
    );
}

/// A point of a room seen from above at the usual angle: `x` runs to the lower right, `y` to the
/// lower left, `z` up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) origin: (f64, f64),
}

impl Room {
    pub(super) fn at(self, x: f64, y: f64, z: f64) -> (f64, f64) {
        (
            self.origin.0 + (x - y) * 0.866,
            self.origin.1 + (x + y) * 0.5 - z,
        )
    }

    /// A box by its nearest corner on the floor plan and its size, in three shades of a colour.
    pub(super) fn block(
        self,
        canvas: &mut Canvas,
        at: (f64, f64, f64),
        size: (f64, f64, f64),
        colour: &str,
    ) {
        let (x, y, z) = at;
        let (right, front, upper) = (x + size.0, y + size.1, z + size.2);
        let top = canvas.slant(&[&shade(colour, 42), &shade(colour, 22)]);
        let bright = canvas.down(&[&shade(colour, 6), &shade(colour, -8)]);
        let dark = canvas.down(&[&shade(colour, -20), &shade(colour, -34)]);
        self.face(
            canvas,
            &bright,
            [
                (x, front, z),
                (right, front, z),
                (right, front, upper),
                (x, front, upper),
            ],
        );
        self.face(
            canvas,
            &dark,
            [
                (right, y, z),
                (right, front, z),
                (right, front, upper),
                (right, y, upper),
            ],
        );
        self.face(
            canvas,
            &top,
            [
                (x, y, upper),
                (right, y, upper),
                (right, front, upper),
                (x, front, upper),
            ],
        );
    }

    pub(super) fn face(self, canvas: &mut Canvas, paint: &str, corners: [(f64, f64, f64); 4]) {
        canvas.polygon(paint, &corners.map(|(x, y, z)| self.at(x, y, z)));
    }

    /// A straight line in the room.
    pub(super) fn line(
        self,
        canvas: &mut Canvas,
        colour: &str,
        width: f64,
        ends: [(f64, f64, f64); 2],
    ) {
        let [from, to] = ends.map(|(x, y, z)| self.at(x, y, z));
        canvas.stroke(
            colour,
            width,
            &format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1),
        );
    }

    /// The shadow of a body that covers this part of the floor, falling to the right.
    pub(super) fn shadow(self, canvas: &mut Canvas, at: (f64, f64), size: (f64, f64)) {
        let ((x, y), (w, d)) = (at, size);
        let plan = [(x, y), (x + w + 14.0, y), (x + w + 14.0, y + d), (x, y + d)];
        let corners = plan.map(|(x, y)| self.at(x + 4.0, y + 2.0, 0.0));
        let corners = corners.map(|(x, y)| format!("{x:.1} {y:.1}"));
        for step in 0..10 {
            canvas.smudge(
                "#2a2430",
                f64::from(step) * 7.0,
                &format!("M{}Z", corners.join("L")),
            );
        }
    }
}
