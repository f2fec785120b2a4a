//! What can go wrong is told to people, and ends the run.

use std::error::Error;

pub type Result<T = ()> = std::result::Result<T, Box<dyn Error + Send + Sync>>;
