//! The keys beside this file are for these tests only.

use std::{fs, path::Path, sync::Arc, time::Duration};

use chat::{ids::UserId, timestamp::Clock};
use chat_testing::FakeClock;
use jsonwebtoken::{
    Algorithm, EncodingKey, Header, encode,
    jwk::{Jwk, JwkSet},
};
use serde_json::{Value, json};

use super::{Auth, AuthError, Session};
use crate::settings::Secret;

const SECRET: &str = "a secret for tests, long enough for HS256";

fn auth(clock: &Arc<FakeClock>) -> Auth {
    Auth::new(Some(&Secret::new(SECRET)), None, clock.clone()).unwrap()
}

fn seconds(clock: &FakeClock) -> i64 {
    clock.now().micros() / 1_000_000
}

/// A token with these claims by the shared secret.
fn token(claims: &Value) -> String {
    let key = EncodingKey::from_secret(SECRET.as_bytes());
    encode(&Header::new(Algorithm::HS256), claims, &key).unwrap()
}

#[test]
fn a_signed_token_proves_its_user_until_the_second_it_expires() {
    let clock = Arc::new(FakeClock::new());
    let auth = auth(&clock);
    let user = UserId::new("u-1");
    let (token, expires_at) = auth.sign(&user, Duration::from_secs(10)).unwrap();
    assert_eq!(auth.verify(&token), Ok(Session { user, expires_at }));
    clock.advance_micros(9_999_999);
    assert!(auth.verify(&token).is_ok());
    clock.advance_micros(1);
    assert_eq!(auth.verify(&token), Err(AuthError::Expired));
}

#[test]
fn times_are_needed_honoured_and_may_have_fractions() {
    let clock = Arc::new(FakeClock::new());
    let (auth, now) = (auth(&clock), seconds(&clock));
    let judge = |claims| auth.verify(&token(&claims));
    assert_eq!(judge(json!({"sub": "u"})), Err(AuthError::Invalid));
    assert_eq!(
        judge(json!({"sub": "u", "exp": "soon"})),
        Err(AuthError::Invalid)
    );
    let early = json!({"sub": "u", "exp": now + 9, "nbf": now + 1});
    assert_eq!(judge(early.clone()), Err(AuthError::Invalid));
    clock.advance_seconds(1);
    assert!(judge(early).is_ok());
    #[expect(clippy::cast_precision_loss, reason = "a time of this century")]
    let fraction = now as f64 + 1.5;
    assert!(judge(json!({"sub": "u", "exp": fraction})).is_ok());
    let never = judge(json!({"sub": "u", "exp": 1e300})).unwrap();
    assert!(never.expires_at.to_string().starts_with("9999-12-31"));
}

#[test]
fn the_subject_is_an_id() {
    let clock = Arc::new(FakeClock::new());
    let (auth, exp) = (auth(&clock), seconds(&clock) + 9);
    for sub in [
        json!(""),
        json!(7),
        json!("a\u{0}b"),
        json!("x".repeat(129)),
        json!(null),
    ] {
        let token = token(&json!({"sub": sub, "exp": exp}));
        assert_eq!(auth.verify(&token), Err(AuthError::Invalid), "{sub}");
    }
}

#[test]
fn nothing_else_passes() {
    let clock = Arc::new(FakeClock::new());
    let (auth, exp) = (auth(&clock), seconds(&clock) + 9);
    let claims = json!({"sub": "u", "exp": exp});
    let good = token(&claims);
    let (_, rest) = good.split_once('.').unwrap();
    // {"alg":"none"}, with and without the signature.
    let none = "eyJhbGciOiJub25lIn0";
    let payload = rest.split('.').next().unwrap();
    let longer = EncodingKey::from_secret(SECRET.as_bytes());
    let hs512 = encode(&Header::new(Algorithm::HS512), &claims, &longer).unwrap();
    let critical = Header {
        crit: Some(vec!["exp".into()]),
        ..Header::new(Algorithm::HS256)
    };
    let critical = encode(&critical, &claims, &longer).unwrap();
    let other = EncodingKey::from_secret(b"another secret");
    let other = encode(&Header::new(Algorithm::HS256), &claims, &other).unwrap();
    let wrong = [
        format!("{none}.{rest}"),
        format!("{none}.{payload}."),
        hs512,
        critical,
        other,
        good[..good.len() - 2].to_owned(),
        String::new(),
        "a.b.c".to_owned(),
    ];
    for token in wrong {
        assert_eq!(auth.verify(&token), Err(AuthError::Invalid), "{token}");
    }
}

struct Pair {
    algorithm: Algorithm,
    private: EncodingKey,
}

fn pairs() -> [Pair; 3] {
    let ed = EncodingKey::from_ed_pem(include_bytes!("ed25519.pem")).unwrap();
    let ec = EncodingKey::from_ec_pem(include_bytes!("es256.pem")).unwrap();
    let rsa = EncodingKey::from_rsa_pem(include_bytes!("rs256.pem")).unwrap();
    [
        (Algorithm::EdDSA, ed),
        (Algorithm::ES256, ec),
        (Algorithm::RS256, rsa),
    ]
    .map(|(algorithm, private)| Pair { algorithm, private })
}

/// Writes the public halves; each key is named after its algorithm.
fn publish(path: &Path, pairs: &[Pair]) {
    let keys = pairs.iter().map(|pair| {
        let mut key = Jwk::from_encoding_key(&pair.private, pair.algorithm).unwrap();
        key.common.key_id = Some(format!("{:?}", pair.algorithm));
        key
    });
    let set = JwkSet {
        keys: keys.collect(),
    };
    fs::write(path, serde_json::to_string(&set).unwrap()).unwrap();
}

fn signed(pair: &Pair, key_id: Option<&str>, exp: i64) -> String {
    let header = Header {
        kid: key_id.map(str::to_owned),
        ..Header::new(pair.algorithm)
    };
    encode(&header, &json!({"sub": "u", "exp": exp}), &pair.private).unwrap()
}

#[test]
fn public_keys_verify_their_own_algorithm_and_follow_the_file() {
    let clock = Arc::new(FakeClock::new());
    let exp = seconds(&clock) + 9;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys.json");
    let pairs = pairs();
    publish(&file, &pairs);
    let auth = Auth::new(None, Some(&file), clock).unwrap();
    for pair in &pairs {
        let name = format!("{:?}", pair.algorithm);
        assert!(
            auth.verify(&signed(pair, Some(&name), exp)).is_ok(),
            "{name}"
        );
        assert!(auth.verify(&signed(pair, None, exp)).is_ok(), "{name}");
        assert!(
            auth.verify(&signed(pair, Some("other"), exp)).is_err(),
            "{name}"
        );
    }
    // The classic confusion: a public key taken for a shared secret.
    let text = fs::read(&file).unwrap();
    let confused = EncodingKey::from_secret(&text);
    let confused = encode(
        &Header::default(),
        &json!({"sub": "u", "exp": exp}),
        &confused,
    )
    .unwrap();
    assert_eq!(auth.verify(&confused), Err(AuthError::Invalid));

    publish(&file, &pairs[..1]);
    auth.jwks.as_ref().unwrap().refresh();
    assert!(auth.verify(&signed(&pairs[0], None, exp)).is_ok());
    assert!(auth.verify(&signed(&pairs[1], None, exp)).is_err());
    // A broken file changes nothing.
    fs::write(&file, "{").unwrap();
    auth.jwks.as_ref().unwrap().refresh();
    assert!(auth.verify(&signed(&pairs[0], None, exp)).is_ok());
}
