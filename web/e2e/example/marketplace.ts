import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type Haggle, haggle, haggleCommand } from '../support/haggle.ts';
import { openFront } from './front.ts';
import { home, type Shop, sessionSecret, startDatabase, startShop } from './shop.ts';

type Mode = 'old' | 'both' | 'haggle';

/** The shop with its database, Haggle beside it, and nginx before both. */
export interface Marketplace {
  url: string;
  databaseUrl: string;
  chat: Haggle;
  /** Starts the shop again, at its address, with its people still logged in. */
  deploy: (mode: Mode) => Promise<void>;
  /** `haggle …` with the shop's settings, to its end; what it said. A failure is an error. */
  run: (...args: string[]) => Promise<string>;
  /** The same, where it is to fail. */
  refused: (...args: string[]) => Promise<string>;
  close: () => Promise<void>;
}

export async function openMarketplace(): Promise<Marketplace> {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-move-'));
  const database = await startDatabase();
  const shopSettings = {
    DATABASE_URL: database.url,
    PORT: String(await freePort()),
    UPLOADS_DIR: join(folder, 'uploads'),
  };
  let shop: Shop | null = await startShop(shopSettings);
  const settings = {
    HAGGLE_CONFIG: join(home, 'haggle.toml'),
    DATABASE_URL: database.url,
    HAGGLE_SESSION_SECRET: sessionSecret,
  };
  const chat = await haggle('serve', folder, settings);
  const front = await openFront(shop.url, chat.url);
  const said = async (args: string[], isRefused: boolean) => {
    const { status, output } = await haggleCommand(args, folder, settings);
    if ((status !== 0) !== isRefused)
      throw new Error(`haggle ${args.join(' ')} ended with ${status}:\n${output}`);
    return output;
  };
  return {
    url: front.url,
    databaseUrl: database.url,
    chat,
    deploy: async (mode) => {
      await shop?.stop();
      shop = null;
      shop = await startShop({ ...shopSettings, CHAT: mode });
    },
    run: (...args) => said(args, false),
    refused: (...args) => said(args, true),
    close: async () => {
      await front.close();
      await chat.end('SIGTERM');
      await shop?.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
