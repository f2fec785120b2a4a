//! Hair and headscarves: what is behind the head, and what lies on it.

use serde::Deserialize;

use crate::drawing::{Canvas, shade};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Hair {
    Long,
    Wavy,
    Bob,
    Bun,
    Ponytail,
    Braid,
    Curls,
    Cloud,
    Pixie,
    Fringe,
    Scarf,
    SidePart,
    Crop,
    SweptBack,
    Tousled,
    Receding,
    Bald,
}

impl Hair {
    pub(super) fn behind(self, canvas: &mut Canvas, colour: &str) {
        let dark = shade(colour, -18);
        match self {
            Self::Long | Self::Fringe => canvas.path(&dark, "M66 112Q62 34 128 32Q194 34 190 112L198 208Q164 226 128 224Q92 226 58 208Z"),
            Self::Wavy => canvas.path(&dark, "M68 104Q58 30 128 30Q198 30 188 104Q204 130 190 152Q206 178 184 206Q160 222 128 218Q96 222 72 206Q50 178 66 152Q52 130 68 104Z"),
            Self::Bob => canvas.path(&dark, "M66 108Q60 34 128 32Q196 34 190 108L192 168Q176 182 152 178H104Q80 182 64 168Z"),
            Self::Bun => {
                canvas.circle(&dark, (128.0, 34.0), 25.0);
                canvas.circle(colour, (125.0, 31.0), 21.0);
                canvas.path(&dark, "M76 112Q70 42 128 40Q186 42 180 112Q178 140 168 146H88Q78 140 76 112Z");
            }
            Self::Ponytail => {
                canvas.path(&dark, "M150 40Q214 40 212 116Q212 170 186 204Q184 166 176 140Q166 90 146 64Z");
                canvas.path(&dark, "M76 112Q70 42 128 40Q186 42 180 112Q178 140 168 146H88Q78 140 76 112Z");
            }
            Self::Braid => {
                canvas.path(&dark, "M74 112Q68 40 128 38Q188 40 182 112Q180 146 168 152H88Q76 146 74 112Z");
                for step in 0..5 {
                    let y = 152.0 + f64::from(step) * 19.0;
                    canvas.ellipse(&shade(colour, if step % 2 == 0 { -6 } else { -22 }), (184.0 + f64::from(step) * 1.5, y), (15.0, 14.0));
                }
            }
            Self::Cloud => {
                for (x, y, r) in [(128.0, 62.0, 58.0), (78.0, 84.0, 36.0), (178.0, 84.0, 36.0), (70.0, 120.0, 27.0), (186.0, 120.0, 27.0)] {
                    canvas.circle(&dark, (x, y), r);
                }
            }
            Self::Curls => {
                for (x, y, r) in [(128.0, 60.0, 50.0), (82.0, 84.0, 29.0), (174.0, 84.0, 29.0), (74.0, 116.0, 24.0), (182.0, 116.0, 24.0), (76.0, 146.0, 21.0), (180.0, 146.0, 21.0)] {
                    canvas.circle(&dark, (x, y), r);
                }
            }
            Self::Scarf => canvas.path(&dark, "M70 108Q62 32 128 30Q194 32 186 108Q194 168 212 232H44Q62 168 70 108Z"),
            Self::Pixie | Self::SidePart | Self::Crop | Self::SweptBack | Self::Tousled | Self::Receding | Self::Bald => {}
        }
    }

