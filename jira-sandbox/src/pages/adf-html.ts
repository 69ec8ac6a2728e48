import type { AdfNode } from '../world.ts';
import { type Html, html } from './html.ts';

/** A rich text document as HTML; nodes without a look of their own show their text. */
export function adfHtml(node: AdfNode): Html {
  const inner = (node.content ?? []).map(adfHtml);
  switch (node.type) {
    case 'text':
      return markedText(node);
    case 'paragraph':
      return html`<p>${inner}</p>`;
    case 'heading':
      // Headings of the text stand below the page's own, whatever their level.
      return html`<p><strong>${inner}</strong></p>`;
    case 'bulletList':
      return html`<ul>${inner}</ul>`;
    case 'orderedList':
      return html`<ol>${inner}</ol>`;
    case 'listItem':
      return html`<li>${inner}</li>`;
    case 'codeBlock':
      return html`<pre><code>${inner}</code></pre>`;
    case 'blockquote':
      return html`<blockquote>${inner}</blockquote>`;
    case 'hardBreak':
      return html`<br>`;
    case 'rule':
      return html`<hr>`;
    case 'table':
      return html`<table><tbody>${inner}</tbody></table>`;
    case 'tableRow':
      return html`<tr>${inner}</tr>`;
    case 'tableHeader':
      return html`<th>${inner}</th>`;
    case 'tableCell':
      return html`<td>${inner}</td>`;
    case 'taskItem':
      return html`<p>${node.attrs?.state === 'DONE' ? '☑' : '☐'} ${inner}</p>`;
    case 'mention':
    case 'emoji':
    case 'status':
      return html`${String(node.attrs?.text ?? node.attrs?.shortName ?? '')}`;
    case 'inlineCard':
      return link(String(node.attrs?.url ?? ''), html`${String(node.attrs?.url ?? '')}`);
    default:
      return html`${inner}`;
  }
}

function markedText(node: AdfNode): Html {
  return (node.marks ?? []).reduce(
    (done, mark) => {
      if (mark.type === 'strong') return html`<strong>${done}</strong>`;
      if (mark.type === 'em') return html`<em>${done}</em>`;
      if (mark.type === 'code') return html`<code>${done}</code>`;
      if (mark.type === 'strike') return html`<s>${done}</s>`;
      return mark.type === 'link' ? link(String(mark.attrs?.href ?? ''), done) : done;
    },
    html`${node.text ?? ''}`,
  );
}

/** Only web addresses become links: a description is a stranger's text. */
function link(href: string, label: Html): Html {
  return /^(https?:|mailto:)/i.test(href)
    ? html`<a href="${href}" rel="noopener noreferrer">${label}</a>`
    : label;
}
