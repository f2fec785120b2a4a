//! Helmets, gloves, vests and boots.

use super::Draw;
use super::solids::shadow;
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "hard-hat" => ("#c6d0da", hard_hat),
        "gloves" => ("#d6d0c6", gloves),
        "safety-vest" => ("#cdd3dc", safety_vest),
        "safety-boots" => ("#d3d0c9", safety_boots),
        _ => return None,
    })
}

fn hard_hat(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 474.0), (240.0, 42.0));
    let strap = canvas.down(&["#59636d", "#2f353b"]);
    canvas.path(&strap, "M196 400q10 74 60 96h20q-44 -30 -52 -96Z");
    let inside = canvas.down(&["#6b4a08", "#3d2a05"]);
    canvas.path(&inside, "M120 392Q300 446 520 396L500 420Q320 470 150 418Z");
    let shell = canvas.glow(
        (0.34, 0.24),
        0.95,
        &["#fff6b8", "#ffd83f", "#f3b50c", "#b97a04"],
    );
    canvas.path(
        &shell,
        "M128 396Q116 170 318 158Q498 160 516 372Q520 392 508 396Q310 440 128 396Z",
    );
    let brim = canvas.down(&["#ffe873", "#f0b310", "#b97a04"]);
    canvas.path(
        &brim,
        "M104 392Q300 448 506 390Q566 396 578 420Q582 434 560 436Q300 480 96 416Q84 396 104 392Z",
    );
    canvas.stroke("#fff6c8b0", 4.0, "M112 400Q300 454 508 398Q552 402 568 418");
    let ridge = canvas.down(&["#fff3a8", "#f0b818"]);
    canvas.path(
        &ridge,
        "M278 164Q300 150 346 160Q386 250 392 412L330 420Q322 260 278 164Z",
    );
    canvas.path(
        "#b97a0440",
        "M346 160Q386 250 392 412L404 410Q398 250 358 162Z",
    );
    for (x, y) in [(196.0, 250.0), (188.0, 272.0), (184.0, 294.0)] {
        canvas.stroke("#8a5c06", 9.0, &format!("M{x} {y}q22 -12 44 -12"));
        canvas.stroke("#ffe98a90", 2.5, &format!("M{x} {}q22 -12 44 -12", y + 6.0));
    }
    for (x, y) in [(442.0, 250.0), (452.0, 272.0), (458.0, 294.0)] {
        canvas.stroke("#7d5205", 9.0, &format!("M{x} {y}q18 0 30 6"));
    }
    canvas.path(
        "#ffffff90",
        "M158 340Q160 220 250 186Q190 240 180 344Q168 356 158 340Z",
    );
    canvas.rect("#8a5c06", (142.0, 372.0), (40.0, 16.0), 6.0);
}

fn gloves(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 540.0), (220.0, 34.0));
    canvas.placed("translate(446 330) rotate(14) scale(-1 1)", |c| {
        glove(c, true);
    });
    canvas.placed("translate(190 336) rotate(-10)", |c| glove(c, false));
}

const HAND: &str = "M-84 96Q-96 20 -86 -40L-90 -146Q-90 -170 -70 -170Q-52 -170 -50 -148L-44 -72L-40 -190Q-38 -212 -20 -212Q-2 -212 -1 -190L0 -76L8 -186Q10 -206 28 -204Q46 -202 45 -180L42 -64L56 -144Q60 -162 76 -159Q92 -154 90 -136L80 -10Q104 -38 124 -34Q142 -26 134 -8Q112 46 84 96Z";

