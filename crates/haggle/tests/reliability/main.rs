//! What must hold whatever happens: the real server, killed, cut off, crowded and starved.

mod market;
mod talk;

mod flows;
mod one_of_each;
mod order;
mod pages;
