//! Chance that a seed repeats, whatever the others do meanwhile.

use rand::{Rng as _, SeedableRng, rngs::StdRng};

#[derive(Debug)]
pub struct Rng(StdRng);

impl Rng {
    /// Everybody has a generator of their own for every step, so that what the world answered at one step
    /// does not change what they want at the next.
    pub fn new(seed: u64, who: &str, step: u64) -> Self {
        // FNV-1a, by Fowler, Noll and Vo.
        let mut mixed = 0xcbf2_9ce4_8422_2325;
        let bytes = seed.to_le_bytes().into_iter().chain(step.to_le_bytes());
        for byte in bytes.chain(who.bytes()) {
            mixed = (mixed ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        Self(StdRng::seed_from_u64(mixed))
    }

    /// From `from` to `to - 1`.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        self.0.random_range(from..to.max(from + 1))
    }

    pub fn percent(&mut self, cases: u64) -> bool {
        self.between(0, 100) < cases
    }

    pub fn index(&mut self, len: usize) -> usize {
        self.0.random_range(0..len.max(1))
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.index(from.len())]
    }

    /// The first of these whose share of the sum comes up.
    pub fn weighted<T: Copy>(&mut self, from: &[(u64, T)]) -> T {
        let sum = from.iter().map(|(weight, _)| weight).sum();
        let mut left = self.between(0, sum);
        for (weight, what) in from {
            if left < *weight {
                return *what;
            }
            left -= weight;
        }
        from[0].1
    }
}
