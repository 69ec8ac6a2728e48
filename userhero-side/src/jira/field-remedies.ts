/** What to do about a field that Jira refuses. A rule asks for words of Jira's message where the field is not enough. */
type Rule = { fields: readonly string[]; says?: RegExp; remedy: string };

const fixedValue = 'Give this field a fixed value in Settings → Sync Adapters, or make it optional in Jira.';
/** A fixed value of before: its field has left the create screen since. */
const savedAgain =
  'Save “New issues” in Settings → Sync Adapters again, or put the field back on the create screen in Jira.';
const notOnScreen = /not on the appropriate screen/i;
const otherIssueType =
  'This issue type needs a parent issue. Choose another issue type for the adapter in Settings → Sync Adapters.';

/** The first rule that fits counts, so the particular ones stand first. Field keys in lower case. */
const rules: readonly Rule[] = [
  {
    fields: ['project', 'pid'],
    remedy:
      'Check that the connected Jira account may create issues in this project, or reconnect with an account that may.',
  },
  { fields: ['issuetype', 'parent', 'parentid'], says: /sub-?task|parent/i, remedy: otherIssueType },
  {
    fields: ['issuetype'],
    remedy: "Wrong issue type? Check the Jira project's default issue type settings.",
  },
  { fields: ['parent', 'parentid'], remedy: otherIssueType },
  {
    fields: ['priority'],
    remedy:
      'Check the priority mapping in Settings → Sync Adapters: each priority must be one that this Jira project offers.',
  },
  {
    fields: ['summary'],
    says: /255|too long|exceed|less than/i,
    remedy: "Shorten the item's title, then push it again.",
  },
  { fields: ['summary'], remedy: "Change the item's title, then push it again." },
  {
    fields: ['description', 'comment'],
    says: /CONTENT_LIMIT_EXCEEDED|too long|exceed|limit/i,
    remedy: "Shorten the item's description, then push it again.",
  },
  {
    fields: ['description', 'comment'],
    says: /INVALID_INPUT|document|ADF/i,
    remedy: "Simplify the formatting of the item's description, then push it again.",
  },
  { fields: ['description'], remedy: "Change the item's description, then push it again." },
  {
    fields: ['reporter'],
    remedy:
      'Give the connected Jira account the permission "Modify Reporter" in this project, or make the reporter optional in Jira.',
  },
  {
    fields: ['assignee'],
    remedy:
      'Check that the Jira project\'s default assignee may be assigned, and that the connected account has the permission "Assign Issues"; or make the assignee optional in Jira.',
  },
  {
    fields: ['security'],
    remedy:
      'Give the connected Jira account the permission "Set Issue Security" in this project, or make the security level optional in Jira.',
  },
  {
    fields: ['resolution'],
    remedy:
      'Make the resolution optional on this screen in Jira: it belongs to the transition that closes an issue.',
  },
  {
    fields: ['timetracking', 'worklog', 'issuelinks', 'attachment', 'comment', 'subtasks'],
    remedy: 'Make this field optional on this screen in Jira: UserHero has no value for it.',
  },
  {
    fields: ['labels', 'components', 'fixversions', 'versions', 'duedate', 'environment'],
    remedy: fixedValue,
  },
  { fields: ['status'], remedy: 'Check the status mapping in Settings → Sync Adapters.' },
];

const unlisted = (field: string) =>
  `Make the field "${field}" optional in Jira, or give it a fixed value in Settings → Sync Adapters if it is listed there.`;

/** What to do about a field that Jira names. `field` is its key in Jira, such as `customfield_10070`. */
export function remedyForField(field: string, message: string): string {
  const key = field.toLowerCase();
  if (/^customfield_\d+$/.test(key)) return notOnScreen.test(message) ? savedAgain : fixedValue;
  const rule = rules.find(({ fields, says }) => fields.includes(key) && (says?.test(message) ?? true));
  return rule?.remedy ?? unlisted(field);
}

/** Codes that Jira gives in place of a sentence: they are about the text of the item. */
const codes: readonly { says: RegExp; sentence: string; field: string }[] = [
  {
    says: /^CONTENT_LIMIT_EXCEEDED$/,
    sentence: 'The text is longer than Jira allows.',
    field: 'description',
  },
  {
    says: /^INVALID_INPUT$/,
    sentence: 'Jira does not accept the formatting of the text.',
    field: 'description',
  },
];

/** What a bare code of Jira's means; `null` for anything else. */
export function meaningOfCode(message: string): { sentence: string; field: string } | null {
  return codes.find(({ says }) => says.test(message.trim())) ?? null;
}
