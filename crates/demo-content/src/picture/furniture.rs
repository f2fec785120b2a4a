//! Chairs, stools, tables and shelves.

use super::solids::{Room, shadow, wall};
use super::{Draw, shelf};
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "oak-chair" => ("#ccd3cd", oak_chair),
        "bamboo-stool" => ("#d9d6c5", bamboo_stool),
        "coffee-table" => ("#d5cbc4", coffee_table),
        "shelf" => ("#cdd3da", shelf::shelf),
        _ => return None,
    })
}

fn oak_chair(canvas: &mut Canvas) {
    canvas.placed("translate(-42 -40) scale(1.12)", chair);
}

fn chair(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 548.0), (170.0, 36.0));
    let wood = canvas.across(&["#a97940", "#e2b981", "#c08f55", "#8f6431"]);
    let dark = canvas.across(&["#8a5f30", "#b98a52", "#7b5429"]);
    canvas.path(&dark, "M222 356h18l-8 150h-13Z");
    canvas.path(&dark, "M424 350h18l16 154h-13Z");
    canvas.path(&wood, "M218 108q9 -8 18 0l12 232h-20Z");
    canvas.path(&wood, "M412 104q9 -8 18 0l8 236h-20Z");
    let back = canvas.down(&["#ecc790", "#c99a62", "#9c7038"]);
    canvas.path(
        &back,
        "M214 112Q322 78 434 108Q442 134 434 160Q322 130 216 162Q208 136 214 112Z",
    );
    canvas.path("#ffe9c660", "M222 116Q322 88 428 112Q322 100 222 126Z");
    for bar in [206.0, 240.0] {
        canvas.path(
            &back,
            &format!(
                "M232 {bar}Q324 {} 424 {}V{}Q324 {} 233 {}Z",
                bar - 16.0,
                bar - 4.0,
                bar + 12.0,
                bar,
                bar + 16.0
            ),
        );
    }
    seat(canvas);
    canvas.path(&back, "M180 408L456 402L454 424L184 430Z");
    canvas.path(&wood, "M178 372q12 -6 24 0l-4 182h-16Z");
    canvas.path(&wood, "M438 364q12 -6 24 0l6 184h-16Z");
    canvas.path("#5f421d40", "M182 430l272 -6v8l-272 6Z");
    let rail = canvas.down(&["#dcae74", "#99703a"]);
    canvas.path(&rail, "M196 478h248v12H196Z");
    canvas.path(&dark, "M228 462l-34 26v10l34 -26Z");
    canvas.path(&dark, "M430 458l22 24v10l-22 -24Z");
}

/// A seat of woven cord, four triangles that meet in the middle.
fn seat(canvas: &mut Canvas) {
    let outline = "M224 330Q322 322 436 328L470 392Q320 418 172 396Z";
    let cord = canvas.slant(&["#f5e8cc", "#dcc59a", "#b89b6a"]);
    canvas.path("#7a5b2f", "M172 396Q320 418 470 392V408Q320 434 172 412Z");
    canvas.path(&cord, outline);
    canvas.within(outline, |c| {
        for step in 0..13 {
            let part = f64::from(step) / 12.0;
            let mix = |from: f64, to: f64| from + (to - from) * part;
            c.stroke(
                "#8a6a3a70",
                2.2,
                &format!(
                    "M{} {}L{} {}",
                    mix(224.0, 322.0),
                    mix(330.0, 362.0),
                    mix(436.0, 322.0),
                    mix(328.0, 362.0)
                ),
            );
            c.stroke(
                "#8a6a3a70",
                2.2,
                &format!(
                    "M{} {}L{} {}",
                    mix(172.0, 322.0),
                    mix(398.0, 364.0),
                    mix(470.0, 322.0),
                    mix(394.0, 364.0)
                ),
            );
            c.stroke(
                "#8a6a3a58",
                2.2,
                &format!(
                    "M{} {}L{} {}",
                    mix(224.0, 322.0),
                    mix(330.0, 362.0),
                    mix(172.0, 322.0),
                    mix(398.0, 364.0)
                ),
            );
            c.stroke(
                "#8a6a3a58",
                2.2,
                &format!(
                    "M{} {}L{} {}",
                    mix(436.0, 322.0),
                    mix(328.0, 362.0),
                    mix(470.0, 322.0),
                    mix(394.0, 364.0)
                ),
            );
        }
        c.path("#ffffff26", "M224 330L322 363L172 398Z");
        c.path("#5b401826", "M436 328L322 363L470 394Z");
    });
}

