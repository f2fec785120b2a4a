//! Whom PostgreSQL runs as. It refuses to run as root, so root hands it to another user.

use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::error::{ClusterError, Doing, Result};

/// An existing user of this machine, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Account {
    pub uid: u32,
    gid: u32,
    /// Whether this process is root and has to change to the account.
    changes: bool,
}

impl Account {
    /// As an ordinary user that user; as root the one asked for, else the owner of the existing
    /// `data`, else `haggle`, else `postgres`. Never `nobody`: on many machines others run as it
    /// too.
    pub fn choose(asked: Option<&str>, data: &Path) -> Result<Self> {
        let own = Self {
            uid: rustix::process::geteuid().as_raw(),
            gid: rustix::process::getegid().as_raw(),
            changes: false,
        };
        if own.uid != 0 {
            return match asked {
                Some(name) if Self::named(name).is_none_or(|account| account.uid != own.uid) => {
                    Err(ClusterError::NotRoot(name.to_owned()))
                }
                _ => Ok(own),
            };
        }
        match asked {
            Some(name) => {
                Self::named(name).ok_or_else(|| ClusterError::UnknownUser(name.to_owned()))
            }
            None => Self::owner_of(data)
                .or_else(|| Self::named("haggle"))
                .or_else(|| Self::named("postgres"))
                .ok_or(ClusterError::NoUser),
        }
    }

    /// By `id`, because users may come from LDAP and the like as well as from `/etc/passwd`. Root
    /// does not count.
    fn named(name: &str) -> Option<Self> {
        let number = |flag| {
            let output = Command::new("id").args([flag, "--", name]).output().ok()?;
            let text = String::from_utf8(output.stdout).ok()?;
            text.trim().parse().ok()
        };
        Self::unprivileged(number("-u")?, number("-g")?)
    }

    fn owner_of(data: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(data).ok()?;
        Self::unprivileged(metadata.uid(), metadata.gid())
    }

    fn unprivileged(uid: u32, gid: u32) -> Option<Self> {
        (uid != 0).then_some(Self {
            uid,
            gid,
            changes: true,
        })
    }

    pub fn is_other(self) -> bool {
        self.changes
    }

    /// A command that runs as this user, without the environment that would change what PostgreSQL
    /// does.
    pub fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            if name.as_encoded_bytes().starts_with(b"PG") {
                command.env_remove(name);
            }
        }
        // The folder we were started in may be closed to that user.
        command
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            .current_dir("/")
            .stdin(Stdio::null());
        if self.changes {
            // Changing both also clears the supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Asked of the system itself, so that access lists and mount options count as well as
    /// permissions.
    pub fn can_enter(self, folder: &Path) -> bool {
        if !self.changes {
            return true;
        }
        let mut command = self.command(Path::new("/bin/sh"));
        command
            .args(["-c", "cd -- \"$1\"", "sh"])
            .arg(folder)
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// Makes a folder that only this user can enter.
    pub fn make_private_folder(self, folder: &Path) -> Result<()> {
        fs::create_dir(folder).doing("create", folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).doing("protect", folder)?;
        if self.changes {
            chown(folder, Some(self.uid), Some(self.gid)).doing("hand over", folder)?;
        }
        Ok(())
    }
}
