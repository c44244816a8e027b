//! The program's own source as the guards read it: without comments and test modules, cut into tokens, with every
//! path followed to the file that defines what it names.
//!
//! Text scanning, no parser: macros are not expanded. A name that only a macro makes belongs to the file that calls it.

use std::collections::{BTreeMap, BTreeSet};

/// A source file below `src`.
pub struct Source {
    /// Its path below `src`.
    pub path: String,
    pub whole: String,
    /// Comments and test modules blanked out.
    pub code: String,
    /// What strings and characters say blanked out as well.
    pub bare: String,
}

/// Every source file of the program.
pub fn sources() -> Vec<Source> {
    let root = crate::support::root().join("src");
    let read = |path: &std::path::PathBuf| {
        let whole = std::fs::read_to_string(path).unwrap();
        let (mut code, mut bare) = without_comments(&whole);
        for range in test_items(&bare) {
            for text in [&mut code, &mut bare] {
                for c in &mut text[range.clone()] {
                    *c = if *c == '\n' { '\n' } else { ' ' };
                }
            }
        }
        let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        Source { path, whole, code: code.into_iter().collect(), bare: bare.into_iter().collect() }
    };
    crate::support::files(&root, ".rs").iter().map(read).collect()
}

/// The text with comments blanked out, once with what strings say and once without.
#[expect(clippy::too_many_lines, reason = "one state machine")]
fn without_comments(text: &str) -> (Vec<char>, Vec<char>) {
    let text: Vec<char> = text.chars().collect();
    let (mut code, mut bare) = (text.clone(), text.clone());
    let at = |i: usize| text.get(i).copied().unwrap_or('\n');
    let mut i = 0;
    while i < text.len() {
        let start = i;
        match at(i) {
            '/' if at(i + 1) == '/' => {
                while i < text.len() && at(i) != '\n' {
                    i += 1;
                }
                code[start..i].fill(' ');
                bare[start..i].fill(' ');
            }
            '/' if at(i + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => depth += 1,
                        ('*', '/') => depth -= 1,
                        _ => {}
                    }
                    i += 1;
                    if depth == 0 || i == text.len() {
                        break;
                    }
                }
                i = text.len().min(i + 1);
                code[start..i].fill(' ');
                bare[start..i].fill(' ');
            }
            'r' if !at(i.wrapping_sub(1)).is_alphanumeric() || at(i.wrapping_sub(1)) == 'b' => {
                let hashes = (i + 1..text.len()).take_while(|&i| at(i) == '#').count();
                i += 1 + hashes;
                if at(i) == '"' {
                    let end = |i: usize| at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#');
                    i = (i + 1..text.len()).find(|&i| end(i)).unwrap() + hashes + 1;
                    bare[start + hashes + 2..i - hashes - 1].fill(' ');
                } else {
                    i = start + 1;
                }
            }
            '"' => {
                i += 1;
                while at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                bare[start + 1..i].fill(' ');
                i += 1;
            }
            // A character, not a lifetime.
            '\'' if at(i + 1) == '\\' || at(i + 2) == '\'' => {
                i += if at(i + 1) == '\\' { 3 } else { 2 };
                while at(i) != '\'' {
                    i += 1;
                }
                bare[start + 1..i].fill(' ');
                i += 1;
            }
            _ => i += 1,
        }
    }
    (code, bare)
}

/// Where `#[cfg(test)]` items stand.
fn test_items(bare: &[char]) -> Vec<std::ops::Range<usize>> {
    let mark: Vec<char> = "#[cfg(test)]".chars().collect();
    let starts: Vec<usize> = (0..bare.len()).filter(|&i| bare[i..].starts_with(&mark)).collect();
    let end = |start: usize| {
        let mut depth = 0;
        for (i, c) in bare.iter().enumerate().skip(start + mark.len()) {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => return i + 1,
                '}' => depth -= 1,
                ';' if depth == 0 => return i + 1,
                _ => {}
            }
        }
        bare.len()
    };
    starts.into_iter().map(|start| start..end(start)).collect()
}

