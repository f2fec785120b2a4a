//! Olive oil, dates, soap and herbs.

use super::Draw;
use super::solids::{Room, cylinder, shadow, wall};
use crate::drawing::{Canvas, shade};
use crate::random::Random;

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "olive-oil" => ("#d8d9c2", olive_oil),
        "dates" => ("#dccab2", dates),
        "olive-soap" => ("#cfd8cc", olive_soap),
        "zaatar" => ("#d9d2b8", zaatar),
        _ => return None,
    })
}

fn olive_oil(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 536.0), (180.0, 34.0));
    let front = canvas.slant(&["#6f8a45", "#4f6f35", "#37522a"]);
    let side = canvas.across(&["#30471f", "#24361a"]);
    let top = canvas.slant(&["#d8c27a", "#a98d45"]);
    canvas.path(&top, "M190 176L404 160L456 132L252 142Z");
    canvas.path(&front, "M190 176L404 160L410 532L196 544Z");
    canvas.path(&side, "M404 160L456 132L460 492L410 532Z");
    canvas.path("#ffffff1e", "M190 176L222 174L230 542L196 544Z");
    let handle = canvas.down(&["#f2e2a6", "#b3944a", "#8b6f31"]);
    canvas.path(
        &handle,
        "M238 158q10 -46 54 -46h54q38 0 48 34l-16 2q-8 -20 -36 -20h-46q-32 0 -40 30Z",
    );
    cylinder(canvas, (410.0, 118.0), (24.0, 9.0), 26.0, "#c9a94f");
    canvas.path(
        "#e4cf8c",
        "M192 196L404 180V192L192 208ZM196 510L410 498V510L196 522Z",
    );
    canvas.path(
        "#a98d45",
        "M404 180L456 152V162L404 192ZM410 498L459 462V472L410 510Z",
    );
    let label = canvas.slant(&["#fbf5e3", "#ebdfbf"]);
    canvas.path(&label, "M216 246L382 234L386 448L220 458Z");
    canvas.stroke("#b3944a", 3.0, "M226 255L374 244L378 440L229 449Z");
    sprig(canvas, "translate(300 350) scale(.92)");
    canvas.path("#b3944a", "M252 424L350 417V423L252 430Z");
    for (x, y, size) in [
        (492.0, 530.0, 25.0),
        (536.0, 508.0, 21.0),
        (150.0, 540.0, 23.0),
    ] {
        olive(canvas, (x, y), size);
    }
}

fn olive(canvas: &mut Canvas, at: (f64, f64), size: f64) {
    shadow(canvas, (at.0 + 2.0, at.1 + size * 0.7), (size, size * 0.3));
    let skin = canvas.glow((0.35, 0.28), 0.85, &["#d5dd8c", "#8f9f45", "#55662a"]);
    canvas.ellipse(&skin, at, (size * 1.2, size * 0.9));
    canvas.ellipse(
        "#ffffff80",
        (at.0 - size * 0.4, at.1 - size * 0.36),
        (size * 0.3, size * 0.15),
    );
}

/// An olive branch around its own origin.
fn sprig(canvas: &mut Canvas, place: &str) {
    canvas.placed(place, |c| {
        c.stroke("#6b5a34", 4.0, "M-6 84Q-14 10 24 -76");
        for (x, y, turn, colour) in [
            (-8.0, 60.0, -64, "#5d7a3f"),
            (-6.0, 52.0, 58, "#7a9655"),
            (-8.0, 22.0, -54, "#6b8949"),
            (-4.0, 12.0, 66, "#5d7a3f"),
            (0.0, -16.0, -46, "#7a9655"),
            (6.0, -28.0, 72, "#6b8949"),
            (14.0, -52.0, -30, "#5d7a3f"),
            (24.0, -74.0, 28, "#7a9655"),
        ] {
            c.placed(&format!("translate({x} {y}) rotate({turn})"), |leaf| {
                leaf.path(colour, "M0 0Q-13 -30 0 -60Q13 -30 0 0Z");
                leaf.stroke("#ffffff50", 1.6, "M0 -4V-52");
            });
        }
        c.ellipse("#4a5426", (-34.0, 24.0), (14.0, 18.0));
        c.ellipse("#7b8a3c", (-37.0, 20.0), (8.0, 11.0));
        c.ellipse("#4a5426", (36.0, -2.0), (14.0, 18.0));
        c.ellipse("#7b8a3c", (33.0, -6.0), (8.0, 11.0));
    });
}

