//! A table as cells, and every container it can stand in.
#![allow(clippy::format_collect, reason = "a few paragraphs")]
#![allow(clippy::disallowed_types, reason = "a workbook of Excel 97 keeps numbers as doubles")]

use std::io::{Cursor, Write};

use shebao::files::Encoding;
use zip::write::SimpleFileOptions;

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text; blank where it is empty.
    Text(String),
    /// A number, by its digits.
    Number(String),
}

impl Cell {
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// What it shows.
    pub fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }

    fn is_blank(&self) -> bool {
        self.shown().is_empty()
    }
}

/// A row of cells.
#[derive(Clone, Debug, Default)]
pub struct GridRow {
    pub cells: Vec<Cell>,
    pub hidden: bool,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub rows: Vec<GridRow>,
}

impl Grid {
    pub fn push(&mut self, cells: Vec<Cell>) {
        self.rows.push(GridRow { cells, hidden: false });
    }

    pub fn push_texts(&mut self, texts: &[&str]) {
        self.push(texts.iter().map(|text| Cell::text(text)).collect());
    }
}

/// What a table stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    Csv(Encoding, bool),
    Tsv(Encoding, bool),
    Xlsx,
    Xls,
    Ods,
    Html(Encoding),
    Xml2003,
}

impl Container {
    /// All of them, with the encodings and marks that each may have.
    pub const ALL: [Self; 13] = [
        Self::Csv(Encoding::Utf8, false),
        Self::Csv(Encoding::Utf8, true),
        Self::Csv(Encoding::Gb18030, false),
        Self::Csv(Encoding::Utf16Le, true),
        Self::Tsv(Encoding::Utf8, false),
        Self::Tsv(Encoding::Gb18030, false),
        Self::Tsv(Encoding::Utf16Le, true),
        Self::Xlsx,
        Self::Xls,
        Self::Ods,
        Self::Html(Encoding::Utf8),
        Self::Html(Encoding::Gb18030),
        Self::Xml2003,
    ];

    /// The ending that such files have in practice: what is no workbook is named one.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv(..) => "csv",
            Self::Xlsx => "xlsx",
            Self::Ods => "ods",
            Self::Tsv(..) | Self::Xls | Self::Html(_) | Self::Xml2003 => "xls",
        }
    }

    /// Whether it can say that a row is hidden.
    pub fn hides(self) -> bool {
        !matches!(self, Self::Csv(..) | Self::Tsv(..))
    }

    /// The table in it.
    pub fn write(self, grid: &Grid) -> Vec<u8> {
        match self {
            Self::Csv(encoding, mark) => separated(grid, ',', encoding, mark),
            Self::Tsv(encoding, mark) => separated(grid, '\t', encoding, mark),
            Self::Xlsx => xlsx(grid),
            Self::Xls => xls(grid),
            Self::Ods => ods(grid),
            Self::Html(encoding) => html(grid, encoding),
            Self::Xml2003 => xml_2003(grid),
        }
    }
}

