//! How long it takes until the server accepts connections.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::figure::{Amount, Figure, Goal, Unit, median};
use crate::plan::Plan;
use crate::result::Result;
use crate::server::Server;
use crate::setup::Setup;

pub const ABOUT: &str = "\
From the start of the process to its line `haggle listening on`: with an empty data folder, in which it makes its own \
database; with the folder that it left behind; and on a running PostgreSQL with the data set.";

pub fn measure(setup: &mut Setup, plan: &Plan) -> Result<Vec<Figure>> {
    setup.serve()?.stop()?;
    let (mut first, mut next, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..plan.rounds {
        let folder = setup.path(&format!("start-{round}"));
        fs::create_dir(&folder)?;
        // The database's own user must be able to enter.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
        for starts in [&mut first, &mut next] {
            let mut command = setup.haggle("serve");
            command.env("HAGGLE_DATA_DIR", &folder);
            let server = Server::start(&mut command, &setup.path("start.log"))?;
            starts.push(server.started_in.as_secs_f64());
            server.stop()?;
        }
        let server = setup.serve()?;
        given.push(server.started_in.as_secs_f64());
        server.stop()?;
    }
    let figure = |what: &str, seconds: Vec<f64>, bar, aim| {
        Figure::alone(what, Amount::new(median(seconds), Unit::Seconds)).goal(Goal::amount(
            bar,
            aim,
            Unit::Seconds,
        ))
    };
    Ok(vec![
        figure("first start on an empty folder", first, 8.0, 4.0),
        figure("next start", next, 2.0, 1.0),
        figure("start on a given database", given, 0.3, 0.1),
    ])
}
