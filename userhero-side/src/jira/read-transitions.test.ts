import { expect, it } from 'vitest';
import { transitionsSchema } from './read-transitions.ts';

const to = { id: '3', name: 'Fertig', statusCategory: { id: 3, key: 'done', name: 'Fertig' } };
const resolution = {
  key: 'resolution',
  name: 'Resolution',
  operations: ['set'],
  schema: { type: 'resolution', system: 'resolution' },
  allowedValues: [
    { id: '10000', name: 'Done' },
    { id: '10001', name: "Won't Do" },
  ],
};
const region = {
  key: 'customfield_10050',
  name: 'Region',
  operations: ['set'],
  schema: {
    type: 'option',
    custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select',
    customId: 10050,
  },
  allowedValues: [{ id: '10101', value: 'EMEA' }],
};

it('reads a transition with what its screen requires and may take', () => {
  const fields = {
    resolution: { ...resolution, required: false },
    customfield_10050: { ...region, required: true },
    comment: { ...region, allowedValues: undefined, required: false },
  };
  const value = [
    { id: '31', name: 'Close', to, hasScreen: true, isGlobal: true, isConditional: true, fields },
  ];
  expect(transitionsSchema.parse(value)).toEqual([
    {
      id: '31',
      name: 'Close',
      to: { id: '3', name: 'Fertig', category: 'done' },
      global: true,
      conditional: true,
      requires: [
        {
          fieldId: 'customfield_10050',
          name: 'Region',
          kind: 'option',
          allowed: [{ id: '10101', name: 'EMEA' }],
        },
      ],
      optional: [
        {
          fieldId: 'resolution',
          name: 'Resolution',
          kind: 'option',
          allowed: [
            { id: '10000', name: 'Done' },
            { id: '10001', name: "Won't Do" },
          ],
        },
      ],
    },
  ]);
});

it('does not require what Jira fills by a default', () => {
  const fields = { customfield_10050: { ...region, required: true, hasDefaultValue: true } };
  expect(transitionsSchema.parse([{ id: '31', to, fields }])).toMatchObject([{ requires: [], optional: [] }]);
});

it('reads transitions without their fields, and leaves out those that are not available', () => {
  const value = [
    { id: '11', name: 'Start', to },
    { id: '21', name: 'Hidden', to, isAvailable: false },
    { id: '31', name: 'Odd', to, fields: { resolution: 'none' } },
  ];
  expect(transitionsSchema.parse(value)).toMatchObject([
    { id: '11', requires: [], optional: [], global: false, conditional: false },
    { id: '31', requires: [], optional: [] },
  ]);
});
