import { flowsIn } from './flows/index.ts';
import { openWebKit } from './support/webkit.ts';

flowsIn('WebKit', () => openWebKit(process.env['WEBKIT_DRIVER'] ?? '/usr/bin/WebKitWebDriver'));
