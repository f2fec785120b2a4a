import { type Connection, type ConnectionListener, notStarted, snapshotOf } from './connection.ts';
import { createSocket, type SocketDependencies, self } from './socket.ts';
import { watchPage } from './watch-page.ts';

export type ConnectionDependencies = Pick<SocketDependencies, 'url' | 'tokens' | 'environment'>;

/** A socket for this tab alone. */
export function createOwnConnection(
  dependencies: ConnectionDependencies,
  listener: ConnectionListener,
): Connection {
  let snapshot = notStarted;
  let stopWatching = () => {};
  const socket = createSocket({
    ...dependencies,
    since: listener.since,
    onFrame: listener.onFrame,
    onReady: (owner) => {
      if (owner === self) listener.onReady();
    },
    onState: (state, retryAt) => {
      snapshot = snapshotOf(state, retryAt);
      listener.onSnapshot(snapshot);
    },
  });

  return {
    start: () => {
      stopWatching = watchPage(dependencies.environment.page, {
        networkLost: () => socket.tell({ type: 'network-lost' }),
        networkBack: () => socket.tell({ type: 'network-back' }),
        seen: () => socket.tell({ type: 'user-acts' }),
      });
      socket.tell({ type: 'start' });
    },
    stop: () => {
      stopWatching();
      socket.tell({ type: 'stop' });
    },
    snapshot: () => snapshot,
    act: () => socket.tell({ type: 'user-acts' }),
    send: (frame) => {
      socket.send(frame);
    },
    isLeader: () => true,
  };
}