/// Words, lifetimes, `::`, `->`, `=>` and single signs.
fn tokens(bare: &str) -> Vec<String> {
    let bare: Vec<char> = bare.chars().collect();
    let word = |c: &char| c.is_alphanumeric() || *c == '_';
    let (mut i, mut found) = (0, Vec::new());
    while i < bare.len() {
        let start = i;
        i += match (bare[i], bare.get(i + 1)) {
            (':', Some(':')) | ('-' | '=', Some('>')) => 2,
            ('\'', Some(next)) if word(next) => 1 + bare[i + 1..].iter().take_while(|c| word(c)).count(),
            (c, _) if word(&c) => bare[i..].iter().take_while(|c| word(c)).count(),
            _ => 1,
        };
        if !bare[start].is_whitespace() {
            found.push(bare[start..i].iter().collect());
        }
    }
    found
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// A name that a `use` brings into a module.
struct Use {
    path: Vec<String>,
    name: String,
    /// Handed on to others.
    public: bool,
}

/// A type and where it is declared or extended.
pub struct Type {
    pub name: String,
    pub file: String,
}

#[derive(Default)]
struct Module {
    file: String,
    uses: Vec<Use>,
    /// All that is not in a `use`.
    body: Vec<String>,
    defined: BTreeSet<String>,
    public_types: Vec<String>,
    /// Types with an `impl` of their own here, as written.
    extended: Vec<Vec<String>>,
}

/// What a path names.
enum Named {
    Module(String),
    Item { module: String, name: String },
}

/// One file uses what another defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Import {
    pub from: String,
    pub to: String,
    /// The path as it is written.
    pub path: String,
    /// The room that the path names, which may only hand the item on.
    pub room: String,
}

/// Every module of the program.
pub struct Modules(BTreeMap<String, Module>);

/// `a::b` as its parent `a`.
fn parent(module: &str) -> String {
    module.rsplit_once("::").map_or("", |(front, _)| front).to_owned()
}

fn child(module: &str, name: &str) -> String {
    if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") }
}

impl Modules {
    /// The modules of these files; the program's `main` is a crate of its own and left out.
    pub fn of(sources: &[Source]) -> Self {
        let mut modules = BTreeMap::new();
        for source in sources.iter().filter(|source| source.path != "main.rs") {
            let name = source.path.trim_end_matches(".rs").replace('/', "::");
            let name = if name == "lib" { "" } else { name.trim_end_matches("::mod") };
            modules.insert(name.to_owned(), Module::of(source));
        }
        Self(modules)
    }

    /// Follows a path to what it names; `None` for what is not of this program.
    fn find(&self, from: &str, path: &[String]) -> Option<Named> {
        let first = path[0].as_str();
        let own = &self.0[from];
        let known = matches!(first, "crate" | "self" | "super")
            || self.0.contains_key(&child(from, first))
            || own.defined.contains(first)
            || own.uses.iter().any(|import| import.name == first && import.path != path);
        if !known {
            return None;
        }
        let mut module = from.to_owned();
        for (i, name) in path.iter().enumerate() {
            let here = &self.0[&module];
            let below = child(&module, name);
            let item = || Some(Named::Item { module: module.clone(), name: name.clone() });
            let last = i + 1 == path.len();
            match name.as_str() {
                "crate" => module.clear(),
                "self" => {}
                "super" => module = parent(&module),
                // A module and a function may share a name.
                _ if self.0.contains_key(&below) && !(last && here.uses.iter().any(|import| import.name == *name)) => {
                    module = below;
                }
                _ if here.defined.contains(name) => return item(),
                _ => match here.uses.iter().find(|import| import.name == *name) {
                    Some(import) => match self.find(&module, &import.path)? {
                        Named::Module(other) => module = other,
                        found @ Named::Item { .. } => return Some(found),
                    },
                    None if here.body.contains(name) => return item(),
                    None => panic!("{}: nothing in {module} defines {}", self.0[from].file, path.join("::")),
                },
            }
        }
        Some(Named::Module(module))
    }