fn bamboo_stool(canvas: &mut Canvas) {
    shadow(canvas, (322.0, 540.0), (170.0, 36.0));
    let leg = canvas.across(&["#b98d3e", "#f3d990", "#d6b25f", "#92692a"]);
    for line in ["M258 260L212 528", "M386 260L432 528"] {
        canvas.stroke("#8a6328", 24.0, line);
        canvas.stroke("#c79f52", 17.0, line);
        canvas.stroke("#efd894", 6.0, line);
    }
    canvas.path(&leg, "M186 262q0 -10 14 -10q14 0 14 10L176 548h-24Z");
    canvas.path(&leg, "M426 262q0 -10 14 -10q14 0 14 10L492 548h-24Z");
    for (x, y) in [
        (193.0, 350.0),
        (178.0, 456.0),
        (452.0, 350.0),
        (470.0, 456.0),
    ] {
        canvas.rect("#8a632866", (x - 18.0, y), (32.0, 6.0), 3.0);
        canvas.rect("#fff0bf80", (x - 18.0, y + 6.0), (32.0, 3.0), 1.5);
    }
    canvas.placed("translate(0 74)", |c| {
        c.ring("#8a6328", 17.0, (322.0, 372.0), (140.0, 40.0));
        c.ring("#d6b25f", 11.0, (322.0, 370.0), (140.0, 40.0));
        c.ring("#f7e5ac", 3.0, (322.0, 368.0), (140.0, 40.0));
    });
    let side = canvas.across(&["#c1954a", "#f6dfa0", "#d9b566", "#946b2c"]);
    wall(canvas, &side, (322.0, 212.0), (184.0, 62.0), 40.0);
    for line in 0..3 {
        let y = 222.0 + f64::from(line) * 10.0;
        canvas.stroke("#7c581f48", 2.0, &format!("M138 {y}A184 62 0 0 0 506 {y}"));
    }
    let top = canvas.slant(&["#fdf0c4", "#e6c67c", "#c89f54"]);
    canvas.ellipse(&top, (322.0, 212.0), (184.0, 62.0));
    let outline = "M138 212A184 62 0 0 1 506 212A184 62 0 0 1 138 212Z";
    canvas.within(outline, |c| {
        for strip in 0..15 {
            let x = 130.0 + f64::from(strip) * 27.0;
            c.stroke("#9a733048", 2.0, &format!("M{x} 270L{} 150", x + 26.0));
            if strip % 3 == 1 {
                c.path(
                    "#b98d3e24",
                    &format!("M{x} 270L{} 150h26L{} 270Z", x + 26.0, x + 27.0),
                );
            }
        }
    });
    canvas.ring("#fff6d8a0", 2.5, (322.0, 211.0), (180.0, 59.0));
}

fn coffee_table(canvas: &mut Canvas) {
    shadow(canvas, (324.0, 548.0), (190.0, 38.0));
    for (line, width) in [
        ("M330 250L372 512", 16.0),
        ("M300 256L178 552", 18.0),
        ("M350 256L478 546", 18.0),
    ] {
        canvas.stroke("#1d2226", width, line);
        canvas.stroke("#454d55", width * 0.55, line);
        canvas.stroke("#8b959e", width * 0.16, line);
    }
    canvas.ring("#2b3136", 9.0, (327.0, 416.0), (94.0, 26.0));
    canvas.stroke("#77828b", 2.0, "M234 412A94 26 0 0 0 420 412");
    let edge = canvas.across(&["#8c5730", "#d29a63", "#a9713f", "#6b3f1e"]);
    wall(canvas, &edge, (322.0, 212.0), (214.0, 66.0), 34.0);
    canvas.ellipse(&shade("#b57b45", 30), (322.0, 212.0), (214.0, 66.0));
    let top = canvas.slant(&["#9b6436", "#c98f57", "#e3b47d"]);
    canvas.ellipse(&top, (322.0, 216.0), (200.0, 57.0));
    let outline = "M122 216A200 57 0 0 1 522 216A200 57 0 0 1 122 216Z";
    canvas.within(outline, |c| {
        for (x, y, rx, ry) in [
            (250.0, 226.0, 150.0, 20.0),
            (250.0, 226.0, 110.0, 13.0),
            (250.0, 226.0, 64.0, 7.0),
            (430.0, 200.0, 96.0, 15.0),
            (430.0, 200.0, 54.0, 8.0),
        ] {
            c.ring("#7a4a223c", 3.0, (x, y), (rx, ry));
        }
        for y in [176.0, 184.0, 250.0, 260.0] {
            c.stroke(
                "#7a4a2234",
                3.0,
                &format!("M110 {y}Q320 {} 540 {y}", y + 10.0),
            );
        }
    });
    cup(canvas, (262.0, 186.0));
    books(canvas);
}

fn cup(canvas: &mut Canvas, at: (f64, f64)) {
    let (x, y) = at;
    canvas.ellipse("#4a2c1440", (x + 10.0, y + 32.0), (52.0, 13.0));
    canvas.stroke(
        "#dfe4e6",
        7.0,
        &format!("M{} {}q26 2 20 18q-4 10 -22 8", x + 28.0, y - 6.0),
    );
    let china = canvas.across(&["#dfe4e6", "#ffffff", "#b7c0c4"]);
    canvas.path(
        &china,
        &format!("M{} {}q2 44 20 46h30q18 -2 20 -46Z", x - 35.0, y - 16.0),
    );
    canvas.ellipse("#f6f8f8", (x, y - 16.0), (35.0, 10.0));
    canvas.ellipse("#5a3520", (x, y - 14.0), (29.0, 7.0));
}

fn books(canvas: &mut Canvas) {
    for (lift, colour, shift) in [(0.0, "#3f6f73", 0.0), (14.0, "#d9a441", 8.0)] {
        let room = Room {
            origin: (406.0 + shift, 190.0 - lift),
        };
        room.block(canvas, (-30.0, -20.0, 0.0), (70.0, 52.0, 12.0), colour);
    }
}
