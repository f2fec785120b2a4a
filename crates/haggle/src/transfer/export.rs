//! An export from the database to its files.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use chat::{ids::AttachmentId, media_type::MediaType};
use chat_postgres::{
    Export, ExportScope, ExportedFile, ExportedMessage, PgError, PgOptions, SourceReceiver,
};

use super::{
    csv_rows::{CONVERSATION, MESSAGE, guarded},
    format::Format,
    input::named,
    record::{self, Conversation, Header, Message, Record, VERSION},
};
use crate::object_store::{Part, Store};

/// Bytes of a file that are copied at a time.
const PIECE: u64 = 1 << 20;

/// What was asked for.
#[derive(Debug)]
pub struct Wanted {
    pub scope: ExportScope,
    pub format: Format,
    /// A file, for CSV a folder. `None`: standard output.
    pub to: Option<PathBuf>,
    /// Where the bytes of files are copied to.
    pub files: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error(transparent)]
    Database(#[from] PgError),
    #[error(transparent)]
    File(#[from] io::Error),
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    pub conversations: u64,
    pub messages: u64,
    pub files: u64,
    /// Files whose bytes were wanted and are not there.
    pub missing: u64,
}

pub async fn run(
    wanted: &Wanted,
    options: &PgOptions,
    store: &Store,
) -> Result<Exported, ExportError> {
    let mut written = Written::open(wanted.format, wanted.to.as_deref())?;
    if let Some(files) = &wanted.files {
        named(files, fs::create_dir_all(files))?;
    }
    let mut export = Export::begin(options, &wanted.scope).await?;
    let mut exported = Exported::default();
    loop {
        let conversations = export.conversations().await?;
        if conversations.is_empty() {
            break;
        }
        let mut stretches = export.stretches(&conversations);
        let mut order = conversations.into_iter().peekable();
        while let Some(messages) = export.messages(&mut stretches).await? {
            let files = files(&mut export, &messages).await?;
            for message in messages {
                // A conversation comes before its messages, and one without any behind those before it.
                while let Some(next) = order.next_if(|_| !written.has(&message.conversation_id)) {
                    exported.conversations += 1;
                    written.conversation(Conversation::from(next))?;
                }
                exported.messages += 1;
                let entries = entries(&message, &files);
                for file in &entries {
                    exported.files += 1;
                    if let Some(to) = &wanted.files
                        && file.url.is_none()
                        && !copy(store, file, to).await?
                    {
                        exported.missing += 1;
                    }
                }
                written.message(Message::exported(message, entries))?;
            }
        }
        for rest in order {
            exported.conversations += 1;
            written.conversation(Conversation::from(rest))?;
        }
    }
    export.close().await;
    written.finish()?;
    Ok(exported)
}

async fn files(
    export: &mut Export,
    messages: &[ExportedMessage],
) -> Result<HashMap<String, ExportedFile>, PgError> {
    let ids: Vec<String> = messages
        .iter()
        .flat_map(|message| message.files.clone())
        .collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let files = export.files(&ids).await?;
    Ok(files
        .into_iter()
        .map(|file| (file.id.clone(), file))
        .collect())
}

/// The files of a message, in their order.
fn entries(message: &ExportedMessage, files: &HashMap<String, ExportedFile>) -> Vec<record::File> {
    let found = message.files.iter().filter_map(|id| files.get(id));
    let entry = |file: &ExportedFile| {
        let ending = MediaType::parse(&file.kind).map_or("bin", |kind| kind.format().endings[0]);
        record::File::exported(file, format!("{}.{ending}", file.id))
    };
    found.map(entry).collect()
}

/// `false`: its bytes are not there.
async fn copy(from: &Store, file: &record::File, to: &Path) -> io::Result<bool> {
    let (Some(id), Some(path)) = (&file.id, &file.path) else {
        return Ok(false);
    };
    let id = AttachmentId::new(id.as_str());
    let Some(size) = from.size(&id, Part::File).await? else {
        return Ok(false);
    };
    let path = to.join(path);
    let mut copied = named(&path, File::create(&path))?;
    let mut at = 0;
    while at < size {
        let count = PIECE.min(size - at);
        let bytes = from.read(&id, Part::File, (at, count), ()).await?;
        named(&path, copied.write_all(&bytes))?;
        at += count;
    }
    Ok(true)
}

/// What is being written.
struct Written {
    out: Out,
    /// The conversation that was written last.
    last: String,
}

enum Out {
    Lines(BufWriter<Box<dyn Write>>),
    Tables {
        conversations: Box<csv::Writer<File>>,
        messages: Box<csv::Writer<File>>,
    },
}

impl Written {
    fn open(format: Format, to: Option<&Path>) -> io::Result<Self> {
        let out = match (format, to) {
            (Format::Csv, Some(folder)) => {
                named(folder, fs::create_dir_all(folder))?;
                let table = |name: &str, columns: [&str; 13]| {
                    let path = folder.join(name);
                    let mut table = csv::Writer::from_writer(named(&path, File::create(&path))?);
                    table.write_record(columns)?;
                    Ok::<_, io::Error>(Box::new(table))
                };
                Out::Tables {
                    conversations: table("conversations.csv", CONVERSATION)?,
                    messages: table("messages.csv", MESSAGE)?,
                }
            }
            (_, to) => {
                let file: Box<dyn Write> = match to {
                    Some(path) => Box::new(named(path, File::create(path))?),
                    None => Box::new(io::stdout()),
                };
                let mut lines = BufWriter::new(file);
                line(&mut lines, &Record::Haggle(Header { version: VERSION }))?;
                Out::Lines(lines)
            }
        };
        Ok(Self {
            out,
            last: String::new(),
        })
    }

    fn has(&self, conversation: &str) -> bool {
        self.last == conversation
    }

    fn conversation(&mut self, row: Conversation) -> io::Result<()> {
        self.last.clone_from(&row.id);
        match &mut self.out {
            Out::Lines(lines) => line(lines, &Record::Conversation(Box::new(row))),
            Out::Tables { conversations, .. } => {
                let opened_for = row.opened_for.as_ref().map(serde_json::to_string);
                let cells = [
                    Some(row.id),
                    row.kind,
                    row.buyer_id,
                    row.buyer_name,
                    row.supplier_id,
                    row.supplier_name,
                    row.admin_id,
                    row.admin_name,
                    row.product_id,
                    row.product_name,
                    row.subject,
                    opened_for.transpose()?,
                    row.created_at,
                ];
                record(conversations, cells)
            }
        }
    }

    fn message(&mut self, row: Message) -> io::Result<()> {
        match &mut self.out {
            Out::Lines(lines) => line(lines, &Record::Message(Box::new(row))),
            Out::Tables { messages, .. } => {
                let files = (!row.files.is_empty()).then(|| serde_json::to_string(&row.files));
                let read_by =
                    (!row.read_by.is_empty()).then(|| serde_json::to_string(&row.read_by));
                let cells = [
                    row.id,
                    Some(row.conversation_id),
                    row.seq.map(|seq| seq.to_string()),
                    row.sender_id,
                    row.sender_type,
                    match row.receiver_id {
                        SourceReceiver::User(user) => Some(user),
                        SourceReceiver::Nobody | SourceReceiver::Unknown => None,
                    },
                    row.text,
                    files.transpose()?,
                    row.client_message_id,
                    row.created_at,
                    read_by.transpose()?,
                    None,
                    row.is_former_user.then(|| "true".to_owned()),
                ];
                record(messages, cells)
            }
        }
    }

    fn finish(self) -> io::Result<()> {
        match self.out {
            Out::Lines(mut lines) => lines.flush(),
            Out::Tables {
                mut conversations,
                mut messages,
            } => conversations.flush().and_then(|()| messages.flush()),
        }
    }
}

fn line(out: &mut impl Write, record: &Record) -> io::Result<()> {
    serde_json::to_writer(&mut *out, record)?;
    out.write_all(b"\n")
}

fn record(table: &mut csv::Writer<File>, cells: [Option<String>; 13]) -> io::Result<()> {
    let cells = cells.map(|cell| guarded(&cell.unwrap_or_default()));
    Ok(table.write_record(&cells)?)
}
