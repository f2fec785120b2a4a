//! What must hold whatever happens: the real server, killed, cut off, crowded and starved.

mod life;
mod market;
mod nginx;
mod reader;
mod screen;
mod talk;

mod backup;
mod badges;
mod below_a_path;
mod big_resume;
mod chaos;
mod comings_and_goings;
mod contents;
mod crowd;
mod cuts;
mod databases;
mod drain;
mod embedded;
mod flows;
mod folder;
mod host_sessions;
mod kills;
mod lost_access;
mod nodes;
mod one_of_each;
mod order;
mod outage;
mod outsiders;
mod pages;
mod slow_reader;
mod starved;