    /// Every use of one file by another, through front pages to the file that defines the item.
    pub fn imports(&self) -> BTreeSet<Import> {
        let mut found = BTreeSet::new();
        for (name, module) in &self.0 {
            // What is only handed on is not used.
            let used = module.uses.iter().filter(|import| !import.public || module.body.contains(&import.name));
            // A path that begins with an imported item adds nothing to its import.
            let begins_with_item = |path: &Vec<String>| {
                let import = module.uses.iter().find(|import| import.name == path[0]);
                import.is_some_and(|import| matches!(self.find(name, &import.path), Some(Named::Item { .. })))
            };
            let mut written = module.paths();
            written.retain(|path| !begins_with_item(path));
            for path in used.map(|import| &import.path).chain(&written) {
                let Some(Named::Item { module: target, .. }) = self.find(name, path) else { continue };
                let to = &self.0[&target].file;
                let room = self.room(name, path);
                found.insert(Import { from: module.file.clone(), to: to.clone(), path: path.join("::"), room });
            }
        }
        found.retain(|import| import.from != import.to);
        found
    }

    /// The room that a path names by its own words.
    fn room(&self, from: &str, path: &[String]) -> String {
        let supers = path.iter().take_while(|part| *part == "super").count();
        let above = (0..supers).fold(from.to_owned(), |module, _| parent(&module));
        let room = match path[0].as_str() {
            "crate" => path.get(1).cloned().unwrap_or_default(),
            "super" if above.is_empty() => path[supers].clone(),
            _ => above.split("::").next().unwrap().to_owned(),
        };
        if self.0.contains_key(&room) { room } else { String::new() }
    }

    /// Every public type, at the file that declares it.
    pub fn public_types(&self) -> Vec<Type> {
        let types = |module: &Module| {
            let file = module.file.clone();
            module.public_types.clone().into_iter().map(move |name| Type { name, file: file.clone() })
        };
        self.0.values().flat_map(types).collect()
    }

    /// Every `impl` block of a type's own: the type as `name (file that declares it)`, the file of the block.
    pub fn inherent_impls(&self) -> Vec<Type> {
        let mut found = Vec::new();
        for (at, module) in &self.0 {
            for path in &module.extended {
                let Some(Named::Item { module: owner, name }) = self.find(at, path) else {
                    panic!("{}: impl of {}, which nothing declares", module.file, path.join("::"))
                };
                let name = format!("{name} ({})", self.0[&owner].file);
                found.push(Type { name, file: module.file.clone() });
            }
        }
        found
    }
}

impl Module {
    fn of(source: &Source) -> Self {
        let mut module = Self { file: source.path.clone(), ..Self::default() };
        let tokens = tokens(&source.bare);
        let mut i = 0;
        while i < tokens.len() {
            if tokens[i] == "use" && tokens[i + 1] != "<" {
                let public = i > 0 && matches!(tokens[i - 1].as_str(), "pub" | ")");
                let end = i + tokens[i..].iter().position(|token| token == ";").unwrap();
                leaves(&tokens[i + 1..end], &[], &mut |path, name| {
                    module.uses.push(Use { path, name, public });
                });
                i = end + 1;
            } else {
                module.body.push(tokens[i].clone());
                i += 1;
            }
        }
        module.scan();
        module
    }

