//! Closed lists: an enum, all of it in order, and the code of each.

/// Declares an enum with `ALL` and `code`, so that neither can lack a variant.
///
/// What else is said of a variant (its words, its headings) is an exhaustive match elsewhere: a new one does not
/// compile before all of it is said.
macro_rules! coded {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$doc])* $variant),* }

        impl $name {
            /// All of them, in order.
            pub const ALL: [Self; [$($code),*].len()] = [$(Self::$variant),*];

            /// The code, as files and results write it.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }
        }
    };
}
pub(crate) use coded;
