/** Styles of what an app draws: Jira's look with the pages' own colours. */
export const forgeStyleSheet = `
.project-tabs { display: flex; flex-wrap: wrap; gap: 4px 20px; border-bottom: 2px solid var(--line); margin: 0 0 20px; }
.project-tabs a { padding: 6px 0; margin-bottom: -2px; color: var(--subtle); font-weight: 500; text-decoration: none; border-bottom: 2px solid transparent; }
.project-tabs a:hover { color: var(--link); }
.project-tabs a[aria-current] { color: var(--link); border-color: var(--link); }
:root { --forge-text-default: var(--text); --forge-text-subtle: var(--subtle); --forge-text-subtlest: var(--subtle); --forge-text-danger: var(--danger);
  --forge-text-success: var(--ok); --forge-text-brand: var(--link); --forge-text-selected: var(--link); --forge-text-inverse: var(--surface);
  --forge-background-default: var(--surface); --forge-background-danger: #ffeceb; --forge-background-warning: #fff7d6; --forge-background-success: #dcfff1;
  --forge-background-information: #e9f2ff; --forge-background-selected: #e9f2ff; --forge-background-discovery: #f3f0ff; --forge-background-subtle: var(--sunken);
  --forge-border-default: var(--line); --forge-border-danger: var(--danger); --forge-border-success: var(--ok); --forge-border-brand: var(--brand);
  --forge-warning: #a54800; --forge-discovery: #5e4db2; }
@media (prefers-color-scheme: dark) { :root { --forge-background-danger: #42221f; --forge-background-warning: #332e1b; --forge-background-success: #1c3329;
  --forge-background-information: #1c2b41; --forge-background-selected: #1c2b41; --forge-background-discovery: #2b273f; --forge-warning: #fea362; --forge-discovery: #b8acf6; } }
.app-facts { grid-template-columns: 110px minmax(0, 1fr); margin: 0 0 16px; } .app-facts ul { margin: 0; padding-left: 18px; }
.forge-app iframe[hidden] { display: none; }
.forge-root > * + * { margin-top: 8px; }
.forge-box { min-width: 0; }
.forge-stack { display: flex; flex-direction: column; min-width: 0; }
.forge-inline { display: flex; min-width: 0; align-items: flex-start; }
.forge-inline.wrap { flex-wrap: wrap; gap: 8px; align-items: center; }
.forge-text, .forge-app p { margin: 0; }
.forge-text.size-small { font-size: 12px; } .forge-text.size-large { font-size: 16px; }
.forge-text.weight-medium { font-weight: 500; } .forge-text.weight-semibold { font-weight: 600; } .forge-text.weight-bold { font-weight: 700; }
.forge-heading { margin: 0; font-weight: 650; line-height: 1.25; }
.forge-heading.size-xxlarge { font-size: 28px; } .forge-heading.size-xlarge { font-size: 24px; } .forge-heading.size-large { font-size: 20px; }
.forge-heading.size-medium { font-size: 16px; } .forge-heading.size-small { font-size: 14px; }
.forge-heading.size-xsmall, .forge-heading.size-xxsmall { font-size: 12px; }
.forge-lozenge.success { background: var(--done-bg); color: var(--done); } .forge-lozenge.inprogress { background: var(--doing-bg); color: var(--doing); }
.forge-lozenge.removed { background: var(--forge-background-danger); color: var(--danger); } .forge-lozenge.moved { background: var(--forge-background-warning); color: var(--forge-warning); }
.forge-lozenge.new { background: var(--forge-background-discovery); color: var(--forge-discovery); }
.forge-badge { display: inline-block; min-width: 20px; text-align: center; border-radius: 10px; padding: 0 6px; font-size: 12px; background: var(--new-bg); color: var(--new); }
.forge-badge.important, .forge-badge.removed { background: var(--forge-background-danger); color: var(--danger); } .forge-badge.added { background: var(--done-bg); color: var(--done); }
.forge-badge.primary { background: var(--doing-bg); color: var(--doing); }
.forge-tag { display: inline-block; background: var(--sunken); border-radius: 3px; padding: 1px 6px; }
.forge-list { margin: 0; padding-left: 22px; }
.forge-image { max-width: 100%; height: auto; }
.forge-buttons { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.forge-button { gap: 6px; justify-content: center; }
.forge-button.primary, .forge-button.warning, .forge-button.danger { color: var(--on-brand); background: var(--brand); border-color: var(--brand); }
.forge-button.danger { background: var(--danger); border-color: var(--danger); color: var(--surface); } .forge-button.warning { background: var(--forge-background-warning); color: var(--forge-warning); border-color: var(--forge-warning); }
.forge-button.primary:hover, .forge-button.danger:hover, .forge-button.warning:hover { filter: brightness(1.08); background: var(--brand); } .forge-button.danger:hover { background: var(--danger); }
.forge-button.warning:hover { background: var(--forge-background-warning); }
.forge-button.subtle, .forge-button.link, .forge-button.subtle-link { border-color: transparent; background: transparent; } .forge-button.link { color: var(--link); padding-inline: 0; }
.forge-button.compact { min-height: 26px; padding: 1px 8px; } .forge-button.wide { width: 100%; } .forge-button.selected { background: var(--doing-bg); color: var(--doing); }
.forge-button:disabled { opacity: .55; cursor: not-allowed; } .forge-button[aria-busy] { cursor: progress; }
a.forge-button { display: inline-flex; align-items: center; min-height: 32px; padding: 4px 12px; border: 1px solid var(--border); border-radius: 3px; text-decoration: none; color: var(--text); }
a.forge-button.primary { color: var(--on-brand); }
.forge-pressable { display: inline-block; text-align: left; border: 0; background: transparent; padding: 0; }
.forge-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.forge-form { display: block; } .forge-form-header, .forge-form-section { margin: 0 0 16px; } .forge-form-footer { margin-top: 16px; } .forge-form-footer.end { justify-content: flex-end; }
.forge-form-section > * + *, .forge-form-header > * + * { margin-top: 8px; }
.forge-label { display: block; font-size: 12px; font-weight: 600; color: var(--subtle); margin: 4px 0; }
.forge-required { color: var(--danger); margin-left: 2px; }
.forge-message { font-size: 12px; color: var(--subtle); } .forge-message.error { color: var(--danger); } .forge-message.valid { color: var(--ok); }
.forge-input, .forge-select { width: 100%; max-width: 100%; min-width: 0; }
.forge-input[aria-invalid], .forge-select[aria-invalid] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
.forge-choice { display: flex; gap: 8px; align-items: flex-start; padding: 3px 0; }
.forge-toggle input { appearance: none; width: 32px; height: 16px; border-radius: 8px; background: var(--border); border: 0; padding: 0; position: relative; cursor: pointer; }
.forge-toggle input::after { content: ""; position: absolute; width: 12px; height: 12px; border-radius: 50%; background: var(--surface); top: 2px; left: 2px; }
.forge-toggle input:checked { background: var(--ok); } .forge-toggle input:checked::after { left: 18px; } .forge-toggle input:disabled { opacity: .5; cursor: not-allowed; }
.forge-table table { border-collapse: collapse; } .forge-table caption { text-align: left; font-weight: 650; font-size: 16px; padding: 0 0 8px; }
.forge-table td { vertical-align: middle; } .forge-sort { border: 0; background: transparent; padding: 0; min-height: 24px; font-size: 12px; font-weight: 700; color: inherit; }
.forge-table td .forge-select { min-width: 150px; }
.forge-pages { display: flex; gap: 4px; justify-content: center; padding: 8px; }
.forge-section-message { display: flex; gap: 12px; padding: 12px 16px; border-radius: 4px; background: var(--forge-background-information); }
.forge-section-message > div { min-width: 0; flex: 1; } .forge-section-message > div > * + * { margin-top: 6px; }
.forge-section-message.warning { background: var(--forge-background-warning); } .forge-section-message.error { background: var(--forge-background-danger); }
.forge-section-message.success, .forge-section-message.confirmation { background: var(--forge-background-success); } .forge-section-message.discovery { background: var(--forge-background-discovery); }
.forge-sign { font-weight: 700; color: var(--link); } .warning > .forge-sign { color: var(--forge-warning); } .error > .forge-sign { color: var(--danger); }
.success > .forge-sign { color: var(--ok); } .discovery > .forge-sign { color: var(--forge-discovery); }
.forge-message-title { font-weight: 650; }
.forge-empty { text-align: center; padding: 24px 16px; } .forge-empty > * + * { margin-top: 12px; } .forge-empty .forge-buttons { justify-content: center; }
.forge-spinner { display: inline-block; width: 24px; height: 24px; border: 3px solid var(--line); border-top-color: var(--brand); border-radius: 50%; animation: forge-turn .9s linear infinite; }
.forge-spinner.small, .forge-spinner.xsmall { width: 14px; height: 14px; border-width: 2px; } .forge-spinner.large { width: 48px; height: 48px; } .forge-spinner.xlarge { width: 96px; height: 96px; }
@keyframes forge-turn { to { transform: rotate(1turn); } }
@media (prefers-reduced-motion: reduce) { .forge-spinner { animation-duration: 4s; } }
.forge-progress { width: 100%; accent-color: var(--brand); }
.forge-tracker { display: flex; flex-wrap: wrap; gap: 8px 24px; padding: 0; margin: 0; list-style: none; counter-reset: step; } .forge-tracker li::before { counter-increment: step; content: counter(step) ". "; } .forge-tracker .current { font-weight: 700; color: var(--link); }
.forge-tab-list { display: flex; flex-wrap: wrap; gap: 4px 16px; border-bottom: 2px solid var(--line); margin-bottom: 12px; }
.forge-tab-list button { border: 0; border-bottom: 2px solid transparent; border-radius: 0; margin-bottom: -2px; padding: 6px 2px; background: transparent; color: var(--subtle); }
.forge-tab-list button[aria-selected=true] { color: var(--link); border-color: var(--link); }
.forge-modal { border: 0; border-radius: 8px; padding: 0; max-width: calc(100vw - 32px); color: var(--text); background: var(--surface); box-shadow: 0 8px 28px #091e4240; }
.forge-modal::backdrop { background: #091e427d; } .forge-modal-content { padding: 20px 24px; display: flex; flex-direction: column; gap: 16px; max-height: calc(100vh - 80px); }
.forge-modal-header { display: flex; justify-content: space-between; gap: 12px; } .forge-modal-body { overflow: auto; } .forge-modal-body > * + * { margin-top: 8px; } .forge-modal-footer { justify-content: flex-end; }
.forge-modal-content > form { display: contents; }
.forge-tooltip { position: relative; display: inline-flex; } .forge-tip { position: absolute; top: calc(100% + 4px); left: 0; z-index: 3; width: max-content; max-width: 240px; background: var(--text); color: var(--surface); border-radius: 3px; padding: 2px 6px; font-size: 12px; visibility: hidden; }
.forge-tooltip:hover .forge-tip, .forge-tooltip:focus-within .forge-tip { visibility: visible; }
.forge-popup { position: relative; } .forge-popup-content { position: absolute; z-index: 3; background: var(--surface); border: 1px solid var(--line); border-radius: 4px; padding: 12px; box-shadow: 0 8px 28px #091e4240; }
.forge-crumbs { display: flex; flex-wrap: wrap; gap: 4px; list-style: none; padding: 0; margin: 0; } .forge-crumbs li + li::before { content: "/ "; }
.forge-unknown { border: 2px dashed var(--danger); color: var(--danger); padding: 6px 10px; border-radius: 4px; }
.forge-flags { position: fixed; left: 24px; bottom: 24px; z-index: 4; display: grid; gap: 8px; width: min(400px, calc(100vw - 48px)); }
.forge-flag { display: flex; justify-content: space-between; gap: 12px; align-items: flex-start; background: var(--surface); border: 1px solid var(--line); border-left: 4px solid var(--brand); border-radius: 4px; padding: 12px 16px; box-shadow: 0 8px 28px #091e4240; }
.forge-flag p { margin: 0 0 4px; } .forge-flag.success { border-left-color: var(--ok); } .forge-flag.error { border-left-color: var(--danger); } .forge-flag.warning { border-left-color: var(--forge-warning); }
`;
