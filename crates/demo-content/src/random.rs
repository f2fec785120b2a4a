//! A small random number generator, so that the demo is the same at every start.

/// `SplitMix64`, as published by Steele, Lea and Flood in "Fast Splittable Pseudorandom Number
/// Generators" (OOPSLA 2014), with the constants of Sebastiano Vigna's public domain version.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// A generator whose numbers belong to `name`: what is drawn for one thing does not depend on
    /// how much was drawn for the things before it. The hash is 64-bit FNV-1a.
    pub(crate) fn named(seed: u64, name: &str) -> Self {
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self::new(seed ^ hash)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = (high - low).unsigned_abs() + 1;
        low + i64::try_from(self.next() % span).expect("a remainder of a span of i64")
    }

    /// A number from `low` up to, but not including, `high`.
    pub(crate) fn real(&mut self, low: f64, high: f64) -> f64 {
        let bits = u32::try_from(self.next() >> 32).expect("32 bits");
        low + (high - low) * f64::from(bits) / 4_294_967_296.0
    }

    /// An index below `length`, which must not be zero.
    pub(crate) fn below(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % length as u64).expect("less than a usize")
    }

    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }

    /// True in `percent` of 100 cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }
}
