//! What a key field of a block accepts, when a thing is asked for by its key.

/// What a key field accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Whatever is asked for.
    Any,
    /// One of these.
    Only(Vec<String>),
}

impl Selector {
    /// Whether the value asked for is accepted.
    #[must_use]
    pub fn accepts(&self, wanted: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Only(list) => list.iter().any(|item| item == wanted),
        }
    }
}
