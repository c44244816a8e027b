//! Where tables come from: the embedded set, and folders of the same layout laid over it.
//!
//! This is the only place of the layer that touches the disk.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::facts::{Fault, Faults, Kind, Outcome, Place, RegionId, TableFile};

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// One embedded table.
#[derive(Debug)]
pub struct Embedded {
    /// Its path under `rates/`.
    pub name: &'static str,
    /// Its text.
    pub text: &'static str,
    /// Where its sources lie.
    pub(super) sources: &'static [Range<usize>],
    /// Its blocks, as the build found them.
    pub(super) index: &'static [Indexed],
}

/// Where one block of an embedded table lies, as spans of its text: what they mean is read there.
#[derive(Debug)]
pub(super) struct Indexed {
    /// The name of its kind; of a gap, the name of what is missing.
    kind: Range<usize>,
    /// Its quoted fields, key and value, without the quotes.
    texts: &'static [(Range<usize>, Range<usize>)],
    /// Which sources of the table it cites.
    pub sources: &'static [usize],
    /// The block itself.
    pub span: Range<usize>,
}

impl Embedded {
    /// Whether a block is of a kind, or a gap of it, and holds these fields.
    pub(super) fn holds<'a>(
        &self,
        block: &Indexed,
        kind: &str,
        mut fields: impl Iterator<Item = (&'static str, &'a str)>,
    ) -> bool {
        let is = |span: &Range<usize>, word: &str| self.text.get(span.clone()) == Some(word);
        is(&block.kind, kind)
            && fields.all(|(name, value)| block.texts.iter().any(|(key, text)| is(key, name) && is(text, value)))
    }
}

/// The embedded tables, in order of path.
///
/// ```
/// assert!(shebao::tables::embedded().iter().any(|table| table.name == "cn/shandong/weihai/2019.toml"));
/// ```
#[must_use]
pub fn embedded() -> &'static [Embedded] {
    EMBEDDED
}

/// The name of the file that holds a region's names.
pub(super) const REGION_FILE: &str = "region.toml";
/// The name of the file that holds the names of the insurances.
pub(super) const INSURANCES_FILE: &str = "insurances.toml";

/// A file of a folder: its name there, and the table where it is embedded.
pub(super) type InFolder = (Cow<'static, str>, Option<&'static Embedded>);

/// A set of tables: the embedded one or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The tables embedded in the program.
    Embedded,
    /// A folder of the same layout.
    Folder(PathBuf),
}

/// The layers of tables, the later laid over the earlier.
#[derive(Clone, Debug)]
pub struct Shelf {
    layers: Vec<Layer>,
}

impl Shelf {
    /// The embedded tables with folders laid over them.
    #[must_use]
    pub fn with_folders(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        Self { layers: std::iter::once(Layer::Embedded).chain(folders.into_iter().map(Layer::Folder)).collect() }
    }

    /// The number of layers.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// Every region that any layer has, in order of path.
    ///
    /// # Errors
    /// A folder of tables that cannot be listed.
    ///
    /// ```
    /// use shebao::facts::RegionId;
    /// use shebao::tables::Shelf;
    /// assert!(Shelf::with_folders([]).regions().unwrap().contains(&RegionId::new("cn/shandong/weihai")));
    /// ```
    pub fn regions(&self) -> Outcome<Vec<RegionId>> {
        let mut regions = BTreeSet::new();
        for FileName { name, .. } in self.names(0)? {
            if let Some((folder, _)) = name.rsplit_once('/') {
                regions.extend(RegionId::new(folder).levels());
            }
        }
        Ok(regions.into_iter().collect())
    }

    /// The files of one folder of one layer: the name, such as `2019.toml`, and the embedded table.
    pub(super) fn folder(&self, layer: usize, folder: &str) -> Outcome<Vec<InFolder>> {
        match self.layers.get(layer) {
            Some(Layer::Embedded) => {
                let start = format!("{folder}/");
                let first = EMBEDDED.partition_point(|table| table.name < start.as_str());
                let inside =
                    EMBEDDED[first..].iter().map_while(|table| Some((table.name.strip_prefix(&start)?, table)));
                let own = inside.filter(|(name, _)| !name.contains('/'));
                Ok(own.map(|(name, table)| (Cow::Borrowed(name), Some(table))).collect())
            }
            Some(Layer::Folder(root)) => {
                let path = root.join(folder);
                let names = if path.is_dir() { list(&path)? } else { Vec::new() };
                Ok(names.into_iter().map(|name| (Cow::Owned(name), None)).collect())
            }
            None => Ok(Vec::new()),
        }
    }

