//! In which encoding a file is written: told by its beginning, then held to strictly.
//!
//! A mark decides; without one, strict UTF-8, then GB18030. A file that is not quite either is the
//! one of which it holds more, and each row that breaks the rule is an error of that row. Rows of
//! UTF-8 and GB18030 are worked as they came; UTF-16 is turned into UTF-8 on the way in.

use std::borrow::Cow;
use std::io::Read;

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};

use crate::facts::{TextHint, coded};

coded! {
    /// The encodings of files.
    pub enum Encoding {
        /// UTF-8.
        Utf8 = "utf-8",
        /// GB18030, of which GBK and GB2312 are parts.
        Gb18030 = "gb18030",
        /// UTF-16, the low byte first.
        Utf16Le = "utf-16le",
        /// UTF-16, the high byte first.
        Utf16Be = "utf-16be",
    }
}

impl Encoding {
    /// What `--encoding` takes besides `auto`.
    pub const ASKED: [Self; 2] = [Self::Utf8, Self::Gb18030];

    /// What its files may begin with.
    #[must_use]
    pub fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 => b"\xEF\xBB\xBF",
            Self::Gb18030 => b"\x84\x31\x95\x33",
            Self::Utf16Le => b"\xFF\xFE",
            Self::Utf16Be => b"\xFE\xFF",
        }
    }

    /// How its rows are read; `None` where they are turned into UTF-8 first.
    #[must_use]
    pub fn row_text(self) -> Option<RowText> {
        match self {
            Self::Utf8 => Some(RowText::Utf8),
            Self::Gb18030 => Some(RowText::Gb18030),
            Self::Utf16Le | Self::Utf16Be => None,
        }
    }

    fn decoder(self) -> Decoder {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => GB18030,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
        }
        .new_decoder_without_bom_handling()
    }

    /// Text in this encoding; what it cannot hold (nothing, in these four) becomes `?`.
    ///
    /// ```
    /// use shebao::files::Encoding;
    /// assert_eq!(Encoding::Gb18030.encode("一"), [0xD2, 0xBB]);
    /// ```
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Gb18030 => GB18030.encode(text).0.into_owned(),
            Self::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// How the bytes of a row are read as text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowText {
    /// As UTF-8.
    #[default]
    Utf8,
    /// As GB18030.
    Gb18030,
}

impl RowText {
    /// The bytes as text; `None` where they are none.
    ///
    /// ```
    /// use shebao::files::RowText;
    /// assert_eq!(RowText::Gb18030.read(&[0xB6, 0xAB]).as_deref(), Some("东"));
    /// assert_eq!(RowText::Utf8.read(&[0xB6, 0xAB]), None);
    /// ```
    #[must_use]
    pub fn read(self, bytes: &[u8]) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(Cow::Borrowed),
            Self::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(bytes),
        }
    }

    /// The bytes as text, with marks where they are none.
    #[must_use]
    pub fn show(self, bytes: &[u8]) -> Cow<'_, str> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes),
            Self::Gb18030 => GB18030.decode_without_bom_handling(bytes).0,
        }
    }

    /// Text as these bytes.
    #[must_use]
    pub fn write(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Gb18030 => GB18030.encode(text).0,
        }
    }

    /// Whether all the bytes are text of this encoding.
    #[must_use]
    pub fn is_valid(self, bytes: &[u8]) -> bool {
        match self {
            Self::Utf8 => simdutf8::basic::from_utf8(bytes).is_ok(),
            Self::Gb18030 => faults_in(bytes, Encoding::Gb18030, true) == 0,
        }
    }
}

/// The encoding of a file by its beginning, and how long its mark is. `whole` says that nothing
/// follows.
pub fn detect(start: &[u8], whole: bool) -> Result<(Encoding, usize), TextHint> {
    let marked = [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be];
    if let Some(encoding) = marked.into_iter().find(|encoding| start.starts_with(encoding.mark())) {
        return Ok((encoding, encoding.mark().len()));
    }
    if start.iter().take(512).any(|byte| *byte == 0) {
        return Err(TextHint::Nul);
    }
    let utf8 = faults_in(start, Encoding::Utf8, whole);
    if utf8 == 0 {
        return Ok((Encoding::Utf8, 0));
    }
    // UTF-8 that was damaged here and there still has far more whole characters than faults.
    let wide: usize = start.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum();
    if wide > 20 * utf8 {
        return Ok((Encoding::Utf8, 0));
    }
    let gb18030 = faults_in(start, Encoding::Gb18030, whole);
    if gb18030.min(utf8) * 20 > start.len() {
        return Err(TextHint::Unknown);
    }
    Ok(if gb18030 < utf8 { (Encoding::Gb18030, 0) } else { (Encoding::Utf8, 0) })
}

/// How often the bytes break the rules of the encoding.
fn faults_in(bytes: &[u8], encoding: Encoding, whole: bool) -> usize {
    if encoding == Encoding::Utf8 && simdutf8::basic::from_utf8(bytes).is_ok() {
        return 0;
    }
    let mut decoder = encoding.decoder();
    let mut scratch = [0; 8192];
    let (mut at, mut faults) = (0, 0);
    loop {
        match decoder.decode_to_utf8_without_replacement(&bytes[at..], &mut scratch, whole) {
            (DecoderResult::InputEmpty, ..) => return faults,
            (DecoderResult::OutputFull, read, _) => at += read,
            (DecoderResult::Malformed(..), read, _) => {
                at += read;
                faults += 1;
            }
        }
    }
}

