//! Hand tools.

use super::Draw;
use super::solids::shadow;
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "wrench-set" => ("#c9c5bd", wrench_set),
        "hammer" => ("#cdd2d2", hammer),
        "pliers" => ("#c8d0da", pliers),
        "garden-shears" => ("#d0d9c8", garden_shears),
        _ => return None,
    })
}

fn wrench_set(canvas: &mut Canvas) {
    shadow(canvas, (326.0, 470.0), (280.0, 80.0));
    canvas.placed("rotate(-6 320 320)", |c| {
        let cloth = c.slant(&["#8a7a55", "#6d5f3f", "#51462d"]);
        c.rect(&cloth, (70.0, 130.0), (500.0, 380.0), 18.0);
        c.rect("#ffffff14", (70.0, 130.0), (500.0, 26.0), 13.0);
        for index in 0..12 {
            let x = 102.0 + f64::from(index) * 38.0;
            let size = 0.98 - f64::from(index) * 0.042;
            c.placed(
                &format!(
                    "translate({x} {}) scale({size})",
                    330.0 + f64::from(index) * 3.0
                ),
                wrench,
            );
        }
        let pocket = c.down(&["#7a6b48", "#5d5136"]);
        c.path(&pocket, "M70 356H570V492q0 18 -18 18H88q-18 0 -18 -18Z");
        c.stroke("#4036226e", 3.0, "M70 358H570");
        c.dashes("#d8c89a", 2.0, "7 5", "M76 366H564M76 500H564");
        for index in 1..12 {
            let x = 83.0 + f64::from(index) * 38.0;
            c.dashes("#d8c89ab0", 2.0, "7 5", &format!("M{x} 366V500"));
        }
        let strap = c.down(&["#a5683a", "#74431f"]);
        c.rect(&strap, (540.0, 292.0), (64.0, 30.0), 6.0);
        c.rect("#d9b86a", (580.0, 286.0), (14.0, 42.0), 4.0);
        c.rect("#74431f", (584.0, 296.0), (6.0, 22.0), 2.0);
    });
}

/// A combination wrench that stands upright, its open end up.
fn wrench(canvas: &mut Canvas) {
    let steel = canvas.across(&["#8b96a1", "#f6f8fa", "#c0cad2", "#7b8690"]);
    canvas.placed("translate(4 5)", |c| {
        c.path("#00000038", "M-11 -120L-12 150H12L11 -120Z");
    });
    canvas.path(&steel, "M-11 -130L-12 160H12L11 -130Z");
    canvas.path("#00000020", "M-4 -108H4V100H-4Z");
    canvas.path(&steel, "M-11 -118Q-32 -134 -29 -164Q-26 -182 -14 -190L-14 -158L0 -148L14 -158L14 -190Q26 -182 29 -164Q32 -134 11 -118Z");
    canvas.path("#ffffff60", "M-26 -160q2 -14 9 -22v20l10 8q-16 4 -19 -6Z");
}

fn hammer(canvas: &mut Canvas) {
    canvas.placed("rotate(38 320 320) translate(0 -6)", |c| {
        shadow(c, (350.0, 350.0), (60.0, 270.0));
        let ash = c.across(&["#b98a50", "#f3dcb0", "#dcb67c", "#a87a42"]);
        c.path(&ash, "M300 170Q296 300 298 380Q286 470 292 566Q294 590 320 592Q346 590 348 566Q354 470 342 380Q344 300 340 170Z");
        for line in ["M312 200Q308 380 312 570", "M326 200Q332 380 326 570", "M319 260Q321 400 318 540"] {
            c.stroke("#8a5f2c4c", 2.2, line);
        }
        let lacquer = c.across(&["#8f2f2a", "#d9574c", "#7d241f"]);
        c.path(&lacquer, "M289 512Q318 522 351 512Q352 548 348 566Q346 590 320 592Q294 590 292 566Q288 548 289 512Z");
        let head = c.down(&["#7b8690", "#eef2f5", "#a7b1ba", "#59636d"]);
        c.path(&head, "M288 126H352V190Q352 200 342 202H298Q288 200 288 190Z");
        c.path(&head, "M352 132Q380 130 392 138V186Q378 192 352 190Z");
        c.path(&head, "M388 122h34q14 2 14 40t-14 40h-34Z");
        let face = c.across(&["#aab4bd", "#f6f8fa", "#8b96a0"]);
        c.path(&face, "M420 122q16 0 16 40t-16 40q8 -14 8 -40t-8 -40Z");
        c.path(&head, "M288 134Q240 130 206 148Q174 170 160 222Q158 234 170 230Q198 190 240 184Q266 184 288 188Z");
        c.path("#59636d", "M160 222Q180 172 230 158Q196 180 176 224Q166 234 160 222Z");
        c.path("#ffffff70", "M292 132h56v10h-56ZM394 128h26v9h-26Z");
        let wedge = c.across(&["#8a6233", "#d9b27a"]);
        c.rect(&wedge, (300.0, 116.0), (40.0, 14.0), 3.0);
        c.rect("#59636d", (314.0, 112.0), (12.0, 16.0), 2.0);
    });
}

