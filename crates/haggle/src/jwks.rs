//! Public keys from a JWKS file (RFC 7517), read again when the file changes.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
    time::SystemTime,
};

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse},
};

/// A key that may verify tokens of exactly one algorithm.
#[derive(Clone, Debug)]
pub struct Key {
    pub id: Option<String>,
    pub algorithm: Algorithm,
    pub key: DecodingKey,
}

/// Reads the usable keys of a file. The reason reads on after the name of the setting.
pub fn read(path: &Path) -> Result<Vec<Key>, String> {
    let shown = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot be read: {shown}: {error}"))?;
    let set: JwkSet =
        serde_json::from_str(&text).map_err(|_| format!("is not a JWKS file: {shown}"))?;
    let keys: Vec<_> = set.keys.iter().filter_map(usable).collect();
    if keys.is_empty() {
        return Err(format!("has no RS256, ES256 or EdDSA key: {shown}"));
    }
    Ok(keys)
}

/// Secret keys, keys for encryption and other algorithms are passed over.
fn usable(jwk: &Jwk) -> Option<Key> {
    let (algorithm, name) = match &jwk.algorithm {
        AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
        AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
            (Algorithm::ES256, KeyAlgorithm::ES256)
        }
        AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
            (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
        }
        _ => return None,
    };
    let signs = !matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption));
    let fits = jwk.common.key_algorithm.is_none_or(|given| given == name);
    let key = DecodingKey::from_jwk(jwk).ok()?;
    (signs && fits).then(|| Key {
        id: jwk.common.key_id.clone(),
        algorithm,
        key,
    })
}

/// The keys of a file, as of its last change.
#[derive(Debug)]
pub struct JwksFile {
    path: PathBuf,
    stamp: Mutex<Option<(SystemTime, u64)>>,
    keys: RwLock<Arc<Vec<Key>>>,
}

impl JwksFile {
    pub fn open(path: &Path) -> Result<Self, String> {
        let stamp = stamp(path);
        let keys = RwLock::new(Arc::new(read(path)?));
        Ok(Self {
            path: path.to_owned(),
            stamp: Mutex::new(stamp),
            keys,
        })
    }

    pub fn keys(&self) -> Arc<Vec<Key>> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the file again when it changed. A broken one changes nothing, so that a slip
    /// while editing does not sign everybody out. Returns whether the keys are others now.
    pub fn refresh(&self) -> bool {
        let now = stamp(&self.path);
        {
            let mut last = self.stamp.lock().unwrap_or_else(PoisonError::into_inner);
            if now.is_none() || *last == now {
                return false;
            }
            *last = now;
        }
        match read(&self.path) {
            Ok(keys) => {
                tracing::info!(keys = keys.len(), "read the JWKS file again");
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
                true
            }
            Err(reason) => {
                tracing::warn!(
                    reason,
                    "the changed JWKS file cannot be used; the old keys stay"
                );
                false
            }
        }
    }
}

/// What changes when the file does.
fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