/// Text as UTF-8, whatever it was.
pub(crate) fn decoded(input: Box<dyn Read + Send>, encoding: Encoding) -> Box<dyn Read + Send> {
    if encoding == Encoding::Utf8 { input } else { Box::new(Transcoder::new(input, encoding)) }
}

/// A byte that UTF-8 never holds: it stands where the input broke the rules of its encoding, so that
/// the row it is in is refused.
const BROKEN: u8 = 0xFF;

/// Reads another encoding as UTF-8.
pub struct Transcoder<R> {
    input: R,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_at: usize,
    ended: bool,
    done: bool,
    text: Vec<u8>,
    text_at: usize,
}

impl<R: Read> Transcoder<R> {
    /// Reads `input`, which is in this encoding and past its mark.
    pub fn new(input: R, encoding: Encoding) -> Self {
        let (raw, text) = (Vec::new(), Vec::new());
        Self { input, decoder: encoding.decoder(), raw, raw_at: 0, ended: false, done: false, text, text_at: 0 }
    }

    /// Reads and decodes some more.
    fn fill(&mut self) -> std::io::Result<()> {
        const PIECE: usize = 32 * 1024;
        if self.raw_at == self.raw.len() && !self.ended {
            self.raw.resize(PIECE, 0);
            let read = self.input.read(&mut self.raw);
            self.raw.truncate(*read.as_ref().unwrap_or(&0));
            self.raw_at = 0;
            self.ended = read? == 0;
        }
        self.text.resize(PIECE * 4, 0);
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(&self.raw[self.raw_at..], &mut self.text, self.ended);
        self.raw_at += read;
        self.text.truncate(written);
        self.text_at = 0;
        match result {
            DecoderResult::Malformed(..) => self.text.push(BROKEN),
            DecoderResult::OutputFull => {}
            DecoderResult::InputEmpty => self.done = self.ended,
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.text_at == self.text.len() && !self.done {
            self.fill()?;
        }
        let take = buffer.len().min(self.text.len() - self.text_at);
        buffer[..take].copy_from_slice(&self.text[self.text_at..self.text_at + take]);
        self.text_at += take;
        Ok(take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcoded(bytes: &[u8], encoding: Encoding) -> Vec<u8> {
        let mut text = Vec::new();
        Transcoder::new(bytes, encoding).read_to_end(&mut text).unwrap();
        text
    }

    #[test]
    fn the_beginning_tells_the_encoding() {
        let text = "姓名,工资\n丛一禾,5000\n㛃䶮,6000\n";
        for encoding in [Encoding::Utf8, Encoding::Gb18030] {
            let bytes = encoding.encode(text);
            assert_eq!(detect(&bytes, true), Ok((encoding, 0)));
            // Cut anywhere in a character, the beginning still tells; 16 characters are enough here.
            for end in bytes.len() - 12..bytes.len() {
                assert_eq!(detect(&bytes[..end], false).unwrap().0, encoding, "{end}");
            }
        }
        for encoding in [Encoding::Utf8, Encoding::Gb18030, Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = [encoding.mark(), &encoding.encode(text)].concat();
            assert_eq!(detect(&bytes, true), Ok((encoding, encoding.mark().len())));
            assert_eq!(transcoded(&bytes[encoding.mark().len()..], encoding), text.as_bytes());
        }
    }

    #[test]
    fn one_damaged_character_does_not_make_another_encoding() {
        let mut bytes = "姓名,工资\n".repeat(20).into_bytes();
        bytes[30] = 0xFF;
        assert_eq!(detect(&bytes, true), Ok((Encoding::Utf8, 0)));
        let mut bytes = Encoding::Gb18030.encode(&"姓名,工资\n".repeat(20));
        bytes[30] = 0xFF;
        assert_eq!(detect(&bytes, true), Ok((Encoding::Gb18030, 0)));
    }

    #[test]
    fn what_is_no_text_is_told_by_its_first_bytes() {
        let noise: Vec<u8> = (0..4096_u32).map(|at| u8::try_from(at * at * 7 % 255 + 1).unwrap()).collect();
        for (bytes, hint) in [(&b"a,b\0\n"[..], TextHint::Nul), (&noise, TextHint::Unknown)] {
            assert_eq!(detect(bytes, true), Err(hint));
        }
    }

    #[test]
    fn what_breaks_the_rules_is_marked_and_the_rest_is_kept() {
        // A lone surrogate between two letters, and half a character at the end.
        assert_eq!(transcoded(b"a\0\x00\xD8b\0", Encoding::Utf16Le), b"a\xFFb");
        assert_eq!(transcoded(b"a\0b", Encoding::Utf16Le), b"a\xFF");
        assert_eq!(transcoded(b"a\x81\x20b", Encoding::Gb18030), b"a\xFF b");
        let long = "汉字".repeat(100_000);
        assert_eq!(transcoded(&Encoding::Gb18030.encode(&long), Encoding::Gb18030), long.as_bytes());
    }
}
