//! The records of a binary workbook: numbers, packed numbers, texts that go on in the next record.

use crate::files::encoding::{Encoding, detect};

/// The records of a stream.
pub(crate) struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

/// One record.
#[derive(Clone, Copy)]
pub(crate) struct Record<'s> {
    pub kind: u16,
    pub bytes: &'s [u8],
}

impl Record<'_> {
    pub const BOF: u16 = 0x0809;
    pub const EOF: u16 = 0x000A;
    pub const FILEPASS: u16 = 0x002F;
    pub const BOUNDSHEET: u16 = 0x0085;
    pub const DATE1904: u16 = 0x0022;
    pub const FORMAT: u16 = 0x041E;
    pub const XF: u16 = 0x00E0;
    pub const SST: u16 = 0x00FC;
    pub const CONTINUE: u16 = 0x003C;
    pub const ROW: u16 = 0x0208;
    pub const LABELSST: u16 = 0x00FD;
    pub const LABEL: u16 = 0x0204;
    pub const RSTRING: u16 = 0x00D6;
    pub const NUMBER: u16 = 0x0203;
    pub const RK: u16 = 0x027E;
    pub const MULRK: u16 = 0x00BD;
    pub const FORMULA: u16 = 0x0006;
    pub const STRING: u16 = 0x0207;
    pub const BOOLERR: u16 = 0x0205;

    pub fn u16(&self, at: usize) -> Option<u16> {
        self.bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
    }

    pub fn u32(&self, at: usize) -> Option<u32> {
        self.bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
    }

    pub fn eight(&self, at: usize) -> Option<[u8; 8]> {
        self.bytes.get(at..)?.first_chunk().copied()
    }
}

impl<'s> Records<'s> {
    pub fn new(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The next record; `None` at the end, or where the stream breaks off.
    pub fn next(&mut self) -> Option<Record<'s>> {
        let head: [u8; 4] = self.stream.get(self.at..)?.first_chunk().copied()?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let bytes = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some(Record { kind, bytes })
    }

    fn peek(&self) -> Option<Record<'s>> {
        Self { ..*self }.next()
    }

    /// The text that a formula came to stands in a record behind it.
    pub fn string_after(&mut self, wide: bool) -> Option<String> {
        while let Some(record) = self.peek() {
            match record.kind {
                Record::STRING => {
                    self.next();
                    return text_of(&record, 0, 2, wide);
                }
                // Shared formulas and tables stand between.
                0x04BC | 0x0221 | 0x0236 => drop(self.next()),
                _ => return None,
            }
        }
        None
    }

    /// The texts that cells refer to.
    pub fn shared_texts(&mut self, first: &Record<'s>) -> Vec<String> {
        let mut parts = vec![first.bytes];
        while let Some(record) = self.peek().filter(|record| record.kind == Record::CONTINUE) {
            parts.push(record.bytes);
            self.next();
        }
        let mut bytes = Bytes { parts, part: 0, at: 8 };
        let mut texts = Vec::new();
        while let Some(text) = bytes.rich_text() {
            texts.push(text);
        }
        texts
    }
}

/// Bytes that go on from record to record.
pub(crate) struct Bytes<'s> {
    parts: Vec<&'s [u8]>,
    part: usize,
    at: usize,
}

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        while self.at >= self.parts.get(self.part)?.len() {
            self.part += 1;
            self.at = 0;
        }
        let byte = self.parts.get(self.part)?.get(self.at).copied();
        self.at += 1;
        byte
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let left = self.parts.get(self.part)?.len().saturating_sub(self.at);
            let step = left.min(count);
            self.at += step;
            count -= step;
            if count > 0 {
                self.part += 1;
                self.at = 0;
            }
        }
        Some(())
    }

    /// One text. Where its characters go on in the next record, that begins with how they are kept.
    fn rich_text(&mut self) -> Option<String> {
        let length = usize::from(self.u16()?);
        let flags = self.byte()?;
        let runs = if flags & 0x08 == 0 { 0 } else { usize::from(self.u16()?) };
        let aid = if flags & 0x04 == 0 { 0 } else { usize::from(self.u16()?) | usize::from(self.u16()?) << 16 };
        let mut units = Vec::with_capacity(length);
        let mut wide = flags & 1 != 0;
        while units.len() < length {
            if self.at >= self.parts.get(self.part)?.len() {
                self.part += 1;
                self.at = 0;
                wide = self.byte()? & 1 != 0;
            }
            units.push(if wide { self.u16()? } else { u16::from(self.byte()?) });
        }
        self.skip(runs * 4)?;
        self.skip(aid)?;
        Some(String::from_utf16_lossy(&units))
    }
}

/// A text within a record: its length in one byte or two, then its characters.
pub(crate) fn text_of(record: &Record<'_>, at: usize, length_bytes: usize, wide: bool) -> Option<String> {
    let length = if length_bytes == 1 { usize::from(*record.bytes.get(at)?) } else { usize::from(record.u16(at)?) };
    let at = at + length_bytes;
    if !wide {
        let bytes = record.bytes.get(at..at + length)?;
        let encoding = detect(bytes, true).map_or(Encoding::Gb18030, |(encoding, _)| encoding);
        return Some(encoding.row_text().unwrap_or_default().show(bytes).into_owned());
    }
    let flags = *record.bytes.get(at)?;
    let bytes = record.bytes.get(at + 1..)?;
    let units: Vec<u16> = if flags & 1 == 0 {
        bytes.iter().take(length).map(|byte| u16::from(*byte)).collect()
    } else {
        bytes.chunks_exact(2).take(length).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
    };
    Some(String::from_utf16_lossy(&units))
}

/// The decimal text of a double.
#[expect(clippy::disallowed_types, reason = "what a spreadsheet cell holds; it is text from here on")]
pub(crate) fn double(bytes: [u8; 8]) -> String {
    f64::from_le_bytes(bytes).to_string()
}

/// The decimal text of a packed number: thirty bits of a whole number or of a double, perhaps hundredths.
pub(crate) fn rk(packed: u32) -> String {
    let number = if packed & 2 == 0 {
        double(u64::from(packed & !3).wrapping_shl(32).to_le_bytes())
    } else {
        (packed.cast_signed() >> 2).to_string()
    };
    if packed & 1 == 0 { number } else { format!("{number}E-2") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_what_they_stand_for() {
        // [MS-XLS] 2.5.122: bit 0 hundredths, bit 1 a whole number.
        for (packed, expected) in [
            ((5000_u32 << 2) | 2, "5000"),
            ((4575_u32 << 2) | 3, "4575E-2"),
            ((-7_i32 << 2).cast_unsigned() | 2, "-7"),
            // The upper half of 1.5, 0x3FF80000.
            (0x3FF8_0000, "1.5"),
        ] {
            assert_eq!(rk(packed), expected);
        }
    }

    #[test]
    fn texts_go_on_in_the_next_record() {
        // Two texts, "ab" and "中文x", the second cut after its first character.
        let first = [2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, b'a', b'b', 3, 0, 1, 0x2D, 0x4E];
        let second = [1, 0x87, 0x65, b'x', 0];
        let mut stream = vec![0xFC, 0, 18, 0];
        stream.extend(first);
        stream.extend([0x3C, 0, 5, 0]);
        stream.extend(second);
        let mut records = Records::new(&stream, 0);
        let record = records.next().unwrap();
        assert_eq!(records.shared_texts(&record), ["ab", "中文x"]);
    }
}
