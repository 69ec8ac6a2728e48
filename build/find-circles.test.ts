import { describe, expect, it } from 'vitest';
import { findCircles } from './find-circles.ts';

const graph = (arrows: Record<string, string[]>) => new Map(Object.entries(arrows));

describe('circles', () => {
  it('are none where every way ends', () => {
    expect(findCircles(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
  });

  it('are found at the end of a way, and from whichever node one starts', () => {
    expect(findCircles(graph({ a: ['b'], b: ['c'], c: ['b'] }))).toEqual([['b', 'c']]);
    expect(findCircles(graph({ c: ['b'], b: ['c'], a: ['b'] }))).toEqual([['b', 'c']]);
  });

  it('that share a node are one; that only lead to each other are two', () => {
    expect(findCircles(graph({ a: ['b', 'c'], b: ['a'], c: ['a'] }))).toEqual([['a', 'b', 'c']]);
    expect(findCircles(graph({ a: ['b'], b: ['a', 'c'], c: ['d'], d: ['c'] }))).toEqual([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });

  it('come the largest first', () => {
    const two = { a: ['b'], b: ['a'] };
    const three = { c: ['d'], d: ['e'], e: ['c'] };
    expect(findCircles(graph({ ...two, ...three })).map((circle) => circle.length)).toEqual([3, 2]);
  });
});
