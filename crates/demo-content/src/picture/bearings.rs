//! Ball and roller bearings, linear guides and ball screws.

use super::Draw;
use super::solids::{Room, shadow, wall};
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "ball-bearing" => ("#ccd0da", ball_bearing),
        "linear-guide" => ("#bccbd6", linear_guide),
        "ball-screw" => ("#d2cdc6", ball_screw),
        "roller-bearing" => ("#c6d2d0", roller_bearing),
        _ => return None,
    })
}

fn ball_bearing(canvas: &mut Canvas) {
    shadow(canvas, (300.0, 520.0), (190.0, 34.0));
    race(canvas, (262.0, 296.0), 206.0, true);
    shadow(canvas, (454.0, 532.0), (110.0, 22.0));
    race(canvas, (448.0, 432.0), 104.0, false);
}

/// A bearing that stands upright, turned a little to the left; sealed, or with its balls to see.
fn race(canvas: &mut Canvas, centre: (f64, f64), radius: f64, sealed: bool) {
    let (x, y) = centre;
    let depth = radius * 0.34;
    let radii = |part: f64| (radius * part * 0.93, radius * part);
    let outside = canvas.down(&["#8d98a2", "#eef2f5", "#aab4bd", "#6c7680", "#98a2ab"]);
    let (rx, ry) = radii(1.0);
    canvas.path(
        &outside,
        &format!(
            "M{x} {}h{depth}a{rx} {ry} 0 0 1 0 {}h-{depth}Z",
            y - ry,
            2.0 * ry
        ),
    );
    let rim = canvas.slant(&["#ffffff", "#c9d1d8", "#8b96a0", "#d9dfe4"]);
    canvas.ellipse(&rim, centre, radii(1.0));
    let land = canvas.slant(&["#b3bdc6", "#eef2f4", "#a7b1ba"]);
    canvas.ellipse(&land, centre, radii(0.95));
    let seal = canvas.slant(&["#3c4047", "#1d2026", "#33373e"]);
    canvas.ellipse(&seal, centre, radii(0.82));
    if sealed {
        canvas.ring("#5b606966", 5.0, centre, radii(0.76));
        canvas.ring("#0f111566", 4.0, centre, radii(0.7));
        canvas.ring("#6a707a55", 2.5, centre, radii(0.62));
    } else {
        balls(canvas, centre, radius);
    }
    let inner = canvas.slant(&["#ffffff", "#bcc6ce", "#818c96", "#dfe5e9"]);
    canvas.ellipse(&inner, centre, radii(0.56));
    let bore_rim = canvas.slant(&["#9aa5ae", "#f1f4f6"]);
    canvas.ellipse(&bore_rim, centre, radii(0.45));
    let bore = canvas.across(&["#3f4851", "#75808a", "#dfe5e9", "#9aa5ae"]);
    canvas.ellipse(&bore, centre, radii(0.42));
    let (bx, by) = radii(0.42);
    let hole = format!(
        "M{} {y}a{bx} {by} 0 0 1 {} 0a{bx} {by} 0 0 1 {} 0Z",
        x - bx,
        2.0 * bx,
        -2.0 * bx
    );
    let beyond = canvas.down(&["#c3c8d2", "#d6d9e0"]);
    canvas.within(&hole, |c| c.ellipse(&beyond, (x + depth, y), (bx, by)));
}

fn balls(canvas: &mut Canvas, centre: (f64, f64), radius: f64) {
    let chrome = canvas.glow(
        (0.34, 0.3),
        0.75,
        &["#ffffff", "#dfe5ea", "#8a95a0", "#59636d"],
    );
    canvas.ring(
        "#c6a463",
        radius * 0.09,
        centre,
        (radius * 0.64, radius * 0.69),
    );
    for step in 0..9 {
        let (sin, cos) = (f64::from(step) * 40.0_f64 + 10.0).to_radians().sin_cos();
        let spot = (
            centre.0 + radius * 0.64 * cos,
            centre.1 + radius * 0.69 * sin,
        );
        canvas.circle(&chrome, spot, radius * 0.12);
    }
}

