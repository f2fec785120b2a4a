//! Boxes, bags, jars and tubes.

use super::Draw;
use super::solids::{Room, cylinder, shadow, wall};
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "corrugated-box" => ("#cfd8d2", corrugated_box),
        "paper-bag" => ("#d3d6cf", paper_bag),
        "glass-jar" => ("#dccfbd", glass_jar),
        "paper-tube" => ("#d7ccd0", paper_tube),
        _ => return None,
    })
}

const KRAFT: &str = "#c59f6f";

fn corrugated_box(canvas: &mut Canvas) {
    canvas.placed("translate(8 104) scale(.88)", open_box);
}

fn open_box(canvas: &mut Canvas) {
    let room = Room {
        origin: (316.0, 250.0),
    };
    room.shadow(canvas, (0.0, 0.0), (270.0, 220.0));
    let (w, d, h) = (270.0, 220.0, 104.0);
    let inside = canvas.down(&["#8d6c42", "#b08a59"]);
    room.face(
        canvas,
        &shade(KRAFT, -22),
        [(0.0, 0.0, 0.0), (w, 0.0, 0.0), (w, 0.0, h), (0.0, 0.0, h)],
    );
    let lid = canvas.slant(&["#3f8f74", "#2f7a62"]);
    room.face(
        canvas,
        &lid,
        [
            (0.0, 0.0, h),
            (w, 0.0, h),
            (w, -92.0, h + 168.0),
            (0.0, -92.0, h + 168.0),
        ],
    );
    leaves(canvas, room, h);
    room.face(
        canvas,
        "#c8a878",
        [
            (0.0, -92.0, h + 168.0),
            (w, -92.0, h + 168.0),
            (w, -74.0, h + 196.0),
            (0.0, -74.0, h + 196.0),
        ],
    );
    room.face(
        canvas,
        &shade(KRAFT, -12),
        [(0.0, 0.0, 0.0), (0.0, d, 0.0), (0.0, d, h), (0.0, 0.0, h)],
    );
    room.face(
        canvas,
        &inside,
        [
            (0.0, 0.0, h - 6.0),
            (w, 0.0, h - 6.0),
            (w, d, h - 6.0),
            (0.0, d, h - 6.0),
        ],
    );
    tissue(canvas, room, h);
    let left = canvas.down(&[&shade(KRAFT, 24), &shade(KRAFT, 4)]);
    let right = canvas.down(&[&shade(KRAFT, -14), &shade(KRAFT, -30)]);
    room.face(
        canvas,
        &left,
        [(0.0, d, 0.0), (w, d, 0.0), (w, d, h), (0.0, d, h)],
    );
    room.face(
        canvas,
        &right,
        [(w, 0.0, 0.0), (w, d, 0.0), (w, d, h), (w, 0.0, h)],
    );
    room.face(
        canvas,
        "#3f8f74",
        [(0.0, d, 26.0), (w, d, 26.0), (w, d, 44.0), (0.0, d, 44.0)],
    );
    room.face(
        canvas,
        "#2b6a55",
        [(w, 0.0, 26.0), (w, d, 26.0), (w, d, 44.0), (w, 0.0, 44.0)],
    );
    room.line(canvas, "#f1dcb6", 3.0, [(0.0, d, h), (w, d, h)]);
    room.line(canvas, "#e0c497", 3.0, [(w, d, h), (w, 0.0, h)]);
    let mark = room.at(w * 0.5, d, 74.0);
    canvas.placed(
        &format!("translate({:.0} {:.0}) skewY(30) scale(.8)", mark.0, mark.1),
        |c| {
            c.path(
                "#2f7a62",
                "M0 18Q-30 10 -26 -22Q6 -22 8 6Q12 -8 28 -12Q30 14 6 18Z",
            );
        },
    );
}

/// The pattern printed inside the lid.
fn leaves(canvas: &mut Canvas, room: Room, height: f64) {
    for row in 0..4 {
        for column in 0..7 {
            let (u, v) = (
                24.0 + f64::from(column) * 37.0 + f64::from(row % 2) * 14.0,
                0.14 + f64::from(row) * 0.24,
            );
            let (x, y) = room.at(u, -92.0 * v, height + 168.0 * v);
            let turn = if (row + column) % 2 == 0 { 24 } else { -38 };
            canvas.placed(&format!("translate({x:.0} {y:.0}) rotate({turn})"), |c| {
                c.path("#bfe0cf90", "M0 14Q-9 0 0 -14Q9 0 0 14Z");
            });
        }
    }
}

