//! Plates, tiles, bowls and planters.

use super::Draw;
use super::solids::{Room, shadow, wall};
use crate::drawing::{Canvas, shade};
use crate::random::Random;

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "dinner-plate" => ("#c5cbc4", dinner_plate),
        "floor-tile" => ("#cbd0d6", floor_tile),
        "bowl" => ("#e0d5c6", bowl),
        "planter" => ("#d3dccf", planter),
        _ => return None,
    })
}

fn dinner_plate(canvas: &mut Canvas) {
    shadow(canvas, (372.0, 404.0), (150.0, 34.0));
    standing_plate(canvas, (372.0, 238.0), 178.0);
    shadow(canvas, (286.0, 520.0), (226.0, 40.0));
    for layer in 0..4 {
        flat_plate(canvas, (284.0, 480.0 - f64::from(layer) * 24.0));
    }
    let well = canvas.slant(&["#cdb68f", "#f0e2c6", "#f7edd8"]);
    canvas.ellipse(&well, (284.0, 412.0), (148.0, 42.0));
    canvas.ring("#a58c6240", 2.0, (284.0, 412.0), (148.0, 42.0));
    speckle(canvas, (284.0, 410.0), (190.0, 54.0), 90);
}

/// A plate of the stack, seen from the side.
fn flat_plate(canvas: &mut Canvas, centre: (f64, f64)) {
    let (x, y) = centre;
    let under = canvas.across(&["#b59a70", "#e4d2b0", "#c2a87d", "#8f7750"]);
    canvas.path(
        &under,
        &format!(
            "M{} {y}Q{} {} {x} {}Q{} {} {} {y}Z",
            x - 214.0,
            x - 130.0,
            y + 76.0,
            y + 76.0,
            x + 130.0,
            y + 76.0,
            x + 214.0
        ),
    );
    let rim = canvas.slant(&["#fbf3e2", "#ead9b9", "#cdb58b"]);
    canvas.ellipse("#9c8359", (x, y + 3.0), (215.0, 62.0));
    canvas.ellipse(&rim, (x, y - 2.0), (214.0, 61.0));
    canvas.ring("#8a6f47a0", 2.5, (x, y - 2.0), (212.0, 60.0));
}

/// A plate that leans at the back and shows its face.
fn standing_plate(canvas: &mut Canvas, centre: (f64, f64), radius: f64) {
    let (x, y) = centre;
    canvas.ellipse("#8a7350", (x + 7.0, y + 5.0), (radius * 0.97, radius));
    let rim = canvas.slant(&["#fdf6e8", "#e9d8b7", "#c4ab80"]);
    canvas.ellipse(&rim, centre, (radius * 0.97, radius));
    canvas.ring("#8a6f47b0", 3.0, centre, (radius * 0.96, radius * 0.99));
    let slope = canvas.slant(&["#bfa67b", "#e6d5b3", "#fbf3e2"]);
    canvas.circle(&slope, (x - 2.0, y - 2.0), radius * 0.72);
    let well = canvas.slant(&["#f2e5ca", "#e6d4b1", "#dac49b"]);
    canvas.circle(&well, centre, radius * 0.65);
    speckle(canvas, centre, (radius * 0.92, radius * 0.94), 150);
    canvas.stroke(
        "#ffffff80",
        5.0,
        &format!(
            "M{} {}a{r} {r} 0 0 1 {} -{}",
            x - radius * 0.84,
            y - 20.0,
            radius * 0.5,
            radius * 0.58,
            r = radius * 0.86
        ),
    );
}

fn speckle(canvas: &mut Canvas, centre: (f64, f64), radii: (f64, f64), count: usize) {
    let mut random = Random::new(count as u64);
    for _ in 0..count {
        let (sin, cos) = random.real(0.0, 360.0).to_radians().sin_cos();
        let out = random.real(0.0, 1.0).sqrt();
        let spot = (
            centre.0 + cos * out * radii.0,
            centre.1 + sin * out * radii.1,
        );
        canvas.circle("#6b51305c", spot, random.real(0.8, 2.2));
    }
}

fn floor_tile(canvas: &mut Canvas) {
    let room = Room {
        origin: (320.0, 208.0),
    };
    room.shadow(canvas, (0.0, 0.0), (300.0, 300.0));
    room.block(canvas, (0.0, 0.0, 0.0), (300.0, 300.0, 16.0), "#e6e1d8");
    terrazzo(canvas, room, (0.0, 0.0, 16.0), 300.0, 230);
    let upper = Room {
        origin: (330.0, 184.0),
    };
    upper.shadow(canvas, (34.0, -30.0), (190.0, 190.0));
    upper.block(canvas, (30.0, -34.0, 0.0), (190.0, 190.0, 14.0), "#8fa3a0");
    terrazzo(canvas, upper, (30.0, -34.0, 14.0), 190.0, 90);
}

/// Chips of stone on the upper face of a tile.
fn terrazzo(canvas: &mut Canvas, room: Room, corner: (f64, f64, f64), side: f64, count: u64) {
    let (left, front, top) = corner;
    let plan = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let outline = plan.map(|(right, back)| room.at(left + right, front + back, top));
    let edge = outline.map(|(x, y)| format!("{x:.1} {y:.1}"));
    let colours = [
        "#c98f72", "#8c9a94", "#4d5659", "#e9dccb", "#b7a083", "#f6f2ea", "#6f8b8a",
    ];
    canvas.within(&format!("M{}Z", edge.join("L")), |c| {
        let mut random = Random::new(count);
        for _ in 0..count {
            let middle = (
                left + random.real(0.0, side),
                front + random.real(0.0, side),
            );
            let chip = chip(room, middle, top, &mut random);
            c.polygon(random.pick(&colours), &chip);
        }
    });
    let shine = canvas.slant(&["#ffffff60", "#ffffff10", "#ffffff00"]);
    canvas.polygon(&shine, &outline);
}

