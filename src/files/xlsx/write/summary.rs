//! The sheet that sums a run up, with its chart.
//!
//! Title, lines and remarks, then tables one below the other; bars of one of them stand beside it. What it says comes
//! ready in words.

use super::amend::added_columns;
use super::cells::{Cell, escaped, letters, width, write_number};
use super::parts::{HEAD, MAIN, RELATIONS};
use super::styles::{Look, Styles};
use crate::facts::Outcome;
use crate::units::write_fen;

/// What a sheet that sums up says.
#[derive(Clone, Debug, Default)]
pub struct SummarySheet {
    /// The name of the sheet.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Lines below the title.
    pub lines: Vec<String>,
    /// Tables, one below the other.
    pub tables: Vec<SummaryTable>,
    /// Which of the tables the chart shows: its first two columns name what the next two compare.
    pub charted: Option<usize>,
    /// What must be known, below them.
    pub remarks: Vec<String>,
}

/// A table of it.
#[derive(Clone, Debug, Default)]
pub struct SummaryTable {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<SummaryValue>>,
}

/// A cell of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SummaryValue {
    /// A text.
    Text(String),
    /// How many.
    Count(u64),
    /// An amount in fen.
    Fen(i128),
}

/// The sheet as its part, and where the charted rows are.
pub(crate) struct Written {
    pub sheet: Vec<u8>,
    /// The line beside which the chart begins, from 0.
    pub top: usize,
    pub chart: Option<String>,
}

/// As many fen as a spreadsheet keeps of a number.
const FEN_MOST: u128 = 999_999_999_999_999;

/// Writes the sheet; the drawing that its chart stands on goes by the name given.
pub(crate) fn write(summary: &SummarySheet, styles: &Styles, drawing: &str) -> Outcome<Written> {
    let mut rows = Rows { styles, out: Vec::new(), last: 0 };
    rows.put(Look::Title, &texts(std::slice::from_ref(&summary.title)))?;
    for line in summary.lines.iter().chain(&summary.remarks) {
        rows.put(Look::Text, &texts(std::slice::from_ref(line)))?;
    }
    let top = summary.lines.len() + summary.remarks.len() + 2;
    let mut charted = None;
    let mut widths = [0; 8];
    for (at, table) in summary.tables.iter().enumerate() {
        rows.put(Look::Text, &[])?;
        rows.put(Look::Heading, &texts(&table.headings))?;
        if summary.charted == Some(at) && !table.rows.is_empty() {
            charted = Some((rows.last + 1, table));
        }
        for values in &table.rows {
            for (width, value) in widths.iter_mut().zip(values) {
                *width = (*width).max(shown_width(value));
            }
            rows.put(Look::Text, values)?;
        }
    }
    let mut sheet = format!("{HEAD}<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><cols>").into_bytes();
    for (at, width) in widths.iter().enumerate() {
        added_columns("", at, &[(width + 3).max(14)], &mut sheet);
    }
    sheet.extend_from_slice(b"</cols><sheetData>");
    sheet.extend_from_slice(&rows.out);
    sheet.extend_from_slice(b"</sheetData><pageSetup orientation=\"landscape\" fitToHeight=\"0\"/>");
    if charted.is_some() {
        sheet.extend_from_slice(format!("<drawing r:id=\"{drawing}\"/>").as_bytes());
    }
    sheet.extend_from_slice(b"</worksheet>");
    Ok(Written { sheet, top, chart: charted.map(|(first, table)| chart(&summary.name, first, table)) })
}

fn texts(texts: &[String]) -> Vec<SummaryValue> {
    texts.iter().cloned().map(SummaryValue::Text).collect()
}

/// The rows of the sheet.
struct Rows<'a> {
    styles: &'a Styles,
    out: Vec<u8>,
    /// The number of the row that was written last.
    last: u64,
}

impl Rows<'_> {
    /// Writes a row; an amount of more digits than a spreadsheet keeps becomes a text.
    fn put(&mut self, look: Look, values: &[SummaryValue]) -> Outcome<()> {
        self.last += 1;
        let (row, out) = (self.last, &mut self.out);
        out.extend_from_slice(b"<row r=\"");
        write_number(row, out);
        out.extend_from_slice(b"\">");
        for (at, value) in values.iter().enumerate() {
            let column = letters(at);
            let cell = |style| Cell { column: &column, row, style, prefix: "" };
            match value {
                SummaryValue::Text(text) => cell(self.styles.look(look)).text(text, out)?,
                SummaryValue::Count(count) => cell(0).number(count.to_string().as_bytes(), out),
                SummaryValue::Fen(fen) if fen.unsigned_abs() <= FEN_MOST => {
                    cell(self.styles.look(Look::Amount)).number(yuan(*fen).as_bytes(), out);
                }
                SummaryValue::Fen(fen) => cell(self.styles.look(Look::Text)).text(&yuan(*fen), out)?,
            }
        }
        out.extend_from_slice(b"</row>");
        Ok(())
    }
}

