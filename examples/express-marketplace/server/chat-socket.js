import { WebSocketServer } from 'ws';

/** `/ws`: brings each new message to the pages of the two whom it concerns. */
export function openChatSocket(server, session, heard) {
  const sockets = new WebSocketServer({ noServer: true });
  const tabs = new Map();

  server.on('upgrade', (request, tcp, head) => {
    if (new URL(request.url, 'http://shop').pathname !== '/ws') return tcp.destroy();
    runAll(session, request, () => {
      if (!request.user) return tcp.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      sockets.handleUpgrade(request, tcp, head, (socket) => {
        const { id } = request.user;
        tabs.set(id, (tabs.get(id) ?? new Set()).add(socket));
        socket.once('close', () => tabs.get(id).delete(socket));
        socket.on('error', () => socket.terminate());
      });
    });
  });

  heard.on('message', (message) => {
    const frame = JSON.stringify({ type: 'message', message });
    for (const id of new Set([message.senderId, message.receiverId]))
      for (const socket of tabs.get(id) ?? []) socket.send(frame);
  });
}

function runAll([first, ...rest], request, done) {
  if (!first) return done();
  first(request, {}, (error) => (error ? request.socket.destroy() : runAll(rest, request, done)));
}
