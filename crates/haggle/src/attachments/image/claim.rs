//! What an image claims to be, and how much of that is taken.

/// Bytes of a decoded image: 50 megapixels in three colours.
pub const DECODED_BYTES: u64 = 160 << 20;
/// Pixels of a side.
pub const SIDE: u32 = 20_000;
/// Bytes of a colour profile.
pub const PROFILE_BYTES: u64 = 4 << 20;
/// Pictures of one that moves, and the pixels of all of them.
pub const FRAMES: u64 = 2_000;
pub const FRAME_PIXELS: u64 = 1 << 30;
/// Passes over a progressive JPEG; each costs as much as a picture.
pub const SCANS: u64 = 100;

/// What an image claims to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Survey {
    pub width: u32,
    pub height: u32,
    /// Bytes of all of its pixels.
    pub decoded: u64,
    /// Bytes that the decoder needs beside them.
    pub working: u64,
    /// Bytes of its colour profile.
    pub profile: u64,
    /// Its pictures, when it moves, and their pixels.
    pub frames: u64,
    pub frame_pixels: u64,
    /// Passes of a JPEG.
    pub scans: u64,
    /// So many pixels cannot come out of so few bytes.
    pub lacks_data: bool,
}

impl Survey {
    pub fn is_decodable(&self) -> bool {
        self.width <= SIDE && self.height <= SIDE && self.decoded <= DECODED_BYTES
    }

    /// Bytes of memory that it takes to decode, turn and write it, once it is read.
    pub fn memory(&self, file_bytes: u64) -> u64 {
        let decoded = if self.is_decodable() { self.decoded } else { 0 };
        let decoding = decoded + self.working;
        // The file, a decoder's copy of it, and what is written.
        3 * file_bytes + self.profile + decoding.max(2 * decoded)
    }
}

/// Bytes of that many pixels.
pub fn pixels(width: u32, height: u32, bytes_each: u64) -> u64 {
    u64::from(width) * u64::from(height) * bytes_each
}
