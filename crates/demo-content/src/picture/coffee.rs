//! Coffee and cocoa.

use super::Draw;
use super::solids::shadow;
use crate::drawing::{Canvas, shade};
use crate::random::Random;

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "green-coffee" => ("#d5cfb8", green_coffee),
        "roasted-coffee" => ("#d8c6b4", roasted_coffee),
        "cocoa-beans" => ("#dbbf9f", cocoa_beans),
        "cocoa-powder" => ("#d2c8c0", cocoa_powder),
        _ => return None,
    })
}

/// What lies in a heap.
struct Bean {
    colour: &'static str,
    size: f64,
    /// Coffee has a seam along its flat side, cocoa does not.
    seam: bool,
}

const GREEN: Bean = Bean {
    colour: "#a9b07c",
    size: 19.0,
    seam: true,
};
const ROASTED: Bean = Bean {
    colour: "#6b4128",
    size: 20.0,
    seam: true,
};
const COCOA: Bean = Bean {
    colour: "#8f5533",
    size: 29.0,
    seam: false,
};

fn one(canvas: &mut Canvas, bean: &Bean, paint: &str, at: (f64, f64), angle: i64) {
    let size = bean.size;
    canvas.placed(
        &format!("translate({:.0} {:.0}) rotate({angle})", at.0, at.1),
        |c| {
            c.ellipse("#2a1c1038", (2.0, 4.0), (size, size * 0.66));
            if bean.seam {
                c.ellipse(paint, (0.0, 0.0), (size, size * 0.68));
                let (half, dip) = (size * 0.86, size * 0.3);
                let line = format!(
                    "M{:.1} 0C{:.1} {:.1} {:.1} {:.1} {half:.1} 0",
                    -half,
                    -half * 0.3,
                    -dip,
                    half * 0.3,
                    dip
                );
                c.stroke(&shade(bean.colour, -46), size * 0.13, &line);
            } else {
                c.path(
                    paint,
                    "M-29 2C-26 -16 -4 -20 14 -15C28 -10 32 4 24 12C10 20 -18 20 -29 2Z",
                );
                c.stroke("#e3b48c5c", 2.4, "M-18 -4C-6 -12 8 -11 18 -6");
                c.stroke("#4a251270", 2.0, "M-16 8C-2 14 12 12 20 6");
            }
        },
    );
}

