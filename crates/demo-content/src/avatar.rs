//! The portraits of the people, drawn by code in a flat style.

mod clothes;
mod face;
mod hair;

use serde::Deserialize;

use crate::drawing::{Canvas, shade};
use crate::people::profile;
use clothes::Clothes;
use hair::Hair;

/// How wide and high an avatar is. The drawing itself uses twice that.
const SIZE: u32 = 128;

/// What a person looks like.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Look {
    backdrop: String,
    skin: String,
    hair: (Hair, String),
    clothes: (Clothes, String),
    #[serde(default)]
    extras: Vec<Extra>,
}

/// What not everybody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Extra {
    RoundGlasses,
    SquareGlasses,
    Earrings,
    Stubble,
    Beard,
    Moustache,
    /// A smile that shows teeth.
    Laugh,
    /// Older: lines beside mouth and eyes.
    Lines,
    Lipstick,
    Freckles,
}

impl Look {
    fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }
}

/// The portrait of a person as an SVG document; `None` for an unknown id.
pub fn avatar(person_id: &str) -> Option<String> {
    let look = &profile(person_id)?.look;
    let mut canvas = Canvas::new(person_id, SIZE);
    let wall = canvas.slant(&[&shade(&look.backdrop, 34), &look.backdrop]);
    canvas.rect(&wall, (0.0, 0.0), (128.0, 128.0), 0.0);
    canvas.placed("scale(.5)", |c| portrait(c, look));
    Some(canvas.finish())
}

fn portrait(canvas: &mut Canvas, look: &Look) {
    let (hair, colour) = &look.hair;
    hair.behind(canvas, colour);
    face::neck(canvas, &look.skin);
    let (clothes, cloth) = &look.clothes;
    clothes.draw(canvas, cloth, &look.skin);
    face::draw(canvas, look);
    hair.in_front(canvas, colour);
    face::glasses(canvas, look);
}