/// A work glove around its own origin, its palm or its back to see.
fn glove(canvas: &mut Canvas, back: bool) {
    let knit = canvas.across(&["#9aa6a6", "#d5dddc", "#aab5b4", "#7b8787"]);
    let coat = canvas.slant(&["#5a626a", "#3a4148", "#1f2429"]);
    canvas.placed("translate(8 10)", |c| c.path("#00000026", HAND));
    canvas.path(if back { &knit } else { &coat }, HAND);
    canvas.within(HAND, |c| {
        if back {
            for line in 0..40 {
                c.stroke("#66727236", 2.0, &format!("M-110 {}h260", -216.0 + f64::from(line) * 8.0));
            }
            c.path(&coat, "M-92 -130H-48V-190H-92ZM-44 -150H4V-230H-44ZM4 -146H48V-220H4ZM50 -116L96 -106V-180H60Z");
        } else {
            for dot in 0..60 {
                let (x, y) = (f64::from(dot % 10) * 22.0 - 96.0, f64::from(dot / 10) * 22.0 - 40.0);
                c.circle("#ffffff0e", (x + f64::from(dot / 10 % 2) * 11.0, y), 6.0);
            }
            c.stroke("#00000038", 4.0, "M-70 -30Q-10 -52 60 -36M-60 20Q10 -20 74 6M40 90Q30 40 76 0");
            c.path("#ffffff1c", "M-86 -40L-90 -146Q-90 -170 -74 -170L-70 90H-84Q-96 20 -86 -40Z");
        }
    });
    canvas.stroke(
        "#00000026",
        3.0,
        "M-44 -72L-42 -40M0 -76L0 -44M42 -64L41 -36",
    );
    let cuff = canvas.across(&["#b9c4c3", "#e3e9e8", "#b3bebd", "#8a9695"]);
    canvas.path(&cuff, "M-86 92Q0 108 86 92L80 186Q0 202 -80 186Z");
    for rib in 0..11 {
        let x = -74.0 + f64::from(rib) * 15.0;
        canvas.stroke("#6672723c", 3.0, &format!("M{x} 102L{} 188", x * 0.94));
    }
    canvas.path("#e07b39", "M-80 176Q0 192 80 176L80 190Q0 206 -80 190Z");
}

fn safety_vest(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 574.0), (170.0, 16.0));
    canvas.stroke(
        "#59636d",
        6.0,
        "M320 92q0 -30 20 -30q18 0 18 16q0 14 -16 18",
    );
    canvas.stroke("#8b96a0", 11.0, "M214 136Q320 72 426 136");
    let back = canvas.down(&["#b8c81c", "#93a30e"]);
    canvas.path(&back, "M248 118Q320 160 392 118L396 200H244Z");
    let lime = canvas.slant(&["#f3ff6a", "#dcef2b", "#b6c914"]);
    let left =
        "M248 112L202 134Q192 150 206 190Q222 244 190 290V548Q250 562 316 560V236Q262 190 248 112Z";
    let right =
        "M392 112L438 134Q448 150 434 190Q418 244 450 290V548Q390 562 324 560V236Q378 190 392 112Z";
    for (outline, dark) in [(left, false), (right, true)] {
        canvas.path(&lime, outline);
        canvas.within(outline, |c| {
            mesh(c);
            tape(c);
            if dark {
                let side = c.across(&["#00000000", "#5a66002c"]);
                c.rect(&side, (320.0, 100.0), (140.0, 470.0), 0.0);
            }
        });
    }
    canvas.stroke(
        "#7c8a06",
        5.0,
        "M248 114Q262 190 318 238M392 114Q378 190 322 238",
    );
    canvas.rect("#3a424a", (315.0, 236.0), (10.0, 324.0), 2.0);
    canvas.dashes("#aab4bd", 5.0, "3 4", "M320 240V556");
    canvas.rect("#c7d0d8", (314.0, 244.0), (12.0, 22.0), 4.0);
    canvas.rect("#3a424a", (348.0, 296.0), (54.0, 66.0), 6.0);
    canvas.rect("#ffffff66", (354.0, 302.0), (42.0, 54.0), 4.0);
    canvas.stroke("#8a990aa0", 3.0, "M214 500h76M350 500h76");
}

