//! The lines before a file in its form. Whoever wrote the file's name may have put control
//! characters into it, and no parser takes a header that has them: they go before it is parsed.

use axum::body::{Body, Bytes};
use futures_util::TryStreamExt;

/// The same form. All that follows the lines before its first part is passed on as it is.
pub fn without_controls(form: Body) -> Body {
    let mut head = Head::default();
    Body::from_stream(
        form.into_data_stream()
            .map_ok(move |piece| head.clean(piece)),
    )
}

#[derive(Debug, Default)]
struct Head {
    /// How many of the four bytes that end it were there last.
    ends: usize,
    is_over: bool,
}

const END: &[u8; 4] = b"\r\n\r\n";

impl Head {
    fn clean(&mut self, piece: Bytes) -> Bytes {
        if self.is_over {
            return piece;
        }
        let mut cleaned = Vec::with_capacity(piece.len() + 1);
        let mut rest = piece.iter();
        while !self.is_over
            && let Some(byte) = rest.next()
        {
            self.take(*byte, &mut cleaned);
        }
        cleaned.extend_from_slice(rest.as_slice());
        cleaned.into()
    }

    fn take(&mut self, byte: u8, cleaned: &mut Vec<u8>) {
        let has_return = self.ends % 2 == 1;
        if has_return && byte == b'\n' {
            cleaned.extend_from_slice(b"\r\n");
            self.ends += 1;
            self.is_over = self.ends == END.len();
            return;
        }
        if has_return {
            // It ended no line of the form.
            cleaned.push(b' ');
            self.ends = 0;
        }
        match byte {
            // Kept back until the next byte says what it is.
            b'\r' => self.ends += 1,
            b'\n' => {
                cleaned.push(b' ');
                self.ends = 0;
            }
            byte if byte.is_ascii_control() && byte != b'\t' => self.ends = 0,
            byte => {
                cleaned.push(byte);
                self.ends = 0;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Head};

    fn cleaned(form: &[u8], size: usize) -> Vec<u8> {
        let mut head = Head::default();
        let pieces = form.chunks(size).map(Bytes::copy_from_slice);
        pieces.flat_map(|piece| head.clean(piece)).collect()
    }

    #[test]
    fn control_characters_leave_the_head_and_stay_in_the_file() {
        let given =
            b"--x\r\nA: \"a\x01b\x7fc\0d\te\nf\rg\r\rh\"\r\n\r\n\0\x01\r\x7f\n\r\n\r\n--x--\r\n";
        let wanted = b"--x\r\nA: \"abcd\te f g  h\"\r\n\r\n\0\x01\r\x7f\n\r\n\r\n--x--\r\n";
        for size in 1..given.len() {
            assert_eq!(cleaned(given, size), wanted, "{size}");
        }
    }
}
