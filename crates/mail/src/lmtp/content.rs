//! A message on its way, up to the line that is a dot.

/// Takes the bytes as they come, in pieces of whatever length. Lines end with CR LF and nothing else: whoever took
/// a bare LF for an end would see two messages where another server sees one.
#[derive(Debug)]
pub struct Content {
    bytes: Vec<u8>,
    most_bytes: usize,
    is_too_large: bool,
    place: Place,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    LineStart,
    /// After a dot that began a line, and is left out.
    Dot,
    /// After such a dot and a CR.
    DotCr,
    Cr,
    Line,
    End,
}

impl Content {
    pub fn new(most_bytes: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most_bytes,
            is_too_large: false,
            place: Place::LineStart,
        }
    }

    /// How many bytes of this piece belong to the message and its end. Fewer than all: it is over.
    pub fn take(&mut self, piece: &[u8]) -> usize {
        for (at, byte) in piece.iter().enumerate() {
            if self.is_over() {
                return at;
            }
            self.next(*byte);
        }
        piece.len()
    }

    pub fn is_over(&self) -> bool {
        self.place == Place::End
    }

    /// What is in memory of it.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Nothing of it is wanted any more; the rest is passed over.
    pub fn drop_it(&mut self) {
        (self.bytes, self.most_bytes) = (Vec::new(), 0);
    }

    /// `None`: it had more bytes than it may.
    pub fn whole(self) -> Option<Vec<u8>> {
        (!self.is_too_large).then_some(self.bytes)
    }

    fn next(&mut self, byte: u8) {
        self.place = match (self.place, byte) {
            (Place::LineStart, b'.') => Place::Dot,
            (Place::Dot, b'\r') => Place::DotCr,
            (Place::DotCr, b'\n') => Place::End,
            (place, byte) => {
                if place == Place::DotCr {
                    self.keep(b'\r');
                }
                self.keep(byte);
                match (place, byte) {
                    (Place::Cr, b'\n') => Place::LineStart,
                    (_, b'\r') => Place::Cr,
                    _ => Place::Line,
                }
            }
        };
    }

    fn keep(&mut self, byte: u8) {
        if self.bytes.len() < self.most_bytes {
            self.bytes.push(byte);
        } else {
            self.is_too_large = true;
            self.bytes = Vec::new();
            self.most_bytes = 0;
        }
    }
}
