//! From rows that were put aside to a plan: which conversation each message comes into.

use chat::{person::Role, timestamp::Timestamp};
use sqlx::{AssertSqlSafe, Executor, PgConnection, types::time::OffsetDateTime};

use super::{
    notes::{Note, Tally},
    plan::{Decided, Facts, Person, Reason, decide},
    rows::Origin,
    statements::{
        ALREADY_THERE, BAD_ID, CONVERSATION_IDS, DOUBLES, FACTS, INDEXES, LATE_TIMES, MADE_IDS,
        MESSAGE_ZONES, SHARED_IDS, TARGETS, TIMES, ZONES,
    },
};
use crate::legacy::Fate;

/// Conversations that are decided at a time.
const CHUNK: i64 = 1_000;

const DOUBLE: &str = "the same conversation is in the file twice";
const SAME_PURPOSE: &str = "it has the same purpose as an older conversation";
const ID_REPLACED: &str = "its id cannot be kept: it is empty, too long, or taken";
const ID_OF_SEVERAL: &str = "its id is that of another message too: it got one of its own";
const MESSAGE_DOUBLE: &str = "the same message is in the file twice";
const NO_CONVERSATION: &str = "its conversation does not exist";
const CONVERSATION_REFUSED: &str = "its conversation is refused";

#[derive(sqlx::FromRow)]
struct Row {
    place: i64,
    file: String,
    line: i64,
    id: String,
    buyer: Option<String>,
    supplier: Option<String>,
    admin: Option<String>,
    product: Option<String>,
    kind: Option<String>,
    has_purpose: bool,
    product_key: Option<String>,
    admin_key: Option<String>,
    created_at: Option<OffsetDateTime>,
    first_message_at: Option<OffsetDateTime>,
    buyer_found: Option<String>,
    buyer_role: Option<String>,
    supplier_found: Option<String>,
    supplier_role: Option<String>,
    admin_found: Option<String>,
    admin_role: Option<String>,
    product_found: Option<String>,
    people: Vec<String>,
    roles: Vec<String>,
    strangers: i64,
    is_double: bool,
}

/// Decides about every conversation. `zone` is that of times which name none.
pub(super) async fn plan(
    db: &mut PgConnection,
    zone: &str,
    now: Timestamp,
    tally: &mut Tally,
    hear: &mut dyn FnMut(Note),
) -> Result<(), sqlx::Error> {
    let mut say = |note: Note| {
        tally.note(&note);
        hear(note);
    };
    db.execute(INDEXES).await?;
    for zones in [ZONES, MESSAGE_ZONES] {
        sqlx::query(zones).bind(zone).execute(&mut *db).await?;
    }
    replace_ids(db, &mut say).await?;
    db.execute(ALREADY_THERE).await?;
    db.execute(TIMES).await?;
    decide_all(db, now, &mut say).await?;
    // A message without any time is as old as its conversation.
    sqlx::query(LATE_TIMES)
        .bind(now.date_time())
        .execute(&mut *db)
        .await?;
    part_ids(db, &mut say).await?;
    db.execute(TARGETS).await?;
    tell_of_targets(db, &mut say).await?;
    count(db, tally).await
}

/// Ids that cannot be kept.
async fn replace_ids(db: &mut PgConnection, say: &mut dyn FnMut(Note)) -> Result<(), sqlx::Error> {
    for table in ["conversations", "messages"] {
        let bad = format!(
            "select place, file, line, id::text from pg_temp.import_{table} where {BAD_ID} order by place"
        );
        tell(db, &bad, table, Fate::Corrected, ID_REPLACED, say).await?;
    }
    for ids in CONVERSATION_IDS {
        db.execute(ids).await?;
    }
    let forget = format!("update pg_temp.import_messages set id = null where {BAD_ID}");
    db.execute(AssertSqlSafe(forget)).await?;
    Ok(())
}

