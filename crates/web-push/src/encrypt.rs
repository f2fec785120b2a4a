//! Encryption for one browser: RFC 8291 on RFC 8188 (`aes128gcm`), in one record.

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{self, ECDH_P256, PrivateKey, UnparsedPublicKey},
    error::Unspecified,
    hkdf::{self, HKDF_SHA256, KeyType, Salt},
    rand,
};

use crate::subscription::{Keys, POINT_BYTES};

const SALT_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const HEADER_BYTES: usize = SALT_BYTES + 4 + 1 + POINT_BYTES;
/// Services take 4096 bytes (RFC 8030, 7.2).
const RECORD_BYTES: usize = 4_096;
/// Of a message before it is encrypted: without header, tag and the byte that ends it.
pub const MOST_BYTES: usize = RECORD_BYTES - HEADER_BYTES - TAG_BYTES - 1;

/// Why a message cannot be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotEncrypted {
    #[error("the message has more than {MOST_BYTES} bytes")]
    TooLong,
    /// Of this browser nothing can be read by anybody.
    #[error("the browser's key is no point of the curve")]
    NoPoint,
    #[error("there is no randomness")]
    NoRandomness,
}

/// The body of a request.
pub fn encrypt(message: &[u8], browser: &Keys) -> Result<Vec<u8>, NotEncrypted> {
    if message.len() > MOST_BYTES {
        return Err(NotEncrypted::TooLong);
    }
    let mut salt = [0; SALT_BYTES];
    rand::fill(&mut salt).map_err(|_| NotEncrypted::NoRandomness)?;
    let ours = PrivateKey::generate(&ECDH_P256).map_err(|_| NotEncrypted::NoRandomness)?;
    encrypt_with(message, browser, &ours, salt).map_err(|_| NotEncrypted::NoPoint)
}

fn encrypt_with(
    message: &[u8],
    browser: &Keys,
    ours: &PrivateKey,
    salt: [u8; SALT_BYTES],
) -> Result<Vec<u8>, Unspecified> {
    let public = ours.compute_public_key()?;
    let secret = shared_secret(browser, ours, public.as_ref())?;
    let derive = Salt::new(HKDF_SHA256, &salt).extract(&secret);
    let mut key = [0; 16];
    expand(&derive, &[b"Content-Encoding: aes128gcm\0"], &mut key)?;
    let mut nonce = [0; 12];
    expand(&derive, &[b"Content-Encoding: nonce\0"], &mut nonce)?;

    let mut body = Vec::with_capacity(HEADER_BYTES + message.len() + 1 + TAG_BYTES);
    body.extend_from_slice(&salt);
    let record = u32::try_from(RECORD_BYTES).map_err(|_| Unspecified)?;
    body.extend_from_slice(&record.to_be_bytes());
    body.push(u8::try_from(POINT_BYTES).map_err(|_| Unspecified)?);
    body.extend_from_slice(public.as_ref());
    let mut sealed = message.to_vec();
    // The last record, and no padding.
    sealed.push(2);
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
    let nonce = Nonce::assume_unique_for_key(nonce);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed)?;
    body.extend_from_slice(&sealed);
    Ok(body)
}

/// What only we and the browser can know: RFC 8291, 3.3.
fn shared_secret(
    browser: &Keys,
    ours: &PrivateKey,
    our_public: &[u8],
) -> Result<[u8; 32], Unspecified> {
    let theirs = UnparsedPublicKey::new(&ECDH_P256, &browser.p256dh[..]);
    agreement::agree(ours, theirs, Unspecified, |agreed| {
        let derive = Salt::new(HKDF_SHA256, &browser.auth).extract(agreed);
        let mut secret = [0; 32];
        let info = [b"WebPush: info\0".as_slice(), &browser.p256dh, our_public];
        expand(&derive, &info, &mut secret)?;
        Ok(secret)
    })
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn expand(key: &hkdf::Prk, info: &[&[u8]], filled: &mut [u8]) -> Result<(), Unspecified> {
    key.expand(info, Length(filled.len()))?.fill(filled)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::{MOST_BYTES, NotEncrypted, encrypt, encrypt_with};
    use crate::Keys;

    fn browser() -> Keys {
        Keys::parse(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .unwrap()
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out() {
        let decode = |text| URL_SAFE_NO_PAD.decode(text).unwrap();
        let ours = decode("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let ours = PrivateKey::from_private_key(&ECDH_P256, &ours).unwrap();
        let salt = decode("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let message = b"When I grow up, I want to be a watermelon";
        let body = encrypt_with(message, &browser(), &ours, salt).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml\
             mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT\
             pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn nothing_is_the_same_twice_and_nothing_too_long() {
        let most = vec![b'x'; MOST_BYTES];
        let one = encrypt(&most, &browser()).unwrap();
        assert_eq!(one.len(), 4_096);
        assert_ne!(one, encrypt(&most, &browser()).unwrap());
        assert_eq!(
            encrypt(&[0; MOST_BYTES + 1], &browser()),
            Err(NotEncrypted::TooLong)
        );
        let mut no_point = browser();
        no_point.p256dh[64] ^= 1;
        assert_eq!(encrypt(b"x", &no_point), Err(NotEncrypted::NoPoint));
    }
}
