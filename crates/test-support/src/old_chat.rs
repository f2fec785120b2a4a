//! The chat that a marketplace had before, empty, in each of the shapes in which it was found.

mod check;
mod dirt;

pub use self::{
    check::{Line, check},
    dirt::{Dirt, fill},
};

/// Their names, as people speak of them.
pub const SHAPES: [&str; 8] = ["0", "A", "B", "C", "D", "E", "F", "mixed"];

/// Users, suppliers and products, as most marketplaces have them.
pub const MARKETPLACE: &str = include_str!("old_chat/marketplace.sql");

/// The statements that make its two tables, in the schema `public`, after [`MARKETPLACE`].
pub fn tables(shape: &str) -> String {
    let messages = include_str!("old_chat/c_messages.sql");
    let own = match shape {
        "0" => include_str!("old_chat/0.sql"),
        "A" => include_str!("old_chat/a.sql"),
        "B" => include_str!("old_chat/b.sql"),
        "C" => include_str!("old_chat/c.sql"),
        "D" => include_str!("old_chat/d.sql"),
        "E" => include_str!("old_chat/e.sql"),
        "F" => include_str!("old_chat/f.sql"),
        "mixed" => include_str!("old_chat/mixed.sql"),
        other => panic!("no shape is called {other}"),
    };
    match shape {
        "0" | "A" | "C" => format!("{own}\n{messages}"),
        _ => own.to_owned(),
    }
}
