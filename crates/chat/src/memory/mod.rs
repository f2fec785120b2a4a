//! The in-memory reference model of the storage traits.
