import type { AskConsent } from './bridge.ts';

/**
 * Forge's own prompt in place of an app's page: the app wants to act for the person and has not been allowed to.
 * Several calls may want it at once; they share one prompt. "Not now" leaves those calls refused.
 */
export function createConsentPrompt(place: HTMLElement, appTitle: string): AskConsent {
  let open: Promise<boolean> | null = null;
  return (allow) => {
    open ??= show(place, appTitle, allow).finally(() => {
      open = null;
    });
    return open;
  };
}

function show(place: HTMLElement, appTitle: string, allow: () => Promise<unknown>): Promise<boolean> {
  const prompt = document.createElement('div');
  prompt.className = 'forge-consent';
  const words = document.createElement('p');
  words.textContent = `${appTitle} needs your permission to use Jira on your behalf.`;
  const allowButton = button('Allow access', 'primary');
  const laterButton = button('Not now', '');
  prompt.append(words, allowButton, laterButton);
  const hidden = [...place.children].filter((one) => one instanceof HTMLElement && one.tagName !== 'IFRAME');
  for (const one of hidden) one.setAttribute('hidden', '');
  place.append(prompt);
  return new Promise((resolve) => {
    const finish = (allowed: boolean) => {
      prompt.remove();
      for (const one of hidden) one.removeAttribute('hidden');
      resolve(allowed);
    };
    allowButton.addEventListener('click', () => void allow().then(() => finish(true)));
    laterButton.addEventListener('click', () => finish(false));
  });
}

function button(text: string, className: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = className;
  made.textContent = text;
  return made;
}