    /// A file of a layer by its name under the folder of tables; `None` where it has none.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads tables")]
    pub(super) fn open(&self, layer: usize, name: &str) -> Outcome<Option<TableFile>> {
        match self.layers.get(layer) {
            Some(Layer::Embedded) => Ok(find_embedded(name).map(|table| TableFile {
                path: format!("rates/{name}"),
                name: name.to_owned(),
                text: Cow::Borrowed(table.text),
            })),
            Some(Layer::Folder(root)) => {
                let path = root.join(name);
                if !path.is_file() {
                    return Ok(None);
                }
                let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
                Ok(Some(TableFile { path: path.display().to_string(), name: name.to_owned(), text: Cow::Owned(text) }))
            }
            None => Ok(None),
        }
    }

    /// Whether a file may hold a block of a kind; `false` only where an index says so without reading it.
    pub(super) fn may_hold(&self, layer: usize, name: &str, kind: &str) -> bool {
        match self.layers.get(layer) {
            Some(Layer::Embedded) => find_embedded(name)
                .is_some_and(|table| table.index.iter().any(|block| table.holds(block, kind, std::iter::empty()))),
            Some(Layer::Folder(_)) | None => true,
        }
    }

    /// The files of the layers from `first` up.
    pub(super) fn names(&self, first: usize) -> Outcome<Vec<FileName>> {
        let mut files = Vec::new();
        let mut faults = Faults::default();
        for (layer, source) in self.layers.iter().enumerate().skip(first) {
            let mut names = BTreeSet::new();
            match source {
                Layer::Embedded => names.extend(EMBEDDED.iter().map(|table| table.name.to_owned())),
                Layer::Folder(root) => {
                    faults.keep(walk(root, "", &mut names));
                }
            }
            files.extend(names.into_iter().map(|name| FileName { layer, path: source.path_of(&name), name }));
        }
        faults.or(files)
    }
}

impl Layer {
    /// What a file of the layer is called in messages.
    fn path_of(&self, name: &str) -> String {
        match self {
            Self::Embedded => format!("rates/{name}"),
            Self::Folder(root) => root.join(name).display().to_string(),
        }
    }
}

/// A file of a layer that has not been read.
#[derive(Clone, Debug)]
pub(super) struct FileName {
    /// The layer.
    pub layer: usize,
    /// Its name under the folder of tables.
    pub name: String,
    /// Its path, as the user knows it.
    pub path: String,
}

fn find_embedded(name: &str) -> Option<&'static Embedded> {
    EMBEDDED.binary_search_by(|table| table.name.cmp(name)).ok().map(|at| &EMBEDDED[at])
}

/// Adds every TOML file below a folder.
fn walk(root: &Path, inside: &str, names: &mut BTreeSet<String>) -> Outcome<()> {
    let folder = root.join(inside);
    for name in list(&folder)? {
        let relative = if inside.is_empty() { name.clone() } else { format!("{inside}/{name}") };
        let path = folder.join(&name);
        if path.is_dir() {
            if !name.starts_with('.') {
                walk(root, &relative, names)?;
            }
        } else if Path::new(&name).extension().is_some_and(|extension| extension == "toml") {
            names.insert(relative);
        }
    }
    Ok(())
}

/// The entries of a folder, in order.
#[expect(clippy::disallowed_methods, reason = "the one place that lists folders of tables")]
fn list(folder: &Path) -> Outcome<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Faults {
    let path = path.display().to_string();
    let place = Place::File { path: path.clone() };
    let kind = if error.kind() == std::io::ErrorKind::NotFound {
        Kind::NoSuchFolder { path }
    } else {
        Kind::Unreadable { path, message: error.to_string() }
    };
    Fault::at(kind, place).into()
}
