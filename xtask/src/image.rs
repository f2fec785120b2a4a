//! The container's image without an engine: its files are laid out in a folder, and the server is
//! started in there as the image starts it.

use std::collections::BTreeSet;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use cluster::{Cluster, Options};

use crate::dockerfile::Stage;
use crate::machine;
use crate::run::{Result, command, output, root, run, succeeds, target};
use crate::steps::Steps;

const DOCKERFILE: &str = "Dockerfile";
/// What else names settings.
const NAMES_SETTINGS: [&str; 4] = [
    DOCKERFILE,
    "deploy/compose.yaml",
    "deploy/haggle.service",
    "deploy/haggle.env",
];
/// The libraries of `debian:bookworm-slim` that a server may need.
const IN_BASE: [&str; 4] = [
    "libc.so.6",
    "libm.so.6",
    "libgcc_s.so.1",
    "ld-linux-x86-64.so.2",
];
/// The base image's.
const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const FIRST_LINE: &str = "haggle listening on http://";
const PATIENCE: Duration = Duration::from_mins(1);

pub fn test(steps: &mut Steps) -> Result {
    steps.step("settings that the deployment names", settings_exist)?;
    if !machine::is_root() {
        steps.skip(
            "the container's files",
            "only root may change the root folder",
        );
        return Ok(());
    }
    steps.step("the container's files", || {
        let text = fs::read_to_string(root().join(DOCKERFILE))?;
        let stage = Stage::last_of(&text)?;
        let image = tempfile::Builder::new()
            .prefix("haggle-image-")
            .permissions(Permissions::from_mode(0o755))
            .tempdir()?;
        lay_out(&stage, image.path())?;
        start(&stage, image.path())
    })
}

/// The server refuses no name that it does not know in the environment, so a typing error would
/// stay unseen.
fn settings_exist() -> Result {
    let known = output(command(&binary().to_string_lossy()).arg("--help"))?;
    let known: BTreeSet<_> = names(&known).collect();
    for file in NAMES_SETTINGS {
        let text = fs::read_to_string(root().join(file))?;
        let unknown: Vec<_> = names(&text).filter(|name| !known.contains(name)).collect();
        if !unknown.is_empty() {
            return Err(format!("{file} names {unknown:?}, which the server does not know").into());
        }
    }
    Ok(())
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_ascii_uppercase() || c == '_'));
    words.filter(|word| word.starts_with("HAGGLE_") || *word == "DATABASE_URL")
}

fn binary() -> PathBuf {
    target().join("debug/haggle")
}

fn lay_out(stage: &Stage, image: &Path) -> Result {
    for copy in &stage.copies {
        let name = Path::new(&copy.from).file_name().unwrap_or_default();
        // The build's only product is the server; the tests' own stands for it.
        let from = match copy.is_built {
            true if name == "haggle" => binary(),
            true => return Err(format!("the build makes no {}", copy.from).into()),
            false => root().join(&copy.from),
        };
        place(&from, &inside(image, &copy.to))?;
    }
    for folder in &stage.folders {
        let path = inside(image, &folder.path);
        fs::create_dir_all(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(folder.mode))?;
        chown(&path, Some(folder.owner), Some(folder.group))?;
    }
    // The base image.
    for library in libraries(&binary())? {
        let name = library.file_name().unwrap_or_default().to_string_lossy();
        if !IN_BASE.contains(&&*name) {
            return Err(format!("the base image has no {name}").into());
        }
        place(&library, &inside(image, &library.to_string_lossy()))?;
    }
    fs::create_dir_all(image.join("tmp"))?;
    Ok(())
}

fn place(from: &Path, to: &Path) -> Result {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).map_err(|error| format!("{}: {error}", from.display()))?;
    Ok(())
}

fn inside(image: &Path, path: &str) -> PathBuf {
    image.join(path.trim_start_matches('/'))
}

/// What the loader would look for, where it is here.
fn libraries(program: &Path) -> Result<Vec<PathBuf>> {
    let listing = output(command("ldd").arg(program))?;
    let words = listing.split_whitespace();
    Ok(words
        .filter(|word| word.starts_with('/'))
        .map(PathBuf::from)
        .collect())
}

fn start(stage: &Stage, image: &Path) -> Result {
    let (user, group) = stage.user.split_once(':').ok_or("no user with a group")?;
    if user == "0" || group == "0" {
        return Err("the image runs as root".into());
    }
    let [volume] = &*stage.volumes else {
        return Err("the image has more than one volume".into());
    };
    if stage.environment.get("HAGGLE_DATA_DIR") != Some(volume) {
        return Err("the data folder is not the volume".into());
    }
    let database = postgres(image)?;
    let sockets = Path::new("/").join(database.socket_folder().strip_prefix(image)?);
    let url = format!(
        "postgres://haggle@localhost:5432/haggle?host={}",
        sockets.display()
    );

    let within = |words: &[String], extra: &[(&str, &str)]| {
        let mut chroot = command("chroot");
        chroot.arg(format!("--userspec={}", stage.user));
        chroot.arg("--groups=").arg(image).args(words);
        chroot.env_clear().env("PATH", PATH);
        chroot.envs(&stage.environment);
        chroot.envs(extra.iter().copied());
        chroot
    };
    // Any free port in place of the image's, which may be taken here.
    let listen = format!("127.0.0.1:{}", free_port()?);
    let here = ("HAGGLE_LISTEN", &*listen);
    let health = || within(&stage.health, &[here]);
    if succeeds(&mut health()) {
        return Err("it is called healthy before it is started".into());
    }

    let server: Vec<_> = [&*stage.entry_point, &*stage.arguments].concat();
    let secret = "only-for-the-test-of-the-image-0";
    let given = [here, ("DATABASE_URL", &*url), ("HAGGLE_JWT_SECRET", secret)];
    let mut server = Running(within(&server, &given).stdout(Stdio::piped()).spawn()?);
    let first = server.first_line()?;
    if !first.starts_with(FIRST_LINE) {
        return Err(format!("the server says {first:?} first").into());
    }
    run(&mut health())?;
    let signal = stage.stop_signal.trim_start_matches("SIG");
    run(command(&format!("kill -{signal}")).arg(server.0.id().to_string()))?;
    let status = server.0.wait()?;
    if !status.success() {
        return Err(format!("after {}: {status}", stage.stop_signal).into());
    }
    println!("started as {}, healthy, drained", stage.user);
    Ok(())
}

/// One inside the image, whose socket the server's user may use.
fn postgres(image: &Path) -> Result<Cluster> {
    let mut options = Options::temporary(image.join("database"));
    let anybody = ("unix_socket_permissions".into(), "0777".into());
    options.settings.push(anybody);
    let cluster = Cluster::start(&options)?;
    let open = Permissions::from_mode(0o755);
    let folders = cluster.socket_folder().ancestors();
    for folder in folders.take_while(|folder| *folder != image) {
        fs::set_permissions(folder, open.clone())?;
    }
    Ok(cluster)
}

fn free_port() -> Result<u16> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    Ok(listener.local_addr()?.port())
}

/// Ended with its owner, whatever happens.
struct Running(Child);

impl Running {
    /// The first that it prints on standard output; the rest is read and forgotten.
    fn first_line(&mut self) -> Result<String> {
        let stdout = self.0.stdout.take().ok_or("no output")?;
        let (say, hear) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stdout)
                .lines()
                .map_while(std::result::Result::ok)
            {
                let _ = say.send(line);
            }
        });
        let line = hear.recv_timeout(PATIENCE);
        Ok(line.map_err(|_| "the server did not start")?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
