import { assertNever } from '../assert-never.ts';
import {
  type Connection,
  type ConnectionListener,
  notStarted,
  snapshotOf,
} from '../connection/connection.ts';
import type { ConnectionDependencies } from '../connection/own-connection.ts';
import { createSocket, type Socket, self } from '../connection/socket.ts';
import { watchPage } from '../connection/watch-page.ts';
import type { Channel, Locks } from '../environment.ts';
import type { ServerFrame } from '../frames.ts';
import { type Leadership, seekLeadership } from './leadership.ts';
import type { TabMessage } from './messages.ts';

export interface Sharing {
  locks: Locks;
  openChannel: (name: string) => Channel;
  /** The same for all tabs of one user at one server, and for nobody else. */
  name: string;
}

/**
 * One socket for all tabs. The leader has it and repeats every frame to the others. Whenever a connection comes up,
 * every tab says what it has seen and the leader asks the server for the rest in its name: so a change of leader, in
 * the middle of anything, loses nothing. What arrives twice is dropped by `seq` and `rev`.
 */
export function createSharedConnection(
  dependencies: ConnectionDependencies,
  sharing: Sharing,
  listener: ConnectionListener,
): Connection {
  const { environment } = dependencies;
  const tabId = environment.newId();
  let snapshot = notStarted;
  let epoch: string | null = null;
  let resumedEpoch: string | null = null;
  let socket: Socket | null = null;
  let channel: Channel | null = null;
  let stopWatching = () => {};
  let leadership: Leadership | null = null;

  const post = (message: TabMessage) => channel?.postMessage(message);
  const postStatus = () => post({ kind: 'status', snapshot, epoch });

  function lead(): () => void {
    const leading = createSocket({
      ...dependencies,
      since: listener.since,
      onFrame: (frame) => {
        if (concernsOthers(frame)) post({ kind: 'frame', frame });
        listener.onFrame(frame);
      },
      onReady: (owner) => {
        if (owner === self) listener.onReady();
        else post({ kind: 'ready', owner });
      },
      onState: (state, retryAt) => {
        // Whoever steps down has nothing to say any more: another tab may lead by now.
        if (socket !== leading) return;
        const wasOnline = snapshot.status === 'online';
        snapshot = snapshotOf(state, retryAt);
        if (snapshot.status !== 'online') epoch = null;
        else if (!wasOnline || epoch === null) epoch = environment.newId();
        postStatus();
        listener.onSnapshot(snapshot);
      },
    });
    socket = leading;
    // What an earlier leader said about its connection is not true of this one.
    epoch = null;
    leading.tell({ type: 'start' });
    return () => {
      socket = null;
      leading.tell({ type: 'stop' });
      // Whoever leads now has another connection, and may have said so while nobody here listened.
      resumedEpoch = null;
      post({ kind: 'who' });
    };
  }

  function hearFromLeader(message: TabMessage & { kind: 'status' | 'frame' | 'ready' }): void {
    switch (message.kind) {
      case 'status':
        snapshot = message.snapshot;
        listener.onSnapshot(snapshot);
        if (message.epoch === null || message.epoch === resumedEpoch) return;
        resumedEpoch = message.epoch;
        post({ kind: 'resume', owner: tabId, since: listener.since() });
        return;
      case 'frame':
        listener.onFrame(message.frame);
        return;
      case 'ready':
        if (message.owner === tabId) listener.onReady();
        return;
      default:
        assertNever(message);
    }
  }

  function hear(message: TabMessage): void {
    switch (message.kind) {
      case 'status':
      case 'frame':
      case 'ready':
        if (socket === null) hearFromLeader(message);
        return;
      case 'who':
        if (socket !== null) postStatus();
        return;
      case 'resume':
        socket?.resume(message.owner, message.since);
        return;
      case 'send':
        socket?.send(message.frame);
        return;
      case 'act':
        socket?.tell({ type: 'user-acts' });
        return;
      default:
        assertNever(message);
    }
  }

  function act(): void {
    if (socket !== null) {
      socket.tell({ type: 'user-acts' });
      return;
    }
    post({ kind: 'act' });
    leadership?.check();
  }

  return {
    start: () => {
      channel = sharing.openChannel(sharing.name);
      channel.onmessage = (event: MessageEvent) => hear(event.data as TabMessage);
      stopWatching = watchPage(environment.page, {
        networkLost: () => socket?.tell({ type: 'network-lost' }),
        networkBack: () => socket?.tell({ type: 'network-back' }),
        seen: act,
        awake: () => {
          // What the others heard meanwhile was told to nobody here.
          resumedEpoch = null;
          post({ kind: 'who' });
        },
      });
      leadership = seekLeadership({ ...sharing, page: environment.page }, lead);
      post({ kind: 'who' });
    },
    stop: () => {
      stopWatching();
      leadership?.stop();
      channel?.close();
      channel = null;
    },
    snapshot: () => snapshot,
    act,
    send: (frame) => {
      if (socket !== null) {
        socket.send(frame);
        return;
      }
      post({ kind: 'send', frame });
      leadership?.check();
    },
    isLeader: () => socket !== null,
  };
}

/** The rest is between the socket and the server. */
function concernsOthers(frame: ServerFrame): boolean {
  return (
    frame.type !== 'authenticated' &&
    frame.type !== 'ready' &&
    frame.type !== 'pong' &&
    frame.type !== 'error'
  );
}
