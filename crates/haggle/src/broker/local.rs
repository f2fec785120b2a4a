//! The broker of a single server: one bounded queue and one task behind it.

use std::sync::Arc;

use chat::{event::Event, publisher::Publisher};
use metrics::{Counter, counter, describe_counter};

use super::{
    delivery_queue::{Deliveries, DeliveryQueue, Next},
    fanout::Fanout,
};

#[derive(Debug)]
pub struct LocalBroker {
    fanout: Fanout,
    queue: DeliveryQueue<Event>,
    events: Counter,
}

impl LocalBroker {
    /// The broker, and the task that delivers as long as there is a broker.
    pub fn new(fanout: Fanout) -> (Arc<Self>, impl Future<Output = ()> + use<>) {
        describe_counter!("haggle_bus_events_total", "Events with an audience here");
        let (queue, deliveries) = DeliveryQueue::new();
        let delivery = deliver(fanout.clone(), deliveries);
        let broker = Self {
            fanout,
            queue,
            events: counter!("haggle_bus_events_total"),
        };
        (Arc::new(broker), delivery)
    }
}

impl Publisher for LocalBroker {
    fn publish(&self, event: Event) {
        self.fanout.invalidate(&event);
        if self.fanout.concerns_us(&event) {
            self.events.increment(1);
            self.queue.push(event);
        }
    }
}

async fn deliver(fanout: Fanout, mut deliveries: Deliveries<Event>) {
    while let Some(next) = deliveries.next().await {
        match next {
            Next::Deliver(event) => fanout.deliver(event).await,
            Next::Reset => fanout.reset_everybody(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LocalBroker;
    use crate::broker::contract;

    #[tokio::test]
    async fn it_holds_the_contract() {
        contract::holds(async |node| {
            let (broker, delivery) = LocalBroker::new(node.fanout());
            tokio::spawn(delivery);
            broker as _
        })
        .await;
    }
}
