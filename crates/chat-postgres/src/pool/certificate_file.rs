//! Files of certificates that the database's URL names. A file without any would only show when nobody is
//! believed any more.

use std::fs;

use crate::PgError;

/// How a certificate begins that can be read, in a file and in the URL itself.
const BEGIN: &str = "-----BEGIN CERTIFICATE-----";

/// The error names the parameter, and what to do.
pub(super) fn check(parameter: &str, value: &str) -> Result<(), PgError> {
    if value.trim_start().starts_with(BEGIN) {
        return Ok(());
    }
    let wrong = |what: &str| {
        Err(PgError::Url(format!(
            "names a file as {parameter} that {what}"
        )))
    };
    match fs::read(value) {
        Err(error) => wrong(&format!("cannot be read: {error}")),
        Ok(bytes) if String::from_utf8_lossy(&bytes).contains(BEGIN) => Ok(()),
        Ok(_) => wrong(
            "holds no certificate in PEM form; where it is in DER form, `openssl x509 -inform der -in FILE` \
             writes the other",
        ),
    }
}
