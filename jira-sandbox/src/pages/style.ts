/** The one style sheet: Jira's colours, light and dark, from phone to desktop. */
export const styleSheet = `
:root { color-scheme: light dark; --text: #172b4d; --subtle: #505f79; --link: #0055cc; --surface: #fff; --page: #fff;
  --sunken: #f1f2f4; --border: #8590a2; --line: #dcdfe4; --brand: #0c66e4; --on-brand: #fff; --danger: #ae2a19; --ok: #216e4e;
  --new-bg: #dcdfe4; --new: #2c3e5d; --doing-bg: #cce0ff; --doing: #09326c; --done-bg: #baf3db; --done: #164b35; }
@media (prefers-color-scheme: dark) { :root { --text: #c7d1db; --subtle: #9fadbc; --link: #85b8ff; --surface: #22272b; --page: #1d2125;
  --sunken: #161a1d; --border: #738496; --line: #38414a; --brand: #579dff; --on-brand: #1d2125; --danger: #fd9891; --ok: #7ee2b8;
  --new-bg: #454f59; --new: #deebff; --doing-bg: #09326c; --doing: #cce0ff; --done-bg: #164b35; --done: #baf3db; } }
* { box-sizing: border-box; }
html { font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
body { margin: 0; color: var(--text); background: var(--page); overflow-wrap: anywhere; }
a { color: var(--link); }
a:not(:hover) { text-decoration-thickness: 1px; }
h1 { font-size: 24px; line-height: 1.2; margin: 0 0 16px; }
h2 { font-size: 17px; margin: 24px 0 8px; }
section.card > h2:first-child, .card > h2:first-child { margin-top: 0; }
h3 { font-size: 14px; margin: 0 0 6px; }
p { margin: 0 0 12px; }
:focus-visible { outline: 2px solid var(--brand); outline-offset: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -9999px; }
.skip:focus { left: 8px; top: 8px; background: var(--surface); padding: 8px; z-index: 2; }
.top { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: center; padding: 8px 24px; border-bottom: 1px solid var(--line); background: var(--surface); }
.brand { display: flex; gap: 8px; align-items: center; font-weight: 700; font-size: 16px; color: var(--text); text-decoration: none; }
.brand span { font-size: 11px; font-weight: 600; border: 1px solid var(--border); border-radius: 3px; padding: 0 4px; }
.top nav { display: flex; flex-wrap: wrap; gap: 4px 16px; flex: 1; align-items: center; }
.top nav a { padding: 4px 0; text-decoration: none; }
.top nav a:hover { text-decoration: underline; }
.site-name { font-weight: 600; }
.act-as { display: flex; gap: 6px; align-items: center; }
main { padding: 24px; max-width: 1440px; margin: 0 auto; }
.bare main { max-width: 460px; padding: 32px 16px; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin: 0 0 16px; }
.bare .card { padding: 24px; }
.note { background: var(--doing-bg); color: var(--doing); padding: 10px 14px; border-radius: 4px; }
.problem { color: var(--danger); font-weight: 600; }
.subtle { color: var(--subtle); }
.tiles { display: grid; gap: 16px; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); padding: 0; margin: 0 0 24px; list-style: none; }
.tiles .card { margin: 0; height: 100%; }
button, .button { font: inherit; font-weight: 500; min-height: 32px; padding: 4px 12px; border-radius: 3px; border: 1px solid var(--border);
  background: var(--surface); color: var(--text); cursor: pointer; text-decoration: none; display: inline-flex; align-items: center; }
button:hover, .button:hover { background: var(--sunken); }
button.primary { background: var(--brand); border-color: var(--brand); color: var(--on-brand); }
button.primary:hover { filter: brightness(1.08); }
button.danger { border-color: var(--danger); color: var(--danger); }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
input, select, textarea { font: inherit; color: inherit; background: var(--surface); border: 1px solid var(--border); border-radius: 3px; padding: 5px 8px; min-height: 32px; max-width: 100%; }
input[type=checkbox], input[type=radio] { min-height: 0; width: 16px; height: 16px; margin: 2px 0 0; accent-color: var(--brand); flex: none; }
textarea { width: 100%; min-height: 80px; }
.field { margin: 0 0 14px; }
.field > label, legend { display: block; font-weight: 600; margin: 0 0 4px; padding: 0; }
.field > input, .field > select { width: 100%; max-width: 480px; }
fieldset { border: 0; padding: 0; margin: 0 0 14px; }
.choice { display: flex; gap: 8px; align-items: flex-start; padding: 3px 0; }
.choice label { flex: 1; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 0 0 8px; }
.row > input { flex: 1 1 160px; min-width: 0; }
.board { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(188px, 1fr); gap: 8px; overflow-x: auto; padding-bottom: 8px; align-items: start; }
.column { background: var(--sunken); border-radius: 6px; padding: 8px; min-height: 160px; }
.column h2 { font-size: 12px; font-weight: 600; margin: 4px 4px 10px; color: var(--subtle); text-transform: uppercase; }
.column ul { list-style: none; padding: 0; margin: 0; display: grid; gap: 6px; }
.issue { background: var(--surface); border: 1px solid var(--line); border-radius: 4px; padding: 10px; }
.issue p { margin: 0 0 6px; }
.issue .meta { display: flex; justify-content: space-between; gap: 8px; font-size: 12px; color: var(--subtle); margin-bottom: 8px; }
.issue form { display: flex; gap: 6px; }
.issue select { flex: 1; min-width: 0; padding: 4px 2px; }
.issue button { padding: 4px 8px; }
.lozenge { display: inline-block; font-size: 11px; font-weight: 700; text-transform: uppercase; border-radius: 3px; padding: 1px 5px; background: var(--new-bg); color: var(--new); }
.lozenge.indeterminate, .lozenge.pending { background: var(--doing-bg); color: var(--doing); }
.lozenge.done, .lozenge.delivered { background: var(--done-bg); color: var(--done); }
.lozenge.failed { background: transparent; border: 1px solid var(--danger); color: var(--danger); }
.columns { display: grid; grid-template-columns: minmax(0, 2fr) minmax(260px, 1fr); gap: 24px; }
dl { display: grid; grid-template-columns: 110px minmax(0, 1fr); gap: 8px 12px; margin: 0; }
dt { color: var(--subtle); } dd { margin: 0; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 8px; border-bottom: 1px solid var(--line); }
th { font-size: 12px; color: var(--subtle); }
.adf pre, pre { background: var(--sunken); padding: 10px; border-radius: 4px; overflow-x: auto; margin: 0 0 12px; white-space: pre-wrap; }
.adf blockquote { margin: 0 0 12px; padding-left: 12px; border-left: 3px solid var(--line); }
code { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 12px; }
ol.activity { list-style: none; padding: 0; margin: 16px 0 24px; }
ol.activity li { padding: 8px 0; border-bottom: 1px solid var(--line); }
.crumbs { font-size: 13px; margin: 0 0 8px; }
details.card { padding: 10px 16px; }
details.card form { padding-top: 12px; max-width: 480px; }
details > summary { cursor: pointer; padding: 4px 0; }
@media (max-width: 700px) {
  main { padding: 16px; } .top { padding: 8px 16px; } .columns { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .board { grid-auto-flow: row; grid-auto-columns: auto; overflow: visible; } .column { min-height: 0; }
}
`;

/** A small mark in Jira's blue. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#0c66e4"/><path d="M6 12l6-6 6 6-6 6z" fill="#fff"/><path d="M12 9l3 3-3 3-3-3z" fill="#0c66e4"/></svg>`;

/** Comforts on top of pages that work without it: local times, quick switching, fresh boards. */
export const script = `
for (const time of document.querySelectorAll('time')) {
  time.textContent = new Date(time.dateTime).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}
for (const select of document.querySelectorAll('select[data-submit]')) {
  select.addEventListener('change', () => select.form.requestSubmit());
}
if (location.search.includes('note=')) history.replaceState(null, '', location.pathname);
const drawn = document.body.dataset.revision;
let touched = false;
document.addEventListener('input', () => { touched = true; });
async function refresh() {
  if (document.hidden || touched) return;
  const answer = await fetch('/sandbox/api/revision').catch(() => null);
  if (!answer || !answer.ok) return;
  const { revision } = await answer.json();
  if (String(revision) !== drawn && !touched && !document.activeElement?.matches('input, select, textarea')) location.reload();
}
if (drawn !== undefined) setInterval(refresh, 1500);
`;
