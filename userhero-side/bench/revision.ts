import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** A checkout of an earlier state of this repository. */
export type Revision = {
  /** Its commit, short. */
  commit: string;
  /** The day of its commit. */
  date: string;
  folder: string;
};

/** The commit that a name of it means, or `null` where this clone has none of that name. */
export async function findRevision(name: string): Promise<Omit<Revision, 'folder'> | null> {
  const show = ['log', '-1', '--format=%h %cs', '--end-of-options', name, '--'];
  const found = await run('git', show, { cwd: root }).catch(() => null);
  const [commit, date] = found?.stdout.trim().split(' ') ?? [];
  return commit && date ? { commit, date } : null;
}

/**
 * Puts a revision into a temporary folder, ready to serve, and takes it away after `use`.
 *
 * It gets the packages of its own lock file, never ours: what has been gained or lost by an update of one belongs to the
 * comparison, and a package that has been removed since would be missing. Only the service's workspaces are installed.
 */
export async function withRevision<T>(
  { commit, date }: Omit<Revision, 'folder'>,
  use: (revision: Revision) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), `userhero-bench-${commit}-`));
  try {
    // The embedded PostgreSQL runs as a user of its own where we are root, and its programs lie in here.
    await chmod(folder, 0o755);
    const archive = join(folder, 'archive.tar');
    await run('git', ['archive', '--output', archive, commit], { cwd: root });
    await run('tar', ['-xf', archive], { cwd: folder });
    const workspaces = ['-w', 'shared', '-w', 'userhero-side'];
    await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', ...workspaces], { cwd: folder });
    await run(process.execPath, ['userhero-side/build/build.ts'], { cwd: folder });
    return await use({ commit, date, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
