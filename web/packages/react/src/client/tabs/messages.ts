import type { ConnectionSnapshot } from '../connection/connection.ts';
import type { ClientFrame, ServerFrame, Since } from '../frames.ts';

/** What the tabs of one user say to each other. `L` comes from the leader, `F` from the followers. */
export type TabMessage =
  /** L: how the connection is. `epoch` is new with every connection that is online, null otherwise. */
  | { kind: 'status'; snapshot: ConnectionSnapshot; epoch: string | null }
  /** L: what the server said. */
  | { kind: 'frame'; frame: ServerFrame }
  /** L: what this tab had missed has been sent. */
  | { kind: 'ready'; owner: string }
  /** F: a new tab asks how the connection is. */
  | { kind: 'who' }
  /** F: what this tab has seen, so that the leader asks the server for the rest. */
  | { kind: 'resume'; owner: string; since: Since }
  | { kind: 'send'; frame: ClientFrame }
  /** F: somebody looks at a page. */
  | { kind: 'act' };
