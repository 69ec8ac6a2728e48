import type { Delivery } from '../world.ts';
import { type Html, html } from './html.ts';
import { moment } from './layout.ts';

/** Deliveries with what came back, the body on demand, and a button that sends one again. */
export function deliveryTable(deliveries: Delivery[]): Html {
  if (deliveries.length === 0) return html`<p class="subtle">Nothing was delivered yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Deliveries"><table>
    <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">To</th><th scope="col">Result</th><th scope="col">Again</th></tr></thead>
    <tbody>${deliveries.map(
      (one) => html`<tr>
        <td>${moment(one.createdAt)}</td>
        <td>${one.issueKey}<br><span class="subtle">${one.event}</span></td>
        <td>${one.sourceName}<br><code>${one.url}</code>
          <details><summary>Body</summary><pre>${pretty(one.body)}</pre></details></td>
        <td><span class="lozenge ${one.state}">${one.state}</span><br>${one.attempts.map(
          (attempt) =>
            html`<span class="subtle">${attempt.status ?? attempt.error ?? ''} in ${attempt.durationMs} ms</span><br>
              ${attempt.answer ? html`<details><summary>Answer</summary><pre>${pretty(attempt.answer)}</pre></details>` : null}`,
        )}</td>
        <td><form method="post" action="/controls/deliveries/${one.id}/repeat"><button type="submit" aria-label="Send ${one.event} of ${one.issueKey} again">Send</button></form></td>
      </tr>`,
    )}</tbody></table></div>`;
}

function pretty(body: string): string {
  if (body === '') return '(empty)';
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // Custom data of a rule may be any text.
    return body;
  }
}