fn linear_guide(canvas: &mut Canvas) {
    let room = Room {
        origin: (176.0, 232.0),
    };
    shadow(canvas, (350.0, 420.0), (260.0, 70.0));
    room.block(canvas, (-60.0, 40.0, 0.0), (490.0, 72.0, 26.0), "#b7c1ca");
    room.block(canvas, (-60.0, 52.0, 26.0), (490.0, 48.0, 22.0), "#cbd4db");
    room.line(
        canvas,
        "#7c8791",
        3.0,
        [(-60.0, 112.0, 14.0), (430.0, 112.0, 14.0)],
    );
    for hole in [-30.0, 60.0, 196.0, 244.0, 380.0] {
        let spot = room.at(hole, 76.0, 48.0);
        canvas.ellipse("#5f6a74", spot, (13.0, 7.5));
        canvas.ellipse("#39424b", (spot.0, spot.1 + 2.0), (9.0, 5.0));
    }
    for start in [96.0, 272.0] {
        carriage(canvas, room, start);
    }
}

fn carriage(canvas: &mut Canvas, room: Room, start: f64) {
    let (low, high) = (16.0, 62.0);
    room.block(
        canvas,
        (start - 14.0, 12.0, low),
        (14.0, 128.0, high - 6.0),
        "#2f9e77",
    );
    room.block(canvas, (start, 8.0, low), (92.0, 136.0, high), "#c3ccd4");
    room.block(
        canvas,
        (start + 92.0, 12.0, low),
        (14.0, 128.0, high - 6.0),
        "#2f9e77",
    );
    for (x, y) in [(20.0, 30.0), (72.0, 30.0), (20.0, 122.0), (72.0, 122.0)] {
        let spot = room.at(start + x, y, low + high);
        canvas.ellipse("#818c96", spot, (9.0, 5.2));
        canvas.ellipse("#46505a", (spot.0, spot.1 + 1.5), (6.0, 3.4));
    }
    let nipple = room.at(start + 106.0, 76.0, low + 34.0);
    canvas.circle("#caa552", nipple, 6.0);
    canvas.circle("#f3dc9b", (nipple.0 - 1.5, nipple.1 - 1.5), 2.2);
}

fn ball_screw(canvas: &mut Canvas) {
    canvas.placed("rotate(-27 320 320)", |c| {
        shadow(c, (330.0, 396.0), (300.0, 30.0));
        spindle(c);
        nut(c);
    });
}

fn spindle(canvas: &mut Canvas) {
    let bar = canvas.steel_bar();
    canvas.rect(&bar, (24.0, 302.0), (64.0, 36.0), 5.0);
    canvas.rect(&bar, (80.0, 292.0), (28.0, 56.0), 4.0);
    canvas.rect(&bar, (100.0, 280.0), (424.0, 80.0), 6.0);
    canvas.rect(&bar, (518.0, 296.0), (92.0, 48.0), 7.0);
    let mut x = 112.0;
    while x < 520.0 {
        canvas.stroke("#57626cb0", 9.0, &format!("M{x} 283q-10 37 -18 74"));
        canvas.stroke("#ffffff80", 3.0, &format!("M{} 283q-10 37 -18 74", x + 8.0));
        x += 24.0;
    }
}

fn nut(canvas: &mut Canvas) {
    let body = canvas.down(&["#7b8691", "#dfe5ea", "#98a3ad", "#4c5660", "#6b7680"]);
    canvas.rect(&body, (232.0, 252.0), (170.0, 136.0), 12.0);
    canvas.rect("#00000030", (232.0, 344.0), (170.0, 44.0), 12.0);
    for (x, width) in [(246.0, 10.0), (378.0, 12.0)] {
        let seal = canvas.down(&["#55606a", "#2b3138"]);
        canvas.rect(&seal, (x, 252.0), (width, 136.0), 3.0);
    }
    let edge = canvas.down(&["#98a3ad", "#f6f8fa", "#b5bfc8", "#626d77", "#8a959f"]);
    canvas.rect(&edge, (204.0, 214.0), (40.0, 212.0), 10.0);
    for y in [238.0, 320.0, 402.0] {
        canvas.ellipse("#4a545e", (222.0, y), (7.0, 12.0));
        canvas.ellipse("#2e363e", (224.0, y), (4.0, 8.0));
    }
    canvas.rect("#ffffff70", (262.0, 268.0), (106.0, 8.0), 4.0);
}

