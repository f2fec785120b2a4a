//! Objects in a bucket of whatever speaks S3. Memory is bounded: a large file goes out in parts,
//! few at a time, and is there when the last one is.

use std::{fmt, io, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::{
    BackoffConfig, Error, MultipartUpload, ObjectStore, ObjectStoreExt, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path,
};
use tokio::{fs::File, io::AsyncReadExt, sync::Semaphore, time::timeout};
use tokio_util::task::TaskTracker;

use super::{Temporary, https::Https};
use crate::settings::BucketAddress;

/// Of a file that goes out. S3 takes no part below 5 MiB but the last.
const PART_BYTES: usize = 8 << 20;
/// Files that go out at a time, each with a part in memory.
const PUTS: usize = 4;
/// For as long a file waits until it may go out, and then until it is out.
const PUT_PATIENCE: Duration = Duration::from_mins(5);
/// For one question.
const PATIENCE: Duration = Duration::from_secs(45);
/// For whoever is asked again.
const RETRIES: usize = 3;
const RETRY_PATIENCE: Duration = Duration::from_secs(20);

#[derive(Clone)]
pub struct Bucket {
    client: Arc<AmazonS3>,
    prefix: Path,
    puts: Arc<Semaphore>,
    /// Files that go out.
    tasks: TaskTracker,
    shown: Arc<str>,
}

impl Bucket {
    /// Keys and their kind are taken from the environment, as every program of Amazon's does.
    pub fn new(address: &BucketAddress) -> Result<Self, String> {
        let https = Https::new()?;
        let mut builder = AmazonS3Builder::from_env()
            .with_bucket_name(&address.bucket)
            .with_http_connector(https)
            .with_retry(RetryConfig {
                backoff: BackoffConfig::default(),
                max_retries: RETRIES,
                retry_timeout: RETRY_PATIENCE,
            });
        if let Some(region) = &address.region {
            builder = builder.with_region(region);
        }
        builder = builder.with_virtual_hosted_style_request(address.is_virtual_hosted);
        if let Some(endpoint) = &address.endpoint {
            builder = builder
                .with_allow_http(endpoint.starts_with("http://"))
                .with_endpoint(endpoint_of(endpoint, address));
        }
        let client = builder.build();
        let client = client.map_err(|error| format!("cannot be used: {}", told(&error)))?;
        let place = match &address.endpoint {
            Some(endpoint) => format!(" at {endpoint}"),
            None => String::new(),
        };
        let slash = if address.prefix.is_empty() { "" } else { "/" };
        Ok(Self {
            client: Arc::new(client),
            prefix: Path::from(address.prefix.as_str()),
            puts: Arc::new(Semaphore::new(PUTS)),
            tasks: TaskTracker::new(),
            shown: format!("s3://{}{slash}{}{place}", address.bucket, address.prefix).into(),
        })
    }

    pub async fn size(&self, name: &str) -> io::Result<Option<u64>> {
        match within(PATIENCE, self.client.head(&self.path(name))).await {
            Ok(found) => Ok(Some(found.size)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// All of these bytes, or an error.
    pub async fn read(&self, name: &str, from: u64, count: u64) -> io::Result<Bytes> {
        if count == 0 {
            return Ok(Bytes::new());
        }
        let path = self.path(name);
        let range = self.client.get_range(&path, from..from + count);
        let bytes = within(PATIENCE, range).await?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length == count) {
            Ok(bytes)
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }

    /// What is not there is no error.
    pub async fn remove(&self, name: &str) -> io::Result<()> {
        match within(PATIENCE, self.client.delete(&self.path(name))).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// Everything whose name begins with this and a slash.
    pub async fn remove_below(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        let listed = self.client.list(Some(&path)).map_ok(|found| found.location);
        let below: Vec<Path> = within(PATIENCE, listed.try_collect()).await?;
        for path in below {
            within(PATIENCE, self.client.delete(&path)).await?;
        }
        Ok(())
    }

    /// A task of its own: what has begun to go out is whole, or given up, also when nobody waits.
    pub async fn put(
        &self,
        name: String,
        file: Temporary,
        held: impl Send + 'static,
    ) -> io::Result<()> {
        let (bucket, path) = (self.clone(), self.path(&name));
        let put = async move {
            let puts = timeout(PUT_PATIENCE, bucket.puts.acquire()).await;
            let _place = puts.map_err(|_| late())?.map_err(io::Error::other)?;
            let put = bucket.put_file(&path, &file).await;
            drop(held);
            put
        };
        let put = self.tasks.spawn(put).await;
        put.map_err(io::Error::other)?
    }

    async fn put_file(&self, path: &Path, file: &Temporary) -> io::Result<()> {
        let mut file = File::open(file.path()).await?;
        let first = next_part(&mut file).await?;
        if first.len() < PART_BYTES {
            let put = self.client.put(path, first.into());
            return within(PUT_PATIENCE, put).await.map(drop);
        }
        let mut upload = within(PATIENCE, self.client.put_multipart(path)).await?;
        let sent = timeout(PUT_PATIENCE, send_parts(&mut *upload, first, &mut file)).await;
        let Err(error) = sent.unwrap_or_else(|_| Err(late())) else {
            return Ok(());
        };
        // Parts that nobody puts together would be paid for.
        if let Err(error) = within(PATIENCE, upload.abort()).await {
            tracing::warn!(%error, "parts of a file stay in the bucket");
        }
        Err(error)
    }

    pub async fn probe(&self) -> io::Result<()> {
        const WHAT: &[u8] = b"haggle";
        // Two who try at once do not disturb each other.
        let name = format!("probe-{}", std::process::id());
        let path = self.path(&name);
        let put = self.client.put(&path, Bytes::from_static(WHAT).into());
        within(PATIENCE, put).await?;
        let read = self.read(&name, 0, WHAT.len() as u64).await;
        within(PATIENCE, self.client.delete(&path)).await?;
        if read? == WHAT {
            Ok(())
        } else {
            Err(io::Error::other("what was put there is not what is there"))
        }
    }

    pub async fn settle(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    fn path(&self, name: &str) -> Path {
        let name = Path::from(name);
        self.prefix.parts().chain(name.parts()).collect()
    }
}

async fn send_parts(
    upload: &mut dyn MultipartUpload,
    first: Vec<u8>,
    file: &mut File,
) -> io::Result<()> {
    let mut part = first;
    while !part.is_empty() {
        let is_last = part.len() < PART_BYTES;
        upload
            .put_part(part.into())
            .await
            .map_err(|error| failed(&error))?;
        if is_last {
            break;
        }
        part = next_part(file).await?;
    }
    upload.complete().await.map_err(|error| failed(&error))?;
    Ok(())
}

/// Fewer bytes than a part has: the last ones.
async fn next_part(file: &mut File) -> io::Result<Vec<u8>> {
    let mut part = Vec::new();
    file.take(PART_BYTES as u64).read_to_end(&mut part).await?;
    Ok(part)
}

async fn within<T>(
    patience: Duration,
    asked: impl Future<Output = Result<T, Error>>,
) -> io::Result<T> {
    let answer = timeout(patience, asked).await;
    answer.map_err(|_| late())?.map_err(|error| failed(&error))
}

/// Not `TimedOut`, which says that too many files are open here.
fn late() -> io::Error {
    io::Error::other("the bucket does not answer")
}

fn failed(error: &Error) -> io::Error {
    let kind = match error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            io::ErrorKind::PermissionDenied
        }
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, told(error))
}

/// With its causes, on one line.
fn told(error: &Error) -> String {
    let mut told = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !told.contains(&more) {
            told = format!("{told}: {more}");
        }
        cause = error.source();
    }
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the bucket is a part of the host's name, the client wants it there.
fn endpoint_of(endpoint: &str, address: &BucketAddress) -> String {
    match endpoint.split_once("://") {
        Some((scheme, host)) if address.is_virtual_hosted => {
            format!("{scheme}://{}.{host}", address.bucket)
        }
        _ => endpoint.to_owned(),
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The client holds keys.
impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}
