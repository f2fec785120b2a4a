//! `DATABASE_URL`: one server, or several of which one may write. No part of it is ever shown but the
//! names of hosts and of parameters: a password may be anywhere in it.

use std::{fmt, str::FromStr, time::Duration};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::certificate_file;
use crate::PgError;

/// What is handed on as it is.
const KNOWN: [&str; 11] = [
    "sslmode",
    "ssl-mode",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
    "options[",
];
/// What would make a connection weaker if it were ignored.
const REFUSED: [&str; 3] = ["sslcrl", "sslcrldir", "sslpassword"];
/// What changes nothing here.
const HARMLESS: [&str; 8] = [
    "fallback_application_name",
    "gssencmode",
    "keepalives",
    "load_balance_hosts",
    "sslcompression",
    "sslsni",
    "ssl_min_protocol_version",
    "pgbouncer",
];
const SSL_MODES: [&str; 7] = [
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
    // Of JavaScript's driver: encrypted, and not looked at.
    "no-verify",
];

pub(crate) struct Address {
    pub servers: Vec<Server>,
    /// Whether a server that only reads is passed over.
    pub must_write: bool,
    pub connect_timeout: Option<Duration>,
    /// Parameters that mean nothing to us.
    pub ignored: Vec<String>,
}

pub(crate) struct Server {
    /// Host and port, or the folder of a socket.
    pub name: String,
    pub options: PgConnectOptions,
    pub ssl_mode: PgSslMode,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.servers.iter().map(|server| &server.name).collect();
        f.debug_tuple("Address").field(&names).finish()
    }
}

impl FromStr for Address {
    type Err = PgError;

    fn from_str(url: &str) -> Result<Self, PgError> {
        let parts = Parts::of(url)?;
        let mut read = Read::default();
        for (name, raw) in &parts.parameters {
            read.parameter(name, raw)?;
        }
        let hosts = if read.hosts.is_empty() {
            hosts(parts.hosts)?
        } else {
            pair(&read.hosts, &read.ports)?
        };
        let hosts = match &*read.ports {
            // A port that stands apart is everybody's.
            [port] if read.hosts.is_empty() => {
                let port = number(port)?;
                hosts.into_iter().map(|(host, _)| (host, port)).collect()
            }
            [] | [_] => hosts,
            each if each.len() == hosts.len() => hosts,
            _ => return Err(bad("port")),
        };
        let is_several = hosts.len() > 1;
        let servers = hosts
            .into_iter()
            .map(|(host, port)| server(&parts, &read, &host, port))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            servers,
            must_write: read.must_write || is_several,
            connect_timeout: read.connect_timeout,
            ignored: read.ignored,
        })
    }
}

/// The pieces of a URL, as they are written.
struct Parts<'a> {
    /// `user:password@`, or nothing.
    user: &'a str,
    hosts: &'a str,
    /// `/database`, or nothing.
    path: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Result<Self, PgError> {
        let rest = ["postgres://", "postgresql://"]
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme));
        let rest = rest.ok_or_else(|| wrong("does not begin with postgres://"))?;
        let rest = rest.split('#').next().unwrap_or_default();
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, path) = match place.find('/') {
            Some(slash) => place.split_at(slash),
            None => (place, ""),
        };
        let (user, hosts) = match authority.rfind('@') {
            Some(at) => authority.split_at(at + 1),
            None => ("", authority),
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let parameters = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Ok(Self {
            user,
            hosts,
            path,
            parameters: parameters.collect(),
        })
    }
}

/// What the parameters say.
#[derive(Default)]
struct Read {
    hosts: Vec<String>,
    ports: Vec<String>,
    /// `name=value`, to be handed on.
    kept: Vec<String>,
    ssl_mode: Option<String>,
    must_write: bool,
    connect_timeout: Option<Duration>,
    ignored: Vec<String>,
}

