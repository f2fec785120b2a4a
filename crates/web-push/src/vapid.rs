//! The proof of who sends: a signed token for each push service (RFC 8292).

use std::fmt;

use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::json;

const BEGIN: &str = "-----BEGIN PRIVATE KEY-----";
const END: &str = "-----END PRIVATE KEY-----";

/// The pair of keys by which push services and browsers know a server.
pub struct Vapid {
    keys: EcdsaKeyPair,
}

impl fmt::Debug for Vapid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vapid")
            .field("public", &self.public_key())
            .finish()
    }
}

/// Reads on after the name of a setting. Shows nothing of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("holds no private key of P-256: make one with haggle push-key")]
pub struct WrongKey;

impl Vapid {
    /// A new pair, as the text of its file.
    pub fn generate() -> Option<String> {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).ok()?;
        let text = STANDARD.encode(key.as_ref());
        let mut file = format!("{BEGIN}\n");
        let mut rest = &*text;
        while !rest.is_empty() {
            let (line, more) = rest.split_at(rest.len().min(64));
            file.push_str(line);
            file.push('\n');
            rest = more;
        }
        Some(file + END + "\n")
    }

    /// A PKCS #8 file, or the 32 bytes in base64url that other programs make.
    pub fn parse(text: &str) -> Result<Self, WrongKey> {
        let text = text.trim();
        let keys = match text.split_once(BEGIN) {
            Some((_, rest)) => of_file(rest)?,
            None => of_number(text)?,
        };
        Ok(Self { keys })
    }

    /// What browsers subscribe with.
    pub fn public_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.keys.public_key())
    }

    /// The header `Authorization` for one push service, good until then (at most a day ahead).
    /// `contact` is an address that its operator can turn to.
    pub fn authorization(
        &self,
        audience: &str,
        contact: &str,
        until_seconds: i64,
    ) -> Option<String> {
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(json!({"typ": "JWT", "alg": "ES256"}));
        let claims = part(json!({"aud": audience, "exp": until_seconds, "sub": contact}));
        let signed = format!("{header}.{claims}");
        let signature = self
            .keys
            .sign(&SystemRandom::new(), signed.as_bytes())
            .ok()?;
        let signature = URL_SAFE_NO_PAD.encode(signature);
        let key = self.public_key();
        Some(format!("vapid t={signed}.{signature}, k={key}"))
    }
}

fn of_file(rest: &str) -> Result<EcdsaKeyPair, WrongKey> {
    let (body, _) = rest.split_once(END).ok_or(WrongKey)?;
    let body: String = body.split_whitespace().collect();
    let bytes = STANDARD.decode(body).map_err(|_| WrongKey)?;
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &bytes).map_err(|_| WrongKey)
}

fn of_number(text: &str) -> Result<EcdsaKeyPair, WrongKey> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('='));
    let bytes = bytes.map_err(|_| WrongKey)?;
    let private = PrivateKey::from_private_key(&ECDH_P256, &bytes).map_err(|_| WrongKey)?;
    let public = private.compute_public_key().map_err(|_| WrongKey)?;
    EcdsaKeyPair::from_private_key_and_public_key(
        &ECDSA_P256_SHA256_FIXED_SIGNING,
        &bytes,
        public.as_ref(),
    )
    .map_err(|_| WrongKey)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use serde_json::{Value, json};

    use super::{Vapid, WrongKey};

    #[test]
    fn a_proof_is_signed_and_says_for_whom_and_until_when() {
        let vapid = Vapid::parse(&Vapid::generate().unwrap()).unwrap();
        let proof = vapid.authorization("https://push.example", "mailto:a@b.example", 99);
        let proof = proof.unwrap();
        let (token, key) = proof
            .strip_prefix("vapid t=")
            .and_then(|rest| rest.split_once(", k="))
            .unwrap();
        assert_eq!(key, vapid.public_key());
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let (_, claims) = signed.split_once('.').unwrap();
        let claims: Value =
            serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
        assert_eq!(
            claims,
            json!({"aud": "https://push.example", "exp": 99, "sub": "mailto:a@b.example"})
        );
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        assert_eq!((key.len(), key[0]), (65, 4));
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key);
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        assert!(key.verify(signed.as_bytes(), &signature).is_ok());
    }

    #[test]
    fn a_key_of_another_program_is_taken() {
        // The example of RFC 8291, where its public key stands too.
        let vapid = Vapid::parse("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw\n").unwrap();
        assert!(vapid.public_key().starts_with("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for wrong in ["", "x", "-----BEGIN PRIVATE KEY-----\nAAAA", "AAAA"] {
            assert_eq!(Vapid::parse(wrong).unwrap_err(), WrongKey);
        }
    }
}
