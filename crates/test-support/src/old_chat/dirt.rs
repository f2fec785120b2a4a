//! Rows as they were found in old chats: some in order, most of them not. The same seed makes the same
//! rows.

mod dice;
mod statement;

use self::{
    dice::Dice,
    statement::{insert, literal},
};

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub struct Dirt {
    pub seed: u64,
    pub conversations: u32,
    pub messages: u32,
}

/// Statements that fill the marketplace and the tables of a shape.
pub fn fill(shape: &str, dirt: Dirt) -> Vec<String> {
    let mut dice = Dice::of(dirt.seed);
    let mut statements = vec![PEOPLE.to_owned()];
    if shape == "F" {
        statements.push(PROFILES.to_owned());
    }
    let mut filler = Filler {
        shape,
        has_keys: matches!(shape, "B" | "E" | "F"),
        dice: &mut dice,
    };
    let conversations: Vec<_> = (0..dirt.conversations)
        .map(|number| filler.conversation(number))
        .collect();
    statements.extend(conversations.iter().map(|(statement, _)| statement.clone()));
    for number in 0..dirt.messages {
        let seats = filler.dice.one(&conversations).1.clone();
        statements.push(filler.message(number, &seats));
    }
    statements
}

const PEOPLE: &str = "
    insert into public.users (id, name, role)
    select 'b-' || n, 'Buyer ' || n, 'buyer' from generate_series(0, 7) n
    union all select 's-' || n, 'Supplier ' || n, 'supplier' from generate_series(0, 4) n
    union all select 'a-' || n, 'Admin ' || n, 'admin' from generate_series(0, 2) n
    union all select 'g-0', 'Guest', 'guest';
    insert into public.suppliers (id, user_id, name)
    select 'sup-' || n, 's-' || n, 'Company ' || n from generate_series(0, 4) n;
    insert into public.products (id, name, slug)
    select 'p-' || n, 'Product ' || n, case when n < 2 then 'twice' else 'slug-' || n end
    from generate_series(0, 4) n;";
const PROFILES: &str = "
    insert into public.buyers (id, user_id) select 'bp-' || n, 'b-' || n from generate_series(0, 7) n;
    insert into public.supplier_profiles (id, user_id)
    select 'sp-' || n, 's-' || n from generate_series(0, 4) n;";

/// Who the old row says takes part.
#[derive(Clone, Debug)]
struct Seats {
    id: String,
    people: Vec<String>,
}

struct Filler<'a> {
    shape: &'a str,
    /// The database allows no id that is not there.
    has_keys: bool,
    dice: &'a mut Dice,
}

