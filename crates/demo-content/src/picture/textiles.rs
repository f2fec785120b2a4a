//! Towels, a bathrobe, bed linen and canvas.

use super::Draw;
use super::solids::shadow;
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "bath-towel" => ("#cfdad6", bath_towel),
        "bathrobe" => ("#c9ced8", bathrobe),
        "bed-linen" => ("#d8d0cb", bed_linen),
        "canvas-roll" => ("#d9d4c4", canvas_roll),
        _ => return None,
    })
}

fn bath_towel(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 524.0), (230.0, 36.0));
    for (y, colour) in [(440.0, "#5f8f8b"), (364.0, "#e3d3ba"), (288.0, "#f4f1ea")] {
        folded(canvas, y, colour);
    }
    rolled(canvas, (232.0, 236.0), "#e9b9a3");
    rolled(canvas, (350.0, 236.0), "#f7f4ee");
}

/// A towel folded twice, seen from the front edge.
fn folded(canvas: &mut Canvas, y: f64, colour: &str) {
    let cloth = canvas.down(&[&shade(colour, 40), colour, &shade(colour, -18)]);
    canvas.path(
        &cloth,
        &format!(
            "M132 {}q-26 38 0 72h376q26 -36 0 -72q-188 -16 -376 0Z",
            y + 6.0
        ),
    );
    let fold = shade(colour, -26);
    for layer in 1..4 {
        let line = y + 8.0 + f64::from(layer) * 17.0;
        canvas.stroke(
            &format!("{fold}90"),
            3.0,
            &format!("M128 {line}q190 -9 384 0"),
        );
        canvas.stroke(
            "#ffffff70",
            2.0,
            &format!("M128 {}q190 -9 384 0", line + 3.0),
        );
    }
    let shine = canvas.across(&["#ffffff60", "#ffffff00", "#00000010", "#00000028"]);
    canvas.path(
        &shine,
        &format!(
            "M132 {}q-26 38 0 72h376q26 -36 0 -72q-188 -16 -376 0Z",
            y + 6.0
        ),
    );
    for stripe in [404.0, 424.0] {
        canvas.stroke(
            &format!("{fold}80"),
            5.0,
            &format!("M{stripe} {}q5 34 0 70", y + 2.0),
        );
    }
}

/// A small towel, rolled up, its end towards us.
fn rolled(canvas: &mut Canvas, centre: (f64, f64), colour: &str) {
    let (x, y) = centre;
    let cloth = canvas.down(&[&shade(colour, 30), colour, &shade(colour, -24)]);
    canvas.path(
        &cloth,
        &format!("M{x} {}h84a54 54 0 0 1 0 108h-84Z", y - 54.0),
    );
    let end = canvas.slant(&[&shade(colour, 50), &shade(colour, -8)]);
    canvas.circle(&end, centre, 54.0);
    let line = format!("{}b0", shade(colour, -32));
    canvas.stroke(&line, 3.5, &format!("M{x} {y}m-6 0a8 8 0 0 1 16 2a17 17 0 0 1 -33 0a25 25 0 0 1 50 -2a33 33 0 0 1 -66 2a41 41 0 0 1 82 -1"));
}

fn bathrobe(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 566.0), (150.0, 18.0));
    canvas.stroke(
        "#7d6a55",
        7.0,
        "M320 96q0 -34 22 -34q20 0 20 18q0 16 -18 20",
    );
    canvas.stroke("#a58a68", 12.0, "M218 142Q320 74 422 142");
    let cloth = canvas.across(&["#f6f4ef", "#ffffff", "#efece4", "#d6d2c9"]);
    let sleeve = canvas.slant(&["#ffffff", "#e6e2da", "#c9c4ba"]);
    canvas.path(
        &sleeve,
        "M226 142Q166 168 142 236L96 404Q92 424 110 430L158 442Q172 444 178 428L236 260Z",
    );
    canvas.path(
        &sleeve,
        "M414 142Q474 168 498 236L544 404Q548 424 530 430L482 442Q468 444 462 428L404 260Z",
    );
    let body = "M226 138Q270 116 320 128Q370 116 414 138L428 330L446 540Q320 566 194 540L212 330Z";
    canvas.path(&cloth, body);
    canvas.within(body, waffle);
    canvas.stroke("#b9b3a780", 3.0, "M320 330L306 552");
    let collar = canvas.across(&["#ffffff", "#f1eee7", "#dcd8ce"]);
    canvas.path(
        &collar,
        "M258 122Q226 150 240 214L314 344L332 320L282 214Q272 160 292 122Z",
    );
    canvas.path(
        &collar,
        "M382 122Q414 150 400 214L326 344L310 320L358 214Q368 160 348 122Z",
    );
    canvas.path(
        "#8c877c50",
        "M292 122Q272 160 282 214L320 290L358 214Q368 160 348 122Q320 142 292 122Z",
    );
    let belt = canvas.down(&["#ffffff", "#e2ded5", "#bfb9ae"]);
    canvas.path(&belt, "M208 336Q320 356 432 336L434 366Q320 386 206 366Z");
    canvas.path(&belt, "M312 362L290 478Q300 486 314 480L334 364Z");
    canvas.path(&belt, "M326 362L352 460Q366 464 374 454L346 360Z");
    canvas.rect(&belt, (304.0, 340.0), (40.0, 36.0), 12.0);
    for x in [228.0, 366.0] {
        canvas.rect("#b9b3a72e", (x, 412.0), (50.0, 60.0), 8.0);
        canvas.stroke("#a9a39770", 3.0, &format!("M{x} 416h50"));
    }
}

