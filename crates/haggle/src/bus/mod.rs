//! The bus between the nodes; with one node, a queue in this process.
