//! PostgreSQL's settings, passed on its command line so that an upgrade of Haggle changes them.

use std::path::Path;

use crate::Options;
use crate::socket_folder::PORT;

const ALWAYS: &[(&str, &str)] = &[
    ("cluster_name", "haggle"),
    ("listen_addresses", ""),
    ("port", PORT),
    ("unix_socket_permissions", "0700"),
    ("max_connections", "100"),
    ("synchronous_commit", "on"),
    ("timezone", "UTC"),
    ("log_timezone", "UTC"),
    // A small machine that is shared with the marketplace, and short queries by index.
    ("shared_buffers", "128MB"),
    ("effective_cache_size", "1GB"),
    ("random_page_cost", "1.1"),
    ("jit", "off"),
    ("huge_pages", "off"),
    ("max_wal_size", "2GB"),
    ("checkpoint_timeout", "15min"),
    // Statements, parameters and the detail of an error hold people's messages. Haggle reports
    // errors itself.
    ("log_min_messages", "log"),
    ("log_min_error_statement", "panic"),
    ("log_parameter_max_length_on_error", "0"),
    ("log_error_verbosity", "terse"),
    ("log_statement", "none"),
    ("log_checkpoints", "off"),
];

const DURABLE: &[(&str, &str)] = &[("fsync", "on"), ("full_page_writes", "on")];

/// The machine may not crash, but PostgreSQL may: what it confirmed is with the kernel.
const WORTHLESS: &[(&str, &str)] = &[("fsync", "off"), ("full_page_writes", "off")];

/// `-c name=value` for each setting; where one is given twice, PostgreSQL takes the last.
pub(crate) fn arguments(options: &Options, socket_folder: &Path) -> Vec<String> {
    let durability = if options.durable { DURABLE } else { WORTHLESS };
    let fixed = ALWAYS.iter().chain(durability).copied();
    let asked = options
        .settings
        .iter()
        .map(|(name, value)| (&**name, &**value));
    let socket_folder = socket_folder.to_string_lossy();
    fixed
        .chain([("unix_socket_directories", &*socket_folder)])
        .chain(asked)
        .flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")])
        .collect()
}
