//! Power supplies, boards, cables and lights.

use super::Draw;
use super::solids::{Room, cylinder, shadow};
use crate::drawing::{Canvas, shade};

pub(super) fn find(name: &str) -> Option<(&'static str, Draw)> {
    Some(match name {
        "led-driver" => ("#c4cdd8", led_driver),
        "control-board" => ("#cdd2da", control_board),
        "usb-cable" => ("#d5d0db", usb_cable),
        "downlight" => ("#b9bcc6", downlight),
        _ => return None,
    })
}

fn led_driver(canvas: &mut Canvas) {
    for (colour, dark, line) in [
        (
            "#d6453d",
            "#8f231e",
            "M506 398C560 420 590 452 548 486S430 520 470 560",
        ),
        (
            "#33373d",
            "#15171a",
            "M494 406C540 436 556 462 516 486S400 522 430 566",
        ),
        (
            "#b07a45",
            "#6f4822",
            "M132 196C90 170 60 148 84 122S170 96 150 66",
        ),
        (
            "#3f78c4",
            "#234a80",
            "M146 188C110 160 96 140 116 120S206 92 190 62",
        ),
    ] {
        canvas.stroke(dark, 15.0, line);
        canvas.stroke(colour, 10.0, line);
        canvas.stroke("#ffffff40", 3.0, line);
    }
    let room = Room {
        origin: (182.0, 178.0),
    };
    room.shadow(canvas, (-20.0, 0.0), (406.0, 130.0));
    room.block(canvas, (-20.0, 10.0, 0.0), (24.0, 110.0, 40.0), "#5b646e");
    room.block(canvas, (0.0, 0.0, 0.0), (360.0, 130.0, 56.0), "#dfe4e8");
    room.block(canvas, (360.0, 0.0, 0.0), (26.0, 130.0, 56.0), "#4a525b");
    for groove in 0..7 {
        let y = 10.0 + f64::from(groove) * 18.0;
        room.line(canvas, "#8f9aa470", 3.0, [(4.0, y, 56.0), (64.0, y, 56.0)]);
        room.line(
            canvas,
            "#8f9aa470",
            3.0,
            [(300.0, y, 56.0), (356.0, y, 56.0)],
        );
    }
    let plate = [
        (82.0, 16.0, 56.0),
        (286.0, 16.0, 56.0),
        (286.0, 114.0, 56.0),
        (82.0, 114.0, 56.0),
    ];
    room.face(canvas, "#f8fafb", plate);
    room.face(
        canvas,
        "#e07b39",
        [
            (82.0, 16.0, 56.0),
            (286.0, 16.0, 56.0),
            (286.0, 38.0, 56.0),
            (82.0, 38.0, 56.0),
        ],
    );
    for (y, end) in [(54.0, 220.0), (68.0, 252.0), (82.0, 190.0), (96.0, 236.0)] {
        room.line(canvas, "#98a3ad", 4.0, [(98.0, y, 56.0), (end, y, 56.0)]);
    }
    let spot = room.at(262.0, 92.0, 56.0);
    canvas.ring("#6b7680", 3.0, spot, (13.0, 8.0));
    for hole in [(12.0, 65.0), (348.0, 65.0)] {
        canvas.ellipse("#59636d", room.at(hole.0, hole.1, 56.0), (7.0, 4.4));
    }
}