/// Beans scattered over an ellipse, the lower ones in front.
fn heap(canvas: &mut Canvas, bean: &Bean, centre: (f64, f64), radii: (f64, f64), count: usize) {
    let mut random = Random::named(7, bean.colour);
    let colour = bean.colour;
    let lit = [shade(colour, 42), colour.to_owned(), shade(colour, -30)];
    let paint = canvas.glow((0.36, 0.3), 0.8, &lit.each_ref().map(String::as_str));
    let mut spots: Vec<(f64, f64)> = Vec::new();
    while spots.len() < count {
        let (right, down) = (random.real(-1.0, 1.0), random.real(-1.0, 1.0));
        if right * right + down * down < 1.0 {
            spots.push((down, right));
        }
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (down, right) in spots {
        let at = (centre.0 + right * radii.0, centre.1 + down * radii.1);
        one(canvas, bean, &paint, at, random.between(0, 179));
    }
}

fn green_coffee(canvas: &mut Canvas) {
    shadow(canvas, (310.0, 530.0), (220.0, 40.0));
    let jute = canvas.across(&["#b08d58", "#dcbd87", "#cba872", "#94713f"]);
    let body = "M150 250Q112 380 132 500Q140 540 200 544H420Q480 540 488 500Q508 380 470 250Z";
    canvas.path(&jute, body);
    canvas.within(body, |c| {
        for step in 0..30 {
            let at = f64::from(step) * 13.0;
            c.stroke(
                "#7a5a2c2e",
                3.0,
                &format!(
                    "M{} 240Q{} 400 {} 550",
                    120.0 + at,
                    100.0 + at * 1.1,
                    120.0 + at
                ),
            );
            c.stroke(
                "#fff3d02e",
                3.0,
                &format!("M110 {}Q310 {} 500 {}", 250.0 + at, 268.0 + at, 250.0 + at),
            );
        }
        c.path("#5c3f1a26", "M400 250Q440 400 410 550H500V250Z");
        emblem(c);
    });
    let rim = canvas.across(&["#9a7745", "#e3c896", "#b89259"]);
    canvas.ellipse(&rim, (310.0, 250.0), (172.0, 58.0));
    canvas.ellipse("#5d4a24", (310.0, 248.0), (150.0, 44.0));
    heap(canvas, &GREEN, (310.0, 226.0), (132.0, 46.0), 120);
    canvas.path(
        &rim,
        "M138 250a172 58 0 0 0 344 0q6 22 -8 34a172 58 0 0 1 -328 0q-14 -12 -8 -34Z",
    );
    heap(canvas, &GREEN, (514.0, 532.0), (70.0, 22.0), 16);
}

/// A printed mark on the sack: a hill and a sun.
fn emblem(canvas: &mut Canvas) {
    canvas.ring("#4a5d3a9c", 6.0, (304.0, 416.0), (76.0, 76.0));
    canvas.circle("#4a5d3a80", (330.0, 388.0), 18.0);
    canvas.path(
        "#4a5d3a9c",
        "M240 444l44 -56l28 34l18 -20l40 42q-20 36 -66 40q-44 -4 -64 -40Z",
    );
}

fn roasted_coffee(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 538.0), (170.0, 32.0));
    let foil = canvas.across(&["#262321", "#4a4540", "#383430", "#1d1a18"]);
    canvas.path(&foil, "M206 132H434Q442 240 452 330Q464 440 446 536Q320 552 194 536Q176 440 188 330Q198 240 206 132Z");
    let seal = canvas.down(&["#57514b", "#2e2a27"]);
    canvas.rect(&seal, (202.0, 104.0), (236.0, 40.0), 5.0);
    for line in 0..5 {
        canvas.stroke(
            "#00000040",
            2.0,
            &format!("M206 {}h228", 112.0 + f64::from(line) * 6.0),
        );
    }
    canvas.path(
        "#ffffff14",
        "M214 146Q204 330 212 530L250 536Q226 330 246 146Z",
    );
    canvas.path(
        "#00000040",
        "M426 146Q446 330 430 534L404 538Q424 330 404 146Z",
    );
    canvas.circle("#1a1715", (320.0, 192.0), 15.0);
    for (x, y) in [
        (320.0, 192.0),
        (314.0, 187.0),
        (326.0, 187.0),
        (314.0, 197.0),
        (326.0, 197.0),
    ] {
        canvas.circle("#6b645d", (x, y), 2.2);
    }
    let label = canvas.slant(&["#f6ead6", "#e2cfb0"]);
    canvas.rect(&label, (226.0, 244.0), (188.0, 230.0), 10.0);
    let card = "M236 244H404q10 0 10 10V390H226V254q0 -10 10 -10Z";
    canvas.within(card, |c| {
        let sky = c.down(&["#e9b872", "#f2d9a8"]);
        c.rect(&sky, (226.0, 244.0), (188.0, 146.0), 0.0);
        c.circle("#fff4d6", (362.0, 290.0), 24.0);
        c.path("#b5603c", "M210 390l76 -92l52 62l30 -30l70 60Z");
        c.path("#8b4429", "M286 298l52 62l-24 30h-60Z");
    });
    for (y, width) in [(412.0, 120.0), (432.0, 150.0), (450.0, 84.0)] {
        canvas.rect("#b39a75", (320.0 - width / 2.0, y), (width, 7.0), 3.5);
    }
    heap(canvas, &ROASTED, (190.0, 540.0), (90.0, 24.0), 22);
    heap(canvas, &ROASTED, (470.0, 556.0), (66.0, 18.0), 12);
}

fn cocoa_beans(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 500.0), (260.0, 50.0));
    canvas.placed("rotate(-24 300 260) translate(-10 -20)", pod);
    heap(canvas, &COCOA, (350.0, 462.0), (190.0, 62.0), 64);
    canvas.placed("rotate(16 400 360) translate(66 26) scale(.86)", half_pod);
}

