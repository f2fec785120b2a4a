//! Archives and documents for tests.

/// A ZIP whose files are empty.
pub fn zip(names: &[&str]) -> Vec<u8> {
    let files: Vec<_> = names.iter().map(|name| (*name, &b""[..])).collect();
    zip_of(&files)
}

/// A ZIP with these files, not packed.
pub fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut contents) = (Vec::new(), Vec::new());
    for (name, data) in files {
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let size = u32::try_from(data.len()).unwrap().to_le_bytes();
        let offset = u32::try_from(out.len()).unwrap().to_le_bytes();
        out.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        out.extend_from_slice(&[size, size].concat());
        out.extend_from_slice(&length);
        out.extend_from_slice(b"\0\0");
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(data);
        contents.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        contents.extend_from_slice(&[size, size].concat());
        contents.extend_from_slice(&length);
        contents.extend_from_slice(&[0; 12]);
        contents.extend_from_slice(&offset);
        contents.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).unwrap().to_le_bytes();
    let start = u32::try_from(out.len()).unwrap().to_le_bytes();
    let size = u32::try_from(contents.len()).unwrap().to_le_bytes();
    out.extend_from_slice(&contents);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&[count, count].concat());
    out.extend_from_slice(&[size, start].concat());
    out.extend_from_slice(b"\0\0");
    out
}

/// A package of Office as it is written today, with its main part under this name.
pub fn package(part: &str, kind: &str) -> Vec<u8> {
    let types = format!(
        "<?xml version='1.0'?><Types><Override PartName=\"/{part}\" ContentType=\"{kind}\"/></Types>"
    );
    zip_of(&[("[Content_Types].xml", types.as_bytes()), (part, b"<x/>")])
}

/// The same archive, with the records of ZIP64.
pub fn large(bytes: &[u8]) -> Vec<u8> {
    let end = bytes.len() - 22;
    let wide = |at: usize, size: usize| {
        let mut wide = [0; 8];
        wide[..size].copy_from_slice(&bytes[end + at..end + at + size]);
        wide
    };
    let (count, size, start) = (wide(10, 2), wide(12, 4), wide(16, 4));
    let place = u64::try_from(end).unwrap().to_le_bytes();
    let record = [
        &b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0"[..],
        &count,
        &count,
        &size,
        &start,
    ]
    .concat();
    let locator = [&b"PK\x06\x07\0\0\0\0"[..], &place, b"\x01\0\0\0"].concat();
    let full = b"PK\x05\x06\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0";
    [&bytes[..end], &record, &locator, full].concat()
}

/// A compound file with these streams, all of them empty.
pub fn compound(streams: &[&str]) -> Vec<u8> {
    let mut header = vec![0_u8; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[24..34].copy_from_slice(b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0");
    header[44] = 1;
    header[48] = 1;
    header[68..72].copy_from_slice(&[0xfe, 0xff, 0xff, 0xff]);
    header[76..].fill(0xff);
    header[76..80].fill(0);
    let mut table = vec![0xff; 512];
    table[..8].copy_from_slice(b"\xfd\xff\xff\xff\xfe\xff\xff\xff");
    let mut directory = Vec::new();
    for name in ["Root Entry"].iter().chain(streams) {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(entry.len() + 2).unwrap();
        entry.resize(128, 0);
        entry[64] = length;
        directory.extend(entry);
    }
    directory.resize(512, 0);
    [header, table, directory].concat()
}

pub fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(to_bytes).collect()
}
