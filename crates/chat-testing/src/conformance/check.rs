//! What a file of the suite has to offer.

use std::pin::Pin;

use super::World;

/// One rule, tried in a fresh world.
pub type CheckFn = for<'w> fn(&'w World) -> Pin<Box<dyn Future<Output = ()> + Send + 'w>>;

pub(crate) type Checks = &'static [(&'static str, CheckFn)];
