//! What every command is given: the language, the tables, the formats; read once from flags,
//! environment and configuration, in that order of precedence.

use std::env;
use std::ffi::OsString;
use std::io::{IsTerminal, stderr};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::Common;
use super::config::{self, Config};
use super::request;
use crate::facts::{Fault, Faults, Kind, Lang, Outcome, RegionId};
use crate::render::{Format, Look, Speaker, words};
use crate::tables::{Book, Shelf, region_name};
use crate::units::{Date, Month};

/// The region where none is named.
const HOME: &str = "cn/shandong/weihai/wendeng";

/// The environment and the clock, read once.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    region: Option<String>,
    lang: Option<String>,
    rates: Option<OsString>,
    locale: String,
    no_color: bool,
    terminal: bool,
    folder: Option<PathBuf>,
    /// The day it is.
    pub today: Date,
}

impl Surroundings {
    /// Reads them.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn read() -> Self {
        let text = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
        let locale = text("LC_ALL").or_else(|| text("LC_MESSAGES")).or_else(|| text("LANG")).unwrap_or_default();
        Self {
            region: text("SHEBAO_REGION"),
            lang: text("SHEBAO_LANG"),
            rates: env::var_os("SHEBAO_RATES").filter(|value| !value.is_empty()),
            locale,
            no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            terminal: stderr().is_terminal(),
            folder: dirs::config_dir().map(|folder| folder.join("shebao")),
            today: today(),
        }
    }

    /// The language of messages about the arguments themselves, before they are parsed.
    pub fn lang_for(&self, arguments: &[OsString]) -> Lang {
        let typed = value_of(arguments, "--lang").or_else(|| self.lang.clone());
        let configured = || config::read(value_of(arguments, "--config").as_deref(), self.folder.as_deref()).ok()?.lang;
        typed.or_else(configured).and_then(|code| lang(&code)).unwrap_or_else(|| self.locale_lang())
    }

    /// Whether messages are coloured, before the arguments are parsed.
    pub fn look_for(&self, arguments: &[OsString]) -> Look {
        self.look(value_of(arguments, "--color").as_deref())
    }

    /// Whether messages are coloured: as asked, else on a terminal that does not refuse colours.
    fn look(&self, asked: Option<&str>) -> Look {
        let coloured = match asked {
            Some("always") => true,
            Some("never") => false,
            Some(_) | None => self.terminal && !self.no_color,
        };
        if coloured { Look::Coloured } else { Look::Plain }
    }

    fn locale_lang(&self) -> Lang {
        if self.locale.to_ascii_lowercase().starts_with("zh") { Lang::Chinese } else { Lang::English }
    }
}

/// Today by the machine's clock, in China: eight hours ahead of universal time.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()) + 8 * 3600;
    let days = i32::try_from(seconds / 86_400).unwrap_or(0);
    Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days))
}

/// What follows a flag, as `--flag value` or `--flag=value`.
fn value_of(arguments: &[OsString], flag: &str) -> Option<String> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    texts.iter().enumerate().find_map(|(at, text)| {
        if *text == flag {
            return texts.get(at + 1).map(|value| (*value).to_owned());
        }
        text.strip_prefix(flag)?.strip_prefix('=').map(str::to_owned)
    })
}

fn lang(code: &str) -> Option<Lang> {
    match code {
        "zh" => Some(Lang::Chinese),
        "en" => Some(Lang::English),
        _ => None,
    }
}

/// What a command works with.
#[derive(Clone)]
pub(super) struct Context {
    /// The language.
    pub lang: Lang,
    /// The format, where one was asked for.
    pub asked_format: Option<Format>,
    /// Whether steps are wanted.
    pub explain: bool,
    /// Whether notes are unwanted.
    pub quiet: bool,
    /// Whether messages are coloured.
    pub look: Look,
    /// The tables.
    pub shelf: Shelf,
    /// The region.
    pub region: RegionId,
    /// Up to which day published figures count.
    pub known_on: Option<Date>,
    /// What the configuration sets.
    pub config: Config,
    /// The day it is.
    pub today: Date,
}

impl Context {
    /// Reads what all commands share.
    pub fn new(common: Common, surroundings: &Surroundings) -> Outcome<Self> {
        let mut faults = Faults::default();
        let config =
            faults.keep(config::read(common.config.as_deref(), surroundings.folder.as_deref())).unwrap_or_default();
        let lang = faults.keep(chosen_lang(&common, surroundings, &config)).unwrap_or(Lang::English);
        let codes = Format::ALL.map(Format::code);
        let asked_format = faults
            .keep(request::choice("--format", common.format.as_deref(), &codes))
            .flatten()
            .map(|at| Format::ALL[at]);
        faults.keep(request::choice("--color", common.color.as_deref(), &["auto", "always", "never"]));
        let look = surroundings.look(common.color.as_deref());
        let known_on = faults
            .keep(request::optional(common.known_on.as_deref(), |text| request::date("--known-on", text)))
            .flatten();
        let folders = faults.keep(folders(&common, surroundings, &config)).unwrap_or_default();
        let shelf = Shelf::with_folders(folders);
        let region = common.region.or_else(|| surroundings.region.clone()).or_else(|| config.region.clone());
        let region = faults.keep(find_region(&shelf, region.as_deref())).unwrap_or_else(|| RegionId::new(HOME));
        faults.or(Self {
            lang,
            asked_format,
            explain: common.explain,
            quiet: common.quiet,
            look,
            shelf,
            region,
            known_on,
            config,
            today: surroundings.today,
        })
    }

