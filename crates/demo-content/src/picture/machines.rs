//! A drill press, a conveyor, a gear motor and a pump.

use super::Draw;
use super::solids::{Room, cylinder, shadow, wall};
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "drill-press" => ("#ccd2d8", drill_press),
        "conveyor" => ("#d3d3cc", conveyor),
        "gear-motor" => ("#c3cfd6", gear_motor),
        "pump" => ("#d0d6dc", pump),
        _ => return None,
    })
}

const GREEN: &str = "#3d7d6b";

fn drill_press(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 560.0), (190.0, 32.0));
    let iron = canvas.down(&["#5d666f", "#3a4148", "#2a2f35"]);
    canvas.path(
        &iron,
        "M160 540q0 -18 22 -20h276q22 2 22 20v14q0 10 -12 10H172q-12 0 -12 -10Z",
    );
    let plate = canvas.slant(&["#9aa4ad", "#6b757e"]);
    canvas.path(&plate, "M190 512h260l24 18H166Z");
    for x in [236.0, 300.0] {
        canvas.stroke("#3a4148", 5.0, &format!("M{x} 520h40"));
    }
    let steel = canvas.steel();
    canvas.rect(&steel, (384.0, 120.0), (40.0, 400.0), 4.0);
    let collar = canvas.round("#4a525a");
    canvas.rect(&collar, (372.0, 494.0), (64.0, 30.0), 6.0);
    let table = canvas.down(&["#aab4bd", "#6b757e"]);
    canvas.path(&collar, "M366 396h70v44h-70l-60 -10v-22Z");
    canvas.rect(&table, (184.0, 392.0), (196.0, 22.0), 6.0);
    canvas.path("#535c64", "M204 414h150l-30 22h-96Z");
    drill_head(canvas);
}

fn drill_head(canvas: &mut Canvas) {
    let paint = canvas.slant(&[&shade(GREEN, 36), GREEN, &shade(GREEN, -34)]);
    let motor = canvas.round("#4b545c");
    wall(canvas, &motor, (452.0, 136.0), (44.0, 12.0), 128.0);
    for fin in 0..6 {
        canvas.stroke(
            "#00000040",
            3.0,
            &format!("M410 {}h84", 168.0 + f64::from(fin) * 15.0),
        );
    }
    let cover = canvas.slant(&["#f0f2f3", "#cfd5d9", "#9fa8af"]);
    canvas.path(
        &cover,
        "M196 106q0 -34 36 -36h236q38 4 40 36v26q0 14 -14 14H212q-16 0 -16 -16Z",
    );
    canvas.path(
        "#ffffff80",
        "M212 100q2 -18 24 -20h230q20 2 28 16Q340 88 212 100Z",
    );
    canvas.path(
        &paint,
        "M206 146H424V300q0 18 -18 18H330L312 336H252L234 318H224q-18 0 -18 -18Z",
    );
    canvas.path("#ffffff22", "M206 146h40v190l-12 -18h-10q-18 0 -18 -18Z");
    let panel = canvas.down(&["#2b3036", "#1c2024"]);
    canvas.rect(&panel, (232.0, 170.0), (100.0, 84.0), 10.0);
    canvas.circle("#d8413a", (262.0, 200.0), 17.0);
    canvas.circle("#f08a80", (258.0, 195.0), 6.0);
    canvas.circle("#3fae72", (304.0, 200.0), 12.0);
    canvas.rect("#8fd3ff", (246.0, 228.0), (72.0, 14.0), 3.0);
    for turn in [-32, 88, 208] {
        canvas.placed(&format!("translate(386 272) rotate({turn})"), |c| {
            c.stroke("#6b757e", 8.0, "M0 0V-78");
            c.stroke("#dfe5e9", 3.0, "M-1 0V-76");
            c.circle("#23282d", (0.0, -84.0), 15.0);
            c.circle("#5d666f", (-4.0, -88.0), 5.0);
        });
    }
    let hub = canvas.glow((0.35, 0.3), 0.8, &["#f6f8fa", "#aab4bd", "#59636d"]);
    canvas.circle(&hub, (386.0, 272.0), 24.0);
    let chuck = canvas.steel();
    canvas.path(&chuck, "M262 336h40v16h10v26l-14 20h-32l-14 -20v-26h10Z");
    canvas.path(&chuck, "M277 398h10v58l-5 12l-5 -12Z");
    let guard = canvas.across(&["#ffb84a50", "#ffd48a70", "#f0972250"]);
    canvas.rect(&guard, (236.0, 338.0), (92.0, 96.0), 8.0);
}

fn conveyor(canvas: &mut Canvas) {
    canvas.placed("translate(30 4) scale(.93)", belt_conveyor);
}