fn mesh(canvas: &mut Canvas) {
    for step in 0..58 {
        let y = 104.0 + f64::from(step) * 8.0;
        canvas.dashes("#8a990a30", 3.0, "3 6", &format!("M180 {y}H460"));
    }
}

/// The reflective bands: two around the body, one over each shoulder.
fn tape(canvas: &mut Canvas) {
    let silver = canvas.slant(&["#ffffff", "#c9d1d8", "#eef2f5", "#aab4bd"]);
    for y in [376.0, 446.0] {
        canvas.rect("#ff8a3c", (170.0, y - 7.0), (300.0, 54.0), 0.0);
        canvas.rect(&silver, (170.0, y), (300.0, 40.0), 0.0);
    }
    for (outer, inner) in [
        ("M206 120h54L268 372H214Z", "M214 120h38L260 370H222Z"),
        ("M434 120h-54L372 372H426Z", "M426 120h-38L380 370H418Z"),
    ] {
        canvas.path("#ff8a3c", outer);
        canvas.path(&silver, inner);
    }
}

fn safety_boots(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 526.0), (270.0, 34.0));
    canvas.placed("translate(96 -44) scale(.9)", |c| boot(c, "#8f5f33"));
    canvas.placed("translate(-28 16)", |c| boot(c, "#a87040"));
}

/// A boot that points to the right.
fn boot(canvas: &mut Canvas, leather: &str) {
    let sole = canvas.down(&["#4a4f55", "#23272b"]);
    canvas.path(&sole, "M116 470H520Q552 474 550 500Q548 524 520 524H470L460 516H400L390 524H330L320 516H260L246 528H140Q112 526 112 500Z");
    canvas.path("#d9a441", "M114 470H536q12 6 14 16H112Z");
    let upper = canvas.slant(&[&shade(leather, 34), leather, &shade(leather, -36)]);
    let body = "M132 150Q230 128 318 150Q322 220 350 280Q390 340 470 366Q546 390 540 472H116Q120 400 132 330Q140 240 132 150Z";
    canvas.path(&upper, body);
    canvas.within(body, |c| {
        let toe = c.slant(&["#4a5057", "#2a2f34"]);
        c.path(&toe, "M452 474Q446 400 480 366Q560 386 548 474Z");
        c.path("#ffffff26", "M478 388q34 10 46 44q-30 -30 -54 -30Z");
        c.path("#00000024", "M116 474Q130 400 150 388Q200 380 214 474Z");
        c.dashes(
            "#f0cf9a",
            2.4,
            "6 4",
            "M150 388Q200 384 210 470M442 470Q438 404 470 364",
        );
        c.path("#00000018", "M132 150V330Q160 260 152 150Z");
    });
    let collar = canvas.down(&["#5a5f66", "#33383d"]);
    canvas.path(
        &collar,
        "M126 128Q226 104 322 128Q328 150 320 172Q226 150 134 174Q122 150 126 128Z",
    );
    canvas.path(
        "#ffffff20",
        "M126 128Q226 104 322 128L322 136Q226 114 127 138Z",
    );
    let tongue = shade(leather, -44);
    canvas.path(
        &tongue,
        "M250 150L318 150Q326 230 366 296L322 322Q270 250 250 150Z",
    );
    for step in 0..6 {
        let (x, y) = (
            254.0 + f64::from(step) * 13.0,
            186.0 + f64::from(step) * 24.0,
        );
        canvas.stroke(
            "#1d2125",
            8.0,
            &format!("M{x} {y}L{} {}", x + 62.0, y - 12.0),
        );
        canvas.stroke(
            "#e0b35a",
            3.0,
            &format!("M{x} {}L{} {}", y - 1.0, x + 62.0, y - 13.0),
        );
        canvas.circle("#c7d0d8", (x - 2.0, y + 1.0), 5.0);
    }
    canvas.path(
        "#d9a441",
        "M128 128q-18 -8 -14 -34q2 -14 16 -12q10 2 8 16q-4 -6 -8 -2q-2 14 8 30Z",
    );
}
