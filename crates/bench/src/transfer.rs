//! A million messages out of a file and into one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::figure::{Amount, Figure, Goal, Unit};
use crate::machine::peak_bytes;
use crate::result::Result;
use crate::setup::Setup;

pub const ABOUT: &str = "\
`haggle import` of 1,000,000 messages in 50,000 conversations, from JSON lines in the order of time, so that no conversation is \
together, into an empty database; the same again, when all of it is there; `haggle export` of it. Beside it psql's `\\copy` of the same \
messages into a bare table with the primary key alone. Memory is the most that the command held, looked at every 50 ms.";

const MESSAGES: usize = 1_000_000;
const CONVERSATIONS: usize = 50_000;
const PEOPLE: usize = 2_000;
const LOOK: Duration = Duration::from_millis(50);

const PEOPLE_SQL: &str = "
insert into haggle.users (id, name, role)
select 'buyer-' || n, 'Buyer ' || n, 'buyer' from generate_series(0, 999) n
union all
select 'supplier-' || n, 'Supplier ' || n, 'supplier' from generate_series(0, 999) n;
create table public.bare (id varchar primary key, conversation_id varchar, sender_id varchar, message text, at timestamptz)";

struct Ran {
    seconds: f64,
    bytes: f64,
}

pub fn measure(setup: &mut Setup) -> Result<Vec<Figure>> {
    let database = setup.empty("transfer")?;
    let (lines, bare) = (setup.path("all.jsonl"), setup.path("bare.csv"));
    write(&lines, &bare)?;
    let on = |name: &str| {
        let mut command = setup.haggle(name);
        command.env("DATABASE_URL", &database);
        command.env("HAGGLE_DATA_DIR", setup.path("transfer-data"));
        command
    };
    run(&mut on("migrate"))?;
    setup.sql_on("transfer", PEOPLE_SQL)?;
    let copy = format!("\\copy public.bare from '{}' (format csv)", bare.display());
    let copied = Instant::now();
    setup.sql_on("transfer", &copy)?;
    let copied = copied.elapsed().as_secs_f64();

    let imported = run(on("import").arg(&lines))?;
    let again = run(on("import").arg(&lines))?;
    let exported = run(on("export").arg("--to").arg(setup.path("out.jsonl")))?;
    let seconds = |what: &str, ran: &Ran, bar, aim| {
        let measured = Amount::new(ran.seconds, Unit::Seconds);
        let against = Amount::new(copied, Unit::Seconds);
        Figure::alone(what, measured)
            .against("\\copy into a bare table", against, ran.seconds / copied)
            .goal(Goal::amount(bar, aim, Unit::Seconds))
    };
    let memory = |what: &str, ran: &Ran| {
        let most = |megabytes: f64| megabytes * 1024.0 * 1024.0;
        let goal = Goal::amount(most(200.0), most(100.0), Unit::Bytes);
        Figure::alone(what, Amount::new(ran.bytes, Unit::Bytes)).goal(goal)
    };
    Ok(vec![
        seconds("import", &imported, 180.0, 90.0),
        seconds("import when all is there", &again, 120.0, 60.0),
        seconds("export", &exported, 60.0, 30.0),
        memory("memory of an import", &imported),
        memory("memory of an export", &exported),
    ])
}

/// Runs a command to its end, and looks at what it holds.
fn run(command: &mut Command) -> Result<Ran> {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn()?;
    let mut bytes = 0.0;
    let status = loop {
        // Nothing more is known of one that has ended.
        bytes = peak_bytes(child.id()).unwrap_or(bytes);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(LOOK);
    };
    let seconds = began.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{command:?} failed").into());
    }
    Ok(Ran { seconds, bytes })
}

fn write(lines: &Path, bare: &Path) -> Result {
    let mut lines = BufWriter::new(File::create(lines)?);
    let mut table = BufWriter::new(File::create(bare)?);
    writeln!(lines, r#"{{"type":"haggle","version":1}}"#)?;
    for number in 0..CONVERSATIONS {
        let (buyer, supplier) = people(number);
        writeln!(
            lines,
            r#"{{"type":"conversation","id":"c-{number}","buyerId":"{buyer}","supplierId":"{supplier}","createdAt":"1700000000000"}}"#
        )?;
    }
    for number in 0..MESSAGES {
        let conversation = number % CONVERSATIONS;
        let (buyer, supplier) = people(conversation);
        let sender = if (number / CONVERSATIONS).is_multiple_of(2) {
            buyer
        } else {
            supplier
        };
        let at = 1_700_000_000_000 + number * 1_000;
        let text = format!(
            "Message {number}: could you send the price of two hundred sets to the warehouse?"
        );
        writeln!(
            lines,
            r#"{{"type":"message","id":"m-{number}","conversationId":"c-{conversation}","senderId":"{sender}","message":"{text}","createdAt":"{at}"}}"#
        )?;
        writeln!(
            table,
            "m-{number},c-{conversation},{sender},{text},2024-01-01 00:00:00Z"
        )?;
    }
    lines.flush()?;
    Ok(table.flush()?)
}

/// No two conversations have the same ones.
fn people(conversation: usize) -> (String, String) {
    let half = PEOPLE / 2;
    let (buyer, turn) = (conversation % half, conversation / half);
    (
        format!("buyer-{buyer}"),
        format!("supplier-{}", (buyer + turn) % half),
    )
}
