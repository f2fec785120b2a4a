//! What an operator sees of the caches.

pub fn count(cache: &'static str, outcome: &'static str) {
    metrics::counter!("haggle_cache_total", "cache" => cache, "outcome" => outcome).increment(1);
}
