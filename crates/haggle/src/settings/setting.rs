//! What one setting is, where it was found, and what is wrong with it.

use std::fmt;

/// One setting. `HAGGLE_DATA_DIR` is the flag `--data-dir` and the file key `data_dir`.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub env: &'static str,
    /// Empty when there is none.
    pub default: &'static str,
    pub help: &'static str,
    /// Only shown by the long help: what the host calls its tables.
    pub is_rare: bool,
}

impl Setting {
    pub const fn new(env: &'static str, default: &'static str, help: &'static str) -> Self {
        Self {
            env,
            default,
            help,
            is_rare: false,
        }
    }

    /// The key in `haggle.toml`.
    pub fn key(&self) -> String {
        let name = self.env.strip_prefix("HAGGLE_").unwrap_or(self.env);
        name.to_ascii_lowercase()
    }

    /// The flag without its dashes.
    pub fn flag(&self) -> String {
        self.key().replace('_', "-")
    }
}

/// A setting that cannot be used, and why. Never shows a secret value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub name: String,
    pub reason: String,
}

impl Wrong {
    pub fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            reason: reason.into(),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.reason)
    }
}

/// The place that a value was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Flag,
    Environment,
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flag => "from a flag",
            Self::Environment => "from the environment",
            Self::File => "from the settings file",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Setting;

    #[test]
    fn one_name_makes_the_others() {
        let setting = Setting::new("HAGGLE_DATA_DIR", "", "");
        assert_eq!(
            (setting.flag().as_str(), setting.key().as_str()),
            ("data-dir", "data_dir")
        );
        let setting = Setting::new("DATABASE_URL", "", "");
        assert_eq!(setting.flag(), "database-url");
    }
}
