import type { Check, CheckCode } from '@userhero/shared/contracts/checks.ts';
import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import type { WorkflowShape } from '@userhero/shared/domain/workflow.ts';
import { fromJiraValue, toJiraValue } from '@userhero/shared/jira/field-value.ts';
import { categoryKeys, type JiraStatus } from '@userhero/shared/jira/status-category.ts';
import { candidatesOf } from '@userhero/shared/mapping/candidates.ts';
import type { Mapping } from '@userhero/shared/mapping/mapping.ts';
import { englishCategories } from '@userhero/shared/texts/names-en.ts';
import type { CreateScreen } from '../jira/jira.ts';

/** Jira's keys of the permissions that syncing uses (openapi.json, "Permissions required" of each operation). */
export const usedPermissions = [
  'BROWSE_PROJECTS',
  'CREATE_ISSUES',
  'EDIT_ISSUES',
  'TRANSITION_ISSUES',
  'LINK_ISSUES',
] as const;
export type UsedPermission = (typeof usedPermissions)[number];

/** What the checks are decided from. */
export type CheckFacts = {
  accountName: string;
  permissions: Record<UsedPermission, boolean>;
  /** Whether the grant lets UserHero report account ids to Atlassian; grants of before it was asked for do not. */
  mayReport: boolean;
  /** `null`: Jira shows no create screen of the issue type to this account. */
  screen: CreateScreen | null;
  /** The fixed values of required fields, by id, in Jira's form. */
  fixedFields: Readonly<Record<string, unknown>>;
  statuses: readonly JiraStatus[];
  mapping: Mapping;
  workflow: WorkflowShape;
};

type PermissionText = { code: CheckCode; may: string; without: string; name: string; blocking: boolean };

const permissionTexts: Record<UsedPermission, PermissionText> = {
  BROWSE_PROJECTS: {
    code: 'browse_projects',
    may: 'see the project',
    without: 'nothing can be synced',
    name: 'Browse Projects',
    blocking: true,
  },
  CREATE_ISSUES: {
    code: 'create_issues',
    may: 'create issues',
    without: 'nothing can be pushed',
    name: 'Create Issues',
    blocking: true,
  },
  EDIT_ISSUES: {
    code: 'edit_issues',
    may: 'edit issues',
    without: 'later changes of an item are not sent',
    name: 'Edit Issues',
    blocking: false,
  },
  TRANSITION_ISSUES: {
    code: 'transition_issues',
    may: 'move issues',
    without: 'issues stay in their first status',
    name: 'Transition Issues',
    blocking: false,
  },
  LINK_ISSUES: {
    code: 'link_issues',
    may: 'link issues',
    without: 'issues get no link back to their item',
    name: 'Link Issues',
    blocking: false,
  },
};

/** What the connected account and the Jira project offer of what syncing needs, the gravest first. Pure. */
export function decideChecks(facts: CheckFacts): Check[] {
  const permissions = usedPermissions.map((key) => permissionCheck(facts, key));
  // Of a project that is not seen, or where nothing can be created, Jira tells nothing else.
  if (permissions.some((check) => !check.ok && check.blocking) || !facts.screen) return permissions;
  return [...permissions, ...screenChecks(facts, facts.screen), statusCheck(facts), reportCheck(facts)];
}

function permissionCheck({ accountName, permissions }: CheckFacts, key: UsedPermission): Check {
  const { code, may, without, name, blocking } = permissionTexts[key];
  if (permissions[key]) return fine(code, blocking, `${accountName} may ${may}.`);
  const ask = `Give ${accountName} the permission "${name}" in the Jira project, or reconnect with an account that has it.`;
  return {
    code,
    blocking,
    ok: false,
    message: `${accountName} may not ${may} in this Jira project, so ${without}.`,
    remedy: key === 'BROWSE_PROJECTS' ? `Ensure you have project admin access in Jira. ${ask}` : ask,
  };
}

function screenChecks({ fixedFields }: CheckFacts, screen: CreateScreen): Check[] {
  const missing = screen.requiredFields.filter((field) => !isFilled(field, fixedFields[field.fieldId]));
  const names = missing.map(({ name }) => `"${name}"`).join(', ');
  return [
    missing.length === 0
      ? fine('required_fields', true, 'Every required field has a value.')
      : {
          code: 'required_fields',
          blocking: true,
          ok: false,
          message: `Jira requires ${names}, which UserHero has no value for.`,
          remedy: missing.some(({ kind }) => kind === 'unsupported')
            ? 'Choose another issue type, or make the field optional in Jira.'
            : 'Give each a fixed value, choose another issue type, or make them optional in Jira.',
        },
    fieldCheck('description_field', screen.fieldIds.includes('description'), 'description'),
    fieldCheck('priority_field', screen.priorities !== null, 'priority'),
  ];
}

/** A value of before may be none by now: the field has another kind, or the choice is gone. */
function isFilled(field: RequiredField, value: unknown): boolean {
  return toJiraValue(field, fromJiraValue(field, value)).ok;
}

function fieldCheck(code: CheckCode, ok: boolean, field: string): Check {
  if (ok) return fine(code, false, `New issues take the item’s ${field}.`);
  return {
    code,
    blocking: false,
    ok: false,
    message: `The create screen has no ${field} field, so issues are created without it.`,
    remedy: `Add the field to the issue type’s create screen in Jira if you want the ${field}.`,
  };
}

function statusCheck({ statuses, mapping, workflow }: CheckFacts): Check {
  const unreachable = categoryKeys.flatMap((category) => {
    const mapped = candidatesOf(mapping, workflow, category);
    const isThere = statuses.some((status) => status.category === category);
    return isThere || mapped.length === 0 ? [] : [{ category, names: mapped.map(({ name }) => name) }];
  });
  if (unreachable.length === 0) return fine('statuses', false, 'Each mapped category has a Jira status.');
  const lacking = unreachable.map(({ category }) => englishCategories[category]).join(', ');
  const items = unreachable.flatMap(({ names }) => names).join(', ');
  return {
    code: 'statuses',
    blocking: false,
    ok: false,
    message: `The issue type has no Jira status in ${lacking}, so issues of ${items} items cannot be moved there.`,
    remedy: 'Add such a status to the workflow in Jira, or map these statuses to another category.',
  };
}

function reportCheck({ accountName, mayReport }: CheckFacts): Check {
  const code = 'report_personal_data';
  if (mayReport) return fine(code, false, 'UserHero may report to Atlassian whose data it keeps.');
  return {
    code,
    blocking: false,
    ok: false,
    message:
      'This connection is older than the permission to report to Atlassian whose data UserHero keeps. Syncing goes on.',
    remedy: `Reconnect the adapter, as ${accountName} or with another account, and allow it.`,
  };
}

function fine(code: CheckCode, blocking: boolean, message: string): Check {
  return { code, blocking, ok: true, message, remedy: null };
}
