import { WebSocket } from 'undici';

/** One frame as it came. */
interface Frame {
  type: string;
  payload: Record<string, unknown>;
}

/** A socket that keeps what it hears, without the kit between. */
export interface RawSocket {
  heard: Frame[];
  say: (frame: unknown) => void;
  /** Waits until a frame of this type has come since the last call, and returns what came up to it. */
  until: (type: string) => Promise<Frame[]>;
  close: () => Promise<void>;
}

const patienceMs = 30_000;

export async function openRawSocket(serverUrl: string): Promise<RawSocket> {
  const socket = new WebSocket(`${serverUrl.replace('http', 'ws')}/api/chat/ws`);
  const heard: Frame[] = [];
  let wake = () => {};
  let closed: number | null = null;
  let read = 0;
  socket.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(String(data)) as Frame);
    wake();
  });
  const gone = new Promise<void>((resolve) => {
    socket.addEventListener('close', ({ code }) => {
      closed = code;
      wake();
      resolve();
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the socket does not open')));
  });

  async function until(type: string): Promise<Frame[]> {
    const first = read;
    for (;;) {
      const at = heard.findIndex((frame, index) => index >= read && frame.type === type);
      if (at >= 0) {
        read = at + 1;
        return heard.slice(first, read);
      }
      if (closed !== null) throw new Error(`closed with ${closed} while waiting for ${type}`);
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${type} came`)), patienceMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  return {
    heard,
    say: (frame) => socket.send(JSON.stringify(frame)),
    until,
    close: () => {
      socket.close();
      return gone;
    },
  };
}
