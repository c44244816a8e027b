//! Text whose cells are parted by tabs, read as text whose cells are parted by commas.

use std::io::Read;

/// Puts commas where tabs are, and quotes around cells that hold commas. Bytes of text in UTF-8 and
/// GB18030 are never one of these.
pub(crate) struct Tabbed<R> {
    input: R,
    read: Vec<u8>,
    cell: Vec<u8>,
    /// Whether the cell needs quotes.
    special: bool,
    /// Within quotes of the file's own.
    quoted: bool,
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

/// How much is read at a time.
const PIECE: usize = 32 * 1024;

impl<R: Read> Tabbed<R> {
    pub fn new(input: R) -> Self {
        let (read, cell, ready) = (vec![0; PIECE], Vec::new(), Vec::new());
        Self { input, read, cell, special: false, quoted: false, ready, at: 0, ended: false }
    }

    fn end_cell(&mut self) {
        if self.special {
            self.ready.push(b'"');
            for byte in &self.cell {
                if *byte == b'"' {
                    self.ready.push(b'"');
                }
                self.ready.push(*byte);
            }
            self.ready.push(b'"');
        } else {
            self.ready.extend_from_slice(&self.cell);
        }
        self.cell.clear();
        self.special = false;
    }

    fn take(&mut self, byte: u8) {
        match byte {
            // A cell in quotes is one of CSV as it stands.
            b'"' if self.quoted => {
                self.quoted = false;
                self.ready.push(byte);
            }
            _ if self.quoted => self.ready.push(byte),
            b'"' if self.cell.is_empty() => {
                self.quoted = true;
                self.ready.push(byte);
            }
            b'\t' => {
                self.end_cell();
                self.ready.push(b',');
            }
            b'\n' => {
                // A carriage return before it is part of the line end.
                let returned = self.cell.last() == Some(&b'\r');
                if returned {
                    self.cell.pop();
                }
                self.end_cell();
                self.ready.extend_from_slice(if returned { b"\r\n" } else { b"\n" });
            }
            _ => {
                self.special |= matches!(byte, b',' | b'"');
                self.cell.push(byte);
            }
        }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        (self.at, self.ended) = (0, false);
        self.ready.clear();
        let mut read = std::mem::take(&mut self.read);
        let count = self.input.read(&mut read);
        for byte in read.iter().take(*count.as_ref().unwrap_or(&0)) {
            self.take(*byte);
        }
        self.read = read;
        self.ended = count? == 0;
        if self.ended {
            self.end_cell();
        } else if self.cell.len() > 4 * 1024 * 1024 {
            // A cell without an end is handed on as it comes; the reader of rows refuses it.
            self.end_cell();
        }
        Ok(())
    }
}

impl<R: Read> Read for Tabbed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.ready.len() && !self.ended {
            self.fill()?;
        }
        let take = buffer.len().min(self.ready.len() - self.at);
        buffer[..take].copy_from_slice(&self.ready[self.at..self.at + take]);
        self.at += take;
        Ok(take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_become_commas_and_cells_stay_what_they_are() {
        for (text, expected) in [
            ("a\tb\r\n1\t2", "a,b\r\n1,2"),
            ("x\t30,000.00\t\n", "x,\"30,000.00\",\n"),
            ("\"a\tb\"\tc\n", "\"a\tb\",c\n"),
            ("\"a\"\"b\n\"\tc", "\"a\"\"b\n\",c"),
            ("5\" pipe\tc", "\"5\"\" pipe\",c"),
            ("", ""),
        ] {
            let mut out = String::new();
            Tabbed::new(text.as_bytes()).read_to_string(&mut out).unwrap();
            assert_eq!(out, expected, "{text:?}");
        }
    }
}
