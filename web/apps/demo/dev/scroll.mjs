import { launch, serve } from './browser.mjs';

/* What scrolling does, measured in a browser: node scroll.mjs */

const site = await serve();
const browser = await launch();

/** Scrolls up until pages were put in front, watching one message: how far did it move against the scrolling? */
async function prepending() {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  // Pictures arrive long after the rows that show them.
  await page.route('**/pictures/*', async (route) => {
    await new Promise((done) => setTimeout(done, 400));
    await route.continue();
  });
  await page.goto(`${site.address}?scene=paged&open=c1`);
  await page.waitForTimeout(400);
  const worst = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const log = document.querySelector('[role=log]');
    const middle = () => {
      const { top, left, width, height } = log.getBoundingClientRect();
      return document
        .elementsFromPoint(left + width / 2, top + height / 2)
        .find((each) => each.dataset.index);
    };
    let largest = 0;
    let pages = 0;
    let first = null;
    for (let step = 0; step < 150; step++) {
      const row = middle();
      const text = row?.querySelector('article')?.textContent;
      const before = row?.getBoundingClientRect().top;
      await new Promise((done) => setTimeout(done, 70));
      const moved = log.scrollTop;
      const delta = 0;
      const after = [...log.querySelectorAll('[data-index]')].find(
        (each) => each.querySelector('article')?.textContent === text && text,
      );
      if (after && before !== undefined && moved > 0)
        largest = Math.max(largest, Math.abs(after.getBoundingClientRect().top - before - delta));
      const key = log.querySelector('[data-index]')?.dataset.index;
      if (first !== null && Number(key) > first + 20) pages++;
      first = Number(key);
      log.scrollTop -= step % 3 === 0 ? 390 : 140;
      await frame();
    }
    return { largest, pages, height: log.scrollHeight };
  });
  await page.close();
  return worst;
}

/** The same at the very top, where the reader waits for the page. */
async function atTop() {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.goto(`${site.address}?scene=paged&open=c1`);
  await page.waitForTimeout(400);
  const worst = await page.evaluate(async () => {
    const log = document.querySelector('[role=log]');
    let largest = 0;
    for (let turn = 0; turn < 8; turn++) {
      log.scrollTop = 0;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      const rows = [...log.querySelectorAll('article')].filter(
        (each) => each.getBoundingClientRect().top > 150,
      );
      const text = rows[1]?.textContent;
      const before = rows[1]?.getBoundingClientRect().top;
      await new Promise((done) => setTimeout(done, 300));
      const same = [...log.querySelectorAll('article')].find((each) => each.textContent === text);
      largest = Math.max(largest, same ? Math.abs(same.getBoundingClientRect().top - before) : 9999);
    }
    return largest;
  });
  await page.close();
  return worst;
}

async function hundredThousand() {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  const started = Date.now();
  await page.goto(`${site.address}?scene=hundred&open=c1`);
  await page.waitForSelector('article');
  const opened = Date.now() - started;
  const result = await page.evaluate(async () => {
    const log = document.querySelector('[role=log]');
    const gaps = [];
    let rows = 0;
    let last = performance.now();
    for (let step = 0; step < 300; step++) {
      log.scrollTop -= step < 200 ? 400 : 20000;
      await new Promise((done) => requestAnimationFrame(done));
      const now = performance.now();
      gaps.push(now - last);
      last = now;
      rows = Math.max(rows, log.querySelectorAll('[data-index]').length);
    }
    gaps.sort((a, b) => a - b);
    return {
      median: gaps[150],
      p99: gaps[297],
      worst: gaps[299],
      rows,
      nodes: document.querySelectorAll('*').length,
    };
  });
  await page.close();
  return { opened, ...result };
}

async function keepsPosition() {
  const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
  await page.goto(`${site.address}?scene=many`);
  await page.click('[data-conversation=c1]');
  await page.waitForTimeout(300);
  await page.evaluate(async () => {
    const log = document.querySelector('[role=log]');
    for (let step = 0; step < 30; step++) {
      log.scrollTop -= 333;
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
  await page.waitForTimeout(200);
  const look = () =>
    page.evaluate(() => {
      const first = [...document.querySelectorAll('[role=log] article')].find(
        (each) => each.getBoundingClientRect().top > 200,
      );
      return { text: first?.textContent.slice(0, 30), top: first?.getBoundingClientRect().top };
    });
  const before = await look();
  await page.click('[data-conversation=c2]');
  await page.waitForTimeout(200);
  await page.click('[data-conversation=c1]');
  await page.waitForTimeout(400);
  const after = await look();
  await page.close();
  return { before, after };
}

const checks = {
  prepending: [prepending, ({ largest, pages }) => largest <= 1 && pages > 3],
  atTop: [atTop, (moved) => moved <= 1],
  hundredThousand: [hundredThousand, ({ rows }) => rows < 200],
  keepsPosition: [
    keepsPosition,
    ({ before, after }) => before.text === after.text && before.top === after.top,
  ],
};
for (const [name, [measure, isRight]] of Object.entries(checks)) {
  const measured = await measure();
  const right = isRight(measured);
  if (!right) process.exitCode = 1;
  process.stdout.write(`${right ? 'right' : 'WRONG'} ${name}: ${JSON.stringify(measured)}\n`);
}
await browser.close();
site.close();