impl Filler<'_> {
    fn buyer(&mut self) -> String {
        let number = self.dice.below(8);
        if self.has_keys {
            return format!("b-{number}");
        }
        match self.dice.below(20) {
            0 => "gone-buyer".to_owned(),
            1 => "a-0".to_owned(),
            2 => "s-1".to_owned(),
            3 => "g-0".to_owned(),
            _ => format!("b-{number}"),
        }
    }

    fn admin(&mut self) -> String {
        let number = self.dice.below(3);
        if self.has_keys {
            return format!("a-{number}");
        }
        let nobody = ["0", "", "admin", "undefined", "gone-admin", "s-2"];
        match self.dice.below(3) {
            0 => (*self.dice.one(&nobody)).to_owned(),
            _ => format!("a-{number}"),
        }
    }

    fn supplier(&mut self) -> String {
        let number = self.dice.below(5);
        match self.dice.below(6) {
            0 if !self.has_keys => format!("sup-{number}"),
            1 if !self.has_keys => "gone-supplier".to_owned(),
            _ => format!("s-{number}"),
        }
    }

    fn product(&mut self) -> String {
        let number = self.dice.below(5);
        if self.has_keys {
            return maybe(self.dice, &format!("p-{number}"));
        }
        let named = ["slug-3", "twice", "", "gone-product"];
        match self.dice.below(4) {
            0 => literal(self.dice.one::<&str>(&named)),
            1 => "null".to_owned(),
            _ => literal(&format!("p-{number}")),
        }
    }

    #[allow(clippy::too_many_lines)] // A table: the columns of each shape.
    fn conversation(&mut self, number: u32) -> (String, Seats) {
        let id = format!("c-{number:05}");
        let (buyer, supplier, admin) = (self.buyer(), self.supplier(), self.admin());
        let product = self.product();
        let opened = self.time(false);
        let counter = self.counter();
        let mut columns = vec![("id", literal(&id)), ("created_at", opened)];
        let mut people = vec![buyer.clone()];
        let mut sit = |person: &str| {
            people.push(person.to_owned());
            literal(person)
        };
        match self.shape {
            "0" => columns.extend([
                ("buyer_id", literal(&buyer)),
                ("supplier_id", sit(&supplier)),
                ("unread_count_supplier", counter),
            ]),
            "A" => columns.extend([
                ("buyer_id", literal(&buyer)),
                ("unread_count_admin", counter),
            ]),
            "B" => columns.extend([
                ("buyer_id", literal(&buyer)),
                ("admin_id", sit(&admin)),
                ("subject", literal(&format!("Subject <b>{number}"))),
            ]),
            "C" => columns.extend([
                ("buyer_id", literal(&buyer)),
                ("unread_count_admin", sit(&admin)),
                ("unread_count_buyer", counter),
                ("product_id", product),
                ("last_message", literal("a subject")),
            ]),
            "D" => {
                let kinds = ["buyer_support", "supplier_admin", "support", "other"];
                let kind = literal(self.dice.one::<&str>(&kinds));
                let has_supplier = self.dice.below(2) == 0;
                columns.extend([
                    ("buyer_id", literal(&buyer)),
                    ("unread_count_admin", sit(&admin)),
                    (
                        "supplier_id",
                        if has_supplier {
                            sit(&supplier)
                        } else {
                            "null".to_owned()
                        },
                    ),
                    ("type", kind),
                    ("product_id", product),
                ]);
            }
            "E" => {
                let has_supplier = self.dice.below(3) > 0;
                let has_admin = !has_supplier || self.dice.below(3) == 0;
                let kind = if has_supplier {
                    "buyer_supplier"
                } else {
                    "support"
                };
                columns.extend([
                    ("buyer_id", literal(&buyer)),
                    (
                        "supplier_id",
                        if has_supplier {
                            sit(&supplier)
                        } else {
                            "null".to_owned()
                        },
                    ),
                    (
                        "admin_id",
                        if has_admin {
                            sit(&admin)
                        } else {
                            "null".to_owned()
                        },
                    ),
                    ("type", literal(kind)),
                    ("product_id", product),
                    ("unread_count_admin", counter),
                ]);
            }
            "F" => {
                let kind = *self
                    .dice
                    .one(&["buyer_supplier", "buyer_admin", "supplier_admin"]);
                let seat = |is_there: bool, text: String| {
                    if is_there {
                        literal(&text)
                    } else {
                        "null".to_owned()
                    }
                };
                let buys = kind != "supplier_admin";
                let sells = kind != "buyer_admin";
                columns.extend([
                    ("buyer_id", seat(buys, buyer.replace("b-", "bp-"))),
                    ("supplier_id", seat(sells, supplier.replace("s-", "sp-"))),
                    ("admin_id", seat(kind != "buyer_supplier", admin.clone())),
                    ("type", literal(kind)),
                    ("subject", literal("About it")),
                ]);
                people = vec![buyer, supplier, admin];
            }
            _ => columns.extend([
                ("buyer_id", literal(&buyer)),
                ("unread_count_admin", counter),
                (
                    "admin_id",
                    if admin.starts_with("a-") {
                        sit(&admin)
                    } else {
                        "null".to_owned()
                    },
                ),
                (
                    "status",
                    literal(if number.is_multiple_of(7) {
                        "closed"
                    } else {
                        "active"
                    }),
                ),
            ]),
        }
        (
            insert("public.conversations", &columns),
            Seats { id, people },
        )
    }

    fn message(&mut self, number: u32, seats: &Seats) -> String {
        let id = format!("m-{number:06}");
        let conversation = match self.dice.below(25) {
            0 if !self.has_keys => "c-that-is-gone".to_owned(),
            _ => seats.id.clone(),
        };
        let stranger = ["a-2", "b-7", "s-4", "gone-sender"];
        let sender = match self.dice.below(10) {
            0 if !self.has_keys => (*self.dice.one(&stranger)).to_owned(),
            1 if self.has_keys => "a-2".to_owned(),
            _ => self.dice.one(&seats.people).clone(),
        };
        let receiver = match self.dice.below(8) {
            0 if !self.has_keys => (*self.dice.one(&["0", "", "gone-receiver"])).to_owned(),
            _ => self.dice.one(&seats.people).clone(),
        };
        let text = (*self.dice.one(&TEXTS)).to_owned();
        let text = if text == "number" {
            format!("Message {number}")
        } else {
            text
        };
        let files = *self.dice.one(&FILES);
        let is_read = *self.dice.one(&["true", "false", "null"]);
        let kind = *self.dice.one(&["'buyer'", "'supplier'", "'admin'"]);
        let mut columns = vec![
            ("id", literal(&id)),
            ("conversation_id", literal(&conversation)),
            ("sender_id", literal(&sender)),
            ("is_read", is_read.to_owned()),
            ("created_at", self.time(true)),
        ];
        let list = if files == "null" {
            "null".to_owned()
        } else {
            format!(
                "array(select json_array_elements_text({}::json))",
                literal(files)
            )
        };
        match self.shape {
            "B" => columns.extend([
                ("sender_type", kind.to_owned()),
                ("content", literal(&text)),
                (
                    "attachments",
                    if files == "null" {
                        list
                    } else {
                        literal(files)
                    },
                ),
            ]),
            "F" => columns.extend([
                ("sender_type", kind.to_owned()),
                ("message", literal(&text)),
                ("attachments", list),
                ("product_references", maybe_list(self.dice)),
            ]),
            "mixed" => {
                let (message, content) = if self.dice.below(2) == 0 {
                    (literal(&text), "null".to_owned())
                } else {
                    ("''".to_owned(), literal(&text))
                };
                columns.extend([
                    ("receiver_id", literal(&receiver)),
                    ("message", message),
                    ("content", content),
                    ("attachments", list),
                ]);
            }
            _ => {
                columns.extend([
                    ("receiver_id", literal(&receiver)),
                    ("message", literal(&text)),
                    ("attachments", list),
                ]);
                if matches!(self.shape, "D" | "E") {
                    columns.push(("sender_type", kind.to_owned()));
                }
            }
        }
        insert("public.messages", &columns)
    }

    fn counter(&mut self) -> String {
        (*self.dice.one(&["null", "-3", "0", "1", "99"])).to_owned()
    }

    /// Of a few seconds, so that many are equal.
    fn time(&mut self, may_be_null: bool) -> String {
        if may_be_null && self.dice.below(30) == 0 {
            return "null".to_owned();
        }
        format!(
            "timestamp '2025-03-01 10:00:00' + interval '{} seconds'",
            self.dice.below(500)
        )
    }
}

const TEXTS: [&str; 14] = [
    "number",
    "number",
    "number",
    "number",
    "",
    " ",
    "{\"text\":\"object\"}",
    "<script>alert(1)</script>",
    "if x<y then ship",
    "e\u{301}t\u{e9}",
    "a\u{7}b\u{202e}c",
    "one\r\ntwo\r",
    "  spaces around  ",
    "it's \"quoted\" \\ and 'so'",
];
const FILES: [&str; 9] = [
    "null",
    "null",
    "null",
    "null",
    "[]",
    "[\"/uploads/a.pdf\"]",
    "[\"https://cdn.example/b%20c.png\", \"[object Object]\"]",
    "[null, \"\", \"/uploads/d.txt\"]",
    "[\"javascript:alert(1)\"]",
];

fn maybe(dice: &mut Dice, id: &str) -> String {
    if dice.below(2) == 0 {
        literal(id)
    } else {
        "null".to_owned()
    }
}

fn maybe_list(dice: &mut Dice) -> String {
    let lists = ["null", "'{}'", "array['p-1', 'p-2']"];
    (*dice.one(&lists)).to_owned()
}