/// Paper that looks out of the open box.
fn tissue(canvas: &mut Canvas, room: Room, height: f64) {
    let white = canvas.slant(&["#ffffff", "#e6ecea", "#b9c5c1"]);
    let points = [
        (24.0, 30.0, 18.0),
        (90.0, 20.0, 40.0),
        (150.0, 40.0, 24.0),
        (240.0, 24.0, 46.0),
        (250.0, 110.0, 20.0),
        (240.0, 196.0, 30.0),
        (150.0, 200.0, 16.0),
        (60.0, 196.0, 34.0),
        (22.0, 130.0, 20.0),
    ];
    let corners = points.map(|(x, y, z)| room.at(x, y, height - 10.0 + z));
    canvas.polygon(&white, &corners);
    for (from, to) in [(1, 5), (1, 7), (3, 7), (3, 6)] {
        let (a, b) = (corners[from], corners[to]);
        canvas.stroke(
            "#93a39e50",
            3.0,
            &format!("M{:.0} {:.0}L{:.0} {:.0}", a.0, a.1, b.0, b.1),
        );
    }
    canvas.polygon("#ffffff70", &[corners[1], corners[3], corners[7]]);
}

fn paper_bag(canvas: &mut Canvas) {
    shadow(canvas, (330.0, 546.0), (220.0, 34.0));
    canvas.placed("translate(150 -14) scale(.88)", |c| {
        one_bag(c, "#f0ebe1", "#d98b73");
    });
    canvas.placed("translate(-44 10)", |c| one_bag(c, "#cfa674", "#4c6b5a"));
}

/// A standing carrier bag with a round mark in the second colour.
fn one_bag(canvas: &mut Canvas, paper: &str, mark: &str) {
    shadow(canvas, (318.0, 530.0), (160.0, 22.0));
    let handle = shade(paper, -14);
    canvas.path(
        &shade(paper, -34),
        "M230 210v-56q0 -26 30 -26h60q30 0 30 26v50h-20v-44q0 -10 -14 -10h-52q-14 0 -14 10v54Z",
    );
    let inside = canvas.down(&[&shade(paper, -44), &shade(paper, -22)]);
    canvas.path(&inside, "M150 214L432 200L470 180L196 190Z");
    let front = canvas.slant(&[&shade(paper, 30), paper, &shade(paper, -14)]);
    canvas.path(&front, "M150 214L410 202L418 532L162 544Z");
    let side = canvas.across(&[&shade(paper, -22), &shade(paper, -36)]);
    canvas.path(&side, "M410 202L470 180L474 496L418 532Z");
    canvas.path("#00000020", "M410 202L440 191L446 350L418 532Z");
    canvas.path("#ffffff1c", "M150 214L182 212L192 543L162 544Z");
    canvas.stroke("#00000018", 3.0, "M154 470L416 456");
    canvas.circle(mark, (284.0, 372.0), 66.0);
    canvas.stroke(paper, 7.0, "M284 414V340M284 392Q252 388 250 356Q282 356 284 384M284 374Q314 370 318 336Q286 340 284 366");
    canvas.path(
        &handle,
        "M206 212v-54q0 -40 42 -40h66q42 0 42 40v47h-22v-44q0 -22 -24 -22h-58q-24 0 -24 22v50Z",
    );
    canvas.rect(&shade(paper, -8), (200.0, 206.0), (164.0, 26.0), 2.0);
}

fn glass_jar(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 540.0), (230.0, 36.0));
    canvas.placed("translate(138 -54) scale(.88)", |c| {
        jar(c, ["#7c1f2c", "#b93a46", "#e07a76"], "#f3f0ea");
    });
    canvas.placed("translate(-88 12)", |c| {
        jar(c, ["#b8690f", "#e79a24", "#ffd37a"], "#d9ab4e");
    });
}

