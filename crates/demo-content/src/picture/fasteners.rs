//! Bolts, nuts, screws and washers.

use super::Draw;
use super::solids::shadow;
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "hex-bolt" => ("#c3ccd4", hex_bolt),
        "lock-nut" => ("#d9d3c8", lock_nut),
        "wood-screw" => ("#d7c7b2", wood_screw),
        "washer" => ("#c9d3cf", washer),
        _ => return None,
    })
}

fn hex_bolt(canvas: &mut Canvas) {
    for (turn, scale) in [
        ("translate(44 -44) rotate(-24 320 320)", 1.16),
        ("translate(88 92) rotate(-24 320 320)", 1.02),
    ] {
        canvas.placed(
            &format!("{turn} translate(320 320) scale({scale}) translate(-320 -320)"),
            |c| {
                shadow(c, (300.0, 396.0), (190.0, 24.0));
                bolt(c, 400.0);
            },
        );
    }
    bolt_head(canvas, (160.0, 450.0), 92.0);
}

/// A bolt that lies from left to right, so long behind its head.
fn bolt(canvas: &mut Canvas, length: f64) {
    let bar = canvas.steel_bar();
    let (start, end) = (176.0, 176.0 + length - 70.0);
    canvas.path(
        &bar,
        &format!("M{start} 284H{end}l16 12v48l-16 12H{start}Z"),
    );
    let mut x = start + 18.0;
    while x < end {
        canvas.stroke("#5d687399", 3.4, &format!("M{x} 286l-9 68"));
        canvas.stroke("#ffffff90", 2.0, &format!("M{} 286l-9 68", x + 4.5));
        x += 11.0;
    }
    canvas.path(
        "#4b566045",
        &format!("M{start} 338H{end}l16 6l-16 12H{start}Z"),
    );
    let collar = canvas.down(&["#e9eef2", "#9aa5af", "#6e7984"]);
    canvas.rect(&collar, (164.0, 256.0), (14.0, 128.0), 4.0);
    for (top, height, colours) in [
        (250.0, 36.0, ["#c2cbd3", "#dfe5ea"]),
        (286.0, 68.0, ["#f7f9fa", "#d0d8de"]),
        (354.0, 36.0, ["#9aa5af", "#76818c"]),
    ] {
        let face = canvas.down(&[colours[0], colours[1]]);
        canvas.path(
            &face,
            &format!(
                "M112 {top}h56v{height}h-56q-10 {} 0 -{height}Z",
                -height / 2.0
            ),
        );
    }
}

/// A bolt that stands on its end and shows its head.
fn bolt_head(canvas: &mut Canvas, centre: (f64, f64), radius: f64) {
    let (x, y) = centre;
    shadow(canvas, (x + 6.0, y + 58.0), (radius, 30.0));
    hexagon(canvas, centre, radius, 46.0, "#c4cdd5");
    let dome = canvas.glow((0.36, 0.3), 0.8, &["#ffffff", "#d5dce2", "#a3aeb8"]);
    canvas.ellipse(&dome, centre, (radius * 0.8, radius * 0.5));
    canvas.ring("#ffffffb0", 2.0, centre, (radius * 0.8, radius * 0.5));
    for shift in [-18.0, 18.0] {
        canvas.stroke("#7c8791", 4.0, &format!("M{} {}h22", x + shift - 11.0, y));
    }
}

/// A hexagonal prism seen from above; `centre` is the middle of its upper face.
fn hexagon(canvas: &mut Canvas, centre: (f64, f64), radius: f64, height: f64, colour: &str) {
    let (x, y) = centre;
    let corner = |angle: f64| {
        let (sin, cos) = angle.to_radians().sin_cos();
        (x + radius * cos, y + radius * 0.62 * sin)
    };
    let corners: Vec<(f64, f64)> = (0..6).map(|i| corner(f64::from(i) * 60.0 + 12.0)).collect();
    let sides = [(0, 1, -26), (1, 2, 4), (2, 3, 26)];
    for (from, to, light) in sides {
        let (a, b) = (corners[from], corners[to]);
        let paint = canvas.down(&[&shade(colour, light + 10), &shade(colour, light - 14)]);
        canvas.polygon(&paint, &[a, b, (b.0, b.1 + height), (a.0, a.1 + height)]);
    }
    let top = canvas.slant(&[&shade(colour, 60), &shade(colour, 8)]);
    canvas.polygon(&top, &corners);
}

fn lock_nut(canvas: &mut Canvas) {
    for (centre, radius) in [
        ((400.0, 236.0), 104.0),
        ((218.0, 286.0), 112.0),
        ((378.0, 404.0), 128.0),
    ] {
        nut(canvas, centre, radius);
    }
}

fn nut(canvas: &mut Canvas, centre: (f64, f64), radius: f64) {
    let (x, y) = centre;
    let height = radius * 0.62;
    shadow(
        canvas,
        (x + 8.0, y + height + radius * 0.34),
        (radius, radius * 0.46),
    );
    hexagon(canvas, centre, radius, height, "#b9c2c9");
    let rim = canvas.round("#cdd5db");
    let ring = |scale: f64| (radius * scale, radius * scale * 0.62);
    canvas.ellipse(&rim, (x, y), ring(0.82));
    canvas.ellipse("#e9eef1", (x, y - 10.0), ring(0.8));
    let nylon = canvas.slant(&["#5aa9e6", "#2c6fb3"]);
    canvas.ellipse(&nylon, (x, y - 9.0), ring(0.7));
    canvas.ellipse("#1f4f86", (x, y - 6.0), ring(0.5));
    let bore = canvas.down(&["#39434c", "#8a949d"]);
    canvas.ellipse(&bore, (x, y - 2.0), ring(0.46));
    for step in 0..3 {
        let drop = f64::from(step) * radius * 0.09;
        canvas.ring(
            "#c9d2d960",
            2.5,
            (x, y + 4.0 + drop),
            (radius * 0.42, radius * 0.2),
        );
    }
    canvas.ring("#bfe0fa90", 2.0, (x, y - 10.0), ring(0.66));
}

