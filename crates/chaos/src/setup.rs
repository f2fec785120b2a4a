//! The cluster: servers, PostgreSQL, Redis, and a bad network between all of them.

use std::path::Path;

use serde_json::{Value, json};
use test_support::{
    Answer, Person, PrivateCluster, Receiver, RedisServer, ServerOptions, ServerProcess,
    steady_address,
};

use crate::{
    people::{PEOPLE, Purpose},
    plan::Shape,
    proxy::{Proxy, To},
};

const API_KEY: &str = "the key of the directory";

/// What each task of the adversary owns while a round lasts.
#[derive(Debug)]
pub struct Setup {
    pub nodes: Vec<Node>,
    pub postgres: PrivateCluster,
    pub redis: Option<RedisServer>,
    pub links: Links,
    /// A webhook, which is told of everything.
    pub receiver: Receiver,
    /// How much of that is of earlier rounds.
    pub heard: usize,
}

#[derive(Debug)]
pub struct Node {
    pub number: usize,
    pub options: ServerOptions,
    pub server: ServerProcess,
}

/// By the node's number.
#[derive(Debug)]
pub struct Links {
    pub clients: Vec<Proxy>,
    pub storage: Vec<Proxy>,
    /// Empty without Redis.
    pub bus: Vec<Proxy>,
}

impl Setup {
    /// Starts everything. Blocks for the seconds that it takes.
    pub async fn set(binary: &Path, shape: Shape) -> Self {
        let postgres = PrivateCluster::start();
        let redis = shape.has_redis.then(RedisServer::start);
        let mut links = Links {
            clients: Vec::new(),
            storage: Vec::new(),
            bus: Vec::new(),
        };
        let mut nodes = Vec::new();
        for number in 0..shape.nodes {
            let address = steady_address();
            links.clients.push(open(To::Tcp(address)).await);
            let storage = open(To::Unix(postgres.socket())).await;
            let at = storage.address();
            let url = format!("postgres://haggle@{at}/haggle?sslmode=disable");
            links.storage.push(storage);
            let mut options = ServerOptions::new(binary)
                .listen(address)
                .database(&url)
                .set("HAGGLE_API_KEY", API_KEY)
                .set("HAGGLE_WEBHOOK_PRIVATE", "on")
                // A device that sends all the time stays below, an eager one does not.
                .set("HAGGLE_MESSAGES_PER_MINUTE", "150")
                .set("HAGGLE_CONVERSATIONS_PER_HOUR", "0")
                // Those of cut connections count until the server notices.
                .set("HAGGLE_SOCKETS_PER_USER", "0");
            if let Some(redis) = &redis {
                let address = redis.address().parse().expect("an address");
                let bus = open(To::Tcp(address)).await;
                options = options.set("REDIS_URL", &format!("redis://{}", bus.address()));
                links.bus.push(bus);
            }
            nodes.push(Node {
                number,
                server: ServerProcess::spawn(&options).await,
                options,
            });
        }
        let setup = Self {
            nodes,
            postgres,
            redis,
            links,
            receiver: Receiver::open().await,
            heard: 0,
        };
        setup.fill().await;
        setup.add_webhook().await;
        setup
    }

    /// Where clients find the nodes.
    pub fn bases(&self) -> Vec<String> {
        let clients = self.links.clients.iter();
        clients
            .map(|proxy| format!("http://{}", proxy.address()))
            .collect()
    }

    async fn fill(&self) {
        for role in PEOPLE {
            let user = json!({"name": role.id, "role": role.kind, "isActive": true});
            self.put(&format!("users/{}", role.id), user).await;
            if role.kind == "supplier" {
                let company = json!({"userId": role.id, "name": role.id});
                self.put(&format!("suppliers/company-{}", role.id), company)
                    .await;
            }
        }
    }

    async fn add_webhook(&self) {
        let marketplace = Person::nobody(&self.nodes[0].server.base());
        let post = marketplace.request(reqwest::Method::POST, "/api/webhooks");
        let body = json!({"url": self.receiver.base});
        let answer = Answer::to(post.header("x-api-key", API_KEY).json(&body)).await;
        assert_eq!(answer.status, 201, "{:#}", answer.json);
    }

    /// The products that a round talks about.
    pub async fn stock(&self, purposes: &[Purpose]) {
        for purpose in purposes {
            let product = json!({"name": purpose.product, "image": "/product.png"});
            self.put(&format!("products/{}", purpose.product), product)
                .await;
        }
    }

    /// What the marketplace's own server does.
    async fn put(&self, path: &str, body: Value) {
        let marketplace = Person::nobody(&self.nodes[0].server.base());
        let path = format!("/api/directory/{path}");
        let put = marketplace.request(reqwest::Method::PUT, &path);
        let answer = Answer::to(put.header("x-api-key", API_KEY).json(&body)).await;
        assert!(matches!(answer.status, 200 | 201), "{:#}", answer.json);
    }
}

async fn open(to: To) -> Proxy {
    Proxy::open(to).await.expect("a port for a proxy")
}