/// A filled jar: colours of the filling from its edge to its middle, and the lid.
fn jar(canvas: &mut Canvas, filling: [&str; 3], lid: &str) {
    let glass = canvas.across(&[
        "#ffffffa0",
        "#e8f0f240",
        "#ffffff30",
        "#c3d0d470",
        "#ffffff80",
    ]);
    let body =
        "M212 190Q196 214 196 250V494Q196 540 244 544H396Q444 540 444 494V250Q444 214 428 190Z";
    let [edge, mid, heart] = filling;
    let food = canvas.across(&[edge, heart, mid, edge]);
    shadow(canvas, (320.0, 540.0), (128.0, 20.0));
    canvas.path("#dfe8ea", body);
    canvas.path(
        &food,
        "M206 262Q320 284 434 262V492Q434 530 394 534H246Q206 530 206 492Z",
    );
    canvas.ellipse(mid, (320.0, 262.0), (114.0, 16.0));
    let depth = canvas.down(&["#00000000", "#00000010", "#00000048"]);
    canvas.path(
        &depth,
        "M206 262Q320 284 434 262V492Q434 530 394 534H246Q206 530 206 492Z",
    );
    canvas.path(&glass, body);
    canvas.path(
        "#ffffff8c",
        "M224 236q-8 10 -8 34v180q0 14 12 14q10 0 10 -14v-180q0 -24 6 -34Z",
    );
    canvas.path("#ffffff40", "M414 260v220q0 22 -18 34q26 -8 28 -36V260Z");
    let paper = canvas.slant(&["#fffaf0", "#efe3cd"]);
    canvas.rect(&paper, (258.0, 330.0), (142.0, 124.0), 10.0);
    canvas.circle(mid, (329.0, 372.0), 24.0);
    canvas.path("#6f8f5a", "M329 348q6 -20 26 -18q-2 18 -26 18Z");
    canvas.rect("#b9a88c", (284.0, 412.0), (90.0, 7.0), 3.5);
    canvas.rect("#cfc2aa", (298.0, 428.0), (62.0, 6.0), 3.0);
    let metal = canvas.round(lid);
    wall(canvas, &metal, (320.0, 146.0), (118.0, 22.0), 44.0);
    for rib in 0..15 {
        let x = 212.0 + f64::from(rib) * 15.5;
        canvas.stroke(
            "#00000024",
            2.0,
            &format!(
                "M{x} {}v26",
                172.0 + 12.0 * (1.0 - ((x - 320.0) / 118.0).powi(2)).max(0.0).sqrt() - 8.0
            ),
        );
    }
    let top = canvas.slant(&[&shade(lid, 50), &shade(lid, 5)]);
    canvas.ellipse(&top, (320.0, 146.0), (118.0, 22.0));
    canvas.ring("#ffffff70", 2.0, (320.0, 146.0), (94.0, 16.0));
}

fn paper_tube(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 536.0), (250.0, 38.0));
    tube(canvas, (180.0, 190.0), 318.0, "#d9a24a", false);
    tube(canvas, (452.0, 214.0), 286.0, "#3f6d72", false);
    tube(canvas, (312.0, 262.0), 270.0, "#c96f54", true);
    cylinder(canvas, (474.0, 506.0), (80.0, 26.0), 30.0, "#c96f54");
    canvas.ring("#ffffff50", 3.0, (474.0, 506.0), (62.0, 19.0));
}

/// A tube with its wrapped label; an open one shows its wall.
fn tube(canvas: &mut Canvas, top: (f64, f64), height: f64, colour: &str, open: bool) {
    let (x, y) = top;
    let radii = (78.0, 25.0);
    let kraft = canvas.round("#c9a679");
    wall(canvas, &kraft, top, radii, height);
    let label = canvas.round(colour);
    wall(canvas, &label, (x, y + 60.0), radii, height - 96.0);
    let pale = canvas.round("#f4ebdc");
    wall(canvas, &pale, (x, y + 118.0), radii, height * 0.3);
    let middle = y + 118.0 + height * 0.15 + 22.0;
    canvas.path(
        colour,
        &format!(
            "M{x} {}q-26 -10 -24 -38q24 2 24 26q4 -18 22 -24q6 28 -22 36Z",
            middle + 18.0
        ),
    );
    let outline = format!("M{} {}V{}", x - 56.0, y + 60.0, y + height);
    canvas.stroke("#ffffff2e", 9.0, &outline);
    if open {
        canvas.ellipse("#e8d3b0", top, radii);
        let inside = canvas.across(&["#6f532f", "#b9966a", "#e0c79f"]);
        canvas.ellipse(&inside, (x, y + 1.0), (70.0, 21.0));
    } else {
        wall(canvas, &label, (x, y - 6.0), (81.0, 26.0), 40.0);
        let lid = canvas.slant(&[&shade(colour, 44), colour]);
        canvas.ellipse(&lid, (x, y - 6.0), (81.0, 26.0));
        canvas.ring("#ffffff48", 3.0, (x, y - 5.0), (66.0, 19.0));
    }
}
