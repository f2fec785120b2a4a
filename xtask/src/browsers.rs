//! The flows of `web/e2e/browsers`, in the browsers that this machine has or can get.

use std::path::PathBuf;

use crate::machine::{FIREFOX, Program, WEBKIT_DRIVER, XVFB};
use crate::run::{Result, command, run, target};
use crate::steps::Steps;
use crate::{postgres, web};

/// A browser, its file of flows, the variable that tells where it is, and what else it needs.
struct Kind {
    name: &'static str,
    flows: &'static str,
    variable: &'static str,
    program: Program,
    beside: &'static [Program],
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "Firefox",
        flows: "firefox",
        variable: "FIREFOX",
        program: FIREFOX,
        beside: &[],
    },
    Kind {
        name: "WebKit",
        flows: "webkit",
        variable: "WEBKIT_DRIVER",
        program: WEBKIT_DRIVER,
        beside: &[XVFB],
    },
];

/// The server's binary, with the pages in it.
pub fn server() -> PathBuf {
    target().join("debug/haggle")
}

/// The pages are in the server's binary, so it is built after them.
pub fn ensure_server() -> Result {
    postgres::ensure()?;
    run(&mut command("cargo build --package haggle --locked"))
}

/// A browser that cannot be had is told as skipped: not every system has a package of it.
pub fn test(steps: &mut Steps) -> Result {
    steps.step("what the flows in other browsers need", ensure_server)?;
    for kind in &KINDS {
        let step = format!("flows in {}", kind.name);
        match kind.path() {
            Ok(path) => steps.step(&step, || {
                let script = format!("run e2e:browsers -- {}", kind.flows);
                let mut npm = web::npm(&script);
                run(npm.env("HAGGLE_BINARY", server()).env(kind.variable, path))
            })?,
            Err(error) => steps.skip(&step, &format!("it cannot be had: {error}")),
        }
    }
    Ok(())
}

impl Kind {
    /// Where it is, once all that it needs is there.
    fn path(&self) -> Result<PathBuf> {
        for program in self.beside {
            program.ensure()?;
        }
        self.program.ensure()?;
        let missing = || format!("`{}` brought no program", self.program.package);
        Ok(self.program.find().ok_or_else(missing)?)
    }
}
