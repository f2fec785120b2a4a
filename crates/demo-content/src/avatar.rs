//! The portraits of the people, drawn by code in a flat style.

mod clothes;
mod face;
mod hair;

use serde::Deserialize;

use crate::drawing::{Canvas, shade};
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
    /// The portrait as an SVG document. `name` keeps the ids of gradients apart when several
    /// drawings are on one page.
    pub(crate) fn portrait(&self, name: &str) -> String {
        let mut canvas = Canvas::new(name, SIZE);
        let wall = canvas.slant(&[&shade(&self.backdrop, 34), &self.backdrop]);
        canvas.rect(&wall, (0.0, 0.0), (128.0, 128.0), 0.0);
        canvas.placed("scale(.5)", |c| portrait(c, self));
        canvas.finish()
    }

    fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }
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
