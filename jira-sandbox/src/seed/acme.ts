import { globalTransitions, stepTransitions } from '../workflows/build-workflow.ts';
import type { Site } from '../world.ts';
import { max } from './accounts.ts';
import { fullCreateScreen, issueTypes, priorities, project, site } from './site-parts.ts';
import { resolutions, status } from './workflow.ts';

const companyTypes = ['Task', 'Bug', 'Story', 'Epic', 'Sub-task'];
const regionField = 'customfield_10050';
const referenceField = 'customfield_10051';

/** "Acme Robotics": English, with the shapes of projects that integrations stumble over. */
export function acmeSite(): Site {
  const shop = [
    status('10000', 'Backlog', 'new'),
    status('10001', 'To Do', 'new'),
    status('3', 'In Progress', 'indeterminate'),
    status('10002', 'In Review', 'indeterminate'),
    status('10003', 'Done', 'done'),
    status('6', 'Closed', 'done'),
  ];
  const mobile = [
    status('10101', 'To Do', 'new', '10001'),
    status('10102', 'In Progress', 'indeterminate', '10001'),
    status('10103', 'Done', 'done', '10001'),
  ];
  const selected = status('10004', 'Selected', 'new');
  const byId = (id: string) => shop.filter((one) => one.id === id);
  const operations = [...byId('10000'), selected, ...byId('3'), ...byId('10002'), ...byId('10003')];
  const simple = [...byId('10001'), ...byId('3'), ...byId('10003')];
  const types = issueTypes(10_001, undefined, companyTypes);
  const typeIds = types.map((type) => type.id);
  const mobileTypes = issueTypes(10_101, '10001', ['Task', 'Bug', 'Story', 'Epic', 'Subtask']);
  const simpleFlow = { statusIds: simple.map((one) => one.id), transitions: globalTransitions(simple) };

  return site({
    slug: 'acme',
    cloudId: '11223344-a1b2-4b33-8c44-def123456789',
    name: 'Acme Robotics',
    categoryNames: { undefined: 'No Category', new: 'To Do', indeterminate: 'In Progress', done: 'Done' },
    resolutions: resolutions(['Done', "Won't Do", 'Duplicate', 'Cannot Reproduce']),
    statuses: [...shop, selected, ...mobile],
    priorities: priorities(
      ['Highest', 'High', 'Medium', 'Low', 'Lowest'],
      ['highest', 'high', 'medium', 'low', 'lowest'],
    ),
    issueTypes: [...types, ...mobileTypes],
    customFields: [
      {
        id: regionField,
        name: 'Region',
        kind: 'select',
        options: [
          { id: '10101', value: 'EMEA' },
          { id: '10102', value: 'Americas' },
          { id: '10103', value: 'APAC' },
        ],
      },
      { id: referenceField, name: 'Reference', kind: 'text', options: [] },
      { id: 'customfield_10052', name: 'Background', kind: 'paragraph', options: [] },
    ],
    projects: [
      project({
        id: '10000',
        key: 'SHOP',
        name: 'Web Shop',
        description: 'The shop that customers see.',
        issueTypeIds: typeIds,
        statusIds: shop.map((one) => one.id),
        // Who starts may say who works on it, as in many a company's workflow.
        transitions: globalTransitions(shop).map((one) =>
          one.name === 'In Progress' ? { ...one, screen: ['assignee', 'summary'] } : one,
        ),
        initialStatusId: '10001',
      }),
      project({
        id: '10001',
        key: 'MOB',
        name: 'Mobile App',
        description: 'Team-managed: its statuses and issue types are its own.',
        style: 'next-gen',
        issueTypeIds: mobileTypes.map((type) => type.id),
        statusIds: mobile.map((one) => one.id),
        transitions: globalTransitions(mobile),
      }),
      project({
        id: '10002',
        key: 'OPS',
        name: 'Operations',
        description: 'Its workflow allows one step forward or back only.',
        issueTypeIds: typeIds,
        statusIds: operations.map((one) => one.id),
        transitions: stepTransitions(operations),
      }),
      project({
        id: '10003',
        key: 'FEED',
        name: 'Customer Feedback',
        description: 'Its create screen has no priority.',
        issueTypeIds: typeIds,
        createScreen: fullCreateScreen.filter((field) => field !== 'priority'),
        ...simpleFlow,
      }),
      project({
        id: '10004',
        key: 'COMP',
        name: 'Compliance',
        description: 'Asks for a region and a reference.',
        issueTypeIds: typeIds,
        createScreen: [...fullCreateScreen, regionField, referenceField],
        requiredFields: [regionField, referenceField],
        ...simpleFlow,
      }),
      project({
        id: '10005',
        key: 'HR',
        name: 'People',
        description: 'Not for every eye.',
        issueTypeIds: typeIds,
        permissions: { [max.accountId]: { BROWSE_PROJECTS: false } },
        ...simpleFlow,
      }),
    ],
  });
}
