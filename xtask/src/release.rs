//! What is shipped: the server without its debug lines, and these beside it.

use std::fs;

use crate::machine::ensure_node;
use crate::run::{Result, command, run, target};
use crate::web;

/// Larger ones are refused: somebody has put something into the binary.
const LARGEST_BYTES: u64 = 30_000_000;

/// Builds `target/dist/haggle`, and `haggle.debug` with the lines of a backtrace: where both lie
/// beside each other, debuggers and the server's own panics find it by the link in the binary.
pub fn release(with_web: bool) -> Result {
    if with_web {
        ensure_node()?;
        web::install()?;
        web::build()?;
    }
    run(&mut command(
        "cargo build --profile shipped --package haggle --locked",
    ))?;
    let built = target().join("shipped/haggle");
    let folder = target().join("dist");
    fs::create_dir_all(&folder)?;
    let (shipped, debug) = (folder.join("haggle"), folder.join("haggle.debug"));
    let objcopy = |option: &str| {
        let mut objcopy = command("objcopy");
        objcopy.arg(option);
        objcopy
    };
    run(objcopy("--only-keep-debug").args([&built, &debug]))?;
    run(objcopy("--strip-all").args([&built, &shipped]))?;
    // It writes the file's name, not its path.
    let link = format!("--add-gnu-debuglink={}", debug.display());
    run(objcopy(&link).arg(&shipped))?;
    let bytes = fs::metadata(&shipped)?.len();
    println!("{}: {:.1} MiB", shipped.display(), mebibytes(bytes));
    println!(
        "{}: {:.1} MiB",
        debug.display(),
        mebibytes(fs::metadata(&debug)?.len())
    );
    if bytes > LARGEST_BYTES {
        return Err(format!("the server has {bytes} bytes, more than {LARGEST_BYTES}").into());
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "for people to read")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
