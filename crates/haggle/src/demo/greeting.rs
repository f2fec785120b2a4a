//! What the demo says when it has begun.

use std::{fmt::Write, net::SocketAddr};

use chat::{ids::UserId, person::Role};

use super::{
    content::{self, Person},
    login::SESSION,
};
use crate::app::App;

/// Where to go and who to be there.
pub fn greeting(app: &App, address: SocketAddr) -> String {
    let mut text = format!("\nOpen http://{address} and choose who to be, for example:\n\n");
    let mut tokens = String::new();
    for role in Role::ALL {
        let people = &content::marketplace().people;
        let Some(person) = people.iter().find(|person| person.role == role) else {
            continue;
        };
        let Person {
            id, name, company, ..
        } = person;
        let role = role.as_str();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {role:<9} {id:<20} {name}, {company}");
        if let Some((token, _)) = app.auth.sign(&UserId::new(id.as_str()), SESSION) {
            let _ = writeln!(tokens, "export {}={token}", role.to_uppercase());
        }
    }
    text + "\nFor the command line, good for 12 hours:\n\n" + &tokens
}
