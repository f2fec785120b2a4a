//! How to reach the database, and what the host calls its tables.

use std::time::Duration;

/// Names of the directory's tables and columns. A table may carry its schema: `shop.users`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectoryNames {
    pub users: String,
    pub users_id: String,
    pub users_name: String,
    pub users_email: String,
    pub users_role: String,
    pub users_is_active: String,
    pub suppliers: String,
    pub suppliers_id: String,
    pub suppliers_user_id: String,
    pub suppliers_name: String,
    pub products: String,
    pub products_id: String,
    pub products_name: String,
    pub products_image: String,
    pub products_supplier_id: String,
}

impl Default for DirectoryNames {
    fn default() -> Self {
        Self {
            users: "users".into(),
            users_id: "id".into(),
            users_name: "name".into(),
            users_email: "email".into(),
            users_role: "role".into(),
            users_is_active: "is_active".into(),
            suppliers: "suppliers".into(),
            suppliers_id: "id".into(),
            suppliers_user_id: "user_id".into(),
            suppliers_name: "name".into(),
            products: "products".into(),
            products_id: "id".into(),
            products_name: "name".into(),
            products_image: "image".into(),
            products_supplier_id: "supplier_id".into(),
        }
    }
}

impl DirectoryNames {
    pub(crate) fn table(&self, kind: &str) -> &str {
        match kind {
            "users" => &self.users,
            "suppliers" => &self.suppliers,
            _ => &self.products,
        }
    }

    /// Haggle's own table has Haggle's names.
    pub(crate) fn call_own(&mut self, kind: &str) {
        let (host, own) = (self.clone(), Self::default());
        *self = match kind {
            "users" => Self {
                users: own.users,
                users_id: own.users_id,
                users_name: own.users_name,
                users_email: own.users_email,
                users_role: own.users_role,
                users_is_active: own.users_is_active,
                ..host
            },
            "suppliers" => Self {
                suppliers: own.suppliers,
                suppliers_id: own.suppliers_id,
                suppliers_user_id: own.suppliers_user_id,
                suppliers_name: own.suppliers_name,
                ..host
            },
            _ => Self {
                products: own.products,
                products_id: own.products_id,
                products_name: own.products_name,
                products_image: own.products_image,
                products_supplier_id: own.products_supplier_id,
                ..host
            },
        };
    }

    /// Token and name, the longer tokens first so that `:users` does not eat `:users_id`.
    pub(crate) fn tokens(&self) -> [(&'static str, &str); 15] {
        [
            (":users_is_active", &self.users_is_active),
            (":users_email", &self.users_email),
            (":users_name", &self.users_name),
            (":users_role", &self.users_role),
            (":users_id", &self.users_id),
            (":users", &self.users),
            (":suppliers_user_id", &self.suppliers_user_id),
            (":suppliers_name", &self.suppliers_name),
            (":suppliers_id", &self.suppliers_id),
            (":suppliers", &self.suppliers),
            (":products_supplier_id", &self.products_supplier_id),
            (":products_image", &self.products_image),
            (":products_name", &self.products_name),
            (":products_id", &self.products_id),
            (":products", &self.products),
        ]
    }
}

#[derive(Clone, Debug)]
pub struct PgOptions {
    /// `postgres://…`, a Unix socket as `?host=/folder`; several servers as `a,b`.
    pub url: String,
    /// All connections that are opened.
    pub connections: u32,
    /// Transactions of changes that run at the same time, at least 1. So many of the connections are kept
    /// for them.
    pub write_workers: usize,
    /// How long a caller waits for a database that does not answer before it counts as gone.
    pub acquire_timeout: Duration,
    /// The same for a database that answers and has no connection free.
    pub slot_timeout: Duration,
}

impl PgOptions {
    /// For the only server of a database: one transaction keeps the disk busy while the other one computes.
    pub const WRITE_WORKERS_ALONE: usize = 2;
    /// For one of several servers, whose transactions do that for each other. More of them would only be smaller.
    pub const WRITE_WORKERS_AMONG_SEVERAL: usize = 1;

    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            connections: 16,
            write_workers: Self::WRITE_WORKERS_ALONE,
            acquire_timeout: Duration::from_secs(3),
            slot_timeout: Duration::from_secs(10),
        }
    }

    /// With few connections half of them are for everything else.
    pub(crate) fn changes_at_once(&self) -> usize {
        let half = usize::try_from(self.connections / 2).unwrap_or(usize::MAX);
        self.write_workers.clamp(1, half.max(1))
    }
}
