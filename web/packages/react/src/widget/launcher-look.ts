import { chatPath } from '../components/Icon/chat-path.ts';

/** The launcher as the chat itself draws it, without the tokens around it. */
export const launcherStyle = `
:host { --accent: var(--haggle-accent, light-dark(#0b6b70, #5ec6c2)); color-scheme: light dark }
:host([data-theme=light]) { color-scheme: light }
:host([data-theme=dark]) { color-scheme: dark }
button {
  position: fixed; inset-inline: var(--haggle-widget-inline, auto var(--haggle-widget-inset, 20px));
  inset-block-end: calc(max(var(--haggle-widget-block-end, var(--haggle-widget-inset, 20px)),
    env(safe-area-inset-bottom)) + var(--haggle-widget-lift, 0px));
  z-index: var(--haggle-widget-layer, 2147483000); display: grid; place-items: center; width: 56px; height: 56px;
  margin: 0; padding: 0; border: 0; border-radius: 50%; background: var(--accent);
  color: var(--haggle-on-accent, light-dark(#fff, #06211f)); cursor: pointer;
  box-shadow: 0 2px 6px rgb(15 25 35 / 12%), 0 16px 40px rgb(15 25 35 / 18%)
}
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
button:disabled { opacity: .7; cursor: progress }
span {
  position: absolute; top: -4px; inset-inline-end: -4px; min-width: 20px; height: 20px; padding: 0 6px;
  box-sizing: border-box; border-radius: 10px; background: light-dark(#b3261e, #f4a19b); color: light-dark(#fff, #14181b);
  font: 600 11.5px/20px system-ui, sans-serif; text-align: center; box-shadow: 0 0 0 2px light-dark(#fff, #14181b)
}`;

export function launcherIcon(): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const icon = document.createElementNS(space, 'svg');
  const path = document.createElementNS(space, 'path');
  const attributes = {
    width: '24',
    height: '24',
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.75',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  };
  for (const [name, value] of Object.entries(attributes)) icon.setAttribute(name, value);
  path.setAttribute('d', CHAT_PATH);
  icon.append(path);
  return icon;
}

const CHAT_PATH = chatPath;
