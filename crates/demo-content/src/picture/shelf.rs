//! A shelf with things on it.

use super::solids::Room;
use crate::drawing::{Canvas, shade};

const OAK: &str = "#c99a62";

pub(super) fn shelf(canvas: &mut Canvas) {
    let room = Room {
        origin: (286.0, 470.0),
    };
    room.shadow(canvas, (-40.0, -10.0), (250.0, 100.0));
    let post = |canvas: &mut Canvas, x: f64, y: f64| {
        room.block(canvas, (x, y, 0.0), (14.0, 14.0, 430.0), OAK);
    };
    post(canvas, -40.0, 0.0);
    post(canvas, 186.0, 0.0);
    for level in 0..5 {
        let z = 24.0 + f64::from(level) * 92.0;
        room.block(
            canvas,
            (-36.0, 2.0, z),
            (232.0, 82.0, 11.0),
            shade(OAK, 14).as_str(),
        );
        stored(canvas, room, level, z + 11.0);
        for x in [-40.0, 186.0] {
            canvas.circle("#e8c46a", room.at(x + 7.0, 90.0, z + 5.0), 3.6);
        }
    }
    post(canvas, -40.0, 76.0);
    post(canvas, 186.0, 76.0);
}

/// What stands on one level.
fn stored(canvas: &mut Canvas, room: Room, level: i32, z: f64) {
    match level {
        0 => {
            room.block(canvas, (0.0, 16.0, z), (86.0, 56.0, 46.0), "#b8a07a");
            room.block(canvas, (104.0, 16.0, z), (66.0, 56.0, 34.0), "#93a8a2");
        }
        1 | 3 => {
            let colours = [
                "#b9573f", "#e0b35a", "#3f6f73", "#e9e2d3", "#7d5a7a", "#4d6a93",
            ];
            for (index, colour) in colours.iter().enumerate() {
                let x = if level == 1 { 96.0 } else { -16.0 }
                    + f64::from(u8::try_from(index).unwrap_or(0)) * 13.0;
                let height = [58.0, 50.0, 62.0, 46.0, 56.0, 52.0][index];
                room.block(canvas, (x, 26.0, z), (11.0, 42.0, height), colour);
            }
        }
        2 => {
            let (x, y) = room.at(26.0, 42.0, z);
            let pot = canvas.round("#d98a66");
            canvas.path(&pot, &format!("M{} {}h40l-6 36h-28Z", x - 20.0, y - 34.0));
            for (turn, length) in [(-50, 44.0), (-20, 56.0), (16, 54.0), (48, 42.0)] {
                canvas.placed(
                    &format!("translate({x} {}) rotate({turn})", y - 34.0),
                    |c| {
                        c.path(
                            "#5b8d66",
                            &format!(
                                "M-5 0Q-16 -{} 0 -{length}Q16 -{} 5 0Z",
                                length * 0.5,
                                length * 0.5
                            ),
                        );
                    },
                );
            }
            room.block(canvas, (110.0, 20.0, z), (60.0, 46.0, 26.0), "#d8cdbd");
        }
        _ => {
            let (x, y) = room.at(110.0, 42.0, z);
            let vase = canvas.round("#6f93a6");
            canvas.path(
                &vase,
                &format!(
                    "M{} {}q-24 26 -4 50h40q20 -24 -4 -50q-6 -12 2 -20h-36q8 8 2 20Z",
                    x - 12.0,
                    y - 46.0
                ),
            );
        }
    }
}
