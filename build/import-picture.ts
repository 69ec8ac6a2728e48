import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findCircles, type Graph } from './find-circles.ts';
import { readImports } from './read-imports.ts';

/*
 * The picture of who imports whom in docs/architecture.md: `npm run picture` draws it anew, a test compares it.
 * `node build/import-picture.ts FOLDER` prints that of another tree, such as an earlier commit's.
 */

const folders = [
  'shared/src',
  'userhero-side/src',
  'userhero-side/web/src',
  'jira-sandbox/src',
  'forge-app/src',
  'local',
];
const begin = '<!-- imports, now: npm run picture -->';
const end = '<!-- end of imports, now -->';

/** The picture of a tree in Markdown: its counts and the rooms of the service in Mermaid. */
export function drawImports(root: string): string {
  const files = readImports(root, folders);
  const rooms = roomsOf(files);
  const circles = findCircles(files);
  const circlesOfRooms = findCircles(rooms);
  return [
    `Circles of files: ${circles.length}. Circles of rooms: ${circlesOfRooms.length}.`,
    '',
    '```mermaid',
    'flowchart TD',
    ...circlesOfRooms.flatMap((circle, at) => [
      `  subgraph circle${at + 1}[a circle]`,
      ...circle.map((room) => `    ${room}`),
      '  end',
    ]),
    ...linesOf(rooms, circlesOfRooms),
    '```',
  ].join('\n');
}

/** The folders of the service, and the files beside them, with what they import of each other and of `shared/`. */
function roomsOf(files: Graph): Graph {
  const rooms = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const from = roomOf(file);
    if (!from || from === 'shared') continue;
    const to = rooms.get(from) ?? new Set();
    for (const target of targets) {
      const room = roomOf(target);
      if (room && room !== from) to.add(room);
    }
    rooms.set(from, to);
  }
  return new Map([...rooms].sort().map(([room, to]) => [room, [...to].sort()]));
}

function roomOf(file: string): string | null {
  if (file.startsWith('shared/src/')) return 'shared';
  const [, room] = /^userhero-side\/src\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(file) ?? [];
  return room ?? null;
}

/** Only arrows that no longer way stands for: what remains is the order of the floors. */
function linesOf(rooms: Graph, circles: readonly string[][]): string[] {
  const circleOf = (room: string): string[] => circles.find((circle) => circle.includes(room)) ?? [];
  return [...rooms].flatMap(([from, targets]) =>
    targets
      .filter((to) => {
        if (circleOf(from).includes(to)) return true;
        return !targets.some(
          (via) => via !== to && !circleOf(via).includes(from) && reaches(rooms, via, to, from),
        );
      })
      .map((to) => `  ${from} ${circleOf(from).includes(to) ? '-.->' : '-->'} ${to}`),
  );
}

/** Whether a way leads from one room to another that does not pass through a third. */
function reaches(rooms: Graph, from: string, to: string, without: string): boolean {
  const seen = new Set([without]);
  const waiting = [from];
  for (let room = waiting.pop(); room; room = waiting.pop()) {
    if (room === to) return true;
    if (seen.has(room)) continue;
    seen.add(room);
    waiting.push(...(rooms.get(room) ?? []));
  }
  return false;
}

/** A document with the present picture between its marks. */
export function withPicture(text: string, picture: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the document lacks "${begin}" or "${end}"`);
  return `${text.slice(0, from)}${begin}\n${picture}\n${text.slice(to)}`;
}

if (import.meta.main) {
  const [wanted] = process.argv.slice(2);
  const root = resolve(wanted ?? join(import.meta.dirname, '..'));
  if (wanted) console.log(drawImports(root));
  else {
    const file = join(root, 'docs/architecture.md');
    writeFileSync(file, withPicture(readFileSync(file, 'utf8'), drawImports(root)));
  }
}
