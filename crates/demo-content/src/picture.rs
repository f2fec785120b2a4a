//! The product pictures, drawn by code on a soft studio background.

mod bearings;
mod ceramics;
mod coffee;
mod electronics;
mod fasteners;
mod food;
mod furniture;
mod machines;
mod packaging;
mod safety;
mod shelf;
mod solids;
mod textiles;
mod tools;

use crate::drawing::{Canvas, shade};

/// How wide and high a picture is.
const SIZE: u32 = 640;

/// The picture of a product as an SVG document; `None` for an unknown id.
pub fn picture(product_id: &str) -> Option<String> {
    let name = product_id.strip_prefix("product-")?;
    let (backdrop, draw) = scene(name)?;
    let mut canvas = Canvas::new(name, SIZE);
    studio(&mut canvas, backdrop);
    draw(&mut canvas);
    Some(canvas.finish())
}

type Draw = fn(&mut Canvas);

/// The colour of the studio and who draws in it.
fn scene(name: &str) -> Option<(&'static str, Draw)> {
    let families = [
        fasteners::find,
        bearings::find,
        textiles::find,
        coffee::find,
        ceramics::find,
        electronics::find,
        furniture::find,
        packaging::find,
        machines::find,
        food::find,
        tools::find,
        safety::find,
    ];
    families.into_iter().find_map(|find| find(name))
}

/// A wall that runs into the floor without an edge, lit from the upper left.
fn studio(canvas: &mut Canvas, colour: &str) {
    let size = f64::from(SIZE);
    let (light, floor, corner) = (shade(colour, 55), shade(colour, 22), shade(colour, -6));
    let wall = canvas.down(&[&shade(colour, 30), &light, &floor, colour]);
    canvas.rect(&wall, (0.0, 0.0), (size, size), 0.0);
    let lamp = canvas.glow(
        (0.32, 0.2),
        0.95,
        &[
            "#ffffffb0",
            "#ffffff30",
            "#ffffff00",
            &format!("{corner}60"),
        ],
    );
    canvas.rect(&lamp, (0.0, 0.0), (size, size), 0.0);
}
