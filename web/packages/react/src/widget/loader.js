/*
 * Finds the parts of the chat and loads those that are wanted later: plain scripts, which unlike modules no other origin has
 * to allow. The build puts the parts around it.
 */
const files = __LATE_FILES__;
const base = document.currentScript.src;
const parts = {};
const made = {};
const loads = {};

// biome-ignore lint/correctness/noUnusedVariables: the parts call it
function define(name, part, styles) {
  parts[name] = part;
  if (styles) haggleChat.adopt(styles);
}

function require(name) {
  if (!made[name]) {
    const module = { exports: {} };
    made[name] = module;
    parts[name](require, module.exports, module, late);
  }
  return made[name].exports;
}

function load(file) {
  loads[file] ??= new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = new URL(file, base).href;
    script.onload = done;
    script.onerror = () => {
      delete loads[file];
      script.remove();
      fail(new Error('A part of the chat could not be loaded.'));
    };
    document.head.append(script);
  });
  return loads[file];
}

async function late(name) {
  await Promise.all((files[name] ?? []).map(load));
  return require(name);
}