impl Read {
    fn parameter(&mut self, name: &str, raw: &str) -> Result<(), PgError> {
        let value = decoded(raw).ok_or_else(|| bad(name))?;
        let list = || value.split(',').map(ToOwned::to_owned).collect();
        match name {
            "host" | "hostaddr" => self.hosts = list(),
            "port" => self.ports = list(),
            "target_session_attrs" => {
                self.must_write = match &*value {
                    "read-write" | "primary" => true,
                    "any" => false,
                    _ => {
                        return Err(wrong(
                            "has a target_session_attrs that is of no use: a server must write, so read-write is meant",
                        ));
                    }
                }
            }
            "connect_timeout" => {
                let seconds: u64 = value.parse().map_err(|_| bad(name))?;
                self.connect_timeout = (seconds > 0).then(|| Duration::from_secs(seconds));
            }
            "sslmode" | "ssl-mode" if !SSL_MODES.contains(&&*value) => return Err(bad(name)),
            "sslmode" | "ssl-mode" => {
                let mode = if value == "no-verify" {
                    "require"
                } else {
                    &value
                };
                self.ssl_mode = Some(mode.to_owned());
            }
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" | "sslcert" | "ssl-cert" => {
                certificate_file::check(name, &value)?;
                self.kept.push(format!("{name}={raw}"));
            }
            "statement-cache-capacity" if value.parse::<usize>().is_err() => {
                return Err(bad(name));
            }
            _ if KNOWN.contains(&name) || name.starts_with("options[") => {
                self.kept.push(format!("{name}={raw}"));
            }
            _ if HARMLESS.contains(&name) || name.starts_with("keepalives_") => {}
            // One letter is missing, and nothing would be encrypted.
            _ if REFUSED.contains(&name) || name.starts_with("ssl") => {
                return Err(PgError::Url(format!("{} is not supported", shown(name))));
            }
            _ => self.ignored.push(shown(name)),
        }
        Ok(())
    }
}

fn server(parts: &Parts<'_>, read: &Read, host: &str, port: u16) -> Result<Server, PgError> {
    let is_folder = host.starts_with('/');
    let mut parameters = read.kept.clone();
    let mode = read.ssl_mode.as_ref().filter(|_| !is_folder);
    parameters.extend(mode.map(|mode| format!("sslmode={mode}")));
    let (user, path) = (parts.user, parts.path);
    let place = match host {
        _ if is_folder => "localhost".to_owned(),
        _ if host.contains(':') => format!("[{host}]"),
        _ => host.to_owned(),
    };
    if is_folder {
        parameters.push(format!("host={}", encoded(host)));
    }
    let url = format!(
        "postgres://{user}{place}:{port}{path}?{}",
        parameters.join("&")
    );
    // What it would say may show what is in there.
    let options = PgConnectOptions::from_str(&url).map_err(|_| wrong("cannot be understood"))?;
    let ssl_mode = match (&read.ssl_mode, is_folder) {
        (_, true) => PgSslMode::Disable,
        (Some(mode), false) => PgSslMode::from_str(mode).map_err(|_| bad("sslmode"))?,
        (None, false) => options.get_ssl_mode(),
    };
    let name = if is_folder {
        host.to_owned()
    } else {
        format!("{place}:{port}")
    };
    Ok(Server {
        name,
        options,
        ssl_mode,
    })
}

/// `host:port,host:port`, each with its port or without.
fn hosts(list: &str) -> Result<Vec<(String, u16)>, PgError> {
    list.split(',').map(host_and_port).collect()
}

fn host_and_port(text: &str) -> Result<(String, u16), PgError> {
    let (host, port) = match text.strip_prefix('[').map(|text| text.split_once(']')) {
        Some(Some((host, rest))) => (host, rest.strip_prefix(':').or(Some(rest))),
        Some(None) => return Err(wrong("has a host whose bracket is not closed")),
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let host = decoded(host).ok_or_else(|| wrong("has a host that cannot be read"))?;
    let port = match port {
        None | Some("") => default_port(),
        Some(port) => number(port)?,
    };
    Ok((or_default(host), port))
}

/// Hosts and ports that stand in lists of their own; one port is everybody's.
fn pair(hosts: &[String], ports: &[String]) -> Result<Vec<(String, u16)>, PgError> {
    let port = |at: usize| match ports {
        [] => Ok(default_port()),
        [port] => number(port),
        ports => number(ports.get(at).ok_or_else(|| bad("port"))?),
    };
    let paired = hosts.iter().enumerate();
    paired
        .map(|(at, host)| Ok((or_default(host.clone()), port(at)?)))
        .collect()
}

/// As the environment says, or else the socket of this machine.
fn or_default(host: String) -> String {
    if host.is_empty() {
        return PgConnectOptions::new_without_pgpass().get_host().to_owned();
    }
    host
}

fn default_port() -> u16 {
    PgConnectOptions::new_without_pgpass().get_port()
}

fn number(port: &str) -> Result<u16, PgError> {
    port.parse().map_err(|_| bad("port"))
}

fn wrong(what: &str) -> PgError {
    PgError::Url(what.to_owned())
}

fn bad(parameter: &str) -> PgError {
    PgError::Url(format!("has a wrong {}", shown(parameter)))
}

/// The name of a parameter, unless it may be the rest of a password.
fn shown(name: &str) -> String {
    let is_name = |c: char| c.is_ascii_lowercase() || matches!(c, '_' | '-');
    if name.len() <= 32 && name.chars().all(is_name) {
        name.to_owned()
    } else {
        "parameter without a plain name".to_owned()
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let digits = std::str::from_utf8(&digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests;
