import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take much longer than the others of their project, the longest first. */
const longest = [
  'faults/one-issue',
  'faults/revoked-bulk',
  'faults/storm',
  'test/pages',
  'test/inside-jira',
  'test/forge-page',
  'test/health-page',
  'test/admin',
  'text/text.properties',
  'sync/things.properties',
];

const rankOf = ({ moduleId }: TestSpecification): number => {
  const rank = longest.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
  return rank < 0 ? longest.length : rank;
};

/** Starts long files first, also where no earlier run is remembered: one that comes last leaves a core idle. */
export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).sort((a, b) => rankOf(a) - rankOf(b));
  }
}
