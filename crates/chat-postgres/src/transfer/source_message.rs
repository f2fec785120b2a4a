//! Messages of the source as the plan has them, with what the marketplace knows of their people.

use std::collections::HashMap;

use sqlx::{
    PgConnection,
    types::{JsonValue, time::OffsetDateTime},
};

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "columns of a row")]
pub(super) struct Row {
    pub target: i64,
    pub file: String,
    pub line: i64,
    pub place: i64,
    pub id: String,
    pub sender: Option<String>,
    pub sender_found: Option<String>,
    pub sender_role: Option<String>,
    pub sender_type: Option<String>,
    pub has_receiver: bool,
    pub receiver: Option<String>,
    pub receiver_found: bool,
    pub message: String,
    pub files: i64,
    pub client_message_id: Option<String>,
    pub is_client_message_id_taken: bool,
    pub at: OffsetDateTime,
    pub has_time: bool,
    pub read_by: JsonValue,
    pub is_read: bool,
    pub is_former_user: bool,
    pub receipts: JsonValue,
    pub known_in: Option<String>,
    pub known_seq: Option<i64>,
}

pub(super) const MESSAGES: &str = "
declare import_batch no scroll cursor for
select
  t.place as target, m.file, m.line, m.place, m.id, m.sender,
  coalesce(sender.id, owner.id) as sender_found, coalesce(sender.role, owner.role) as sender_role,
  m.sender_type, m.has_receiver, m.receiver, receiver.id is not null as receiver_found,
  m.message, m.files, m.client_message_id,
  m.client_message_id is not null and exists (
    select
    from haggle.message_rows sent
    where sent.sender_id = sender.id and sent.conversation_id = t.id
      and sent.client_message_id = m.client_message_id and sent.id <> m.id
  ) as is_client_message_id_taken,
  m.at, m.has_time, m.read_by, m.is_read, m.is_former_user, c.receipts,
  known.conversation_id as known_in, known.seq as known_seq
from pg_temp.import_targets t
join pg_temp.import_conversations c on c.target = t.id
join pg_temp.import_messages m on m.conversation = c.id and not m.is_double
left join pg_temp.import_people sender on sender.id = m.sender
left join pg_temp.import_suppliers company on company.id = m.sender
left join pg_temp.import_people owner on owner.id = company.user_id
left join pg_temp.import_people receiver on receiver.id = m.receiver
left join haggle.message_rows known on known.id = m.id
where t.place between $1 and $2
order by t.place, m.at, m.place";

impl Row {
    pub fn files(&self) -> u64 {
        u64::try_from(self.files).unwrap_or(0)
    }
}

#[derive(Default)]
pub(super) struct TakenFile {
    pub id: Option<String>,
    pub name: Option<String>,
}

pub(super) async fn files(
    db: &mut PgConnection,
    rows: &[Row],
) -> Result<HashMap<i64, Vec<TakenFile>>, sqlx::Error> {
    let with_files = rows.iter().filter(|row| row.files > 0);
    let places: Vec<i64> = with_files.map(|row| row.place).collect();
    let mut files: HashMap<i64, Vec<TakenFile>> = HashMap::new();
    if places.is_empty() {
        return Ok(files);
    }
    let taken = "
        select message, attachment_id, attachment_name
        from pg_temp.import_files
        where message = any($1)
        order by message, number";
    let taken: Vec<(i64, Option<String>, Option<String>)> =
        sqlx::query_as(taken).bind(&places).fetch_all(db).await?;
    for (place, id, name) in taken {
        let file = TakenFile { id, name };
        files.entry(place).or_default().push(file);
    }
    Ok(files)
}
