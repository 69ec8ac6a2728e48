import { type CallBridge, createBridge, type Mount } from './bridge.ts';
import { createConsentPrompt } from './consent-prompt.ts';
import { applyJiraTheme, createSurface } from './draw-doc.tsx';
import { createFlags, type Flags } from './flags.tsx';

declare global {
  /** Where a frame finds its bridge before its own scripts run (`frameScript` of the host). */
  var forgeBridges: Map<Element, CallBridge>;
}

globalThis.forgeBridges = new Map();

function addBlock(className: string): HTMLElement {
  const block = document.createElement('div');
  block.className = className;
  document.body.append(block);
  return block;
}

/** The style sheet that is bundled beside this file. */
function addStyles(): void {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = new URL('main.css', import.meta.url).href;
  document.head.append(link);
}

/**
 * Runs a module's built page in a hidden frame of its own folder, so that its relative addresses hold, and draws
 * what it hands over.
 */
function start(place: HTMLElement, flags: Flags): void {
  const mount: Mount = JSON.parse(place.dataset.forge ?? '{}');
  const waiting = place.querySelector('.forge-wait');
  const root = document.createElement('div');
  root.className = 'forge-root';
  place.append(root);
  const surface = createSurface(root, mount.people);
  const bridge = createBridge(
    mount,
    {
      show: (doc) => {
        waiting?.remove();
        surface.show(doc);
      },
    },
    flags,
    (message) => {
      console.error(`${mount.title}: ${message}`);
      if (waiting) waiting.textContent = `The app’s page failed: ${message}`;
    },
    createConsentPrompt(place, mount.title),
  );
  const frame = document.createElement('iframe');
  frame.hidden = true;
  frame.title = `${mount.title}: the app’s own code`;
  globalThis.forgeBridges.set(frame, bridge);
  frame.addEventListener('load', () => {
    const failed = frame.contentDocument?.querySelector('script[src*="/app/forge/frame.js"]') === null;
    if (failed && waiting) waiting.textContent = 'The app’s page did not load.';
  });
  frame.src = `/s/${mount.site}/forge/resources/${mount.resource}/`;
  place.append(frame);
}

addStyles();
applyJiraTheme();
addBlock('forge-overlays');
const flags = createFlags(addBlock('forge-flags'));
for (const place of document.querySelectorAll<HTMLElement>('.forge-app')) start(place, flags);
