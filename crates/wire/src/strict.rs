//! Reading what must be known whole.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Reads a shape of which nothing may be left over: what a server of this version says is all here.
/// A client is not so strict, since a newer server may say more.
pub fn read_strictly<T: Serialize + DeserializeOwned>(value: &Value) -> Result<T, String> {
    let refused = |error: serde_json::Error| format!("{error} in {value}");
    let read = T::deserialize(value).map_err(refused)?;
    let again = serde_json::to_value(&read).map_err(refused)?;
    if again == *value {
        Ok(read)
    } else {
        Err(format!("only {again} is known of {value}"))
    }
}