fn control_board(canvas: &mut Canvas) {
    let room = Room {
        origin: (320.0, 186.0),
    };
    room.shadow(canvas, (0.0, 0.0), (286.0, 286.0));
    room.block(canvas, (0.0, 0.0, 0.0), (286.0, 286.0, 10.0), "#1f6b58");
    for step in 0..9 {
        let at = 30.0 + f64::from(step) * 10.0;
        room.line(
            canvas,
            "#3f9d83",
            2.2,
            [(at, 196.0, 10.0), (at, 262.0 - at * 0.3, 10.0)],
        );
        room.line(
            canvas,
            "#3f9d83",
            2.2,
            [
                (120.0, 26.0 + at, 10.0),
                (214.0 + at * 0.4, 26.0 + at, 10.0),
            ],
        );
        room.line(
            canvas,
            "#3f9d83",
            2.2,
            [(150.0 + at, 150.0, 10.0), (150.0 + at, 236.0, 10.0)],
        );
    }
    for (x, y) in [(14.0, 14.0), (272.0, 14.0), (14.0, 272.0), (272.0, 272.0)] {
        canvas.ellipse("#e2c069", room.at(x, y, 10.0), (11.0, 6.4));
        canvas.ellipse("#3b3f45", room.at(x, y, 10.0), (6.0, 3.5));
    }
    sink(canvas, room);
    chip(canvas, room, (120.0, 146.0), 74.0);
    chip(canvas, room, (226.0, 60.0), 34.0);
    chip(canvas, room, (222.0, 130.0), 28.0);
    for (x, y) in [(48.0, 176.0), (84.0, 176.0)] {
        let top = room.at(x, y, 62.0);
        cylinder(canvas, top, (19.0, 11.0), 50.0, "#3c4654");
        canvas.stroke(
            "#98a6b8",
            2.0,
            &format!("M{} {}l16 8", top.0 - 8.0, top.1 - 4.0),
        );
    }
    for step in 0..4 {
        room.block(
            canvas,
            (34.0 + f64::from(step) * 34.0, 248.0, 10.0),
            (32.0, 34.0, 34.0),
            "#2f7fc1",
        );
        let screw = room.at(50.0 + f64::from(step) * 34.0, 265.0, 44.0);
        canvas.ellipse("#c7d0d8", screw, (9.0, 5.2));
        canvas.stroke(
            "#59636d",
            2.4,
            &format!("M{} {}l9 -2", screw.0 - 4.5, screw.1 + 1.0),
        );
    }
    room.block(canvas, (244.0, 196.0, 10.0), (36.0, 70.0, 26.0), "#e9e4d8");
    for (x, colour) in [(212.0, "#62e08a"), (226.0, "#ffcf5a")] {
        room.block(canvas, (x, 250.0, 10.0), (9.0, 9.0, 7.0), colour);
    }
}

/// A ribbed cooler over the power transistors.
fn sink(canvas: &mut Canvas, room: Room) {
    room.block(canvas, (24.0, 24.0, 10.0), (84.0, 120.0, 10.0), "#6b7680");
    for rib in 0..6 {
        room.block(
            canvas,
            (26.0 + f64::from(rib) * 14.0, 24.0, 20.0),
            (6.0, 120.0, 34.0),
            "#98a3ae",
        );
    }
}

/// A black chip with pins on two sides.
fn chip(canvas: &mut Canvas, room: Room, at: (f64, f64), side: f64) {
    let (x, y) = at;
    let mut pin = 5.0;
    while pin < side - 4.0 {
        room.line(
            canvas,
            "#d3dae0",
            3.0,
            [(x + pin, y + side, 14.0), (x + pin, y + side + 9.0, 10.0)],
        );
        room.line(
            canvas,
            "#d3dae0",
            3.0,
            [(x + side, y + pin, 14.0), (x + side + 9.0, y + pin, 10.0)],
        );
        pin += 9.0;
    }
    room.block(canvas, (x, y, 11.0), (side, side, 11.0), "#2b2f36");
    canvas.ellipse(
        "#8a939c",
        room.at(x + side * 0.16, y + side * 0.84, 22.0),
        (3.4, 2.0),
    );
}

fn usb_cable(canvas: &mut Canvas) {
    canvas.placed("translate(30 74) scale(.92)", coiled_cable);
}

fn coiled_cable(canvas: &mut Canvas) {
    shadow(canvas, (320.0, 460.0), (220.0, 70.0));
    let coil = "M196 196C70 300 110 470 290 486S560 420 520 290S330 150 226 226S120 420 270 448S500 400 478 300S340 206 258 258S196 380 290 404S430 380 424 318";
    let tail = "M196 196C240 150 250 132 262 104M424 318C418 270 470 210 506 176";
    for line in [coil, tail] {
        canvas.placed("translate(4 8)", |c| c.stroke("#2a243030", 20.0, line));
    }
    for line in [coil, tail] {
        canvas.stroke("#27364e", 21.0, line);
        canvas.stroke("#4a6488", 15.0, line);
        canvas.stroke("#6d88ad", 5.0, line);
        braid(canvas, line);
    }
    let strap = canvas.across(&["#d98452", "#f2b183", "#b3602f"]);
    canvas.placed("rotate(-52 150 330)", |c| {
        c.rect(&strap, (104.0, 306.0), (96.0, 44.0), 10.0);
    });
    canvas.placed("translate(262 104) rotate(22)", plug);
    canvas.placed("translate(506 176) rotate(44)", plug);
}