/// The five corners of a chip that lies at this height.
fn chip(room: Room, middle: (f64, f64), height: f64, random: &mut Random) -> [(f64, f64); 5] {
    let size = random.real(5.0, 15.0);
    [0.0, 72.0, 144.0, 216.0, 288.0].map(|turn: f64| {
        let (sin, cos) = (turn + random.real(0.0, 40.0)).to_radians().sin_cos();
        let reach = size * random.real(0.6, 1.1);
        room.at(middle.0 + reach * cos, middle.1 + reach * sin, height)
    })
}

fn bowl(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 516.0), (200.0, 38.0));
    shadow(canvas, (210.0, 300.0), (120.0, 20.0));
    one_bowl(canvas, (236.0, 178.0), 0.72, "#d9c9a8");
    one_bowl(canvas, (336.0, 312.0), 1.12, "#5fa293");
}

/// A bowl with a glaze that ends above its foot; `centre` is the middle of the rim.
fn one_bowl(canvas: &mut Canvas, centre: (f64, f64), size: f64, colour: &str) {
    let place = format!("translate({} {}) scale({size})", centre.0, centre.1);
    canvas.placed(&place, |c| {
        let clay = c.across(&["#a9825a", "#dcb98d", "#b98f63", "#80603e"]);
        c.path(&clay, "M-178 0Q-164 130 -72 164L-66 190H66L72 164Q164 130 178 0Z");
        let glaze = c.across(&[&shade(colour, 6), &shade(colour, 42), colour, &shade(colour, -36)]);
        c.path(&glaze, "M-178 0Q-170 88 -126 126Q-110 140 -92 132Q-70 124 -48 142Q-26 158 -4 144Q20 130 46 146Q66 156 88 138Q104 126 120 130Q168 92 178 0Z");
        c.path("#ffffff50", "M-158 30Q-150 84 -118 112Q-104 116 -108 104Q-134 74 -138 34Q-150 18 -158 30Z");
        c.ellipse(&shade(colour, -18), (0.0, 1.0), (180.0, 54.0));
        c.ellipse("#b08c62", (0.0, 0.0), (177.0, 51.0));
        let inside = c.slant(&[&shade(colour, -46), colour, &shade(colour, 38)]);
        c.ellipse(&inside, (0.0, 1.0), (171.0, 47.0));
        let pool = c.glow((0.5, 0.5), 0.5, &[&format!("{}66", shade(colour, -50)), "#00000000"]);
        c.ellipse(&pool, (-10.0, 18.0), (130.0, 34.0));
        c.stroke("#ffffff78", 4.0, "M60 -38Q140 -26 160 -4");
    });
}

fn planter(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 548.0), (150.0, 28.0));
    leaves(canvas);
    let clay = canvas.across(&["#b4623f", "#e59a70", "#cc7a52", "#863f25", "#9a4e31"]);
    canvas.path(
        &clay,
        "M182 330L214 528Q220 552 320 554Q420 552 426 528L458 330Z",
    );
    canvas.path(
        "#5c28142c",
        "M184 340Q320 384 456 340L453 362Q320 404 188 362Z",
    );
    wall(canvas, &clay, (320.0, 286.0), (162.0, 40.0), 44.0);
    canvas.stroke("#ffd9bb50", 3.0, "M162 306Q320 366 478 306");
    canvas.path("#7b361e", "M158 286a162 40 0 0 0 324 0a162 40 0 0 0 -324 0Zm16 0a146 31 0 0 1 292 0a146 31 0 0 1 -292 0Z");
    canvas.path(
        "#e8a27a",
        "M158 286a162 40 0 0 0 324 0h-10a152 33 0 0 1 -304 0Z",
    );
    canvas.ring("#8d452a55", 6.0, (320.0, 432.0), (0.1, 0.1));
    for y in [410.0, 424.0] {
        canvas.stroke(
            "#7b361e50",
            3.0,
            &format!(
                "M{} {y}Q320 {} {} {y}",
                196.0 + (y - 410.0) * 0.2,
                y + 44.0,
                444.0 - (y - 410.0) * 0.2
            ),
        );
    }
    front_leaves(canvas);
}

fn leaf(canvas: &mut Canvas, turn: i64, length: f64, colour: &str) {
    let paint = canvas.across(&[&shade(colour, 25), colour, &shade(colour, -30)]);
    canvas.placed(&format!("translate(320 292) rotate({turn})"), |c| {
        c.path(
            &paint,
            &format!(
                "M-13 0Q-34 -{} 0 -{length}Q34 -{} 13 0Z",
                length * 0.5,
                length * 0.5
            ),
        );
        c.stroke(
            "#ffffff38",
            3.0,
            &format!("M0 -8Q-3 -{} 0 -{}", length * 0.5, length * 0.94),
        );
    });
}

fn leaves(canvas: &mut Canvas) {
    canvas.ellipse("#4c3526", (320.0, 288.0), (148.0, 32.0));
    for (turn, length, colour) in [
        (-52, 200.0, "#4d7a5a"),
        (50, 206.0, "#3f6b4e"),
        (-22, 236.0, "#5b8d66"),
        (24, 228.0, "#4a7756"),
        (0, 250.0, "#6b9d73"),
    ] {
        leaf(canvas, turn, length, colour);
    }
}

fn front_leaves(canvas: &mut Canvas) {
    for (turn, length, colour) in [
        (-70, 172.0, "#6fa47a"),
        (72, 168.0, "#558560"),
        (-36, 178.0, "#7db287"),
        (38, 172.0, "#679b70"),
    ] {
        leaf(canvas, turn, length, colour);
    }
}
