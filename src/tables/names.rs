//! What regions and insurances are called: the files of names, read apart from years.
//!
//! The list of insurances is that of the nation, to which a region may add; a later file or layer speaks for what it
//! names.

use std::sync::Arc;

use super::reader::{Field, Fields, Found, Reader, table_struct};
use super::source::{INSURANCES_FILE, REGION_FILE, Shelf};
use crate::facts::{Bilingual, Faults, Insurance, InsuranceNames, Outcome, RegionId, TableFile};

/// What a region is called, without opening its book.
///
/// # Errors
/// Every fault of the region's files of names.
///
/// ```
/// use shebao::facts::RegionId;
/// use shebao::tables::{Shelf, region_name};
/// let name = region_name(&Shelf::with_folders([]), &RegionId::new("cn/shandong")).unwrap().unwrap();
/// assert_eq!(name.en, "Shandong");
/// ```
pub fn region_name(shelf: &Shelf, region: &RegionId) -> Outcome<Option<Bilingual>> {
    let mut faults = Faults::default();
    let mut name = None;
    for layer in 0..shelf.depth() {
        if let Some(Some(file)) = faults.keep(shelf.open(layer, &format!("{region}/{REGION_FILE}"))) {
            let mut own = Bilingual { zh: String::new(), en: String::new() };
            read_names(file, Some(&mut own), &mut Vec::new(), &mut faults);
            name = Some(own);
        }
    }
    faults.or(name)
}

/// Reads a file of names: a region's, or the insurances'.
pub(super) fn read_names(
    file: TableFile,
    name: Option<&mut Bilingual>,
    insurances: &mut Vec<InsuranceNames>,
    faults: &mut Faults,
) -> Arc<TableFile> {
    let file = Arc::new(file);
    let mut reader = Reader::new(Arc::clone(&file));
    let table = reader.parse(&file.text, 0..file.text.len());
    let is_region = file.name.ends_with(REGION_FILE);
    let mut fields = Fields::new(&mut reader, &table, 0..0, if is_region { REGION_FILE } else { INSURANCES_FILE });
    if is_region {
        let own = fields.take::<Bilingual>("name");
        fields.take::<Option<String>>("code");
        if let (Some(name), Some(own)) = (name, own) {
            *name = own;
        }
    }
    for entry in fields.take::<Option<Vec<InsuranceEntry>>>("insurance").flatten().unwrap_or_default() {
        let names = InsuranceNames { insurance: Insurance::new(&entry.code), name: entry.name, full: entry.full };
        match insurances.iter_mut().find(|other| other.insurance == names.insurance) {
            Some(other) => *other = names,
            None => insurances.push(names),
        }
    }
    fields.finish();
    faults.0.append(&mut reader.faults.0);
    file
}

table_struct! {
    /// An entry of the list of insurances.
    InsuranceEntry { /// Its code.
        code: String, /// Its short name.
        name: Bilingual, /// Its full name.
        full: Bilingual }
    show |entry| entry.code.clone()
}
