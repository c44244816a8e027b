//! Where the last whole row of a piece of CSV text ends, and how many rows stand before that: what a block is cut by.
//!
//! Line ends and quotes are counted sixty-four bytes at a time; where quotes stand elsewhere than around whole cells,
//! row by row. Both ways find the same rows. Cells are not looked for here: `grid` does that.

use super::scan::{Regular, Scan, WORD, padded};

/// Where the last whole row ends, and how many there are; at the end of the file the rest is a row.
pub(super) fn whole_rows(bytes: &[u8], ended: bool) -> (usize, u64) {
    let (cut, count) = if memchr::memchr(b'"', bytes).is_none() {
        let cut = memchr::memrchr(b'\n', bytes).map_or(0, |newline| newline + 1);
        (cut, memchr::memchr_iter(b'\n', bytes).count())
    } else if let Some(found) = regular_rows(bytes) {
        found
    } else {
        return rows_one_by_one(bytes, ended);
    };
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    if ended && cut < bytes.len() { (bytes.len(), count + 1) } else { (cut, count) }
}

/// The same for quotes that stand around whole cells, of which the last is perhaps still to come; `None` for others.
fn regular_rows(bytes: &[u8]) -> Option<(usize, usize)> {
    let (mut regular, mut cut, mut count) = (Regular::new(), 0, 0);
    let (words, rest) = bytes.as_chunks::<WORD>();
    let rest = padded(rest);
    for (at, word) in words.iter().chain([&rest]).enumerate() {
        let [_, newlines] = regular.next(word)?;
        count += usize::try_from(newlines.count_ones()).ok()?;
        if newlines != 0 {
            cut = at * WORD + WORD - usize::try_from(newlines.leading_zeros()).ok()?;
        }
    }
    Some((cut, count))
}

/// The same, row by row, whatever stands in the cells.
#[cold]
fn rows_one_by_one(bytes: &[u8], ended: bool) -> (usize, u64) {
    let (mut scan, mut ends) = (Scan::new(bytes), Vec::new());
    let (mut cut, mut rows) = (0, 0);
    while let Some(found) = scan.next_row(&mut ends) {
        if found.ended || ended {
            cut = scan.position();
            rows += 1;
        }
    }
    (cut, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Both ways of counting find the same rows, with regular quotes and with others.
        #[test]
        fn the_same_rows_as_one_by_one(text in "[a,\"\n]{0,200}", cells in "(\"[a,\n]{0,40}\"[,\n]){0,9}", ended: bool) {
            for text in [text, cells] {
                proptest::prop_assert_eq!(whole_rows(text.as_bytes(), ended), rows_one_by_one(text.as_bytes(), ended));
            }
        }
    }
}
