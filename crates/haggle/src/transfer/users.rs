//! Ids of people in the source, and those of the marketplace.

use std::{collections::HashMap, path::Path};

use chat_postgres::{SourceConversation, SourceMessage, SourceReceiver};

use super::{input, table::Table};

/// A file of two columns: `from`, `to`. Whoever is not in it keeps the id.
#[derive(Debug, Default)]
pub struct Users(HashMap<String, String>);

impl Users {
    pub fn read(path: &Path) -> Result<Self, String> {
        let reader = input::open(path).map_err(|error| error.to_string())?;
        let mut table = Table::open(reader).map_err(|why| format!("{}: {why}", path.display()))?;
        let (Some(from), Some(to)) = (table.column("from"), table.column("to")) else {
            return Err(format!("{}: needs the columns from and to", path.display()));
        };
        let mut users = HashMap::new();
        while let Some((line, row)) = table.next_row() {
            let named = row.map_err(|why| format!("{}: line {line}: {why}", path.display()))?;
            let (from, to) = (named[from].trim(), named[to].trim());
            if from.is_empty() || to.is_empty() {
                return Err(format!(
                    "{}: line {line}: both ids are needed",
                    path.display()
                ));
            }
            if users
                .insert(from.to_owned(), to.to_owned())
                .is_some_and(|before| before != to)
            {
                return Err(format!(
                    "{}: line {line}: {from} is there twice",
                    path.display()
                ));
            }
        }
        Ok(Self(users))
    }

    fn translate(&self, id: &mut String) {
        if let Some(to) = self.0.get(id.as_str()) {
            to.clone_into(id);
        }
    }

    pub fn in_conversation(&self, row: &mut SourceConversation) {
        let places = [&mut row.buyer, &mut row.supplier, &mut row.admin];
        places
            .into_iter()
            .flatten()
            .for_each(|id| self.translate(id));
        row.people.iter_mut().for_each(|id| self.translate(id));
        row.receipts
            .iter_mut()
            .for_each(|(id, _)| self.translate(id));
        if let Some((_, Some(admin))) = &mut row.purpose {
            self.translate(admin);
        }
    }

    pub fn in_message(&self, row: &mut SourceMessage) {
        if let Some(sender) = &mut row.sender {
            self.translate(sender);
        }
        if let SourceReceiver::User(receiver) = &mut row.receiver {
            self.translate(receiver);
        }
        row.read_by.iter_mut().for_each(|id| self.translate(id));
    }
}
