//! What a marketplace tells a standalone server about its people, suppliers and products.

use chat::{
    ids::{ProductId, UserId},
    storage::{ProductRecord, SupplierRecord, UserRecord},
    working_hours::{HOURS_CHARS, WorkingHours, ZONE_CHARS, is_time_zone},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    limits::{EMAIL_CHARS, IMAGE_CHARS, NAME_CHARS},
    read::{Fields, Id, Read},
    words::Role,
};

/// What is said about a user.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"name": "Ute Keller", "email": "ute@example.com", "role": "supplier", "isActive": true}),
)]
pub struct PutUser {
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    pub name: String,
    /// The company that the user speaks for. A supplier's own name counts before it.
    #[schema(max_length = 200, pattern = "^[^\\u0000]*$")]
    pub company: Option<String>,
    #[schema(value_type = Option<String>, max_length = 320, pattern = "^[^\\u0000]*$")]
    pub email: String,
    pub role: Role,
    /// Somebody who is not active cannot sign in. Active when left out.
    #[schema(value_type = Option<bool>)]
    pub is_active: bool,
    /// A name of the time zone database, such as `Europe/Berlin`.
    #[schema(max_length = 64)]
    pub time_zone: Option<String>,
}

impl Read for PutUser {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        let company = fields.text("company", 0..=NAME_CHARS);
        let email = fields.text("email", 0..=EMAIL_CHARS).unwrap_or_default();
        let role = fields.choice("role", Role::WORDS);
        let role = fields.required("role", role);
        let is_active = fields.flag("isActive").unwrap_or(true);
        let time_zone = fields.text("timeZone", 0..=ZONE_CHARS);
        let time_zone = time_zone.filter(|zone| !zone.is_empty());
        if time_zone.as_deref().is_some_and(|zone| !is_time_zone(zone)) {
            fields.wrong("timeZone", "Must be a time zone like Europe/Berlin");
        }
        Some(Self {
            name: name?,
            company: company.filter(|company| !company.trim().is_empty()),
            email,
            role: role?,
            is_active,
            time_zone,
        })
    }
}

impl PutUser {
    pub fn record(self, id: UserId) -> UserRecord {
        UserRecord {
            id,
            name: self.name,
            company: self.company,
            email: self.email,
            role: self.role.into(),
            is_active: self.is_active,
            time_zone: self.time_zone,
        }
    }
}

/// A user of the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct User {
    #[schema(value_type = String)]
    pub id: UserId,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub company: Option<String>,
    pub email: String,
    pub role: Role,
    pub is_active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub time_zone: Option<String>,
}

impl From<UserRecord> for User {
    fn from(record: UserRecord) -> Self {
        Self {
            id: record.id,
            name: record.name,
            company: record.company,
            email: record.email,
            role: record.role.into(),
            is_active: record.is_active,
            time_zone: record.time_zone,
        }
    }
}

/// What is said about a supplier.
#[derive(Clone, Debug, ToSchema)]
#[schema(rename_all = "camelCase", example = json!({"userId": "user-keller", "name": "Keller AG"}))]
pub struct PutSupplier {
    /// The user who speaks for it; nobody speaks for two.
    #[schema(value_type = Id)]
    pub user_id: UserId,
    /// The company's name, shown in place of the user's.
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    pub name: String,
    /// When they work, in the local time of the user, as `Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00`.
    #[schema(max_length = 200)]
    pub working_hours: Option<String>,
}

impl Read for PutSupplier {
    fn read(fields: &mut Fields) -> Option<Self> {
        let user_id = fields.id("userId");
        let user_id = fields.required("userId", user_id);
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        let hours = fields.text("workingHours", 0..=HOURS_CHARS);
        let hours = hours.filter(|hours| !hours.is_empty());
        if hours
            .as_deref()
            .is_some_and(|hours| WorkingHours::parse(hours).is_none())
        {
            fields.wrong(
                "workingHours",
                "Must be like Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00",
            );
        }
        Some(Self {
            user_id: user_id?,
            name: name?,
            working_hours: hours,
        })
    }
}

impl PutSupplier {
    pub fn record(self, id: String) -> SupplierRecord {
        SupplierRecord {
            id,
            user_id: self.user_id,
            name: self.name,
            working_hours: self.working_hours,
        }
    }
}

/// A supplier of the marketplace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Supplier {
    pub id: String,
    #[schema(value_type = String)]
    pub user_id: UserId,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub working_hours: Option<String>,
}

impl From<SupplierRecord> for Supplier {
    fn from(record: SupplierRecord) -> Self {
        Self {
            id: record.id,
            user_id: record.user_id,
            name: record.name,
            working_hours: record.working_hours,
        }
    }
}

/// What is said about a product.
#[derive(Clone, Debug, ToSchema)]
#[schema(
    rename_all = "camelCase",
    example = json!({"name": "Kitchen scale", "image": "", "supplierId": "supplier-keller"}),
)]
pub struct PutProduct {
    #[schema(min_length = 1, max_length = 200, pattern = "^[^\\u0000]*$")]
    pub name: String,
    /// The address of a picture; empty when there is none.
    #[schema(value_type = Option<String>, max_length = 2000, pattern = "^[^\\u0000]*$")]
    pub image: String,
    /// A supplier's id.
    #[schema(value_type = Option<Id>)]
    pub supplier_id: Option<String>,
}

impl Read for PutProduct {
    fn read(fields: &mut Fields) -> Option<Self> {
        let name = fields.text("name", 1..=NAME_CHARS);
        let name = fields.required("name", name);
        let image = fields.text("image", 0..=IMAGE_CHARS).unwrap_or_default();
        let supplier_id = fields.id("supplierId");
        Some(Self {
            name: name?,
            image,
            supplier_id,
        })
    }
}

impl PutProduct {
    pub fn record(self, id: ProductId) -> ProductRecord {
        ProductRecord {
            id,
            name: self.name,
            image: self.image,
            supplier_id: self.supplier_id,
        }
    }
}

/// A product of the marketplace, with the supplier who offers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DirectoryProduct {
    #[schema(value_type = String)]
    pub id: ProductId,
    pub name: String,
    pub image: String,
    #[schema(required = true)]
    pub supplier_id: Option<String>,
}

impl From<ProductRecord> for DirectoryProduct {
    fn from(record: ProductRecord) -> Self {
        Self {
            id: record.id,
            name: record.name,
            image: record.image,
            supplier_id: record.supplier_id,
        }
    }
}
