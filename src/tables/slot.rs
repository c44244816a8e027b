//! One year's file: block by block where the build made an index of it, whole where it did not.
//!
//! The index of an embedded table says where each block lies and what it is of. It chooses what is read
//! and nothing more: slices and whole files go through the same reader, which judges what stands there.
//! Folders laid over the embedded tables have no index.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use toml::de::DeTable;

use super::judge::judge;
use super::kinds::{self, BlockKind, Blocks, Context, Key, Sources, accepts, written};
use super::reader::{Reader, items_of, nearest};
use super::source::{Embedded, Indexed, Shelf};
use crate::facts::{FigureKind, Kind, Outcome, Place, RegionId, TableFile};

/// One file, opened when first asked for.
#[derive(Debug)]
pub(super) struct Slot {
    /// The year it is for.
    pub year: i32,
    /// The layer it belongs to.
    pub layer: usize,
    /// Its name in its folder.
    name: Cow<'static, str>,
    /// The table with its index, where it is embedded.
    embedded: Option<&'static Embedded>,
    opened: OnceLock<Outcome<Opened>>,
    /// Set when the file held something that was asked for.
    asked: OnceLock<()>,
}

/// A file with what was read of it so far.
#[derive(Debug)]
struct Opened {
    file: Arc<TableFile>,
    /// The blocks of the index one by one, or the whole file at once.
    blocks: Vec<OnceLock<Outcome<Box<Blocks>>>>,
    /// The sources of the index.
    sources: Vec<OnceLock<Outcome<Sources>>>,
}

impl Slot {
    /// The slot of a file in a folder; `embedded` where it has an index.
    pub fn new(year: i32, layer: usize, name: Cow<'static, str>, embedded: Option<&'static Embedded>) -> Self {
        Self { year, layer, name, embedded, opened: OnceLock::new(), asked: OnceLock::new() }
    }

    /// The file, where it held something that was asked for.
    pub fn asked_file(&self) -> Option<&Arc<TableFile>> {
        self.asked.get().and_then(|()| Some(&self.opened.get()?.as_ref().ok()?.file))
    }

    /// The blocks that can hold a thing; none where the file has no block or gap of it.
    pub fn blocks<K: BlockKind>(&self, shelf: &Shelf, region: &RegionId, key: Key<'_>) -> Outcome<Vec<&Blocks>> {
        let mut found = Vec::new();
        match self.embedded {
            Some(table) => {
                for (at, block) in table.index.iter().enumerate() {
                    if table.holds(block, K::KIND.code(), written::<K>(key)) {
                        found.push(self.read(at, shelf, region)?);
                    }
                }
            }
            None => found.extend(Some(self.read(0, shelf, region)?).filter(|blocks| holds::<K>(blocks, key))),
        }
        if !found.is_empty() {
            self.asked.get_or_init(|| ());
        }
        Ok(found)
    }

    /// Every block of the file.
    pub fn all(&self, shelf: &Shelf, region: &RegionId) -> Outcome<Vec<&Blocks>> {
        (0..self.parts()).map(|at| self.read(at, shelf, region)).collect()
    }

    /// How many parts are read one by one: the blocks of the index, or the whole file.
    fn parts(&self) -> usize {
        self.embedded.map_or(1, |table| table.index.len())
    }

    fn read(&self, at: usize, shelf: &Shelf, region: &RegionId) -> Outcome<&Blocks> {
        let opened = self.opened.get_or_init(|| self.open(shelf, region)).as_ref().map_err(Clone::clone)?;
        let blocks = opened.blocks[at].get_or_init(|| match self.embedded {
            Some(table) => opened.read_block(table, &table.index[at], self.year, region).map(Box::new),
            None => read_whole(&opened.file, self.year, region).map(Box::new),
        });
        blocks.as_deref().map_err(Clone::clone)
    }

    fn open(&self, shelf: &Shelf, region: &RegionId) -> Outcome<Opened> {
        let name = format!("{region}/{}", self.name);
        let Some(file) = shelf.open(self.layer, &name)? else {
            return Err(Kind::NoSuchFile { path: name }.into());
        };
        let sources = self.embedded.map_or(0, |table| table.sources.len());
        Ok(Opened {
            file: Arc::new(file),
            blocks: (0..self.parts()).map(|_| OnceLock::new()).collect(),
            sources: (0..sources).map(|_| OnceLock::new()).collect(),
        })
    }
}

