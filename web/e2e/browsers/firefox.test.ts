import { flowsIn } from './flows/index.ts';
import { openFirefox } from './support/firefox.ts';

flowsIn('Firefox', () => openFirefox(process.env['FIREFOX'] ?? '/usr/bin/firefox-esr'));
