//! The demo: a marketplace with people, products and conversations, and a login without passwords.

mod calendar;
mod content;
mod deals;
mod error;
mod everyday;
mod fill;
mod greeting;
mod login;
mod marketplace;
mod past;
mod routes;
mod secret;
mod silence;

pub use self::{
    error::DemoError,
    fill::fill,
    greeting::greeting,
    routes::routes,
    secret::{keep_secret, recall_secret},
};
