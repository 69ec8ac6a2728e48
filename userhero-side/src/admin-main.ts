import { runAdmin } from './admin/run-admin.ts';

/** `npm run admin -- …`: what an operator does without SQL. `--help` lists the commands. */
try {
  process.exitCode = await runAdmin(process.argv.slice(2), process.env, {
    print: (line) => console.log(line),
    note: (line) => console.error(line),
    stdin: process.stdin,
  });
} catch (error) {
  console.error(`This failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