/// The weave of the sleeve: short dashes along the cable.
fn braid(canvas: &mut Canvas, line: &str) {
    canvas.dashes("#1c2a4080", 15.0, "3 6", line);
    canvas.dashes("#c3d4ea4c", 7.0, "3 9", line);
}

/// A plug that points up from its cable.
fn plug(canvas: &mut Canvas) {
    let shell = canvas.across(&["#8b96a1", "#f0f3f6", "#c0cad2", "#77828d"]);
    let relief = canvas.across(&["#1f2733", "#4b5a70", "#1a212b"]);
    canvas.rect(&relief, (-14.0, -22.0), (28.0, 40.0), 8.0);
    canvas.rect(&shell, (-24.0, -96.0), (48.0, 80.0), 11.0);
    canvas.rect("#ffffff66", (-16.0, -90.0), (6.0, 66.0), 3.0);
    let tip = canvas.across(&["#77828d", "#e6ebef", "#a3aeb8", "#66717b"]);
    canvas.rect(&tip, (-18.0, -134.0), (36.0, 42.0), 12.0);
    canvas.rect("#2c333b", (-11.0, -132.0), (22.0, 9.0), 4.5);
}

fn downlight(canvas: &mut Canvas) {
    let beam = canvas.down(&["#fff3d0d0", "#fff0c850", "#fff0c800"]);
    canvas.path(&beam, "M214 330L92 640H548L426 330Z");
    let clip = canvas.across(&["#77828d", "#dfe5e9", "#8d98a2"]);
    canvas.path(&clip, "M172 232L110 176Q100 166 112 158L126 150L198 214Z");
    canvas.path(&clip, "M468 232L530 176Q540 166 528 158L514 150L442 214Z");
    for fin in 0..9 {
        let x = 214.0 + f64::from(fin) * 24.0;
        let paint = canvas.across(&["#5a626c", "#9aa4ae", "#454c55"]);
        canvas.rect(&paint, (x, 92.0), (18.0, 150.0), 4.0);
    }
    let cap = canvas.round("#7b858f");
    canvas.path(
        &cap,
        "M208 128V116A112 30 0 0 1 432 116V128A112 26 0 0 0 208 128Z",
    );
    let body = canvas.round("#69727c");
    canvas.path(&body, "M200 214H440L462 286H178Z");
    let brass = canvas.across(&["#a8792f", "#f7e2a8", "#d9b25c", "#8d6222", "#b58a3d"]);
    canvas.path(
        &brass,
        "M126 318a194 62 0 0 1 388 0v14a194 62 0 0 1 -388 0Z",
    );
    canvas.ellipse(&shade("#d9b25c", 30), (320.0, 318.0), (194.0, 62.0));
    let ring = canvas.slant(&["#fdf0c6", "#d5ab52", "#96692a"]);
    canvas.ellipse(&ring, (320.0, 320.0), (188.0, 58.0));
    let cone = canvas.across(&["#2f3238", "#5d626a", "#34383e"]);
    canvas.ellipse(&cone, (320.0, 322.0), (138.0, 40.0));
    let light = canvas.glow(
        (0.5, 0.5),
        0.5,
        &["#ffffff", "#fff7de", "#ffe3a0", "#ffd98a60"],
    );
    canvas.ellipse(&light, (320.0, 316.0), (96.0, 25.0));
    let halo = canvas.glow((0.5, 0.5), 0.5, &["#fff6dca0", "#fff0c840", "#fff0c800"]);
    canvas.ellipse(&halo, (320.0, 330.0), (250.0, 130.0));
}
