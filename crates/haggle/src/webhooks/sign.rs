//! The signature of a webhook, as Standard Webhooks has it.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};

use crate::webhook_secret::key;

/// One for each secret, with a space between them: whoever has one of them finds their own.
pub(super) fn signatures(secrets: &[String], id: &str, timestamp: i64, body: &str) -> String {
    let signed = format!("{id}.{timestamp}.{body}");
    let keys = secrets.iter().filter_map(|secret| key(secret));
    let signatures = keys.map(|key| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let signature = hmac::sign(&key, signed.as_bytes());
        format!("v1,{}", STANDARD.encode(signature.as_ref()))
    });
    signatures.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::signatures;

    /// From the specification's own example.
    #[test]
    fn the_example_of_the_specification_is_signed_as_there() {
        let secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()];
        let body = r#"{"test": 2432232314}"#;
        let signed = signatures(
            &secrets,
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            body,
        );
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let both = [secrets[0].clone(), secrets[0].clone()];
        let twice = signatures(&both, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body);
        assert_eq!(twice, format!("{signed} {signed}"));
    }
}