fn dates(canvas: &mut Canvas) {
    let room = Room {
        origin: (320.0, 214.0),
    };
    room.shadow(canvas, (0.0, 0.0), (280.0, 280.0));
    room.block(canvas, (0.0, 0.0, 0.0), (280.0, 280.0, 70.0), "#9c6b3f");
    room.face(
        canvas,
        "#5b3a1f",
        [
            (12.0, 12.0, 70.0),
            (268.0, 12.0, 70.0),
            (268.0, 268.0, 70.0),
            (12.0, 268.0, 70.0),
        ],
    );
    room.face(
        canvas,
        "#e9ddc4",
        [
            (16.0, 16.0, 70.0),
            (264.0, 16.0, 70.0),
            (264.0, 264.0, 70.0),
            (16.0, 264.0, 70.0),
        ],
    );
    let mut random = Random::new(5);
    for row in 0..6 {
        for column in 0..4 {
            let (x, y) = (
                36.0 + f64::from(row) * 42.0,
                48.0 + f64::from(column) * 62.0,
            );
            let spot = room.at(x, y, 74.0);
            date(canvas, spot, random.between(-34, -26), &mut random);
        }
    }
    room.face(
        canvas,
        "#3f6b4e",
        [
            (90.0, 280.0, 16.0),
            (190.0, 280.0, 16.0),
            (190.0, 280.0, 54.0),
            (90.0, 280.0, 54.0),
        ],
    );
    let (x, y) = room.at(140.0, 280.0, 36.0);
    canvas.placed(&format!("translate({x:.0} {y:.0}) skewY(30)"), |c| {
        c.stroke(
            "#e7cf8f",
            3.0,
            "M0 14V-2M0 -2Q-8 -14 -22 -10M0 -2Q8 -14 22 -10M0 -2Q-3 -16 -10 -20M0 -2Q3 -16 10 -20",
        );
    });
    canvas.placed("translate(36 34)", |c| {
        shadow(c, (480.0, 496.0), (58.0, 18.0));
        date(c, (480.0, 478.0), 14, &mut Random::new(9));
        date(c, (96.0, 452.0), -20, &mut Random::new(12));
    });
}

fn date(canvas: &mut Canvas, at: (f64, f64), turn: i64, random: &mut Random) {
    let tone = ["#7a3f1c", "#8b4a20", "#6b3517"][random.below(3)];
    let skin = canvas.glow(
        (0.36, 0.26),
        0.9,
        &[&shade(tone, 46), tone, &shade(tone, -42)],
    );
    canvas.placed(
        &format!("translate({:.0} {:.0}) rotate({turn})", at.0, at.1),
        |c| {
            c.ellipse("#2b150830", (3.0, 7.0), (35.0, 19.0));
            c.path(
                &skin,
                "M-34 2Q-36 -18 -8 -20Q26 -22 34 -4Q36 16 6 19Q-30 20 -34 2Z",
            );
            c.stroke("#ffdca83c", 2.4, "M-24 -4Q-6 -14 22 -8");
            c.stroke("#2b15084c", 2.0, "M-26 4Q0 -4 28 4M-18 11Q4 5 22 10");
            c.ellipse("#d9ab63", (-33.0, 1.0), (4.0, 5.5));
        },
    );
}

fn olive_soap(canvas: &mut Canvas) {
    canvas.placed("translate(10 -70) scale(1.04)", soap);
}

fn soap(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 500.0), (250.0, 50.0));
    let room = Room {
        origin: (300.0, 330.0),
    };
    bar(canvas, room, (-20.0, -10.0, 0.0), "#a9b36a");
    bar(canvas, room, (10.0, 150.0, 0.0), "#c3c489");
    bar(canvas, room, (2.0, 60.0, 72.0), "#b7bf79");
    canvas.placed("translate(486 452) rotate(30) scale(1.05)", |c| {
        sprig(c, "");
    });
    olive(canvas, (150.0, 500.0), 24.0);
    olive(canvas, (196.0, 524.0), 20.0);
}

