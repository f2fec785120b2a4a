//! Every server is replaced by a new one, one after the other, and nobody notices.
