import type { Priority } from '@userhero/shared/domain/priority.ts';

/** Title, status, priority, Markdown. */
export type DemoItem = readonly [title: string, status: string, priority: Priority, description: string];

export const demoIssues: readonly DemoItem[] = [
  [
    'Checkout button does nothing on Safari 17',
    'open',
    'urgent',
    'Reported by **14 customers** since the last release.\n\n## Steps\n1. Open the cart on Safari 17\n2. Press *Check out*\n3. Nothing happens; the console shows `TypeError: undefined is not a function`\n\n> It worked in version 4.11.\n\n| Browser | Works |\n|---|---|\n| Safari 16 | yes |\n| Safari 17 | **no** |',
  ],
  [
    'Invoice PDF shows the wrong currency symbol',
    'open',
    'high',
    'Invoices for Swiss customers show `€` where `CHF` belongs.\n\n- Seen on invoices 2291, 2304 and 2317\n- The total is right, only the symbol is wrong',
  ],
  [
    'Password reset mail arrives twice',
    'open',
    'medium',
    'Two mails with different links; only the second link works. See [the log](https://example.com/logs/48211).',
  ],
  ['Typo on the pricing page: “anually”', 'open', 'low', 'Should be *annually*.'],
  [
    'Search ignores umlauts',
    'in-progress',
    'medium',
    'Searching for `Muller` does not find **Müller**.\n\n```sql\nSELECT * FROM customer WHERE unaccent(name) ILIKE unaccent($1)\n```\n\nwould do it.',
  ],
  [
    'Export times out for more than 10,000 rows',
    'in-progress',
    'high',
    'The export runs into the 30 s limit.\n\n- [x] Reproduced with 12,400 rows\n- [ ] Stream rows as they are read\n- [ ] Tell the user that it goes on in the background',
  ],
  [
    'Dashboard shows yesterday’s numbers after midnight UTC',
    'in-progress',
    'low',
    'Only for accounts west of UTC. The day is computed in the wrong zone.',
  ],
  [
    'Avatar upload rejects PNG files with transparency',
    'resolved',
    'medium',
    'Fixed by checking the magic bytes instead of the extension.',
  ],
  [
    'Webhook signature check fails for empty bodies',
    'resolved',
    'high',
    'An empty body has a signature too. Regression test added.',
  ],
  [
    '“Remember me” does not survive a browser restart',
    'closed',
    'low',
    'Worked as designed: the browser was set to clear cookies on exit.',
  ],
  [
    'Outage of 3 March: post-mortem actions',
    'closed',
    'urgent',
    'All actions are done:\n\n1. Alert on replication lag\n2. Runbook for failover\n3. Quarterly exercise',
  ],
];

export const demoTickets: readonly DemoItem[] = [
  [
    'Cannot log in since this morning',
    'new',
    'urgent',
    'Hello, since this morning I only see **“session expired”**. I tried two browsers.\n\nKind regards, *Jonas*',
  ],
  ['How do I add a second workspace?', 'new', 'low', 'Is that possible on our plan?'],
  [
    'Refund for a double charge',
    'awaiting-response',
    'high',
    'The customer was charged twice on 2 May. Asked for the second receipt.',
  ],
  [
    'Import from CSV drops the last line',
    'awaiting-response',
    'medium',
    'Asked the customer for the file. It probably lacks a final newline.',
  ],
  [
    'Two-factor codes are refused',
    'in-progress',
    'urgent',
    'The phone’s clock is probably off. Walking the customer through it:\n\n1. *Settings → General → Date & Time*\n2. Set automatically',
  ],
  [
    'API returns 500 for archived projects',
    'in-progress',
    'high',
    '`GET /v1/projects/8841` answers 500; it should be **410**.',
  ],
  [
    'Request for an invoice with a purchase order number',
    'resolved',
    'medium',
    'Sent. The number can be set in *Billing → Details*.',
  ],
  [
    'Data export for GDPR request',
    'resolved',
    'high',
    'Export delivered through the secure link; it expires in seven days.',
  ],
  ['Spam sign-ups from one domain', 'closed', 'medium', 'The domain is blocked.'],
  ['Question about SOC 2 report', 'closed', 'low', 'Report sent under NDA.'],
];

export const demoLeads: readonly DemoItem[] = [
  [
    'Helios Energy: 120 seats, wants SSO',
    'new',
    'high',
    'Came from the webinar. Needs **SAML** and an on-site introduction.',
  ],
  ['Bakery chain Kornblume', 'new', 'low', 'Small team, asks for a discount for annual payment.'],
  [
    'Medatrix Labs: trial extended',
    'contacted',
    'medium',
    'Call on Thursday. They compare us with two others.',
  ],
  [
    'City of Aarhus, digital office',
    'contacted',
    'high',
    'Needs hosting in the EU and an accessibility statement.',
  ],
  [
    'Quantum Freight: security review',
    'qualified',
    'urgent',
    'Questionnaire with 180 questions is due on Friday.',
  ],
  ['Studio Nord: 15 seats', 'qualified', 'medium', 'Decision maker is *Ida Holm*.'],
  ['Fjordline Ferries: proposal sent', 'proposal', 'high', 'Three years, 340 seats. Waiting for legal.'],
  ['Greenfield Schools: proposal in review', 'proposal', 'medium', 'Budget is decided in the autumn.'],
  [
    'Larkspur Insurance signed',
    'won',
    'high',
    'Start on the first of the month. **Welcome call** is booked.',
  ],
  ['Pico Robotics chose a competitor', 'lost', 'low', 'Reason: they needed an on-premise version.'],
];
