//! Writes a page with all pictures and avatars, to look at them:
//! `cargo run -p demo-data --example contact_sheet > sheet.html`
//! The first argument is their size in pixels, further ones choose by the start of the id.

use demo_data::{avatar, marketplace, picture};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size = arguments.next().unwrap_or_else(|| "190".to_owned());
    let starts: Vec<String> = arguments.collect();
    let chosen = |id: &&str| starts.is_empty() || starts.iter().any(|start| id.starts_with(start));
    println!("<!doctype html><meta charset=utf-8>");
    println!("<style>svg{{width:{size}px;height:{size}px;margin:2px;float:left}}</style>");
    let products = marketplace().products.iter().map(|product| product.id);
    for drawing in products.filter(chosen).filter_map(picture) {
        println!("{drawing}");
    }
    let people = marketplace().people.iter().map(|person| person.id);
    for drawing in people.filter(chosen).filter_map(avatar) {
        println!("{drawing}");
    }
}