/// A hand-cut bar with a stamped leaf.
fn bar(canvas: &mut Canvas, room: Room, at: (f64, f64, f64), colour: &str) {
    let (x, y, z) = at;
    let (right, front, top) = (x + 188.0, y + 128.0, z + 72.0);
    room.block(canvas, at, (188.0, 128.0, 72.0), colour);
    room.line(
        canvas,
        "#ffffff70",
        3.0,
        [(x + 2.0, front, top), (right, front, top)],
    );
    room.line(
        canvas,
        "#ffffff50",
        3.0,
        [(right, y + 2.0, top), (right, front, top)],
    );
    for line in 0..4 {
        let level = z + 14.0 + f64::from(line) * 15.0;
        let ends = [(x + 6.0, front, level), (right - 8.0, front, level - 5.0)];
        room.line(canvas, "#6d75361e", 4.0, ends);
    }
    let (near, far) = ((x + 34.0, y + 24.0), (right - 34.0, front - 24.0));
    let inset = [near, (far.0, near.1), far, (near.0, far.1)].map(|(a, b)| room.at(a, b, top));
    let frame = inset.map(|(a, b)| format!("{a:.1} {b:.1}"));
    let ink = shade(colour, -34);
    canvas.stroke(&format!("{ink}90"), 3.5, &format!("M{}Z", frame.join("L")));
    let middle = room.at(x + 94.0, y + 64.0, top);
    let place = format!(
        "translate({:.1} {:.1}) scale(1 .6) rotate(40)",
        middle.0, middle.1
    );
    canvas.placed(&place, |c| {
        let ink = format!("{}b0", shade(colour, -40));
        c.path(&ink, "M0 34Q-20 2 0 -34Q20 2 0 34Z");
        c.path(
            &ink,
            "M-6 30Q-40 20 -44 -12Q-12 -6 -6 30ZM6 30Q40 20 44 -12Q12 -6 6 30Z",
        );
    });
}

fn zaatar(canvas: &mut Canvas) {
    shadow(canvas, (300.0, 520.0), (170.0, 34.0));
    let body =
        "M196 214Q180 236 180 270V470Q180 512 222 514H372Q414 512 414 470V270Q414 236 398 214Z";
    canvas.path("#e3eaea", body);
    let fill = "M188 280Q297 304 406 280V468Q406 504 370 506H224Q188 504 188 468Z";
    canvas.path("#6f7a37", fill);
    canvas.within(fill, |c| {
        herbs(c, (180.0, 276.0), (234.0, 236.0), 620);
        let round = c.across(&["#00000048", "#ffffff22", "#00000000", "#00000058"]);
        c.rect(&round, (180.0, 270.0), (240.0, 250.0), 0.0);
    });
    let glass = canvas.across(&[
        "#ffffff90",
        "#ffffff18",
        "#ffffff10",
        "#b9c5c860",
        "#ffffff70",
    ]);
    canvas.path(&glass, body);
    canvas.path(
        "#ffffff80",
        "M204 262q-6 8 -6 26v150q0 12 10 12t10 -12v-150q0 -18 4 -26Z",
    );
    canvas.rect("#f7efdc", (232.0, 342.0), (130.0, 104.0), 8.0);
    canvas.placed("translate(297 392) scale(.5)", |c| sprig(c, ""));
    let lid = canvas.round("#3a3f38");
    wall(canvas, &lid, (297.0, 172.0), (108.0, 22.0), 42.0);
    let top = canvas.slant(&["#6d7468", "#2f342d"]);
    canvas.ellipse(&top, (297.0, 172.0), (108.0, 22.0));
    spoon(canvas);
}

/// Green leaf, sesame and sumac, in small pieces.
fn herbs(canvas: &mut Canvas, corner: (f64, f64), size: (f64, f64), count: usize) {
    let mut random = Random::new(21);
    let colours = [
        "#7f8c3f", "#5e6a2c", "#94a052", "#e6d3a1", "#8a3d2c", "#4c5724", "#a7b062",
    ];
    for _ in 0..count {
        let at = (
            random.real(corner.0, corner.0 + size.0),
            random.real(corner.1, corner.1 + size.1),
        );
        let long = random.real(2.5, 6.0);
        canvas.ellipse(
            colours[random.below(colours.len())],
            at,
            (long, long * 0.55),
        );
    }
}

fn spoon(canvas: &mut Canvas) {
    shadow(canvas, (480.0, 520.0), (110.0, 20.0));
    let wood = canvas.slant(&["#e8c48c", "#b98749", "#875a29"]);
    canvas.path(&wood, "M496 476L596 372q14 -10 20 0q4 8 -4 18L520 500Z");
    canvas.ellipse(&wood, (474.0, 502.0), (68.0, 32.0));
    canvas.ellipse("#8c5f2c", (472.0, 498.0), (58.0, 24.0));
    let pile = "M416 498Q440 462 476 464Q512 466 528 498Q510 520 470 520Q432 518 416 498Z";
    canvas.path("#66722f", pile);
    canvas.within(pile, |c| herbs(c, (414.0, 462.0), (118.0, 60.0), 150));
}
