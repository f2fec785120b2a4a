import type { ClientFrame, ServerFrame, Since } from '../client/frames.ts';
import type { components } from '../client/schema.ts';
import type { ModelServer } from './model-server.ts';

type Schemas = components['schemas'];

/** What was seen, as the model has it: it raises `rev` from 1 on. */
const seenOf = (seen: Schemas['Seen']): Since[string] =>
  typeof seen === 'number' ? { seq: seen, rev: 0 } : { seq: seen.seq, rev: seen.rev ?? 0 };

/** The server's end of the sockets. A token is the word "token" and the user's id: `token bob`. */
export interface FakeGateway {
  openSocket: (url: string) => WebSocket;
  /** The sockets that are open now, in the order of opening. */
  open: () => FakeSocket[];
  /** How many were ever opened. */
  opened: () => number;
  /** Everything clients have sent, in order. */
  received: () => ClientFrame[];
  /** Closes all sockets. */
  closeAll: (code: number) => void;
  /** While true, sockets cannot be opened. */
  setDown: (isDown: boolean) => void;
  /** Tokens that are refused with 4401. */
  refuse: (token: string) => void;
  /** Frames that are received but not answered, as by a dead link. */
  setSilent: (isSilent: boolean) => void;
}

interface FakeSocket {
  say: (frame: ServerFrame) => void;
  end: (code: number) => void;
}

const lifeMs = 60 * 60_000;

export function createFakeGateway(model: ModelServer): FakeGateway {
  const sockets = new Set<FakeSocket>();
  const received: ClientFrame[] = [];
  const refused = new Set<string>();
  let opened = 0;
  let isDown = false;
  let isSilent = false;

  class Socket implements FakeSocket {
    readyState = 0;
    onopen: (() => void) | null = null;
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: ((event: { code: number }) => void) | null = null;
    private userId: string | null = null;
    private stopListening = () => {};

    constructor() {
      opened += 1;
      queueMicrotask(() => {
        if (isDown) return this.end(1006);
        if (this.readyState !== 0) return;
        this.readyState = 1;
        sockets.add(this);
        this.onopen?.();
      });
    }

    send(text: string): void {
      const frame = JSON.parse(text) as ClientFrame;
      received.push(frame);
      if (!isSilent) queueMicrotask(() => this.hear(frame));
    }

    private hear(frame: ClientFrame): void {
      if (this.readyState !== 1) return;
      switch (frame.type) {
        case 'authenticate':
          this.authenticate(frame.payload?.token ?? '');
          if (this.userId !== null) this.catchUp(frame.payload?.since ?? {});
          return;
        case 'resume':
          this.catchUp(frame.payload.since);
          return;
        case 'typing':
          model.typing(this.userId ?? '', frame.payload.conversationId, frame.payload.isTyping ?? true);
          return;
        case 'read':
          model.markRead(this.userId ?? '', frame.payload.conversationId, frame.payload.upTo);
          return;
        case 'ping':
          this.say({ type: 'pong', payload: {} });
          return;
      }
    }

    private authenticate(token: string): void {
      if (refused.has(token) || !token.startsWith('token ')) {
        this.end(4401);
        return;
      }
      if (this.userId !== null) return;
      this.userId = token.split(' ')[1] ?? '';
      const expiresAt = new Date(Date.now() + lifeMs).toISOString();
      this.say({
        type: 'authenticated',
        payload: { userId: this.userId, connectionId: `${opened}`, expiresAt },
      });
      this.stopListening = model.listen(this.userId, (event) => this.say(event));
    }

    private catchUp(since: Schemas['Resume']['since']): void {
      const seen = Object.entries(since).map(([id, one]) => [id, seenOf(one)] as const);
      for (const missed of model.missedSince(this.userId ?? '', Object.fromEntries(seen))) this.say(missed);
      this.say({ type: 'ready', payload: {} });
    }

    say(frame: ServerFrame): void {
      const data = JSON.stringify(frame);
      queueMicrotask(() => {
        if (this.readyState === 1 && !isSilent) this.onmessage?.({ data });
      });
    }

    end(code: number): void {
      this.close();
      this.onclose?.({ code });
    }

    close(): void {
      this.stopListening();
      sockets.delete(this);
      this.readyState = 3;
    }
  }

  return {
    openSocket: () => new Socket() as unknown as WebSocket,
    open: () => [...sockets],
    opened: () => opened,
    received: () => received,
    closeAll: (code) => {
      for (const socket of [...sockets]) socket.end(code);
    },
    setDown: (down) => {
      isDown = down;
    },
    refuse: (token) => refused.add(token),
    setSilent: (silent) => {
      isSilent = silent;
    },
  };
}
