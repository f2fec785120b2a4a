//! A cluster's slots: which one a key is in, and which master has it.

use redis::{
    Pipeline, Value,
    aio::{ConnectionLike, MultiplexedConnection},
};

use crate::error::{Error, Result};

/// A cluster has so many.
const COUNT: u16 = 16_384;

/// The slot of a key or of a sharded channel: CRC16 (XMODEM) of its first `{…}`, or of all of it.
/// <https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/>
pub fn slot_of(key: &[u8]) -> u16 {
    let hashed = tag_of(key).unwrap_or(key);
    let sum = hashed.iter().fold(0_u16, |sum, byte| {
        (0..8).fold(sum ^ (u16::from(*byte) << 8), |sum, _| {
            let next = sum << 1;
            if sum & 0x8000 == 0 {
                next
            } else {
                next ^ 0x1021
            }
        })
    });
    sum % COUNT
}

fn tag_of(key: &[u8]) -> Option<&[u8]> {
    let open = key.iter().position(|byte| *byte == b'{')?;
    let inside = &key[open + 1..];
    let close = inside.iter().position(|byte| *byte == b'}')?;
    (close > 0).then(|| &inside[..close])
}

/// Which master has which slots, as one of them sees it.
#[derive(Debug)]
pub struct Slots {
    /// `host:port`
    pub masters: Vec<String>,
    /// Of each slot, its place among the masters.
    pub owners: Vec<usize>,
}

impl Slots {
    /// `host` is where this server was reached; a cluster may leave it out.
    pub async fn ask(connection: &mut MultiplexedConnection, host: &str) -> Result<Self> {
        let mut questions = Pipeline::new();
        questions.cmd("CLUSTER").arg("INFO");
        questions.cmd("CLUSTER").arg("SLOTS");
        let answers = connection.req_packed_commands(&questions, 0, 2).await?;
        let mut answers = answers.into_iter().map(Value::extract_error);
        let mut next = || answers.next().unwrap_or(Ok(Value::Nil));
        let state: String = redis::from_redis_value(next()?)?;
        if !state.contains("cluster_state:ok") {
            return Err(Error::broken_cluster(
                "the cluster is down, as one of its servers sees it",
            ));
        }
        Self::read(&next()?, host)
            .ok_or_else(|| Error::broken_cluster("some slots of the cluster belong to nobody"))
    }

    /// `None` when it does not name an owner of every slot.
    fn read(answer: &Value, host: &str) -> Option<Self> {
        let mut masters: Vec<String> = Vec::new();
        let mut owners = vec![usize::MAX; usize::from(COUNT)];
        for range in list(answer)? {
            let [first, last, master, ..] = list(range)? else {
                return None;
            };
            let (first, last) = (number(first)?, number(last)?);
            let [known_as, port, ..] = list(master)? else {
                return None;
            };
            let known_as = match known_as {
                Value::BulkString(name) => std::str::from_utf8(name).ok()?,
                _ => "",
            };
            let name = name_of(known_as, number(port)?, host);
            let known = masters.iter().position(|known| *known == name);
            let place = known.unwrap_or_else(|| {
                masters.push(name);
                masters.len() - 1
            });
            owners.get_mut(first..=last)?.fill(place);
        }
        (!owners.contains(&usize::MAX)).then_some(Self { masters, owners })
    }
}

/// A server that does not say its host is where it was asked.
pub fn name_of(host: &str, port: usize, asked: &str) -> String {
    let host = if host.is_empty() { asked } else { host };
    format!("{host}:{port}")
}

fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(list) => Some(list),
        _ => None,
    }
}

fn number(value: &Value) -> Option<usize> {
    match value {
        Value::Int(number) => usize::try_from(*number).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use redis::Value;

    use super::{Slots, slot_of};

    #[test]
    fn keys_are_in_the_slots_of_the_specification() {
        assert_eq!(slot_of(b"123456789"), 0x31c3);
        assert_eq!(slot_of(b"a{123456789}b{c}"), 0x31c3);
        assert_eq!(slot_of(b"a{123456789}"), slot_of(b"{123456789}"));
        for whole in ["a{}b", "a{b", "a}b{"] {
            assert_ne!(slot_of(whole.as_bytes()), slot_of(b"b"), "{whole}");
        }
        assert_eq!(slot_of(b""), 0);
    }

    fn range(first: i64, last: i64, host: &str, port: i64) -> Value {
        let server = |port| {
            let host = Value::BulkString(host.into());
            Value::Array(vec![host, Value::Int(port), Value::BulkString("id".into())])
        };
        let [first, last] = [first, last].map(Value::Int);
        Value::Array(vec![first, last, server(port), server(port + 1)])
    }

    #[test]
    fn every_slot_has_an_owner() {
        let parts = vec![
            range(0, 9, "a", 1),
            range(10, 10, "", 2),
            range(11, 16_383, "a", 1),
        ];
        let slots = Slots::read(&Value::Array(parts.clone()), "asked").unwrap();
        assert_eq!(slots.masters, ["a:1", "asked:2"]);
        assert_eq!(
            [9, 10, 11, 16_383].map(|slot: usize| slots.owners[slot]),
            [0, 1, 0, 0]
        );
        assert!(Slots::read(&Value::Array(parts[..2].to_vec()), "asked").is_none());
    }
}
