//! What no schema says: who speaks when, in which order, and how a client resumes. In Markdown.

pub const OVERVIEW: &str = "\
The socket of Haggle: what happens in the conversations of a user, as it happens. What is sent by HTTP, \
messages above all, is in the OpenAPI document.

The database is the truth and the socket carries hints. Every hint has a number, so a client sees when one is \
missing.";

pub const CHANNEL: &str = "\
## Frames

Every frame is text, JSON of the form `{\"type\": …, \"payload\": …}`, and at most 65,536 bytes long. A client \
passes over members and types that it does not know: a newer server may say more. The server passes over \
members that it does not know, takes `null` for absent, and answers a frame that it does not understand with \
`error`. Times are RFC 3339 in UTC with milliseconds. Ids are opaque.

## Authentication

The first frame is `authenticate`, within 10 seconds; any other first frame closes the socket with 4401. It \
carries the user's token. Without one the cookie `haggle_session` of the handshake counts; then the handshake \
needs an allowed `Origin`. The answer is `authenticated`, then the unread ones as `notification`, then what \
was missed, then `ready`. Live events may come between these. `authenticate` may be sent again with a fresh \
token of the same user, best before `expiresAt`, when the socket closes with 4401. A user who has more sockets \
than the server allows (3 unless it is set otherwise) loses the oldest with 4409.

## Order

`seq` numbers the messages of a conversation 1, 2, 3 … without gaps, and is their order. `rev` is raised by \
one with every durable change of a conversation: a message, a change of one that was sent, a read mark, somebody \
who joins or leaves, a product. It is on `message`, `message_updated`, `read` and `conversation_updated`. Frames of one conversation come in the order \
of its `rev`. Each comes at most once to a socket, but for what a resume repeats. A client that sees a `seq` \
or `rev` more than one above what it knows has missed something, and resumes or fetches that conversation. \
`typing`, `online_status` and `notification` have no number; the next frame or fetch replaces them.

## Resume

`since` in `authenticate` says for each conversation what the client saw last, `{seq, rev}` or only `seq`. For \
each that it names the server sends the missing messages in order, each once, then a `message_updated` for each \
that the client has and that changed after its `rev`, then one `conversation_updated` if `rev` differs or was not \
given. A client that gives only `seq` is sent every message up to there that ever changed. What was missed carries \
the `rev` of `since`, or 0 where that has none: only the `conversation_updated` behind it raises it, so a cut in \
between loses nothing. Where that would be more than 500 messages, or there is no such conversation for this user, \
it sends `reset` with its id instead: fetch it. `reset` without an id means: fetch everything. Never is a gap passed over in silence. A `since` that does not fit into one frame is sent in \
parts by `resume`; each is answered by its own `ready`. Conversations that `since` does not name are found by \
fetching the list after `ready`.

## Keeping it open

`ping` is answered by `pong`, and everything that happened before it has then been said. A client that hears \
nothing for longer than it likes pings, and connects again when no `pong` comes. A client that reads too slowly \
is closed with 4408, never waited for.";
