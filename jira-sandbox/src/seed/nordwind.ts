import { globalTransitions } from '../workflows/build-workflow.ts';
import type { Site } from '../world.ts';
import { issueTypes, priorities, project, site } from './site-parts.ts';
import { resolutions, status } from './workflow.ts';

/**
 * "Nordwind GmbH": translated status, category and priority names.
 * Its ids overlap with Acme's, as those of two real sites do.
 */
export function nordwindSite(): Site {
  const german = [
    status('10000', 'Zu erledigen', 'new'),
    status('3', 'In Arbeit', 'indeterminate'),
    status('10001', 'Fertig', 'done'),
  ];
  const english = [
    status('10010', 'To Do', 'new'),
    status('10011', 'In Progress', 'indeterminate'),
    status('10012', 'Done', 'done'),
  ];
  const germanTypes = issueTypes(10_001, undefined, ['Aufgabe', 'Fehler', 'Story', 'Epic', 'Teilaufgabe']);
  const englishTypes = issueTypes(10_011, undefined, ['Task', 'Bug', 'Story', 'Epic', 'Sub-task']);

  return site({
    slug: 'nordwind',
    cloudId: '55667788-c3d4-4e55-9f66-abc987654321',
    name: 'Nordwind GmbH',
    categoryNames: {
      undefined: 'Keine Kategorie',
      new: 'Zu erledigen',
      indeterminate: 'In Bearbeitung',
      done: 'Fertig',
    },
    resolutions: resolutions(['Fertig', 'Wird nicht erledigt', 'Duplikat', 'Nicht reproduzierbar']),
    statuses: [...german, ...english],
    priorities: priorities(['Höchste', 'Hoch', 'Mittel', 'Niedrig'], ['highest', 'high', 'medium', 'low']),
    issueTypes: [...germanTypes, ...englishTypes],
    customFields: [],
    projects: [
      project({
        id: '10000',
        key: 'VER',
        name: 'Vertrieb',
        description: 'Anfragen und Angebote.',
        issueTypeIds: germanTypes.map((type) => type.id),
        statusIds: german.map((one) => one.id),
        transitions: globalTransitions(german),
        priorityIds: ['1', '2', '3', '4'],
      }),
      project({
        id: '10001',
        key: 'LAG',
        name: 'Lager',
        description: 'The warehouse.',
        issueTypeIds: englishTypes.map((type) => type.id),
        statusIds: english.map((one) => one.id),
        transitions: globalTransitions(english),
        priorityIds: ['1', '2', '3', '4'],
      }),
    ],
  });
}
