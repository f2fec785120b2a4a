//! What people wear.

use serde::Deserialize;

use crate::drawing::{Canvas, shade};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Clothes {
    /// Jacket, shirt and tie.
    Suit,
    /// Jacket over a plain top.
    Blazer,
    Shirt,
    Sweater,
    TurtleNeck,
    Blouse,
    /// A round collar, with a lanyard.
    Polo,
    /// An apron over a shirt.
    Apron,
    /// A long white robe with an embroidered collar.
    Robe,
}

const SHOULDERS: &str = "M22 256Q26 208 84 196L106 186Q128 214 150 186L172 196Q230 208 234 256Z";

impl Clothes {
    pub(super) fn draw(self, canvas: &mut Canvas, colour: &str, skin: &str) {
        let cloth = canvas.slant(&[&shade(colour, 18), colour, &shade(colour, -16)]);
        let (dark, light) = (shade(colour, -28), shade(colour, 34));
        match self {
            Self::Suit => {
                canvas.path("#f6f5f2", SHOULDERS);
                canvas.path("#b5483f", "M121 206h14l5 10l-6 8l6 32h-24l6 -32l-6 -8Z");
                lapels(canvas, &cloth, &dark);
                canvas.path(
                    "#ffffff",
                    "M106 184L128 208L112 222L98 194ZM150 184L128 208L144 222L158 194Z",
                );
            }
            Self::Blazer => {
                canvas.path("#f1ece4", SHOULDERS);
                canvas.path(skin, "M106 182Q128 238 150 182Z");
                lapels(canvas, &cloth, &dark);
            }
            Self::Shirt => {
                canvas.path(&cloth, SHOULDERS);
                canvas.path(skin, "M108 184L128 222L148 184Z");
                canvas.path(
                    &light,
                    "M104 182L128 220L108 232L92 192ZM152 182L128 220L148 232L164 192Z",
                );
                canvas.stroke(&format!("{dark}90"), 2.2, "M128 222V256");
                canvas.circle(&dark, (128.0, 240.0), 2.4);
            }
            Self::Sweater => {
                canvas.path(&cloth, SHOULDERS);
                canvas.stroke(&dark, 9.0, "M104 190Q128 224 152 190");
                canvas.stroke(&light, 2.0, "M103 194Q128 229 153 194");
                canvas.stroke(
                    &format!("{dark}60"),
                    2.4,
                    "M62 232Q66 246 64 256M194 232Q190 246 192 256",
                );
            }
            Self::TurtleNeck => {
                canvas.path(&cloth, SHOULDERS);
                canvas.path(&cloth, "M102 172Q128 190 154 172L158 204Q128 222 98 204Z");
                canvas.stroke(
                    &format!("{dark}a0"),
                    2.6,
                    "M98 204Q128 222 158 204M112 182V206M128 186V210M144 182V206",
                );
            }
            Self::Blouse => {
                canvas.path(&cloth, SHOULDERS);
                canvas.path(skin, "M102 184Q128 246 154 184Z");
                canvas.stroke(&light, 5.0, "M100 188Q126 246 128 246Q130 246 156 188");
                canvas.stroke("#f0c75e", 2.2, "M106 190Q128 226 150 190");
                canvas.circle("#f0c75e", (128.0, 211.0), 4.0);
            }
            Self::Polo => {
                canvas.path(&cloth, SHOULDERS);
                canvas.path(skin, "M110 186L128 214L146 186Z");
                canvas.path(
                    &dark,
                    "M104 184L128 214L112 222L96 194ZM152 184L128 214L144 222L160 194Z",
                );
                canvas.stroke("#f3f1ec", 3.4, "M98 196L122 256M158 196L134 256");
            }
            Self::Apron => {
                canvas.path("#e9e4da", SHOULDERS);
                canvas.path(skin, "M108 184L128 218L148 184Z");
                canvas.path(
                    "#ffffff",
                    "M104 182L128 216L108 228L92 192ZM152 182L128 216L148 228L164 192Z",
                );
                canvas.path(&cloth, "M84 226Q128 238 172 226L178 256H78Z");
                canvas.stroke(&dark, 7.0, "M88 228L84 196M168 228L172 196");
            }
            Self::Robe => {
                canvas.path(&cloth, SHOULDERS);
                canvas.path(skin, "M112 184Q128 202 144 184Z");
                canvas.stroke("#c9a86a", 4.0, "M106 186Q128 216 150 186M128 206V256");
                canvas.stroke("#c9a86a", 3.0, "M128 214q-7 18 0 34q7 -16 0 -34");
            }
        }
    }
}

fn lapels(canvas: &mut Canvas, cloth: &str, dark: &str) {
    canvas.path(
        cloth,
        "M22 256Q26 208 84 196L102 188L120 256ZM234 256Q230 208 172 196L154 188L136 256Z",
    );
    canvas.path(dark, "M102 186L88 206L98 212L92 218L120 256L124 256ZM154 186L168 206L158 212L164 218L136 256L132 256Z");
}
