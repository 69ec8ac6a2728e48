/** The groups of the document, in its order, each with what it is about. */
export const tags = {
  Projects: 'Projects with their workflows. A workflow must exist before an adapter can be added to it.',
  Items: 'Items of a workflow, with their status, priority and external references.',
  Pushes: 'Push to Jira: one item, a selection or a filter. An item has at most one live push.',
  Links: 'Items and Jira issues that exist already: preview a link, link, unlink.',
  Adapters: 'An adapter connects one workflow to one Jira project.',
  'Set-up': 'What a person chooses between the consent at Atlassian and the first push.',
  Mapping: 'Which status is which, in both directions, and which priority.',
  Syncing: 'Which things of an item are synced with Jira, and which way.',
  Health: 'Whether an adapter works, and why an item changed or did not change.',
  'Forge app': 'What the Forge app’s functions ask, with a Forge Invocation Token.',
  'From Atlassian': 'Where Jira sends its events and Atlassian the browser after consent.',
  Operation: 'What load balancers and monitoring ask.',
} as const;

/** A group of the document. */
export type Tag = keyof typeof tags;
