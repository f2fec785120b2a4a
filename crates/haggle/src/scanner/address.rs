use std::{fmt, path::PathBuf};

/// Where `clamd` listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScannerAddress {
    /// `HOST:PORT`
    Tcp(String),
    Unix(PathBuf),
}

impl ScannerAddress {
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("unix://") {
            let path = PathBuf::from(path);
            return if path.is_absolute() {
                Ok(Self::Unix(path))
            } else {
                Err("must be a path like unix:///run/clamav/clamd.ctl".to_owned())
            };
        }
        let not = || "must be like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl".to_owned();
        let place = text.strip_prefix("tcp://").ok_or_else(not)?;
        let (host, port) = place.rsplit_once(':').ok_or_else(not)?;
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0);
        if host.is_empty() || host.contains(['/', '@', ' ']) || !is_port {
            return Err(not());
        }
        Ok(Self::Tcp(place.to_owned()))
    }
}

impl fmt::Display for ScannerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(place) => write!(f, "tcp://{place}"),
            Self::Unix(path) => write!(f, "unix://{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ScannerAddress;

    #[test]
    fn an_address_is_a_socket_of_either_kind() {
        for right in [
            "tcp://127.0.0.1:3310",
            "tcp://clamd.internal:3310",
            "tcp://[::1]:3310",
            "unix:///run/clamav/clamd.ctl",
        ] {
            assert_eq!(ScannerAddress::parse(right).unwrap().to_string(), right);
        }
        for wrong in [
            "",
            "tcp://",
            "tcp://host",
            "tcp://host:0",
            "tcp://:1",
            "unix://run",
            "http://a:1",
        ] {
            assert!(ScannerAddress::parse(wrong).is_err(), "{wrong}");
        }
    }
}
