//! The tables of marketplaces that are not as Haggle would have made them.

/// One of the versions of the marketplace, or of others, and who in it talks.
pub struct Version {
    pub name: &'static str,
    pub tables: &'static str,
    /// What has to be in the proposal.
    pub proposed: &'static [&'static str],
    pub buyer: &'static str,
    /// The name that the others see.
    pub buyer_name: &'static str,
    /// Whom the conversation is with; nobody: the marketplace itself.
    pub supplier: Option<&'static str>,
    pub answers: &'static str,
    pub product: &'static str,
    pub image: &'static str,
}

pub const VERSIONS: &[Version] = &[
    Version {
        name: "the operator is the supplier",
        tables: "
            create table users (
              id varchar primary key default gen_random_uuid(), email text, first_name text, last_name text,
              company_name text, role text, is_active boolean, is_online boolean default false, last_seen timestamp
            );
            create table products (id varchar primary key, name text, slug text, images text[]);
            create table session (sid varchar primary key, sess json, expire timestamp);
            insert into users (id, first_name, last_name, company_name, role) values
              ('u-ann', 'Ann', 'Arbor', '', 'buyer'), ('u-ada', 'Ada', null, 'The Shop', 'admin');
            insert into products values ('p-1', 'Bolt', 'bolt', array['/bolt.png', '/b.png']);",
        proposed: &[
            r#"users_name = "coalesce(nullif(company_name, ''), concat_ws(' ', first_name, last_name))""#,
            r#"suppliers_table = "none""#,
            r#"products_image = "images[1]""#,
            r#"products_supplier_id = "none""#,
            r#"# users_online = "is_online, last_seen" would keep"#,
        ],
        buyer: "u-ann",
        buyer_name: "Ann Arbor",
        supplier: None,
        answers: "u-ada",
        product: "p-1",
        image: "/bolt.png",
    },
    Version {
        name: "suppliers have profiles",
        tables: "
            create table users (
              id varchar primary key, email text, first_name text, last_name text, company_name text,
              role text, is_active boolean, deleted_at timestamp
            );
            create table supplier_profiles (
              id varchar primary key, user_id varchar, business_name text, store_name text
            );
            create table products (id varchar primary key, name text, images text[], supplier_id varchar);
            insert into users (id, first_name, last_name, role) values
              ('u-ann', 'Ann', 'Arbor', 'Buyer'), ('u-sam', 'Sam', 'Steel', 'vendor'), ('u-x', 'X', 'Y', 'robot');
            insert into supplier_profiles values ('sp-1', 'u-sam', '', 'Steel Store');
            insert into products values ('p-1', 'Bolt', array['/bolt.png'], 'sp-1');",
        proposed: &[
            r#"users_is_active = "coalesce(is_active, true) and deleted_at is null""#,
            r#"suppliers_table = "supplier_profiles""#,
            r#"suppliers_name = "coalesce(nullif(business_name, ''), store_name)""#,
            r#"roles = "Buyer=buyer, admin=admin, vendor=supplier""#,
            r#"# without a role here, and so nobody: "robot" (1 person)"#,
        ],
        buyer: "u-ann",
        buyer_name: "Ann Arbor",
        supplier: Some("sp-1"),
        answers: "u-sam",
        product: "p-1",
        image: "/bolt.png",
    },
    Version {
        name: "suppliers are nobody's",
        tables: "
            create table users (id varchar primary key, first_name text, last_name text, role text, is_active boolean);
            create table suppliers (id varchar primary key, name text);
            create table products (id varchar primary key, name text, image text, supplier_id varchar);
            insert into users values ('u-ann', 'Ann', 'Arbor', 'customer', null), ('u-ada', 'Ada', 'Min', 'staff', true);
            insert into suppliers values ('s-1', 'Steel');
            insert into products values ('p-1', 'Bolt', '/bolt.png', 's-1');",
        proposed: &[
            r#"users_name = "concat_ws(' ', first_name, last_name)""#,
            r#"suppliers_table = "none""#,
            r#"products_supplier_id = "none""#,
            r#"roles = "customer=buyer, staff=admin, supplier=supplier""#,
        ],
        buyer: "u-ann",
        buyer_name: "Ann Arbor",
        supplier: None,
        answers: "u-ada",
        product: "p-1",
        image: "/bolt.png",
    },
    Version {
        name: "numbers, views and soft deletion",
        tables: "
            create table people (id serial primary key, full_name text, kind text, deleted_at timestamptz);
            create view users as select * from people;
            create table vendors (id bigint primary key, owner_id integer, title text);
            create table items (id integer primary key, title text, photos jsonb, vendor_id bigint);
            insert into people (full_name, kind) values ('Ann Arbor', 'customer'), ('Sam Steel', 'seller');
            insert into vendors values (70, 2, 'Steel & Sons');
            insert into items values (900, 'Bolt', '[\"/bolt.png\"]', 70);",
        proposed: &[
            r#"users_name = "full_name""#,
            r#"users_role = "kind""#,
            r#"users_is_active = "deleted_at is null""#,
            r#"suppliers_table = "vendors""#,
            r#"products_table = "items""#,
            r#"products_image = "photos->>0""#,
        ],
        buyer: "1",
        buyer_name: "Ann Arbor",
        supplier: Some("70"),
        answers: "2",
        product: "900",
        image: "/bolt.png",
    },
    Version {
        name: "uuids and names in mixed case",
        tables: r#"
            create type "Role" as enum ('BUYER', 'SELLER');
            create table "User" (
              id uuid primary key, "firstName" text, "lastName" text, role "Role", "isActive" boolean not null default true
            );
            create table "Product" (id uuid primary key, title text, "imageUrl" text, "sellerId" uuid);
            insert into "User" values
              ('00000000-0000-4000-8000-00000000000a', 'Ann', 'Arbor', 'BUYER'),
              ('00000000-0000-4000-8000-00000000000b', 'Sam', 'Steel', 'SELLER');
            insert into "Product" values ('00000000-0000-4000-8000-00000000000c', 'Bolt', '/bolt.png', null);"#,
        proposed: &[
            r#"users_table = "User""#,
            r#"users_name = "concat_ws(' ', \"firstName\", \"lastName\")""#,
            r#"users_is_active = "isActive""#,
            r#"products_image = "imageUrl""#,
            r#"roles = "BUYER=buyer, SELLER=supplier, admin=admin""#,
        ],
        buyer: "00000000-0000-4000-8000-00000000000a",
        buyer_name: "Ann Arbor",
        supplier: Some("00000000-0000-4000-8000-00000000000b"),
        answers: "00000000-0000-4000-8000-00000000000b",
        product: "00000000-0000-4000-8000-00000000000c",
        image: "/bolt.png",
    },
];
