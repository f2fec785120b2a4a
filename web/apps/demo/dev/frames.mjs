import { launch, serve } from './browser.mjs';

/* How long the frames take while 100,000 messages are scrolled, in milliseconds: node frames.mjs */

const site = await serve();
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
const started = performance.now();
await page.goto(`${site.address}?scene=hundred&open=c1`);
await page.waitForSelector('article');
const opened = performance.now() - started;
const frames = await page.evaluate(async () => {
  const log = document.querySelector('[role=log]');
  const gaps = [];
  let last = performance.now();
  for (let step = 0; step < 300; step++) {
    log.scrollTop -= step < 200 ? 400 : 20000;
    await new Promise((done) => requestAnimationFrame(done));
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  }
  gaps.sort((a, b) => a - b);
  return { median: gaps[150], p99: gaps[297], worst: gaps[299] };
});
process.stdout.write(`${JSON.stringify({ opened: Math.round(opened), ...frames })}\n`);
await browser.close();
site.close();