fn roller_bearing(canvas: &mut Canvas) {
    shadow(canvas, (232.0, 466.0), (200.0, 54.0));
    cup(canvas, (228.0, 306.0), (184.0, 84.0));
    shadow(canvas, (454.0, 486.0), (130.0, 34.0));
    cone(canvas, (448.0, 352.0));
}

/// The outer ring, lying on the floor.
fn cup(canvas: &mut Canvas, top: (f64, f64), radii: (f64, f64)) {
    let side = canvas.steel();
    wall(canvas, &side, top, radii, 116.0);
    let face = canvas.slant(&["#ffffff", "#ccd4da", "#98a3ad"]);
    canvas.ellipse(&face, top, radii);
    let (rx, ry) = (radii.0 * 0.82, radii.1 * 0.8);
    let race = canvas.across(&["#5c6771", "#8f9aa4", "#eef2f5", "#b3bdc6", "#7b8690"]);
    canvas.ellipse(&race, top, (rx, ry));
    let hole = format!(
        "M{} {}a{rx} {ry} 0 0 1 {} 0a{rx} {ry} 0 0 1 {} 0Z",
        top.0 - rx,
        top.1,
        2.0 * rx,
        -2.0 * rx
    );
    canvas.within(&hole, |c| {
        c.ellipse("#3a434c66", (top.0, top.1 + 84.0), (rx * 0.86, ry * 0.86));
        c.ring("#ffffff70", 3.0, (top.0, top.1 + 5.0), (rx, ry));
    });
}

/// The inner ring with its rollers and cage.
fn cone(canvas: &mut Canvas, top: (f64, f64)) {
    let (x, y) = top;
    let rollers = canvas.across(&["#6b7680", "#f4f7f9", "#bcc6ce", "#727d87"]);
    let brass = canvas.round("#b9935a");
    canvas.path(
        "#474f57",
        &format!(
            "M{} {y}L{} {}a132 56 0 0 0 264 0L{} {y}Z",
            x - 104.0,
            x - 132.0,
            y + 110.0,
            x + 104.0
        ),
    );
    for step in 0..9 {
        let (sin, cos) = (f64::from(step) * 22.5_f64).to_radians().sin_cos();
        let (upper, lower) = (
            (x - 100.0 * cos, y + 14.0 + 40.0 * sin),
            (x - 126.0 * cos, y + 106.0 + 50.0 * sin),
        );
        let (narrow, wide) = (9.0 + 7.0 * sin, 11.0 + 10.0 * sin);
        canvas.polygon(
            &rollers,
            &[
                (upper.0 - narrow, upper.1),
                (upper.0 + narrow, upper.1),
                (lower.0 + wide, lower.1),
                (lower.0 - wide, lower.1),
            ],
        );
    }
    canvas.path(
        &brass,
        &format!(
            "M{} {}a134 58 0 0 0 268 0v17a134 58 0 0 1 -268 0Z",
            x - 134.0,
            y + 104.0
        ),
    );
    canvas.path(
        &brass,
        &format!(
            "M{} {}a108 46 0 0 0 216 0v13a108 46 0 0 1 -216 0Z",
            x - 108.0,
            y + 4.0
        ),
    );
    let face = canvas.slant(&["#ffffff", "#c9d1d8", "#8d98a2"]);
    canvas.ellipse(&face, top, (106.0, 45.0));
    canvas.ellipse(&shade("#9aa5ae", -10), top, (78.0, 32.0));
    let bore = canvas.across(&["#434c55", "#7f8a94", "#e9eef1", "#aeb8c1"]);
    canvas.ellipse(&bore, (x, y + 2.0), (74.0, 30.0));
}
