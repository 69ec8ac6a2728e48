/** What is written in one statement with a job. */
export type Write = {
  /** The statement's parts that write: `name AS (…), name AS (…)`. Their parameters begin at `$2`. */
  parts: string;
  /** The part that has a row if the job is to be sent. */
  sentIf: string;
  values: readonly unknown[];
};

const beginning = /^\s*WITH\s/;
const jobs = '$1::text::json';

/**
 * Puts what is written in front of pg-boss's own statement, so that both are one: one way to PostgreSQL, one commit. The
 * job is sent only where the write had a row.
 *
 * pg-boss hands out its statements for transactions of the caller, and has one of this form for every job. Another form
 * is an error, never a job that is lost.
 */
export function joinWrite(write: Write, statement: string, values: readonly unknown[]) {
  if (!beginning.test(statement) || statement.split(jobs).length !== 2 || values.length !== 1)
    throw new Error('pg-boss sends jobs by a statement of another form than ours can be joined to');
  const sent = `(CASE WHEN EXISTS (SELECT FROM ${write.sentIf}) THEN ${jobs} ELSE '[]'::json END)`;
  return {
    text: statement.replace(beginning, () => `WITH ${write.parts}, `).replace(jobs, () => sent),
    values: [...values, ...write.values],
  };
}