    /// Finds what the file defines at its top level, or in a macro that it calls there.
    fn scan(&mut self) {
        let body = std::mem::take(&mut self.body);
        let at = |i: usize| body.get(i).map_or("", String::as_str);
        // The brackets that are open; `true` for those of a macro call at the top level.
        let mut open: Vec<bool> = Vec::new();
        for i in 0..body.len() {
            let in_macro = open == [true];
            match at(i) {
                "{" | "(" | "[" => {
                    let call = i > 1 && at(i - 1) == "!" && is_word(at(i - 2));
                    open.push(open.is_empty() && call);
                }
                "}" | ")" | "]" => drop(open.pop()),
                _ if !open.is_empty() && !in_macro => {}
                "macro_rules" => drop(self.defined.insert(at(i + 2).to_owned())),
                "struct" | "enum" | "trait" | "type" | "fn" | "static" | "const" if is_word(at(i + 1)) => {
                    self.defined.insert(at(i + 1).to_owned());
                    let is_type = matches!(at(i), "struct" | "enum" | "trait" | "type");
                    if is_type && i > 0 && at(i - 1) == "pub" {
                        self.public_types.push(at(i + 1).to_owned());
                    }
                }
                // `choice! { Name { … } }`, `kinds! { name Name true { … } }`
                name if in_macro
                    && name.starts_with(char::is_uppercase)
                    && !matches!(at(i.wrapping_sub(1)), "enum" | "struct")
                    && matches!(at(i + 1), "{" | "true" | "false") =>
                {
                    self.defined.insert(name.to_owned());
                    self.public_types.push(name.to_owned());
                }
                // A block and not the type of a result: it begins an item.
                "impl" if open.is_empty() && (i == 0 || matches!(at(i - 1), "}" | ";" | "]")) => {
                    self.extended.extend(inherent(&body[i + 1..]));
                }
                _ => {}
            }
        }
        self.body = body;
    }

    /// Paths written out in the code.
    fn paths(&self) -> Vec<Vec<String>> {
        let (mut i, mut found) = (0, Vec::new());
        let at = |i: usize| self.body.get(i).map_or("", String::as_str);
        while i < self.body.len() {
            let mut path = Vec::new();
            while is_word(at(i)) {
                path.push(at(i).to_owned());
                i += 1;
                if at(i) != "::" || !is_word(at(i + 1)) {
                    break;
                }
                i += 1;
            }
            if path.len() > 1 {
                found.push(path);
            } else if path.is_empty() {
                i += 1;
            }
        }
        found
    }
}

/// The type of an `impl` header after its first word; `None` where a trait is implemented.
fn inherent(header: &[String]) -> Option<Vec<String>> {
    let (mut depth, mut path, mut named) = (0, Vec::new(), false);
    for (i, token) in header.iter().enumerate() {
        match token.as_str() {
            "<" => {
                named = named || i > 0;
                depth += 1;
            }
            ">" => depth -= 1,
            "{" => return Some(path),
            "for" if depth == 0 => return None,
            "where" => named = true,
            word if depth == 0 && !named && is_word(word) => path.push(word.to_owned()),
            _ => {}
        }
    }
    None
}

/// Hands over each name of a `use`: its path, and the name it goes by.
fn leaves(tokens: &[String], front: &[String], take: &mut impl FnMut(Vec<String>, String)) {
    let (mut depth, mut start) = (0, 0);
    for i in 0..=tokens.len() {
        match tokens.get(i).map(String::as_str) {
            Some("{") => depth += 1,
            Some("}") => depth -= 1,
            Some(",") | None if depth == 0 => {
                // A comma may end the list.
                if start < i {
                    leaf(&tokens[start..i], front, take);
                }
                start = i + 1;
            }
            _ => {}
        }
    }
}

fn leaf(tokens: &[String], front: &[String], take: &mut impl FnMut(Vec<String>, String)) {
    let mut path = front.to_vec();
    for (i, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "::" => {}
            "{" => return leaves(&tokens[i + 1..tokens.len() - 1], &path, take),
            "as" => return take(path, tokens[i + 1].clone()),
            "*" => panic!("{}::* hides what is imported", path.join("::")),
            "self" if !path.is_empty() => {}
            _ => path.push(token.clone()),
        }
    }
    if let Some(name) = path.last().cloned() {
        take(path, name);
    }
}
