//! What a search of the list looks for.

use chat::{search, storage::ListQuery};

/// What must all be found, folded; `None` finds everything.
pub(super) fn words(query: &ListQuery) -> Option<Vec<String>> {
    let search = query.search.as_ref()?;
    Some(search::words(search).map(search::fold).collect())
}
