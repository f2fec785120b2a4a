//! Rate limits that all servers share: the buckets of [`chat::rate_limit`] in Redis, each decision one
//! script. When Redis does not answer at once, this server's own buckets decide.

use std::sync::Arc;

use async_trait::async_trait;
use chat::{
    error::StorageError,
    ids::UserId,
    rate_limit::{Decision, LimitedAction, LocalRateLimiter, Quota, Quotas, RateLimiter},
    timestamp::Clock,
};
use redis_link::{Answer, RedisLink, Script};

use super::{circuit_breaker::CircuitBreaker, keys::Keys};

/// What a bucket misses until it is full, in ticks of its quota (see `chat::rate_limit`), and when it did.
/// A clock that was set back adds nothing and takes nothing: the bucket goes on from the new time.
/// Every number is whole and below 2^53. By the clock of Redis, so that servers need not agree.
const FIND: &str = r"
local tokens, token, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(ARGV[4]) or (time[1] * 1000000 + time[2])
local kept = redis.call('HMGET', KEYS[1], 'at', 'missing')
local missing, set_back = 0, false
if kept[1] then
  local passed = now - tonumber(kept[1])
  set_back = passed < 0
  if passed < window / tokens then
    missing = math.max(tonumber(kept[2]) - math.max(passed, 0) * tokens, 0)
  end
end
local function keep(ticks)
  redis.call('HSET', KEYS[1], 'at', string.format('%.0f', now), 'missing', string.format('%.0f', ticks))
  redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(ticks / tokens / 1000) + 1000))
end
";

const TAKE: &str = r"
if missing + token > window then
  if set_back then
    keep(missing)
  end
  return {0, string.format('%.0f', missing)}
end
keep(missing + token)
return {1, string.format('%.0f', missing + token)}
";

const GIVE_BACK: &str = r"
if kept[1] then
  keep(math.max(missing - token, 0))
end
";

pub struct RedisRateLimiter {
    keys: Keys,
    link: Arc<RedisLink>,
    unanswered: Arc<CircuitBreaker>,
    quotas: Quotas,
    /// Of this server, for when Redis is away.
    own: LocalRateLimiter,
    /// Instead of the clock of Redis.
    clock: Option<Arc<dyn Clock>>,
    take: Script,
    give_back: Script,
}

impl RedisRateLimiter {
    /// `clock` is for the server's own buckets.
    pub fn new(
        keys: Keys,
        link: Arc<RedisLink>,
        unanswered: Arc<CircuitBreaker>,
        quotas: Quotas,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            keys,
            link,
            unanswered,
            quotas,
            own: LocalRateLimiter::new(quotas, clock),
            clock: None,
            take: Script::new(&format!("{FIND}{TAKE}")),
            give_back: Script::new(&format!("{FIND}{GIVE_BACK}")),
        }
    }

    async fn run<T: Answer>(&self, script: &Script, user: &UserId, quota: Quota) -> Option<T> {
        let up = self.link.up()?;
        let name = match quota.action {
            LimitedAction::SendMessage => "send",
            LimitedAction::OpenConversation => "open",
            LimitedAction::ChangeMessage => "change",
        };
        let key = self.keys.bucket(user, name);
        let now = self.clock.as_ref().map(|clock| clock.now().micros());
        let arguments = [
            quota.tokens.to_string(),
            quota.token_ticks().to_string(),
            quota.window_ticks().to_string(),
            now.map_or_else(String::new, |now| now.to_string()),
        ];
        let answer = up.connection.call(script, &key, &arguments);
        self.unanswered.call(answer).await
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn take(&self, user: &UserId, action: LimitedAction) -> Result<Decision, StorageError> {
        let quota = self.quotas.of(action);
        if quota.is_unlimited() {
            return self.own.take(user, action).await;
        }
        let taken = self.run::<(bool, String)>(&self.take, user, quota).await;
        let taken = taken.and_then(|(is_taken, missing)| Some((is_taken, missing.parse().ok()?)));
        match taken {
            Some((is_taken, missing)) => Ok(quota.decision(is_taken, missing)),
            None => self.own.take(user, action).await,
        }
    }

    async fn give_back(&self, user: &UserId, action: LimitedAction) {
        let quota = self.quotas.of(action);
        if quota.is_unlimited() {
            return;
        }
        if self.run::<()>(&self.give_back, user, quota).await.is_none() {
            self.own.give_back(user, action).await;
        }
    }
}

impl std::fmt::Debug for RedisRateLimiter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisRateLimiter")
            .field("quotas", &self.quotas)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