async fn decide_all(
    db: &mut PgConnection,
    now: Timestamp,
    say: &mut dyn FnMut(Note),
) -> Result<(), sqlx::Error> {
    let mut after = 0;
    loop {
        let rows: Vec<Row> = sqlx::query_as(FACTS)
            .bind(after)
            .bind(CHUNK)
            .fetch_all(&mut *db)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.place;
        let decided = rows.into_iter().filter_map(|row| row.decide(now, say));
        let decided: Vec<_> = decided.collect();
        write(db, &decided).await?;
    }
}

/// No two messages keep one id.
async fn part_ids(db: &mut PgConnection, say: &mut dyn FnMut(Note)) -> Result<(), sqlx::Error> {
    db.execute(DOUBLES).await?;
    let table = "messages";
    tell(db, SHARED_IDS, table, Fate::Corrected, ID_OF_SEVERAL, say).await?;
    let forget = format!(
        "update pg_temp.import_messages m set id = null from ({SHARED_IDS}) shared where shared.place = m.place"
    );
    db.execute(AssertSqlSafe(forget)).await?;
    db.execute(MADE_IDS).await?;
    Ok(())
}

async fn tell_of_targets(
    db: &mut PgConnection,
    say: &mut dyn FnMut(Note),
) -> Result<(), sqlx::Error> {
    let merged = "
        select place, file, line, id::text from pg_temp.import_conversations
        where target <> id and not is_there order by place";
    tell(db, merged, "conversations", Fate::Merged, SAME_PURPOSE, say).await?;
    let double = "
        select place, file, line, id::text from pg_temp.import_messages where is_double order by place";
    tell(db, double, "messages", Fate::Merged, MESSAGE_DOUBLE, say).await?;
    for (exists, why) in [
        ("not exists", NO_CONVERSATION),
        ("exists", CONVERSATION_REFUSED),
    ] {
        let orphans = format!(
            "select m.place, m.file, m.line, m.id::text
             from pg_temp.import_messages m
             where not m.is_double
               and {exists} (select from pg_temp.import_conversations c where c.id = m.conversation)
               and not exists (
                 select from pg_temp.import_conversations c where c.id = m.conversation and c.target is not null
               )
             order by m.place"
        );
        tell(db, &orphans, "messages", Fate::Refused, why, say).await?;
    }
    Ok(())
}

/// What the plan says already of how many rows become what.
async fn count(db: &mut PgConnection, tally: &mut Tally) -> Result<(), sqlx::Error> {
    let conversations = "
        select
          count(*) filter (where target = id),
          count(*) filter (where target <> id or target is null and is_double),
          count(*) filter (where target is null and not is_double)
        from (
          select
            c.*,
            exists (
              select from pg_temp.import_conversations earlier where earlier.id = c.id and earlier.place < c.place
            ) as is_double
          from pg_temp.import_conversations c
          where not c.is_there
        ) c";
    let (kept, merged, refused): (i64, i64, i64) =
        sqlx::query_as(conversations).fetch_one(&mut *db).await?;
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    tally.conversations.kept += number(kept);
    tally.conversations.merged += number(merged);
    tally.conversations.refused += number(refused);
    let messages = "
        select
          count(*) filter (where is_double),
          coalesce(sum(files) filter (where is_double), 0)::bigint,
          count(*) filter (where not is_double and not has_target),
          coalesce(sum(files) filter (where not is_double and not has_target), 0)::bigint
        from (
          select
            m.files,
            m.is_double,
            exists (
              select from pg_temp.import_conversations c where c.id = m.conversation and c.target is not null
            ) as has_target
          from pg_temp.import_messages m
        ) m";
    let (merged, merged_files, refused, refused_files): (i64, i64, i64, i64) =
        sqlx::query_as(messages).fetch_one(&mut *db).await?;
    tally.messages.merged += number(merged);
    tally.messages.refused += number(refused);
    tally.files.merged += number(merged_files);
    tally.files.refused += number(refused_files);
    Ok(())
}

