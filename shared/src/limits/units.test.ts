import { expect, it } from 'vitest';
import {
  chunkPoints,
  everythingPoints,
  issuesFor,
  itemsFor,
  needOf,
  pagePoints,
  pushPoints,
  visitPoints,
} from './units.ts';

it('asks for what a unit of work costs', () => {
  expect([pushPoints, visitPoints, chunkPoints(40), pagePoints(100)]).toEqual([4, 4, 121, 101]);
  expect([0, 1, 100, 101, 1_000].map(everythingPoints)).toEqual([2, 4, 103, 105, 1_012]);
});

it('cuts chunks and pages to the points of a unit, and never to nothing', () => {
  expect([itemsFor(162), itemsFor(4), itemsFor(5), issuesFor(162), issuesFor(4)]).toEqual([53, 1, 1, 161, 3]);
});

it('knows what waits', () => {
  expect(['push', 'visit', 'bulk-push', 'push-follow-up'].map((kind) => needOf(kind, 162))).toEqual([
    4, 4, 160, 1,
  ]);
});
