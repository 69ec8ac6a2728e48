import { describe, expect, it } from 'vitest';
import { joinWrite } from './join-write.ts';

const write = {
  parts: 'made AS (INSERT INTO thing (id) VALUES ($2) RETURNING id)',
  sentIf: 'made',
  values: ['t1'],
};
const statement = `
  WITH ins AS (INSERT INTO job SELECT id FROM json_to_recordset($1::text::json) AS x (id text) RETURNING id)
  SELECT id FROM ins`;

describe('a job that is sent with a write', () => {
  it('is one statement with it, and sent only where the write had a row', () => {
    const joined = joinWrite(write, statement, ['[{}]']);
    expect(joined.values).toEqual(['[{}]', 't1']);
    expect(joined.text.replace(/\s+/g, ' ')).toBe(
      'WITH made AS (INSERT INTO thing (id) VALUES ($2) RETURNING id), ins AS (INSERT INTO job SELECT id FROM ' +
        "json_to_recordset((CASE WHEN EXISTS (SELECT FROM made) THEN $1::text::json ELSE '[]'::json END)) AS x (id text) " +
        'RETURNING id) SELECT id FROM ins',
    );
  });

  it.each([
    ['does not begin as ours can', statement.replace('WITH', 'INSERT'), ['[{}]']],
    ['takes its jobs elsewhere', statement.replace('$1::text::json', '$1'), ['[{}]']],
    ['has other parameters', statement, ['[{}]', 'push']],
  ])('is an error where the statement %s', (_, other, values) => {
    expect(() => joinWrite(write, other, values)).toThrow(/another form/);
  });
});