impl Row {
    /// `None`: it is refused, or part of another one.
    fn decide(self, now: Timestamp, say: &mut dyn FnMut(Note)) -> Option<(i64, Decided)> {
        let row = self;
        let origin = origin(&row.file, row.line);
        let mut note = |what: Fate, (why, detail): Reason| {
            say(Note {
                origin: origin.clone(),
                table: "conversations",
                id: row.id.clone(),
                what,
                why,
                detail,
            });
        };
        if row.is_double {
            note(Fate::Merged, (DOUBLE, None));
            return None;
        }
        let people = row.people.into_iter().zip(row.roles);
        let facts = Facts {
            buyer: row.buyer,
            supplier: row.supplier,
            admin: row.admin,
            product: row.product,
            kind: row.kind,
            purpose: row.has_purpose.then_some((row.product_key, row.admin_key)),
            created_at: row.created_at.map(Timestamp::from),
            first_message_at: row.first_message_at.map(Timestamp::from),
            buyer_found: person(row.buyer_found, row.buyer_role.as_deref()),
            supplier_found: person(row.supplier_found, row.supplier_role.as_deref()),
            admin_found: person(row.admin_found, row.admin_role.as_deref()),
            product_found: row.product_found,
            people: people.map(|(id, role)| (id, Role::parse(&role))).collect(),
            strangers: usize::try_from(row.strangers).unwrap_or(usize::MAX),
        };
        let mut corrected = Vec::new();
        match decide(&facts, now, &mut corrected) {
            Ok(decided) => {
                for reason in corrected {
                    note(Fate::Corrected, reason);
                }
                Some((row.place, decided))
            }
            Err(reason) => {
                note(Fate::Refused, reason);
                None
            }
        }
    }
}

fn person(id: Option<String>, role: Option<&str>) -> Option<Person> {
    Some((id?, role.and_then(Role::parse)))
}

async fn write(db: &mut PgConnection, decided: &[(i64, Decided)]) -> Result<(), sqlx::Error> {
    let text = |of: fn(&Decided) -> Option<String>| {
        let values = decided.iter().map(|(_, decided)| of(decided));
        values.collect::<Vec<_>>()
    };
    let update = "
        update pg_temp.import_conversations c
        set buyer_id = d.buyer, supplier_id = d.supplier, admin_id = d.admin, product_id = d.product,
          type = d.type, product_key = d.product_key, admin_key = d.admin_key, created_at = d.created_at
        from unnest(
          $1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
          $9::timestamptz[]
        ) as d (place, buyer, supplier, admin, product, type, product_key, admin_key, created_at)
        where c.place = d.place";
    let times = decided
        .iter()
        .map(|(_, decided)| decided.created_at.date_time());
    sqlx::query(update)
        .bind(decided.iter().map(|(place, _)| *place).collect::<Vec<_>>())
        .bind(text(|decided| Some(decided.buyer.clone())))
        .bind(text(|decided| decided.supplier.clone()))
        .bind(text(|decided| decided.admin.clone()))
        .bind(text(|decided| decided.product.clone()))
        .bind(text(|decided| Some(decided.kind.as_str().to_owned())))
        .bind(text(|decided| decided.purpose.0.clone()))
        .bind(text(|decided| decided.purpose.1.clone()))
        .bind(times.collect::<Vec<_>>())
        .execute(db)
        .await?;
    Ok(())
}

/// One note for each row that the statement finds, a thousand in memory at a time.
async fn tell(
    db: &mut PgConnection,
    rows: &str,
    table: &'static str,
    what: Fate,
    why: &'static str,
    say: &mut dyn FnMut(Note),
) -> Result<(), sqlx::Error> {
    let page = format!("select * from ({rows}) r where r.place > $1 order by r.place limit 1000");
    let mut after = i64::MIN;
    loop {
        let rows: Vec<(i64, String, i64, Option<String>)> =
            sqlx::query_as(AssertSqlSafe(page.clone()))
                .bind(after)
                .fetch_all(&mut *db)
                .await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        after = last.0;
        for (_, file, line, id) in rows {
            say(Note {
                origin: origin(&file, line),
                table,
                id: id.unwrap_or_default(),
                what,
                why,
                detail: None,
            });
        }
    }
}

pub(super) fn origin(file: &str, line: i64) -> Origin {
    Origin {
        file: file.into(),
        line: u64::try_from(line).unwrap_or(0),
    }
}