/// The small squares of a waffle weave.
fn waffle(canvas: &mut Canvas) {
    for step in 0..22 {
        let at = f64::from(step) * 14.0;
        canvas.stroke("#b9b3a73a", 2.0, &format!("M{} 110V570", 186.0 + at));
        canvas.stroke("#b9b3a73a", 2.0, &format!("M180 {}H460", 126.0 + at * 1.46));
    }
}

fn bed_linen(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 520.0), (250.0, 40.0));
    pillow(canvas);
    let colours = ["#b9c7d3", "#eef1f3"];
    for (layer, y) in [(0, 452.0), (1, 408.0), (0, 364.0)] {
        let colour = colours[layer];
        let cloth = canvas.down(&[&shade(colour, 35), colour, &shade(colour, -16)]);
        let outline = format!("M112 {y}q-20 24 0 50h416q20 -26 0 -50q-208 -14 -416 0Z");
        canvas.path(&cloth, &outline);
        canvas.stroke("#6d788438", 3.0, &format!("M106 {}q214 -8 428 0", y + 26.0));
    }
    let top = "M112 366q30 -42 96 -66h224q66 24 96 66q-208 -18 -416 0Z";
    let satin = canvas.slant(&["#ffffff", "#d4dde5", "#aebdca"]);
    canvas.path(&satin, top);
    canvas.within(top, |c| {
        for stripe in 0..11 {
            let x = 120.0 + f64::from(stripe) * 40.0;
            let upper = 320.0 + (x - 320.0) * 0.62;
            c.polygon(
                "#ffffff78",
                &[
                    (upper, 296.0),
                    (upper + 13.0, 296.0),
                    (x + 20.0, 370.0),
                    (x, 370.0),
                ],
            );
        }
    });
    let ribbon = canvas.down(&["#c7886b", "#9d5f45"]);
    canvas.path(&ribbon, "M300 300h40l6 60v146h-52v-146Z");
    canvas.path("#00000018", "M294 358q26 -2 52 0v6q-26 -2 -52 0Z");
}

fn pillow(canvas: &mut Canvas) {
    let outline = "M150 162Q128 150 146 136Q320 164 494 136Q512 150 490 162Q500 230 508 308Q512 332 488 330Q320 306 152 330Q128 332 132 308Q146 230 150 162Z";
    let cloth = canvas.slant(&["#ffffff", "#e6ebef", "#b6c3ce"]);
    canvas.path(&cloth, outline);
    canvas.within(outline, |c| {
        for stripe in 0..11 {
            let x = 140.0 + f64::from(stripe) * 36.0;
            let bend = (x - 320.0) * 0.08;
            c.stroke("#ffffff8c", 13.0, &format!("M{x} 120q{bend} 110 0 230"));
        }
        let volume = c.glow((0.42, 0.4), 0.7, &["#ffffff80", "#ffffff00", "#5f708038"]);
        c.rect(&volume, (120.0, 120.0), (400.0, 230.0), 0.0);
        c.stroke(
            "#6d788430",
            5.0,
            "M158 172q20 26 24 46M486 166q-14 26 -14 44M150 306q22 -12 30 -26",
        );
    });
}

fn canvas_roll(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 512.0), (262.0, 44.0));
    roll(canvas, (236.0, 252.0), "#6f8668");
    roll(canvas, (176.0, 414.0), "#bb6046");
    roll(canvas, (318.0, 420.0), "#e0cfa9");
}

/// A roll of cloth, its end towards us and the rest running to the upper right.
fn roll(canvas: &mut Canvas, end: (f64, f64), colour: &str) {
    let (x, y) = end;
    let cloth = canvas.slant(&[&shade(colour, 34), colour, &shade(colour, -38)]);
    let radius = 78.0;
    canvas.path(
        &cloth,
        &format!(
            "M{} {}l190 -96a{radius} {radius} 0 0 1 66 140l-190 96Z",
            x - 36.0,
            y - 68.0
        ),
    );
    for line in 0..9 {
        let along = f64::from(line) * 17.0;
        canvas.stroke(
            "#ffffff1c",
            2.0,
            &format!("M{} {}l190 -96", x - 30.0 + along, y - 62.0 + along * 0.9),
        );
    }
    let face = canvas.slant(&[&shade(colour, 46), &shade(colour, -4)]);
    canvas.circle(&face, end, radius);
    for turn in 0..5 {
        let size = 70.0 - f64::from(turn) * 9.0;
        canvas.ring(&format!("{}8c", shade(colour, -34)), 2.6, end, (size, size));
    }
    canvas.circle("#b08a5c", end, 26.0);
    canvas.circle("#6b4f30", (x + 1.5, y + 1.5), 18.0);
    canvas.path(
        "#4c37207a",
        &format!("M{} {}a18 18 0 0 1 36 0Z", x - 16.5, y + 1.5),
    );
}
