import { MantineProvider } from '@mantine/core';
import type { RequiredField } from '@userhero/shared/contracts/required-field.ts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { RequiredFields } from './required-fields.tsx';

const draw = (kind: RequiredField['kind'], value: string): string => {
  const fields: RequiredField[] = [{ fieldId: 'customfield_2', name: 'Steps', kind, allowedValues: [] }];
  const place = { adapterId: 'a', projectId: '1' };
  const values = { customfield_2: value };
  const form = createElement(RequiredFields, {
    fields,
    values,
    place,
    onChange: () => {},
    showProblems: false,
  });
  return renderToStaticMarkup(createElement(MantineProvider, null, form));
};

describe('the input of a required field', () => {
  it('of several lines has several lines', () => {
    expect(draw('paragraph', 'First\nSecond')).toMatch(
      /<textarea[^>]* rows="4"[^>]*>First\nSecond<\/textarea>/,
    );
  });

  it('of one line has one', () => {
    expect(draw('text', 'First')).toMatch(/<input[^>]* value="First"/);
  });
});