    pub(super) fn in_front(self, canvas: &mut Canvas, colour: &str) {
        let sheen = canvas.slant(&[&shade(colour, 20), colour, &shade(colour, -12)]);
        let strand = format!("{}50", shade(colour, 48));
        let cap = match self {
            Self::Long => {
                "M72 116Q66 40 128 38Q190 40 184 116Q178 92 166 82Q140 74 124 62Q112 82 88 88Q76 98 72 116Z"
            }
            Self::Fringe => {
                "M72 124Q62 38 128 36Q194 38 184 124Q182 104 174 90Q128 100 82 90Q74 104 72 124Z"
            }
            Self::Wavy => {
                "M70 116Q58 36 128 34Q198 36 186 116Q182 96 170 84Q148 82 132 64Q118 84 90 86Q76 96 70 116Z"
            }
            Self::Bob => {
                "M70 130Q58 38 128 36Q198 38 186 130Q184 104 172 88Q142 86 108 66Q100 82 84 92Q74 108 70 130Z"
            }
            Self::Bun | Self::Braid => {
                "M80 108Q72 46 128 46Q184 46 176 108Q172 86 156 74Q128 62 100 74Q84 86 80 108Z"
            }
            Self::Ponytail => {
                "M80 108Q70 44 128 44Q186 44 176 108Q172 88 160 76Q130 78 100 66Q84 84 80 108Z"
            }
            Self::Pixie => {
                "M78 112Q66 40 128 38Q190 38 178 112Q174 98 168 88Q140 92 106 70Q100 88 86 94Q80 100 78 112Z"
            }
            Self::SidePart => {
                "M80 104Q70 40 130 42Q188 40 176 104Q172 92 168 82Q136 84 104 66Q98 80 88 86Q82 94 80 104Z"
            }
            Self::Crop => {
                "M81 98Q78 48 128 46Q178 48 175 98Q172 86 166 76Q128 66 90 76Q84 86 81 98Z"
            }
            Self::SweptBack => {
                "M80 104Q66 36 130 34Q194 38 176 104Q172 86 162 74Q134 62 98 74Q84 86 80 104Z"
            }
            Self::Tousled => {
                "M80 106Q64 62 88 52Q96 34 120 42Q140 28 160 46Q188 52 176 106Q174 92 166 84Q156 88 148 76Q138 88 124 74Q112 90 100 78Q94 90 86 88Q82 96 80 106Z"
            }
            Self::Receding => {
                "M82 106Q70 64 98 52Q86 76 89 86Q83 94 82 106ZM174 106Q186 64 158 52Q170 76 167 86Q173 94 174 106Z"
            }
            Self::Curls | Self::Cloud => {
                curls(canvas, colour, self == Self::Cloud);
                return;
            }
            Self::Scarf => {
                scarf(canvas, colour);
                return;
            }
            Self::Bald => {
                canvas.path(
                    "#ffffff40",
                    "M98 70Q112 56 130 58Q112 64 102 78Q96 80 98 70Z",
                );
                return;
            }
        };
        canvas.path(&sheen, cap);
        if self != Self::Receding {
            canvas.stroke(&strand, 3.0, "M96 62Q112 48 134 48");
        }
        if matches!(self, Self::Long | Self::Fringe) {
            canvas.path(&shade(colour, -9), "M72 112Q64 160 60 206Q74 214 84 212Q78 160 84 112ZM184 112Q192 160 196 206Q182 214 172 212Q178 160 172 112Z");
        }
    }
}

fn curls(canvas: &mut Canvas, colour: &str, large: bool) {
    let spots = [
        (84.0, 84.0),
        (94.0, 66.0),
        (110.0, 56.0),
        (128.0, 52.0),
        (146.0, 56.0),
        (162.0, 66.0),
        (172.0, 84.0),
        (102.0, 78.0),
        (154.0, 78.0),
        (120.0, 70.0),
        (138.0, 70.0),
    ];
    for (index, (x, y)) in spots.into_iter().enumerate() {
        let tone = shade(colour, [0, 7, -8][index % 3]);
        let (lift, radius) = if large { (8.0, 17.0) } else { (0.0, 14.5) };
        canvas.circle(&tone, (x, y - lift), radius);
        canvas.ring(
            &format!("{}22", shade(colour, 50)),
            2.0,
            (x - 1.0, y - lift - 1.0),
            (radius * 0.55, radius * 0.55),
        );
    }
}

fn scarf(canvas: &mut Canvas, colour: &str) {
    let cloth = canvas.slant(&[&shade(colour, 26), colour, &shade(colour, -14)]);
    canvas.path(&cloth, "M70 112Q62 34 128 32Q194 34 186 112Q190 150 178 176Q160 204 128 206Q96 204 78 176Q66 150 70 112ZM86 108Q84 146 104 166Q116 177 128 177Q140 177 152 166Q172 146 170 108Q168 66 128 64Q88 66 86 108Z");
    canvas.path(
        &cloth,
        "M78 172Q100 206 128 206Q156 206 178 172Q198 196 206 236H50Q58 196 78 172Z",
    );
    canvas.stroke(&format!("{}70", shade(colour, -40)), 2.6, "M84 178Q110 206 150 200M78 150Q92 190 128 200M172 160Q160 200 110 232M182 190Q150 220 140 240");
    canvas.stroke("#ffffff48", 3.0, "M84 84Q96 44 134 42");
}