fn wood_screw(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 500.0), (210.0, 30.0));
    for (angle, shift, length) in [
        (-38, -128.0, 350.0),
        (-14, -10.0, 400.0),
        (10, 112.0, 370.0),
    ] {
        canvas.placed(
            &format!("translate({shift} 0) rotate({angle} 320 330)"),
            |c| screw(c, length),
        );
    }
}

/// A countersunk screw that points down.
fn screw(canvas: &mut Canvas, length: f64) {
    let brass = canvas.across(&["#b98a35", "#fbe7a6", "#dcb257", "#8f6521", "#b88a3c"]);
    let (top, tip) = (128.0, 128.0 + length);
    let thread = top + length * 0.42;
    canvas.path(
        &brass,
        &format!(
            "M300 {}H340V{}L322 {tip}H318L300 {}Z",
            top + 30.0,
            tip - 46.0,
            tip - 46.0
        ),
    );
    let mut y = thread;
    while y < tip - 10.0 {
        let half = if y > tip - 52.0 {
            (tip - y) * 0.62
        } else {
            31.0
        };
        let (left, right) = (320.0 - half, 320.0 + half);
        canvas.path(
            &brass,
            &format!(
                "M{left} {}L{right} {}L{right} {}L{left} {}Z",
                y + 7.0,
                y - 5.0,
                y - 1.0,
                y + 13.0
            ),
        );
        canvas.stroke(
            "#7a541a70",
            2.0,
            &format!("M{left} {}L{right} {y}", y + 13.0),
        );
        y += 17.0;
    }
    for rib in 0..4 {
        let x = 305.0 + f64::from(rib) * 10.0;
        canvas.stroke("#7a541a66", 2.0, &format!("M{x} {}l3 26", thread - 46.0));
    }
    canvas.path(
        &brass,
        &format!(
            "M262 {}L302 {}H338L378 {}Z",
            top + 8.0,
            top + 56.0,
            top + 8.0
        ),
    );
    let face = canvas.slant(&["#fff3c4", "#d9ad51", "#b98a35"]);
    canvas.ellipse(&face, (320.0, top + 6.0), (60.0, 21.0));
    let drive = canvas.down(&["#5c3f12", "#a77a2c"]);
    for turn in 0..3 {
        canvas.placed(
            &format!(
                "translate(320 {}) scale(1 .36) rotate({})",
                top + 6.0,
                turn * 60
            ),
            |c| {
                c.rect(&drive, (-27.0, -8.0), (54.0, 16.0), 8.0);
            },
        );
    }
}

fn washer(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 486.0), (270.0, 60.0));
    canvas.placed("rotate(-8 320 320) translate(0 8)", |c| {
        let shell = c.slant(&["#4d7f9d", "#2f5a76"]);
        c.rect(&shell, (92.0, 146.0), (456.0, 340.0), 26.0);
        c.rect("#244a63", (92.0, 466.0), (456.0, 34.0), 17.0);
        c.rect("#1f3d52", (284.0, 478.0), (72.0, 26.0), 12.0);
        for cell in 0..6u8 {
            let (column, row) = (f64::from(cell % 3), f64::from(cell / 3));
            let (x, y) = (112.0 + column * 140.0, 164.0 + row * 150.0);
            let floor = c.down(&["#b9c8d0", "#e3ebee"]);
            c.rect(&floor, (x, y), (136.0, 142.0), 12.0);
            c.rect("#22384730", (x, y), (136.0, 14.0), 7.0);
            compartment(c, (x + 68.0, y + 74.0), cell);
        }
    });
}

/// A heap of washers, each compartment with a size of its own.
fn compartment(canvas: &mut Canvas, centre: (f64, f64), cell: u8) {
    let radius = [18.0, 22.0, 26.0, 30.0, 34.0, 27.0][usize::from(cell)];
    let colour = [
        "#c5ced6", "#d4b56a", "#c5ced6", "#aab4bd", "#d3dae0", "#d4b56a",
    ][usize::from(cell)];
    let steel = canvas.slant(&[&shade(colour, 65), colour, &shade(colour, -30)]);
    let spread = 58.0 - radius;
    let spots = [
        (-0.9, -0.7),
        (0.8, -0.8),
        (0.0, -0.2),
        (-0.8, 0.4),
        (0.9, 0.3),
        (0.1, 0.9),
        (-0.3, -0.9),
        (0.4, 0.5),
        (-0.9, 0.95),
    ];
    for (right, down) in spots {
        let spot = (centre.0 + right * spread, centre.1 + down * spread);
        canvas.circle("#22384738", (spot.0 + 3.0, spot.1 + 4.0), radius);
        let width = radius * 0.46;
        canvas.ring(
            &shade(colour, -35),
            width,
            (spot.0 + 0.8, spot.1 + 1.4),
            (radius - width / 2.0, radius - width / 2.0),
        );
        canvas.ring(
            &steel,
            width,
            spot,
            (radius - width / 2.0, radius - width / 2.0),
        );
    }
}
