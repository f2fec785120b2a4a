//! How settings are declared: one line is a field, its type, how its text is read, and its row in
//! the help.

/// `value` has a default, `optional` may be missing. What follows `and` is made of several
/// settings, by a function of what was given.
macro_rules! settings {
    (
        $(#[$about:meta])*
        $name:ident {
            $(
                $(#[$note:meta])*
                $field:ident: $type:ty = $how:ident($parse:expr), $env:literal, $default:literal, $help:literal;
            )*
        }
        $(and {
            $(
                $(#[$part_note:meta])*
                $part:ident: $part_type:ty = $make:expr;
            )*
        })?
    ) => {
        $(#[$about])*
        #[derive(Clone, Debug)]
        pub struct $name {
            $($(#[$note])* pub $field: $type,)*
            $($($(#[$part_note])* pub $part: $part_type,)*)?
        }

        impl $name {
            pub const TABLE: &[$crate::settings::setting::Setting] =
                &[$($crate::settings::setting::Setting::new($env, $default, $help)),*];

            pub(super) fn read(given: &mut impl $crate::settings::given::Given) -> Self {
                Self {
                    $($field: given.$how($crate::settings::setting::Setting::new($env, $default, $help), $parse),)*
                    $($($part: $make(given),)*)?
                }
            }
        }
    };
}

pub(super) use settings;
