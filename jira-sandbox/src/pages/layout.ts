import type { Account, CategoryKey, Site } from '../world.ts';
import { type Html, html } from './html.ts';

/** What every page shows around its content. */
export type Frame = {
  title: string;
  account: Account;
  accounts: Account[];
  /** The path of this page, to come back to after acting as somebody else. */
  path: string;
  site?: Site;
  /** What the last form did. */
  note?: string | null;
  /** Revision at drawing time; the page reloads when the world has changed. Absent: it does not reload. */
  revision?: number;
  /** Scripts of this page alone. */
  scripts?: string[];
};

/** A whole page. */
export function layout(frame: Frame, content: Html): string {
  const { site } = frame;
  const siteLinks = site
    ? html`<a href="/s/${site.slug}">Projects</a>
        <a href="/s/${site.slug}/settings/webhooks">WebHooks</a>
        <a href="/s/${site.slug}/automation">Automation</a>
        <a href="/s/${site.slug}/apps">Apps</a>`
    : null;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${frame.title} - Jira (local)</title>
<link rel="icon" href="/app/icon.svg">
<link rel="stylesheet" href="/app/jira.css">
<script type="module" src="/app/jira.js"></script>
${(frame.scripts ?? []).map(
  (one) => html`<script type="module" src="${one}"></script>
`,
)}</head>
<body${frame.revision === undefined ? null : html` data-revision="${frame.revision}"`}>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
  <a class="brand" href="/"><img src="/app/icon.svg" alt="" width="24" height="24"> Jira <span>local</span></a>
  <nav aria-label="Main">
    ${site ? html`<span class="site-name">${site.name}</span>` : html`<a href="/">Sites</a>`}
    ${siteLinks}
    <a href="/connected-apps">Connected apps</a>
    <a href="/controls">Sandbox controls</a>
  </nav>
  ${actAs(frame)}
</header>
<main id="main" tabindex="-1">
${frame.note ? html`<p class="note" role="status">${frame.note}</p>` : null}
${content}
</main>
</body>
</html>
`.html;
}

function actAs(frame: Frame): Html {
  return html`<form class="act-as" method="post" action="/act-as">
    <input type="hidden" name="back" value="${frame.path}">
    <label for="acting">You are</label>
    <select id="acting" name="account" data-submit>
      ${frame.accounts.map(
        (one) =>
          html`<option value="${one.accountId}"${one === frame.account ? html` selected` : null}>${one.displayName}</option>`,
      )}
    </select>
    <button type="submit">Switch</button>
  </form>`;
}

/** A page without navigation, as Atlassian's consent page is. */
export function bareLayout(title: string, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="/app/icon.svg">
<link rel="stylesheet" href="/app/jira.css">
</head>
<body class="bare">
<main id="main">
${content}
</main>
</body>
</html>
`.html;
}

/** Jira's coloured status label. */
export function lozenge(name: string, category: CategoryKey): Html {
  return html`<span class="lozenge ${category}">${name}</span>`;
}

/** A moment as people read it; the script shows it in the reader's own zone. */
export function moment(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')}</time>`;
}
