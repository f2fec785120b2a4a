//! What the machine has, and what we may put on it.

use std::env;
use std::path::PathBuf;

use crate::run::{Result, command, run, succeeds};

/// A program that is needed, the names it goes by, and the Debian package that brings it.
#[derive(Debug, Clone, Copy)]
pub struct Program {
    pub names: &'static [&'static str],
    pub package: &'static str,
}

pub const REDIS: Program = Program {
    names: &["redis-server"],
    package: "redis-server",
};
pub const NGINX: Program = Program {
    // Not in everybody's PATH.
    names: &["nginx", "/usr/sbin/nginx"],
    package: "nginx-light",
};
pub const PGBOUNCER: Program = Program {
    // Not in everybody's PATH.
    names: &["pgbouncer", "/usr/sbin/pgbouncer"],
    package: "pgbouncer",
};
pub const PERF: Program = Program {
    names: &["perf"],
    package: "linux-perf",
};
pub const CLAMD: Program = Program {
    // Not in everybody's PATH.
    names: &["clamd", "/usr/sbin/clamd"],
    package: "clamav-daemon",
};
pub const PIP: Program = Program {
    names: &["pip3"],
    package: "python3-pip",
};
pub const OPENSSL: Program = Program {
    names: &["openssl"],
    package: "openssl",
};
pub const CHROMIUM: Program = Program {
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ],
    package: "chromium",
};
pub const FIREFOX: Program = Program {
    names: &["firefox-esr", "firefox"],
    package: "firefox-esr",
};
pub const WEBKIT_DRIVER: Program = Program {
    names: &["WebKitWebDriver"],
    package: "webkit2gtk-driver",
};
/// WebKit has no mode without a display.
pub const XVFB: Program = Program {
    names: &["Xvfb"],
    package: "xvfb",
};

impl Program {
    pub fn find(self) -> Option<PathBuf> {
        let path = env::var_os("PATH")?;
        let folders: Vec<_> = env::split_paths(&path).collect();
        let candidates = self
            .names
            .iter()
            .flat_map(|name| folders.iter().map(move |f| f.join(name)));
        candidates.into_iter().find(|candidate| candidate.is_file())
    }

    /// Installs it where that is ours to do, and says what is missing where it is not.
    pub fn ensure(self) -> Result {
        if self.find().is_some() {
            return Ok(());
        }
        install(self.package)
    }
}

/// Whether packages can be installed without asking anybody.
pub fn can_install() -> bool {
    succeeds(&mut command("apt-get --version"))
        && (is_root() || succeeds(&mut command("sudo -n true")))
}

/// With the package manager of Debian and Ubuntu, as root or with a `sudo` that asks nothing.
pub fn install(package: &str) -> Result {
    if !can_install() {
        return Err(format!("`{package}` is missing; install it with your package manager").into());
    }
    println!("installing {package}");
    let apt = if is_root() {
        "apt-get"
    } else {
        "sudo -n apt-get"
    };
    let install = || {
        let line = format!("{apt} install --yes --no-install-recommends {package}");
        run(command(&line).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    // The list of packages of a fresh machine is empty or old.
    install().or_else(|_| run(&mut command(&format!("{apt} update"))).and_then(|()| install()))
}

pub fn is_root() -> bool {
    let id = crate::run::output(&mut command("id -u"));
    id.is_ok_and(|id| id.trim() == "0")
}

/// Node, which builds the web pages.
pub fn ensure_node() -> Result {
    const NEEDED: (u32, u32) = (20, 19);
    let hint = "Node 20.19 or later with npm is needed for the web pages: https://nodejs.org";
    let version = crate::run::output(&mut command("node --version")).map_err(|_| hint)?;
    let mut numbers = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    let found = (numbers.next(), numbers.next());
    match found {
        (Some(Ok(major)), Some(Ok(minor))) if (major, minor) >= NEEDED => {}
        _ => return Err(format!("{hint}; this is {}", version.trim()).into()),
    }
    if succeeds(&mut command("npm --version")) {
        Ok(())
    } else {
        Err(hint.into())
    }
}