fn belt_conveyor(canvas: &mut Canvas) {
    let room = Room {
        origin: (156.0, 300.0),
    };
    room.shadow(canvas, (0.0, 10.0), (420.0, 120.0));
    let leg = "#8f9aa4";
    for (x, y) in [(24.0, 8.0), (372.0, 8.0)] {
        room.block(canvas, (x, y, 0.0), (18.0, 18.0, 120.0), leg);
    }
    room.block(canvas, (-6.0, 0.0, 118.0), (432.0, 12.0, 40.0), "#b4bec7");
    let belt = canvas.slant(&["#3f6a5c", "#2f574b", "#27493f"]);
    room.face(
        canvas,
        &belt,
        [
            (0.0, 10.0, 152.0),
            (420.0, 10.0, 152.0),
            (420.0, 128.0, 152.0),
            (0.0, 128.0, 152.0),
        ],
    );
    for step in 0..10 {
        let x = 20.0 + f64::from(step) * 43.0;
        room.line(
            canvas,
            "#ffffff18",
            2.0,
            [(x, 12.0, 152.0), (x, 126.0, 152.0)],
        );
    }
    for (x, colour, height) in [
        (46.0, "#c59f6f", 52.0),
        (176.0, "#d8b98c", 70.0),
        (300.0, "#c59f6f", 44.0),
    ] {
        room.block(canvas, (x, 38.0, 152.0), (74.0, 66.0, height), colour);
        let (tape, near, far) = ("#f3e3c0", x + 30.0, x + 44.0);
        let top = 152.0 + height;
        room.face(
            canvas,
            tape,
            [
                (near, 38.0, top),
                (far, 38.0, top),
                (far, 104.0, top),
                (near, 104.0, top),
            ],
        );
        room.face(
            canvas,
            "#dcc79d",
            [
                (near, 104.0, top),
                (far, 104.0, top),
                (far, 104.0, top - 20.0),
                (near, 104.0, top - 20.0),
            ],
        );
    }
    room.block(canvas, (-6.0, 128.0, 112.0), (432.0, 14.0, 46.0), "#ccd5dc");
    room.line(
        canvas,
        "#7b8690",
        4.0,
        [(-4.0, 142.0, 134.0), (424.0, 142.0, 134.0)],
    );
    for x in [30.0, 378.0] {
        room.block(canvas, (x, 126.0, 0.0), (18.0, 18.0, 116.0), leg);
        canvas.ellipse("#2f353b", room.at(x + 9.0, 140.0, -4.0), (17.0, 9.0));
    }
    room.line(
        canvas,
        "#79848e",
        9.0,
        [(48.0, 136.0, 40.0), (378.0, 136.0, 40.0)],
    );
    let end = room.at(426.0, 70.0, 136.0);
    canvas.placed(&format!("translate({:.0} {:.0})", end.0, end.1), |c| {
        let drum = c.slant(&["#dfe5e9", "#8b96a0", "#59636d"]);
        c.path(&drum, "M-52 38q-8 -24 4 -32L54 -48q14 2 10 26L-40 40Z");
    });
    room.block(canvas, (330.0, 142.0, 96.0), (56.0, 44.0, 44.0), "#3f78b4");
}

fn gear_motor(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 500.0), (250.0, 40.0));
    let blue = "#3c6f9e";
    let body = canvas.down(&[&shade(blue, 42), &shade(blue, 10), blue, &shade(blue, -40)]);
    canvas.rect(&body, (286.0, 196.0), (232.0, 184.0), 22.0);
    for fin in 0..13 {
        let y = 204.0 + f64::from(fin) * 14.0;
        canvas.rect("#ffffff26", (300.0, y), (190.0, 4.0), 2.0);
        canvas.rect("#00000030", (300.0, y + 4.0), (190.0, 5.0), 2.0);
    }
    let hood = canvas.down(&["#6a737c", "#3f474f", "#23282d"]);
    canvas.path(&hood, "M506 186h48q34 20 34 102t-34 102h-48Z");
    for slot in 0..6 {
        canvas.stroke(
            "#12161a",
            5.0,
            &format!("M562 {}h12", 228.0 + f64::from(slot) * 24.0),
        );
    }
    let terminal = canvas.down(&[&shade(blue, 30), &shade(blue, -20)]);
    canvas.rect(&terminal, (352.0, 142.0), (112.0, 66.0), 10.0);
    canvas.rect("#ffffff30", (352.0, 142.0), (112.0, 12.0), 6.0);
    canvas.circle("#23282d", (472.0, 178.0), 12.0);
    gearbox(canvas, blue);
}

