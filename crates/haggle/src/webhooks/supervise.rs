//! Each endpoint has a worker of its own on every server, for as long as it is there.

use std::{collections::HashMap, sync::Arc, time::Duration};

use chat::{
    Chat,
    error::StorageError,
    ids::{EndpointId, NodeId},
    limits::DELIVERY_DAYS,
    webhook::{NewEndpoint, delivery_job},
};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::deliver::Deliver;
use crate::{
    outbox,
    outgoing_http::{Client, Reach},
    storage_log::log_storage,
};

/// Between two looks at which endpoints there are.
const LOOK: Duration = Duration::from_secs(1);
/// Between two times at which old events are forgotten, and how many at a time.
const FORGET: Duration = Duration::from_mins(10);
const FORGOTTEN: i64 = 5_000;

pub(super) struct Supervisor {
    pub chat: Chat,
    pub node: NodeId,
    pub client: Client,
    pub reach: Reach,
    /// The endpoint of the settings.
    pub given: Option<NewEndpoint>,
    pub draining: CancellationToken,
    pub tasks: TaskTracker,
}

impl Supervisor {
    /// Until the server drains.
    pub async fn run(self) {
        // Beside each other: to remove what the settings no longer name may take long, and the others have their own.
        let given = self.draining.run_until_cancelled(self.give());
        tokio::join!(given, self.look_after_workers());
    }

    async fn look_after_workers(&self) {
        let mut workers = HashMap::new();
        let mut tick = interval(LOOK);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut was_well = true;
        let mut forgotten_at: Option<Instant> = None;
        loop {
            let now = tokio::select! {
                () = self.draining.cancelled() => return,
                now = tick.tick() => now,
            };
            let done = self.look(&mut workers).await;
            // One line when it begins, not one every second.
            if let (Err(error), true) = (&done, was_well) {
                log_storage(error);
            }
            was_well = done.is_ok();
            if was_well && forgotten_at.is_none_or(|at| now - at >= FORGET) {
                let older_than = Duration::from_hours(24 * DELIVERY_DAYS);
                let forgotten = self.chat.webhooks.forget_events(older_than, FORGOTTEN);
                // More of them: at the next look.
                if forgotten
                    .await
                    .is_ok_and(|count| count < FORGOTTEN.unsigned_abs())
                {
                    forgotten_at = Some(now);
                }
            }
        }
    }

    /// Until the endpoint of the settings is as they say.
    async fn give(&self) {
        let webhooks = &self.chat.webhooks;
        let mut was_well = true;
        while let Err(error) = webhooks
            .keep_endpoint_of_settings(self.given.as_ref())
            .await
        {
            if was_well {
                log_storage(&error);
            }
            was_well = false;
            sleep(LOOK).await;
        }
    }

    async fn look(
        &self,
        workers: &mut HashMap<EndpointId, CancellationToken>,
    ) -> Result<(), StorageError> {
        let endpoints = self.chat.webhooks.endpoints().await?;
        workers.retain(|id, ending| {
            let is_there = endpoints.iter().any(|endpoint| endpoint.id == *id);
            if !is_there {
                ending.cancel();
            }
            is_there
        });
        for endpoint in endpoints {
            workers
                .entry(endpoint.id)
                .or_insert_with_key(|id| self.start(id));
        }
        Ok(())
    }

    fn start(&self, id: &EndpointId) -> CancellationToken {
        let ending = self.draining.child_token();
        let handler = Arc::new(Deliver {
            kind: delivery_job(id),
            webhooks: self.chat.webhooks.clone(),
            clock: self.chat.clock.clone(),
            client: self.client.clone(),
            reach: self.reach,
        });
        outbox::work(&self.chat, &self.node, handler, ending.clone(), &self.tasks);
        ending
    }
}
