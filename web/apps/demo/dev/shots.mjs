import { mkdirSync } from 'node:fs';
import { launch, serve } from './browser.mjs';

/* Pictures of the catalogue: node shots.mjs <folder> [name …] */

const [folder = '/tmp/shots', ...wanted] = process.argv.slice(2);
const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const small = { width: 320, height: 640 };
const shots = [
  ['page', 'scene=page&open=c1', desktop],
  ['page-dark', 'scene=page&open=c1&theme=dark', desktop],
  ['page-ar', 'scene=page&open=c1&lang=ar', desktop],
  ['page-ar-nile', 'scene=page&open=c2&lang=ar&theme=dark', desktop],
  ['lively', 'scene=lively&open=c1', desktop],
  ['lively-dark', 'scene=lively&open=c1&theme=dark', desktop],
  ['lively-ar', 'scene=lively&open=c1&lang=ar', desktop],
  ['phone-lively', 'scene=lively&open=c1', phone],
  ['menu', 'scene=lively&open=c1&menu=m62', desktop],
  ['menu-dark', 'scene=lively&open=c1&menu=m64&theme=dark', desktop],
  ['menu-ar', 'scene=lively&open=c1&menu=m62&lang=ar', desktop],
  ['phone-menu', 'scene=lively&open=c1&menu=m62', phone],
  ['take-back', 'scene=lively&open=c1&menu=m62&press=|Take back…', desktop],
  ['list-states', 'scene=states&open=c1', desktop],
  ['list-states-dark', 'scene=states&theme=dark', desktop],
  ['list-menu', 'scene=states&press=Conversation actions', desktop],
  ['list-menu-ar', 'scene=states&lang=ar&press=إجراءات المحادثة', desktop],
  ['archived', 'scene=states&press=Archived', desktop],
  ['phone-states', 'scene=states', phone],
  ['phone-list-menu', 'scene=states&press=Conversation actions', phone],
  ['replies', 'scene=replies&open=c1', desktop],
  ['phone-replies', 'scene=replies&open=c1', phone],
  ['preferences', 'scene=filed&press=Notification preferences', desktop],
  ['preferences-ar', 'scene=filed&lang=ar&theme=dark&press=تفضيلات الإشعارات', desktop],
  ['details', 'scene=filed&open=c1&details', desktop],
  ['gallery', 'scene=filed&open=c1&details&press=||View tote-sample-front.jpg', desktop],
  ['found', 'scene=found&words=2.4&press=|||Messages', desktop],
  ['closed', 'scene=closed&open=c1', desktop],
  ['blocked', 'scene=blocked&open=c1', desktop],
  ['report', 'scene=states&open=c1&press=Conversation actions|Report…', desktop],
  ['replying', 'scene=replying&open=c1', desktop],
  ['correcting', 'scene=correcting&open=c1&theme=dark', desktop],
  ['offers', 'scene=offers&open=c1', desktop],
  ['offers-dark', 'scene=offers&open=c1&theme=dark', desktop],
  ['offers-ar', 'scene=offers&open=c1&lang=ar', desktop],
  ['phone-offers', 'scene=offers&open=c1', phone],
  ['small-offers-ar', 'scene=offers&open=c1&lang=ar&theme=dark', small],
  ['offers-supplier', 'scene=offers-supplier&open=c1', desktop],
  ['offers-ended', 'scene=offers-ended&open=c1', desktop],
  ['offers-ended-dark', 'scene=offers-ended&open=c1&theme=dark', desktop],
  ['offer-accept', 'scene=offers&open=c1&press=||Accept', desktop],
  ['phone-offer-accept', 'scene=offers&open=c1&press=||Accept', phone],
  ['offer-decline', 'scene=offers&open=c1&theme=dark&press=||Decline…', desktop],
  ['request', 'scene=request&open=c1', desktop],
  ['request-supplier', 'scene=request-supplier&open=c1', desktop],
  ['request-compare', 'scene=request&open=c1&press=||Compare answers', desktop],
  ['offer-start', 'scene=page-offers&open=c1&press=|Offers', desktop],
  ['offer-form', 'scene=offer-form&open=c1', desktop],
  ['form-aside', 'scene=form-aside&open=c1', desktop],
  ['offer-wrong', 'scene=offer-wrong&open=c1&press=||Send the offer', desktop],
  ['offer-counter-dark', 'scene=offer-counter&open=c1&theme=dark', desktop],
  ['offer-counter-ar', 'scene=offer-counter&open=c1&lang=ar', desktop],
  ['phone-offer-counter', 'scene=offer-counter&open=c1', phone],
  ['small-offer-wrong', 'scene=offer-wrong&open=c1&press=||Send the offer', small],
  ['answers', 'scene=requests&part=answers', desktop],
  ['answers-closed-dark', 'scene=requests-closed&part=answers&theme=dark', desktop],
  ['answers-ar', 'scene=requests&part=answers&lang=ar', desktop],
  ['phone-answers', 'scene=requests&part=answers', phone],
  ['answers-accepted', 'scene=requests-accepted&part=answers', desktop],
  ['answers-countered', 'scene=requests-countered&part=answers', desktop],
  [
    'phone-answers-withdrawn',
    'scene=requests-withdrawn&part=answers&press=|Accept: Anatolia Textiles|||Accept',
    phone,
  ],
  ['answers-close', 'scene=requests&part=answers&press=|Close the request…', desktop],
  ['ask', 'scene=requests&part=ask', desktop],
  ['phone-ask-ar', 'scene=requests&part=ask&lang=ar', phone],
  ['reports', 'scene=reports&part=reports', desktop],
  ['reports-dark', 'scene=reports&part=reports&theme=dark&press=|Answered', desktop],
  ['phone-reports-ar', 'scene=reports&part=reports&lang=ar', phone],
  ['search-inside', 'scene=found&open=c1&press=Conversation actions|Search in this conversation', phone],
  [
    'small-search-inside',
    'scene=found&open=c1&press=Conversation actions|Search in this conversation',
    small,
  ],
  ['nothing', 'scene=page', desktop],
  ['unread', 'scene=unread&open=c1', desktop],
  ['typing', 'scene=typing&open=c1', desktop],
  ['failed', 'scene=failed&open=c1', desktop],
  ['failed-dark', 'scene=failed&open=c1&theme=dark', desktop],
  ['offline', 'scene=offline&open=c1', desktop],
  ['loading', 'scene=loading&open=c1', desktop],
  ['error', 'scene=error&open=c1', desktop],
  ['empty', 'scene=empty', desktop],
  ['fresh', 'scene=fresh&open=c8', desktop],
  ['limited', 'scene=limited&open=c1', desktop],
  ['files', 'scene=files&open=c1', desktop],
  ['many', 'scene=many&open=c1', desktop],
  ['admin', 'scene=admin&part=admin&open=c6', desktop],
  ['admin-dark', 'scene=admin&part=admin&open=c1&theme=dark', desktop],
  ['audit', 'scene=admin&part=admin&open=c1&details', desktop],
  ['audit-dark', 'scene=admin&part=admin&open=c1&details&theme=dark', desktop],
  ['audit-ar', 'scene=admin&part=admin&open=c1&details&lang=ar', desktop],
  ['drop', 'scene=page&open=c1&drop', desktop],
  ['admin-offline', 'scene=away&part=admin&open=c1', desktop],
  ['widget', 'scene=page&part=widget', desktop],
  ['widget-product', 'scene=page&part=widget&product', desktop],
  ['widget-closed', 'scene=page&part=widget&closed', desktop],
  ['phone-list', 'scene=page', phone],
  ['phone-thread', 'scene=failed&open=c1', phone],
  ['phone-dark', 'scene=page&open=c1&theme=dark', phone],
  ['phone-ar', 'scene=page&open=c5&lang=ar', phone],
  ['phone-widget', 'scene=page&part=widget', phone],
  ['phone-files', 'scene=files&open=c1', phone],
  ['phone-audit', 'scene=admin&part=admin&open=c1&details', phone],
  [
    'small-audit-ar',
    'scene=admin&part=admin&open=c1&details&lang=ar&theme=dark',
    { width: 320, height: 640 },
  ],
  ['editing', 'scene=editing&open=c1', desktop],
  ['phone-editing', 'scene=editing&open=c1', phone],
  ['long', 'scene=long&open=c1', desktop],
  ['small-thread', 'scene=page&open=c1', { width: 320, height: 640 }],
  ['small', 'scene=files&open=c1', { width: 320, height: 640 }],
];

mkdirSync(folder, { recursive: true });
const site = await serve();
const browser = await launch();
for (const [name, query, viewport] of shots) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const isPhone = viewport === phone;
  const page = await browser.newPage({ viewport, hasTouch: isPhone, isMobile: isPhone });
  page.on('console', (line) => line.type() === 'error' && report(name, line.text()));
  page.on('pageerror', (error) => report(name, error.message));
  await page.goto(`${site.address}?${query}`);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(query.includes('press=') ? 1500 : 350);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.close();
}
await browser.close();
site.close();

function report(name, text) {
  process.stderr.write(`${name}: ${text}\n`);
}