    /// The same, with the steps wanted.
    pub fn explaining(&self) -> Self {
        Self { explain: true, ..self.clone() }
    }

    /// The format of a single result.
    pub fn format(&self) -> Format {
        self.asked_format.unwrap_or_default()
    }

    /// The book of the region.
    pub fn book(&self) -> Outcome<Book> {
        Book::open(self.shelf.clone(), &self.region, self.known_on)
    }

    /// Speaks the language, with the book's names.
    pub fn speaker<'b>(&self, book: &'b Book) -> Speaker<'b> {
        words::speaker(self.lang).with(book.insurances())
    }

    /// The month it is.
    pub fn this_month(&self) -> Outcome<Month> {
        Month::of(self.today).ok_or_else(|| Kind::BadDate { text: self.today.to_string() }.into())
    }
}

/// The context with the book of its region.
pub(super) fn with_book(context: Outcome<Context>) -> Outcome<(Context, Book)> {
    let context = context?;
    let book = context.book()?;
    Ok((context, book))
}

fn chosen_lang(common: &Common, surroundings: &Surroundings, config: &Config) -> Outcome<Lang> {
    let refused = |text: &str| Kind::UnknownChoice {
        text: text.to_owned(),
        choices: vec!["zh".to_owned(), "en".to_owned()],
        nearest: None,
    };
    if let Some(code) = &common.lang {
        return lang(code).ok_or_else(|| Fault::flag(refused(code), "--lang", code).into());
    }
    if let Some(code) = &surroundings.lang {
        return lang(code).ok_or_else(|| Fault::flag(refused(code), "SHEBAO_LANG", code).into());
    }
    match &config.lang {
        Some(code) => lang(code).ok_or_else(|| Kind::BadSetting { key: "lang".to_owned(), text: code.clone() }.into()),
        None => Ok(surroundings.locale_lang()),
    }
}

/// The folders laid over the embedded tables: the user's own first, those of the flags last.
fn folders(common: &Common, surroundings: &Surroundings, config: &Config) -> Outcome<Vec<PathBuf>> {
    let own = surroundings.folder.iter().map(|folder| folder.join("rates")).filter(|folder| folder.is_dir());
    let mut named: Vec<PathBuf> = config.rates.clone();
    named.extend(surroundings.rates.iter().flat_map(env::split_paths));
    named.extend(common.rates.iter().map(PathBuf::from));
    let mut faults = Faults::default();
    for folder in named.iter().filter(|folder| !folder.is_dir()) {
        let path = folder.display().to_string();
        faults.push(Fault::flag(Kind::NoSuchFolder { path: path.clone() }, "--rates", &path));
    }
    faults.or(own.chain(named).collect())
}

/// The region with this path, or the only one with this last part.
fn find_region(shelf: &Shelf, text: Option<&str>) -> Outcome<RegionId> {
    let Some(text) = text else { return Ok(RegionId::new(HOME)) };
    let regions = shelf.regions()?;
    let wanted = text.trim_matches('/');
    if let Some(region) = regions.iter().find(|region| region.path() == wanted) {
        return Ok(region.clone());
    }
    let named: Vec<&RegionId> = regions
        .iter()
        .filter(|region| region.last_part() == wanted || region.path().ends_with(&format!("/{wanted}")))
        .collect();
    if named.is_empty()
        && let Some(region) = called(shelf, &regions, wanted)?
    {
        return Ok(region);
    }
    match named.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let known: Vec<String> = regions.iter().map(ToString::to_string).collect();
            let parts = regions.iter().flat_map(|region| [region.last_part(), region.path()]);
            let nearest = request::nearest(wanted, parts);
            Err(Fault::flag(Kind::UnknownRegion { text: text.to_owned(), nearest, known }, "--region", text).into())
        }
        several => {
            let candidates = several.iter().map(ToString::to_string).collect();
            Err(Fault::flag(Kind::AmbiguousRegion { text: text.to_owned(), candidates }, "--region", text).into())
        }
    }
}

/// The only region that goes by this name: 文登区, 文登, Wendeng.
fn called(shelf: &Shelf, regions: &[RegionId], wanted: &str) -> Outcome<Option<RegionId>> {
    let mut found = Vec::new();
    for region in regions {
        let Some(name) = region_name(shelf, region)? else { continue };
        let short = name.zh.trim_end_matches(['省', '市', '区', '县']);
        if wanted == name.zh || wanted == short || wanted.eq_ignore_ascii_case(&name.en) {
            found.push(region.clone());
        }
    }
    Ok(if found.len() == 1 { found.pop() } else { None })
}