fn yuan(fen: i128) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = write_fen(&mut text, fen);
    text
}

fn shown_width(value: &SummaryValue) -> usize {
    match value {
        SummaryValue::Text(text) => width(text),
        SummaryValue::Count(count) => count.to_string().len(),
        SummaryValue::Fen(fen) => fen.to_string().len() + 4,
    }
}

/// Where the chart stands: beside the tables, from this line on.
pub(crate) fn drawing(chart: &str, top: usize) -> String {
    let bottom = top + 22;
    format!(
        concat!(
            "{}<xdr:wsDr xmlns:xdr=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\" ",
            "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><xdr:twoCellAnchor>",
            "<xdr:from><xdr:col>6</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>",
            "<xdr:to><xdr:col>15</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>",
            "<xdr:graphicFrame macro=\"\"><xdr:nvGraphicFramePr><xdr:cNvPr id=\"2\" name=\"Chart 1\"/><xdr:cNvGraphicFramePr/>",
            "</xdr:nvGraphicFramePr><xdr:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/></xdr:xfrm><a:graphic>",
            "<a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\">",
            "<c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:r=\"{}\" r:id=\"{}\"/>",
            "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>",
        ),
        HEAD, top, bottom, RELATIONS, chart
    )
}

/// Bars of what the third and the fourth column say, by the first two.
fn chart(sheet: &str, first: u64, table: &SummaryTable) -> String {
    let series: String = [(2, "2F75B5"), (3, "F4B183")]
        .into_iter()
        .enumerate()
        .map(|(at, (column, colour))| series(sheet, (first, table), at, (column, colour)))
        .collect();
    format!(
        concat!(
            "{}<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" ",
            "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea>",
            "<c:layout/><c:barChart><c:barDir val=\"col\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>{}",
            "<c:gapWidth val=\"80\"/><c:axId val=\"1001\"/><c:axId val=\"1002\"/></c:barChart>",
            "<c:catAx><c:axId val=\"1001\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/>",
            "<c:axPos val=\"b\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>",
            "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:crossAx val=\"1002\"/><c:crosses val=\"autoZero\"/></c:catAx>",
            "<c:valAx><c:axId val=\"1002\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/>",
            "<c:axPos val=\"l\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill></a:ln></c:spPr>",
            "</c:majorGridlines><c:numFmt formatCode=\"#,##0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>",
            "<c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1001\"/><c:crosses val=\"autoZero\"/></c:valAx>",
            "</c:plotArea><c:legend><c:legendPos val=\"t\"/><c:overlay val=\"0\"/></c:legend><c:plotVisOnly val=\"1\"/>",
            "<c:dispBlanksAs val=\"gap\"/></c:chart></c:chartSpace>",
        ),
        HEAD, series
    )
}

/// The bars of one column, in one colour.
fn series(sheet: &str, (first, table): (u64, &SummaryTable), at: usize, (column, colour): (usize, &str)) -> String {
    let count = table.rows.len();
    format!(
        concat!(
            "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:strRef><c:f>{quoted}!${letter}${heading}</c:f>",
            "<c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>",
            "<c:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill></c:spPr><c:invertIfNegative val=\"0\"/>",
            "<c:cat><c:multiLvlStrRef><c:f>{quoted}!$A${first}:$B${last}</c:f><c:multiLvlStrCache><c:ptCount val=\"{count}\"/>",
            "<c:lvl>{sides}</c:lvl><c:lvl>{names}</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>",
            "<c:val><c:numRef><c:f>{quoted}!${letter}${first}:${letter}${last}</c:f><c:numCache><c:formatCode>#,##0.00</c:formatCode>",
            "<c:ptCount val=\"{count}\"/>{values}</c:numCache></c:numRef></c:val></c:ser>",
        ),
        at = at,
        colour = colour,
        first = first,
        count = count,
        quoted = escaped(&format!("'{}'", sheet.replace('\'', "''"))),
        letter = letters(column),
        heading = first - 1,
        name = escaped(table.headings.get(column).map_or("", String::as_str)),
        last = first + u64::try_from(count).unwrap_or(0) - 1,
        sides = points(table, 1),
        names = points(table, 0),
        values = points(table, column),
    )
}

/// What a column of the table says, row by row.
fn points(table: &SummaryTable, column: usize) -> String {
    let point = |(at, row): (usize, &Vec<SummaryValue>)| {
        let text = match row.get(column) {
            Some(SummaryValue::Text(text)) => text.clone(),
            Some(SummaryValue::Count(count)) => count.to_string(),
            Some(SummaryValue::Fen(fen)) => yuan(*fen),
            None => String::new(),
        };
        format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", escaped(&text))
    };
    table.rows.iter().enumerate().map(point).collect()
}
