//! Ids that a client names.

use chat::limits::ID_BYTES;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        ObjectBuilder, RefOr,
        schema::{Schema, Type},
    },
};

/// What to say of an id that cannot exist.
pub const NOT_AN_ID: &str = "Not an id";

/// Whether an id of this form can exist at all: some are empty or too long, or hold what no database takes.
pub fn is_possible_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= ID_BYTES && !id.contains('\0')
}

/// The schema of an id that a client names, whatever it is of.
#[derive(Clone, Copy, Debug)]
pub enum Id {}

impl PartialSchema for Id {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Any id that a client names: opaque, at most 128 bytes.",
            ))
            .min_length(Some(1))
            .max_length(Some(ID_BYTES))
            .pattern(Some("^[^\\u0000]+$"))
            .into()
    }
}

impl ToSchema for Id {}
