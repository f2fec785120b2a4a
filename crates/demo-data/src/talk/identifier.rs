//! Identifiers in the shape of `UUIDv7` (RFC 9562, section 5.7) that are the same at every start.

use crate::random::Random;

/// 2025-01-06 08:00 UTC: earlier than any identifier that a running server makes.
const BEGINNING_MILLISECONDS: u64 = 1_736_150_400_000;

/// Makes identifiers that grow with the order in which they are made.
#[derive(Debug)]
pub(super) struct Identifiers {
    milliseconds: u64,
    random: Random,
}

impl Identifiers {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            milliseconds: BEGINNING_MILLISECONDS,
            random: Random::new(seed),
        }
    }

    pub(super) fn next(&mut self) -> String {
        self.milliseconds += 1 + self.random.next() % 40_000;
        let (time, low, high) = (self.milliseconds, self.random.next(), self.random.next());
        format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}",
            time >> 16,
            time & 0xffff,
            low & 0xfff,
            0x8000 | ((low >> 12) & 0x3fff),
            high & 0xffff_ffff_ffff
        )
    }
}