fn separated(grid: &Grid, separator: char, encoding: Encoding, mark: bool) -> Vec<u8> {
    let mut text = String::new();
    for row in &grid.rows {
        for (at, cell) in row.cells.iter().enumerate() {
            if at > 0 {
                text.push(separator);
            }
            let shown = cell.shown();
            if shown.contains([separator, '"', '\n']) {
                text.push_str(&format!("\"{}\"", shown.replace('"', "\"\"")));
            } else {
                text.push_str(shown);
            }
        }
        text.push_str("\r\n");
    }
    let mut bytes = if mark { encoding.mark().to_vec() } else { Vec::new() };
    bytes.extend_from_slice(&encoding.encode(&text));
    bytes
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Parts packed into an archive.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with this for its sheet.
pub fn xlsx_of(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    zipped(&[
        (
            "[Content_Types].xml",
            &format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"明细\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at).unwrap());
    if column < 26 { letter(column).to_string() } else { format!("{}{}", letter(column / 26 - 1), letter(column % 26)) }
}

fn xlsx(grid: &Grid) -> Vec<u8> {
    let mut rows = String::new();
    for (at, row) in grid.rows.iter().enumerate() {
        let hidden = if row.hidden { " hidden=\"1\"" } else { "" };
        rows.push_str(&format!("<row r=\"{}\"{hidden}>", at + 1));
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let reference = format!("{}{}", letters(column), at + 1);
            rows.push_str(&match cell {
                Cell::Number(digits) => format!("<c r=\"{reference}\"><v>{digits}</v></c>"),
                Cell::Text(text) => {
                    format!(
                        "<c r=\"{reference}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                        escaped(text)
                    )
                }
            });
        }
        rows.push_str("</row>");
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    xlsx_of(&format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>"))
}

fn ods(grid: &Grid) -> Vec<u8> {
    let mut rows = String::new();
    for row in &grid.rows {
        let hidden = if row.hidden { " table:visibility=\"collapse\"" } else { "" };
        rows.push_str(&format!("<table:table-row{hidden}>"));
        for cell in &row.cells {
            rows.push_str(&match cell {
                cell if cell.is_blank() => "<table:table-cell/>".to_owned(),
                Cell::Number(digits) => format!("<table:table-cell office:value-type=\"float\" office:value=\"{digits}\"><text:p>{digits}</text:p></table:table-cell>"),
                Cell::Text(text) => {
                    let paragraphs: String = text.split('\n').map(|line| format!("<text:p>{}</text:p>", spaced(line))).collect();
                    format!("<table:table-cell office:value-type=\"string\">{paragraphs}</table:table-cell>")
                }
            });
        }
        rows.push_str("</table:table-row>");
    }
    let space = "urn:oasis:names:tc:opendocument:xmlns";
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            &format!(
                "<manifest:manifest xmlns:manifest=\"{space}:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>"
            ),
        ),
        (
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"{space}:office:1.0\" xmlns:table=\"{space}:table:1.0\" xmlns:text=\"{space}:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"明细\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
            ),
        ),
    ])
}

/// Blanks in a row are written apart, or they would count as one.
fn spaced(line: &str) -> String {
    escaped(line).replace('\t', "<text:tab/>").replace("  ", " <text:s/>")
}

fn html(grid: &Grid, encoding: Encoding) -> Vec<u8> {
    let mut text = String::from(
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"></head><body><table border=1>\n",
    );
    for row in &grid.rows {
        text.push_str(if row.hidden { "<tr style=\"display:none\">" } else { "<tr>" });
        for cell in &row.cells {
            let shown = escaped(cell.shown()).replace('\n', "<br>");
            let shown = if shown.is_empty() { "&nbsp;".to_owned() } else { shown };
            text.push_str(&format!("<td>{shown}</td>"));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</table></body></html>");
    encoding.encode(&text)
}

fn xml_2003(grid: &Grid) -> Vec<u8> {
    let mut rows = String::new();
    for row in &grid.rows {
        rows.push_str(if row.hidden { "<Row ss:Hidden=\"1\">" } else { "<Row>" });
        for cell in &row.cells {
            rows.push_str(&match cell {
                cell if cell.is_blank() => "<Cell/>".to_owned(),
                Cell::Number(digits) => format!("<Cell><Data ss:Type=\"Number\">{digits}</Data></Cell>"),
                Cell::Text(text) => {
                    format!("<Cell><Data ss:Type=\"String\">{}</Data></Cell>", escaped(text).replace('\n', "&#10;"))
                }
            });
        }
        rows.push_str("</Row>");
    }
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    format!("<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\"><Worksheet ss:Name=\"明细\"><Table>{rows}</Table></Worksheet></Workbook>").into_bytes()
}

/// A workbook of Excel 97: its records one behind the other.
fn xls(grid: &Grid) -> Vec<u8> {
    fn record(out: &mut Vec<u8>, kind: u16, data: &[u8]) {
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&u16::try_from(data.len()).unwrap().to_le_bytes());
        out.extend_from_slice(data);
    }
    fn begin(out: &mut Vec<u8>, what: u16) {
        let mut data = Vec::new();
        for word in [0x0600, what, 0x0DBB, 0x07CC] {
            data.extend_from_slice(&u16::to_le_bytes(word));
        }
        data.extend_from_slice(&[0; 8]);
        record(out, 0x0809, &data);
    }
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let units = |text: &str| u16::try_from(text.encode_utf16().count()).unwrap();
    let mut globals = Vec::new();
    begin(&mut globals, 0x0005);
    let name = "明细";
    let place = globals.len() + 4;
    let mut sheet = vec![0; 6];
    sheet.extend_from_slice(&[u8::try_from(units(name)).unwrap(), 1]);
    sheet.extend_from_slice(&wide(name));
    record(&mut globals, 0x0085, &sheet);
    record(&mut globals, 0x000A, &[]);
    let start = u32::try_from(globals.len()).unwrap();
    globals[place..place + 4].copy_from_slice(&start.to_le_bytes());
    begin(&mut globals, 0x0010);
    for (at, row) in grid.rows.iter().enumerate() {
        let number = u16::try_from(at).unwrap();
        let mut data = number.to_le_bytes().to_vec();
        data.extend_from_slice(&[0; 10]);
        data.extend_from_slice(&u32::to_le_bytes(if row.hidden { 0x0120 } else { 0x0100 }));
        record(&mut globals, 0x0208, &data);
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let mut data = number.to_le_bytes().to_vec();
            data.extend_from_slice(&u16::try_from(column).unwrap().to_le_bytes());
            data.extend_from_slice(&[0, 0]);
            match cell {
                Cell::Number(digits) => {
                    data.extend_from_slice(&digits.parse::<f64>().unwrap().to_le_bytes());
                    record(&mut globals, 0x0203, &data);
                }
                Cell::Text(text) => {
                    data.extend_from_slice(&units(text).to_le_bytes());
                    data.push(1);
                    data.extend_from_slice(&wide(text));
                    record(&mut globals, 0x0204, &data);
                }
            }
        }
    }
    record(&mut globals, 0x000A, &[]);
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&globals).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}
