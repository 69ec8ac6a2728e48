import { chmod, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '../../src/store/embedded.ts';
import { makeTemplate, withClient } from './template-database.ts';
import { type ValidationReport, validationReportSchema } from './validations.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of the run's PostgreSQL; others are created through it. */
    serverUrl: string;
    /** Where each test file leaves the counts of its local Jira. */
    reportsFolder: string;
  }
}

/** One PostgreSQL for the whole run; answers what ends it and tells what the local Jiras validated. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'userhero-tests-'));
  // Run by root, PostgreSQL runs as a user of its own, who has to reach its data.
  await chmod(folder, 0o755);
  const reportsFolder = join(folder, 'reports');
  await mkdir(reportsFolder);
  const embedded = await startEmbeddedDatabase(folder);
  await forgetDurability(embedded.url);
  await makeTemplate(embedded.url);
  project.provide('serverUrl', embedded.url);
  project.provide('reportsFolder', reportsFolder);
  return async () => {
    const reports = await readReports(reportsFolder);
    await embedded.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    tellValidations(reports);
  };
}

/** The data lives as long as the run: waiting for the disk would test the disk. */
async function forgetDurability(url: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('ALTER SYSTEM SET fsync = off');
    await client.query('ALTER SYSTEM SET full_page_writes = off');
    await client.query('SELECT pg_reload_conf()');
  });
}

async function readReports(folder: string): Promise<ValidationReport[]> {
  const files = await readdir(folder);
  return Promise.all(
    files.map(async (file) =>
      validationReportSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))),
    ),
  );
}

/** What the run's conversations with the local Jira came to against Atlassian's own document. */
function tellValidations(reports: readonly ValidationReport[]): void {
  if (reports.length === 0) return;
  if (!reports.some((report) => report.enabled)) {
    console.log('OpenAPI validations: none, ../shared/jira/openapi.json is not there');
    return;
  }
  const sum = (count: (report: ValidationReport) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  const failures = sum((report) => report.failures.length);
  console.log(
    `OpenAPI validations: ${sum((report) => report.requests)} requests, ${sum((report) => report.responses)} responses, ${failures} failures`,
  );
  if (failures > 0) throw new Error(`${failures} messages are not as Atlassian documents them`);
}