fn pliers(canvas: &mut Canvas) {
    canvas.placed("rotate(34 320 330) translate(0 4)", |c| {
        shadow(c, (352.0, 380.0), (110.0, 250.0));
        let steel = c.across(&["#59636d", "#d5dce2", "#98a3ad", "#4c5660"]);
        let red = c.across(&["#8f1f1c", "#e2564a", "#c2352d", "#7d1814"]);
        c.path(&steel, "M350 236Q392 268 390 330L380 380H348L344 320L300 262Z");
        c.path(&red, "M348 352h36Q404 470 396 574Q394 602 372 600Q352 598 354 572Q358 460 340 376Z");
        c.stroke("#ffffff50", 6.0, "M366 380Q378 480 374 580");
        c.path(&steel, "M256 60Q246 62 246 84L252 210Q254 244 300 262L352 300L330 200L282 170L290 72Q288 60 256 60Z");
        c.path(&steel, "M300 210L366 170Q388 156 392 128L402 78Q402 62 384 66Q352 76 334 112L288 176Z");
        teeth(c);
        c.path(&steel, "M300 196Q262 232 258 300L262 372H296L302 326L352 262Q366 236 344 210Q322 190 300 196Z");
        c.path(&red, "M260 346h38Q316 380 294 470Q284 530 288 576Q290 602 268 602Q246 602 244 574Q240 470 258 400Z");
        c.stroke("#ffffff58", 6.0, "M270 372Q256 480 264 584");
        c.path("#2b3138", "M288 300l44 -52q10 -8 16 0q4 8 -2 14l-44 50q-10 6 -16 0q-4 -6 2 -12Z");
        for step in 0..4 {
            let (x, y) = (300.0 + f64::from(step) * 11.0, 296.0 - f64::from(step) * 13.0);
            c.stroke("#98a3ad", 3.0, &format!("M{x} {y}l9 7"));
        }
        let button = c.glow((0.35, 0.3), 0.8, &["#ffffff", "#b3bdc6", "#59636d"]);
        c.circle("#39424b", (322.0, 274.0), 21.0);
        c.circle(&button, (320.0, 272.0), 19.0);
    });
}

fn teeth(canvas: &mut Canvas) {
    for step in 0..7 {
        let y = 78.0 + f64::from(step) * 13.0;
        canvas.path(
            "#3a424a",
            &format!("M{} {y}l-11 6l11 6Z", 290.0 - f64::from(step)),
        );
        let x = 372.0 - f64::from(step) * 9.0;
        canvas.path(
            "#3a424a",
            &format!("M{x} {}l-3 13l-9 -2Z", 82.0 + f64::from(step) * 12.0),
        );
    }
}

fn garden_shears(canvas: &mut Canvas) {
    canvas.placed("rotate(30 320 320) translate(4 0)", |c| {
        shadow(c, (348.0, 430.0), (120.0, 200.0));
        let green = c.across(&["#2d5b34", "#7fb06d", "#4c8350", "#24492a"]);
        let steel = c.across(&["#59636d", "#e6ebef", "#a7b1ba", "#4c5660"]);
        c.path(&steel, "M296 306Q270 250 266 190Q264 150 282 140Q290 140 292 158Q296 220 336 290Z");
        c.path("#59636d", "M282 140Q290 140 292 158Q296 220 330 286L322 292Q284 230 282 140Z");
        c.path(&green, "M292 290L340 316Q392 400 396 500Q398 570 376 588Q354 590 354 560Q352 470 318 400Q296 356 286 320Z");
        c.stroke("#ffffff40", 7.0, "M338 340Q376 420 378 560");
        let blade = c.slant(&["#ffffff", "#cfd7dd", "#77828d"]);
        c.path(&blade, "M346 308Q400 250 402 170Q402 104 384 60Q334 120 316 196Q306 250 308 306Z");
        c.path("#59636d80", "M384 60Q334 120 316 196Q306 250 308 306L316 306Q320 210 384 60Z");
        c.stroke("#59636d90", 4.0, "M372 200Q366 240 344 276");
        c.path(&green, "M350 292L304 318Q258 400 252 500Q250 572 272 590Q294 592 294 562Q298 470 332 402Q352 360 358 320Z");
        c.stroke("#ffffff4c", 7.0, "M300 346Q268 430 268 560");
        let spring = shade("#8b96a0", 10);
        for turn in 0..6 {
            let y = 396.0 + f64::from(turn) * 12.0;
            c.stroke("#47505a", 5.0, &format!("M300 {y}q26 10 52 -3"));
            c.stroke(&spring, 3.0, &format!("M300 {}q26 10 52 -3", y - 1.0));
        }
        let bolt = c.glow((0.36, 0.3), 0.8, &["#ffffff", "#c0cad2", "#59636d"]);
        c.circle("#39424b", (327.0, 304.0), 25.0);
        c.circle(&bolt, (325.0, 302.0), 23.0);
        c.stroke("#59636d", 5.0, "M313 304l24 -4");
        c.path("#d9413a", "M286 540q-18 8 -20 26q10 14 26 12Z");
    });
    canvas.placed("translate(116 470) rotate(-30)", |c| {
        c.stroke("#6b7f4a", 5.0, "M0 60Q6 0 -6 -60");
        for (y, turn) in [
            (30.0, -60),
            (20.0, 64),
            (-10.0, -50),
            (-20.0, 58),
            (-52.0, 4),
        ] {
            c.placed(&format!("translate(0 {y}) rotate({turn})"), |leaf| {
                leaf.path("#6f9a58", "M0 0Q-18 -26 0 -56Q18 -26 0 0Z");
                leaf.stroke("#ffffff50", 2.0, "M0 -6V-46");
            });
        }
    });
}
