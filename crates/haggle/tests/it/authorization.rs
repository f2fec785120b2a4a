//! Who may do what: everybody at every operation of the document, and at every frame of the socket. An
//! operation or a frame without a row fails.

mod actor;
mod frames;
mod rows;
mod stage;

use std::collections::BTreeSet;

use futures_util::{StreamExt, stream};

pub use self::stage::world;
use self::{
    actor::{ACTORS, Actor},
    rows::{ROWS, Row, UNSENT},
    stage::Stage,
};
use crate::world::World;

/// Rows that are tried at a time.
const AT_A_TIME: usize = 4;

#[tokio::test]
async fn every_operation_has_a_row() {
    let world = World::open().await;
    let document = world.nobody().get("/api/openapi.json").await.expect(200);
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            documented.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    let tried = ROWS.iter().chain(UNSENT);
    let tried = tried.map(|row| row.operation.split('?').next());
    let tried: BTreeSet<String> = tried.flatten().map(str::to_owned).collect();
    assert_eq!(documented, tried);
}

#[tokio::test]
async fn everybody_may_do_what_the_contract_says_and_nothing_else() {
    let world = stage::world().await;
    let rows = ROWS.iter().map(|row| (row, true));
    let rows = rows.chain(UNSENT.iter().map(|row| (row, false)));
    let tried = rows
        .enumerate()
        .map(|(number, (row, is_sent))| try_row(&world, number, row, is_sent));
    let tried = stream::iter(tried).buffer_unordered(AT_A_TIME);
    let wrong: Vec<Vec<String>> = tried.collect().await;
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Everybody in turn: who is refused at the same things, who changes some at things of their own. Returns what
/// is not as the row says.
async fn try_row(world: &World, number: usize, row: &Row, is_sent: bool) -> Vec<String> {
    let mut tried = Tried {
        world,
        row,
        wrong: Vec::new(),
    };
    let cells = || ACTORS.into_iter().zip(row.cells());
    let refused = cells().filter(|(_, status)| *status >= 400);
    let allowed = cells().filter(|(_, status)| *status < 400);
    let stage = Stage::set(world, row, &number.to_string(), is_sent).await;
    let before = stage.rev(world).await;
    for (actor, status) in refused.filter(|(actor, _)| *actor != Actor::Deactivated) {
        tried.cell(&stage, actor, status).await;
    }
    tried.expect_unchanged(&stage, before).await;
    for (actor, status) in allowed {
        if row.only_reads() {
            tried.cell(&stage, actor, status).await;
            continue;
        }
        let key = format!("{number}-{actor:?}");
        let own = Stage::set(world, row, &key, is_sent).await;
        tried.cell(&own, actor, status).await;
    }
    stage.deactivate_buyer(world).await;
    let before = stage.rev(world).await;
    for (actor, status) in cells().filter(|(actor, _)| *actor == Actor::Deactivated) {
        tried.cell(&stage, actor, status).await;
    }
    tried.expect_unchanged(&stage, before).await;
    tried.wrong
}

struct Tried<'a> {
    world: &'a World,
    row: &'a Row,
    wrong: Vec<String>,
}

impl Tried<'_> {
    fn complain(&mut self, about: &str) {
        let Row {
            operation, case, ..
        } = self.row;
        self.wrong.push(format!("{operation}{case}: {about:.400}"));
    }

    async fn cell(&mut self, stage: &Stage, actor: Actor, status: u16) {
        let (answer, text) = stage.ask(self.world, self.row, actor).await;
        if answer.status != status {
            let got = answer.status;
            self.complain(&format!("{actor:?} got {got}, not {status}: {text}"));
        }
        let has_secret = text.contains(&stage.secret);
        if answer.status >= 400 {
            let is_told = answer.json["code"].is_string() && answer.json["requestId"].is_string();
            // The answer to HEAD has no body, and what leads here by mail is a page.
            let is_bare = self.row.operation.starts_with("HEAD") || text.starts_with("<!");
            if !is_told && !is_bare {
                self.complain(&format!("{actor:?} got no envelope: {text}"));
            }
            if has_secret {
                self.complain(&format!("{actor:?} was told what was said: {text}"));
            }
        } else if let Some(shown) = self.row.shown(actor)
            && shown != has_secret
        {
            self.complain(&format!("shown to {actor:?}: {has_secret}: {text}"));
        }
    }

    async fn expect_unchanged(&mut self, stage: &Stage, before: i64) {
        if stage.rev(self.world).await != before {
            self.complain("somebody was refused, and changed something");
        }
    }
}