fn gearbox(canvas: &mut Canvas, blue: &str) {
    let housing = canvas.slant(&[&shade(blue, 40), blue, &shade(blue, -40)]);
    canvas.path(
        &housing,
        "M96 300Q96 176 206 164H276Q304 168 304 196V384Q300 470 230 486H150Q96 470 96 400Z",
    );
    canvas.path(
        "#ffffff26",
        "M112 300Q112 192 206 180H262Q180 196 152 260T136 452Q112 430 112 400Z",
    );
    canvas.path(&shade(blue, -30), "M110 470h196v28H110Z");
    canvas.rect(&shade(blue, -44), (96.0, 484.0), (230.0, 18.0), 5.0);
    let flange = canvas.slant(&[&shade(blue, 50), &shade(blue, -16)]);
    canvas.circle(&shade(blue, -36), (200.0, 342.0), 96.0);
    canvas.circle(&flange, (196.0, 338.0), 94.0);
    for turn in 0..6 {
        let (sin, cos) = (f64::from(turn) * 60.0_f64 + 30.0).to_radians().sin_cos();
        let spot = (196.0 + 77.0 * cos, 338.0 + 77.0 * sin);
        canvas.circle("#cfd7dd", spot, 9.0);
        canvas.circle("#59636d", spot, 5.0);
    }
    let steel = canvas.slant(&["#ffffff", "#b3bdc6", "#77828d"]);
    canvas.circle(&steel, (196.0, 338.0), 56.0);
    canvas.circle("#59636d", (196.0, 338.0), 44.0);
    let bore = canvas.slant(&["#1d2227", "#59636d"]);
    canvas.circle(&bore, (197.0, 339.0), 40.0);
    canvas.path(&bore, "M186 286h20v20h-20Z");
    canvas.rect("#e8eef2", (232.0, 196.0), (52.0, 32.0), 4.0);
    canvas.rect("#98a3ad", (238.0, 203.0), (40.0, 4.0), 2.0);
    canvas.rect("#98a3ad", (238.0, 213.0), (28.0, 4.0), 2.0);
}

fn pump(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 522.0), (250.0, 36.0));
    let foot = canvas.down(&["#8f9aa4", "#59636d"]);
    canvas.path(&foot, "M296 440h220l22 70q2 14 -12 14H286q-14 0 -12 -14Z");
    let hood = canvas.down(&["#f4f6f8", "#c6ced5", "#828d97", "#a6b0b9"]);
    canvas.path(&hood, "M322 210h196q40 6 44 60v104q-4 56 -44 62H322Z");
    for band in [356.0, 486.0] {
        canvas.rect("#59636d50", (band, 210.0), (4.0, 226.0), 2.0);
    }
    for slot in 0..7 {
        canvas.stroke(
            "#47505970",
            6.0,
            &format!("M510 {}h34", 246.0 + f64::from(slot) * 26.0),
        );
    }
    canvas.rect("#2f6fae", (386.0, 282.0), (84.0, 52.0), 6.0);
    canvas.rect("#ffffffb0", (396.0, 294.0), (64.0, 6.0), 3.0);
    canvas.rect("#ffffff80", (396.0, 308.0), (44.0, 6.0), 3.0);
    let adapter = canvas.down(&["#7b8690", "#cfd7dd", "#59636d"]);
    canvas.rect(&adapter, (290.0, 240.0), (50.0, 168.0), 8.0);
    pump_head(canvas);
}

fn pump_head(canvas: &mut Canvas) {
    let pipe = canvas.steel();
    canvas.rect(&pipe, (212.0, 92.0), (66.0, 130.0), 4.0);
    cylinder(canvas, (245.0, 92.0), (54.0, 15.0), 18.0, "#c0c9d1");
    canvas.ellipse("#3a424a", (245.0, 92.0), (30.0, 8.0));
    let rim = canvas.slant(&["#8d98a2", "#f6f8fa", "#7b8690"]);
    canvas.circle("#59636d", (236.0, 330.0), 144.0);
    canvas.circle(&rim, (226.0, 326.0), 142.0);
    let face = canvas.slant(&["#ffffff", "#d5dce2", "#98a3ad", "#c6ced5"]);
    canvas.circle(&face, (224.0, 326.0), 122.0);
    canvas.ring("#ffffff90", 4.0, (224.0, 326.0), (104.0, 104.0));
    for turn in 0..8 {
        let (sin, cos) = (f64::from(turn) * 45.0_f64 + 22.0).to_radians().sin_cos();
        let spot = (225.0 + 131.0 * cos, 326.0 + 131.0 * sin);
        canvas.circle("#eef2f5", spot, 9.0);
        canvas.circle("#77828d", spot, 5.0);
    }
    let collar = canvas.slant(&["#f6f8fa", "#9aa5af", "#6b7680"]);
    canvas.circle("#6b7680", (222.0, 332.0), 66.0);
    canvas.circle(&collar, (218.0, 328.0), 64.0);
    let inlet = canvas.slant(&["#2b3138", "#6b7680"]);
    canvas.circle(&inlet, (218.0, 328.0), 44.0);
    canvas.path("#aab4bdc0", "M218 328q-8 -34 18 -38q12 18 -18 38q34 -10 40 16q-18 14 -40 -16q24 26 0 40q-22 -4 0 -40q-36 8 -38 -18q14 -18 38 18Z");
    canvas.circle("#e9eef1", (218.0, 328.0), 9.0);
}