impl Opened {
    /// Reads one block of the index, and the sources that it cites where no other block did.
    fn read_block(&self, table: &Embedded, block: &Indexed, year: i32, region: &RegionId) -> Outcome<Blocks> {
        let mut sources = Sources::default();
        for at in block.sources {
            let read = self.sources[*at].get_or_init(|| {
                let mut reader = Reader::new(Arc::clone(&self.file));
                let tree = reader.parse(&self.file.text, table.sources[*at].clone());
                let source = kinds::read_sources(&mut reader, tree.get("sources"));
                reader.faults.or(source)
            });
            sources.extend(read.as_ref().map_err(Clone::clone)?.iter().cloned());
        }
        let mut reader = Reader::new(Arc::clone(&self.file));
        let tree = reader.parse(&self.file.text, block.span.clone());
        let (blocks, _) = read_blocks(&mut reader, &tree, &Context { year, region, sources: &sources });
        finish(reader, blocks)
    }
}

/// Whether a file read whole holds a block or gap with the key fields that every block writes out.
fn holds<K: BlockKind>(blocks: &Blocks, key: Key<'_>) -> bool {
    let written: Vec<(&'static str, &str)> = written::<K>(key).collect();
    let gaps = || blocks.gaps.iter().filter(|gap| gap.of == K::KIND);
    K::of(blocks).iter().any(|block| accepts(&block.value, &written))
        || gaps().any(|gap| {
            written.iter().all(|(asked, wanted)| gap.keys.iter().any(|(name, value)| asked == name && wanted == value))
        })
}

/// Reads a year's file from end to end.
pub(super) fn read_whole(file: &Arc<TableFile>, year: i32, region: &RegionId) -> Outcome<Blocks> {
    let mut reader = Reader::new(Arc::clone(file));
    let tree = reader.parse(&file.text, 0..file.text.len());
    let sources = kinds::read_sources(&mut reader, tree.get("sources"));
    let (blocks, used) = read_blocks(&mut reader, &tree, &Context { year, region, sources: &sources });
    // A block that could not be read may well have cited it.
    let readable = reader.faults.0.is_empty();
    for (key, _, span) in &sources {
        if readable && !used.contains(key) {
            reader.fault(Kind::UnusedSource { key: key.clone() }, span.clone());
        }
    }
    finish(reader, blocks)
}

/// The blocks of a tree, and the keys of the sources that they cite.
fn read_blocks(reader: &mut Reader, tree: &DeTable<'_>, context: &Context<'_>) -> (Blocks, Vec<String>) {
    let (mut blocks, mut used) = (Blocks::default(), Vec::new());
    for (key, found) in tree {
        let name = key.get_ref().as_ref();
        if name == "sources" {
            continue;
        }
        let mut known = true;
        for item in items_of(found) {
            known &= kinds::read(reader, (name, item), context, (&mut blocks, &mut used));
        }
        if !known {
            let nearest = nearest(name, FigureKind::ALL.into_iter().map(FigureKind::code).chain(["sources", "gap"]));
            reader.fault(Kind::UnknownBlock { name: name.to_owned(), nearest }, key.span());
        }
    }
    (blocks, used)
}

/// Judges the blocks by themselves and puts all faults in order.
fn finish(mut reader: Reader, blocks: Blocks) -> Outcome<Blocks> {
    judge(&blocks, &mut reader.faults);
    reader.faults.0.sort_by_key(|fault| match &fault.place {
        Place::Line(excerpt) => (excerpt.line, excerpt.column()),
        Place::Nowhere | Place::Flag { .. } | Place::File { .. } | Place::Cell { .. } => (0, 0),
    });
    reader.faults.or(blocks)
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{Visitor, each_kind, key_values};
    use super::super::levels::year_of;
    use super::super::source::embedded;
    use super::super::view::borrowed;
    use super::*;

    /// Every embedded year's file: its slot, its region, and its blocks read from end to end.
    fn files(shelf: &Shelf) -> Vec<(Slot, RegionId, Blocks)> {
        let mut files = Vec::new();
        for table in embedded() {
            let (folder, name) = table.name.rsplit_once('/').unwrap_or(("", table.name));
            let Some(year) = year_of(name) else { continue };
            let region = RegionId::new(folder);
            let file = Arc::new(shelf.open(0, table.name).unwrap().unwrap());
            let whole = read_whole(&file, year, &region).unwrap();
            files.push((Slot::new(year, 0, name.into(), Some(table)), region, whole));
        }
        assert!(files.len() > 60);
        files
    }

    /// A block or gap with everything that is known of it.
    fn shown(blocks: impl IntoIterator<Item = impl std::fmt::Debug>) -> Vec<String> {
        blocks.into_iter().map(|block| format!("{block:?}")).collect()
    }

    #[test]
    fn reading_by_index_and_reading_whole_give_the_same() {
        struct Same<'a>(&'a [&'a Blocks], &'a Blocks, usize);
        impl Visitor for Same<'_> {
            fn visit<K: BlockKind>(&mut self) {
                let parts = shown(self.0.iter().flat_map(|blocks| K::of(blocks)));
                self.2 += parts.len();
                assert_eq!(parts, shown(K::of(self.1)));
            }
        }
        let shelf = Shelf::with_folders([]);
        for (slot, region, whole) in files(&shelf) {
            let parts = slot.all(&shelf, &region).unwrap();
            let mut same = Same(&parts, &whole, 0);
            each_kind(&mut same);
            assert_eq!(shown(parts.iter().flat_map(|blocks| &blocks.gaps)), shown(&whole.gaps));
            assert_eq!(same.2 + whole.gaps.len(), parts.len(), "one block a part");
        }
    }

    #[test]
    fn the_index_finds_what_the_whole_file_holds() {
        struct Found<'a>(&'a Shelf, &'a Slot, &'a RegionId, &'a Blocks, usize);
        impl Found<'_> {
            fn by_key<K: BlockKind>(&mut self, key: Key<'_>) {
                let written: Vec<_> = written::<K>(key).collect();
                let right = K::of(self.3).iter().filter(|block| accepts(&block.value, &written));
                let found = self.1.blocks::<K>(self.0, self.2, key).unwrap();
                assert_eq!(shown(found.iter().flat_map(|blocks| K::of(blocks))), shown(right));
                let gaps: usize = found.iter().map(|blocks| blocks.gaps.len()).sum();
                assert_eq!(!found.is_empty(), holds::<K>(self.3, key));
                assert!(gaps <= self.3.gaps.iter().filter(|gap| gap.of == K::KIND).count());
                self.4 += found.len();
            }
        }
        impl Visitor for Found<'_> {
            fn visit<K: BlockKind>(&mut self) {
                self.by_key::<K>(&[]);
                for block in K::of(self.3) {
                    self.by_key::<K>(&borrowed(&key_values(&block.value)));
                }
                for gap in self.3.gaps.iter().filter(|gap| gap.of == K::KIND) {
                    self.by_key::<K>(&borrowed(&gap.keys));
                }
                let name = K::WRITTEN_KEYS.iter().copied().find(|name| !name.is_empty());
                if let Some(name) = name {
                    assert!(self.1.blocks::<K>(self.0, self.2, &[(name, "nothing")]).unwrap().is_empty());
                }
            }
        }
        let shelf = Shelf::with_folders([]);
        let mut found = 0;
        for (slot, region, whole) in files(&shelf) {
            let mut visitor = Found(&shelf, &slot, &region, &whole, 0);
            each_kind(&mut visitor);
            found += visitor.4;
        }
        assert!(found > 300);
    }

    #[test]
    fn a_question_reads_no_other_blocks() {
        let shelf = Shelf::with_folders([]);
        let read = |slot: &Slot| match slot.opened.get() {
            Some(Ok(opened)) => opened.blocks.iter().filter(|blocks| blocks.get().is_some()).count(),
            Some(Err(_)) | None => 0,
        };
        let (slot, region, whole) = files(&shelf)
            .into_iter()
            .find(|(slot, region, _)| slot.year == 2019 && region.path() == "cn/shandong")
            .unwrap();
        assert!(slot.blocks::<kinds::TransferBlock>(&shelf, &region, &[]).unwrap().is_empty());
        assert_eq!((read(&slot), slot.asked_file().is_some()), (0, false));
        let key = [("insurance", "unemployment"), ("payer", "enterprise")];
        let found = slot.blocks::<kinds::ContributionRateBlock>(&shelf, &region, &key).unwrap();
        assert_eq!((found.len(), read(&slot)), (1, 1));
        assert!(whole.contribution_rate.len() > 1 && slot.asked_file().is_some());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test lays a folder over the tables")]
    fn a_laid_over_file_counts_as_read_where_it_held_what_was_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cn");
        std::fs::create_dir(&path).unwrap();
        let text = "[sources.s]\ntitle = \"t\"\nissuer = \"i\"\n\n[[minimum_wage]]\nfrom = \"2030-01\"\n\
            month = \"2000\"\nsource = \"s\"\nstatus = \"official\"\n";
        std::fs::write(path.join("2030.toml"), text).unwrap();
        let shelf = Shelf::with_folders([folder.path().to_owned()]);
        let (region, slot) = (RegionId::new("cn"), Slot::new(2030, 1, "2030.toml".into(), None));
        assert!(slot.blocks::<kinds::BaseLimitsBlock>(&shelf, &region, &[]).unwrap().is_empty());
        assert!(slot.asked_file().is_none());
        let found = slot.blocks::<kinds::MinimumWageBlock>(&shelf, &region, &[]).unwrap();
        assert_eq!(found[0].minimum_wage.len(), 1);
        assert_eq!(slot.asked_file().unwrap().text, text);
    }
}
