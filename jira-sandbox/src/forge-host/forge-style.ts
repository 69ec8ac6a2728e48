/**
 * Styles around what an app draws. Atlaskit brings its own, so the page's rules for bare elements (`button`, `table`)
 * are fenced off: they stand in a layer of their own, and a second one takes them back inside the app.
 */
export const forgeStyleSheet = `
.project-tabs { display: flex; flex-wrap: wrap; gap: 4px 20px; border-bottom: 2px solid var(--line); margin: 0 0 20px; }
.project-tabs a { padding: 6px 0; margin-bottom: -2px; color: var(--subtle); font-weight: 500; text-decoration: none; border-bottom: 2px solid transparent; }
.project-tabs a:hover { color: var(--link); }
.project-tabs a[aria-current] { color: var(--link); border-color: var(--link); }
.app-facts { grid-template-columns: 110px minmax(0, 1fr); margin: 0 0 16px; } .app-facts ul { margin: 0; padding-left: 18px; }
iframe[hidden], .forge-app > [hidden] { display: none; }
.forge-consent { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; } .forge-consent p { margin: 0; flex: 1 1 100%; }
.forge-root { display: flex; flex-direction: column; gap: 8px; min-width: 0; }
.forge-table { overflow-x: auto; }
.forge-table:focus-visible, pre.forge-code:focus-visible { outline: 2px solid var(--brand); }
.forge-code { font: var(--ds-font-code, 12px monospace); background: var(--ds-background-neutral, #0515240f); border-radius: 3px; padding: 2px 4px; overflow-wrap: anywhere; }
pre.forge-code { padding: 8px; overflow: auto; margin: 0; }
.forge-list { margin: 0; padding-left: 24px; }
.forge-group { border: 0; margin: 0; padding: 0; }
.forge-image { max-width: 100%; height: auto; }
.forge-popup { padding: 12px; }
.forge-flags { position: relative; z-index: 600; }
.forge-user { display: inline-block; }
.forge-unknown { border: 2px dashed var(--danger); color: var(--danger); padding: 6px 10px; border-radius: 4px; margin: 0; }
@layer page, fence;
@layer fence { :is(.forge-root, .forge-overlays, .forge-flags, .atlaskit-portal-container) :not(svg, svg *) { all: revert; }
.forge-root table { width: 100%; border-collapse: collapse; } .forge-root caption { text-align: start; } }
`;

/** The pages' own style sheet, below whatever an app draws. */
export function belowApps(styleSheet: string): string {
  return `@layer page {${styleSheet}}`;
}
