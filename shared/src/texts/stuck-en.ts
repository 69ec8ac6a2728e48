import type { Stuck } from '../contracts/push-warning.ts';
import type { Trouble } from '../sync/status/walk.ts';

/** Why an issue is not in the status of its item, in English. */
export function englishStuck(stuck: Stuck): string {
  switch (stuck.why) {
    case 'kept':
      return `${trouble(stuck.trouble, stuck)} The issue stays in "${stuck.at}".`;
    case 'stranded': {
      const { at, start, refused } = stuck;
      const back = refused
        ? `Jira refused the way back to "${start}", "${refused.transition}": ${ended(refused.says)}`
        : `There is no way back to "${start}".`;
      return `The issue is now in "${at}", where nobody put it: ${trouble(stuck.trouble, stuck)} ${back} Move it in Jira.`;
    }
    case 'no_way': {
      const { at, wanted, refused } = stuck;
      const way = `The Jira workflow has no way from "${at}" to a status for "${wanted}", so the issue stays in "${at}".`;
      return refused ? `${way} Jira said to "${refused.transition}": ${refused.said}` : way;
    }
    case 'transition_failed':
      return `The issue stays in "${stuck.at}": ${stuck.problem.detail}`;
    case 'not_read_again':
      return `The issue reached "${stuck.at}": ${stuck.problem.detail}`;
    case 'workflow_not_read':
      return `The issue was created in "${stuck.at}": ${stuck.problem.detail}`;
    case 'status_not_read':
      return `The issue was created, but its status could not be read: ${stuck.problem.detail}`;
  }
}

function trouble(about: Trouble, { at, wanted }: { at: string; wanted: string }): string {
  switch (about.why) {
    case 'refused': {
      const said = `Jira said: ${ended(about.says)}`;
      return about.wants === null
        ? `Jira refused "${about.transition}". ${said}`
        : `"${about.transition}" wants ${fieldIn(about.wants)}. ${said}`;
    }
    case 'needs_field':
      return `"${about.transition}" wants ${fieldIn(about.wants)}, and UserHero has no value for it.`;
    case 'no_way':
      return about.transition === null
        ? `The Jira workflow has no way from "${at}" to a status for "${wanted}".`
        : `Jira does not offer "${about.transition}" for this issue.`;
    case 'way_unknown':
      return `UserHero does not know the way from "${at}" to a status for "${wanted}" in the Jira workflow.`;
  }
}

/** A field with its article where it has one. */
function fieldIn({ fieldId, name }: { fieldId: string; name: string }): string {
  return fieldId === 'resolution' ? 'a resolution' : `the field "${name}"`;
}

const ended = (sentence: string): string => (/[.!?…]$/.test(sentence) ? sentence : `${sentence}.`);