fn pod(canvas: &mut Canvas) {
    let shell = canvas.down(&["#f0b45e", "#cf7b34", "#86401d"]);
    let outline =
        "M96 260Q150 150 310 150Q450 152 520 250Q530 262 516 272Q440 362 310 364Q150 360 96 260Z";
    canvas.path(&shell, outline);
    canvas.within(outline, |c| {
        for (step, bend) in [150.0, 190.0, 232.0, 284.0, 330.0, 368.0]
            .iter()
            .enumerate()
        {
            let dark = if step < 3 { "#8f4a1d50" } else { "#4c210d60" };
            c.stroke(dark, 7.0, &format!("M96 260Q310 {bend} 524 262"));
            c.stroke(
                "#ffe2ac40",
                4.0,
                &format!("M96 252Q310 {} 524 256", bend - 9.0),
            );
        }
    });
    canvas.path("#6b4a24", "M100 250q-26 -6 -44 -22l-8 12q18 20 48 32Z");
}

/// An opened pod with its white pulp.
fn half_pod(canvas: &mut Canvas) {
    let shell = canvas.down(&["#d98a3e", "#8c4620"]);
    canvas.path(
        &shell,
        "M160 400Q200 330 310 326Q430 330 480 400Q490 412 478 424Q420 486 310 488Q200 484 160 400Z",
    );
    canvas.ellipse("#f3dcae", (318.0, 400.0), (146.0, 60.0));
    canvas.ellipse("#d9b277", (320.0, 404.0), (132.0, 50.0));
    let pulp = canvas.glow((0.4, 0.3), 0.8, &["#ffffff", "#f7efdd", "#d7c3a0"]);
    for (x, y) in [
        (226.0, 392.0),
        (270.0, 380.0),
        (318.0, 376.0),
        (366.0, 380.0),
        (410.0, 394.0),
        (248.0, 416.0),
        (294.0, 420.0),
        (342.0, 420.0),
        (388.0, 416.0),
    ] {
        canvas.ellipse("#a8804a66", (x + 2.0, y + 5.0), (25.0, 19.0));
        canvas.ellipse(&pulp, (x, y), (25.0, 19.0));
    }
}

fn cocoa_powder(canvas: &mut Canvas) {
    shadow(canvas, (310.0, 508.0), (220.0, 44.0));
    let bowl = canvas.across(&["#d5dde0", "#ffffff", "#e3e8ea", "#9fadb2"]);
    let outer = "M112 318Q130 500 252 512H368Q490 500 508 318Z";
    canvas.path(&bowl, outer);
    canvas.path("#8797a040", "M420 330Q440 470 340 512H368Q490 500 508 318Z");
    canvas.ellipse("#f6f8f8", (310.0, 318.0), (198.0, 62.0));
    canvas.ellipse("#4a2c1b", (310.0, 320.0), (182.0, 53.0));
    let powder = canvas.slant(&["#a8714a", "#7c4a2b", "#4e2b17"]);
    canvas.path(&powder, "M128 322Q190 300 224 246Q262 178 316 184Q366 188 398 248Q434 304 492 322Q470 372 310 374Q150 372 128 322Z");
    canvas.path(
        "#c9946840",
        "M224 250Q262 178 316 184Q300 240 250 290Q210 320 150 330Q200 300 224 250Z",
    );
    let mut random = Random::new(11);
    for _ in 0..90 {
        let spot = (random.real(170.0, 450.0), random.real(300.0, 364.0));
        canvas.circle("#3d200f50", spot, random.real(1.0, 3.0));
    }
    canvas.placed("rotate(28 430 240)", |c| {
        let wood = c.down(&["#e0b981", "#b98749", "#8c5f2c"]);
        c.rect(&wood, (396.0, 44.0), (30.0, 190.0), 14.0);
        c.path(&wood, "M366 222Q364 300 411 304Q458 300 456 222Z");
        c.ellipse("#6b3d22", (411.0, 224.0), (45.0, 15.0));
        c.path(
            "#8a5533",
            "M368 222Q390 186 411 190Q436 192 454 222Q411 240 368 222Z",
        );
    });
    heap_of_dust(canvas);
}

fn heap_of_dust(canvas: &mut Canvas) {
    let dust = canvas.glow((0.4, 0.4), 0.6, &["#8a5533", "#7c4a2bc0", "#7c4a2b00"]);
    canvas.ellipse(&dust, (512.0, 530.0), (74.0, 22.0));
}
