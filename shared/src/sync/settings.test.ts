import { describe, expect, it } from 'vitest';
import {
  groupsOf,
  readSettings,
  saveSyncSchema,
  sendsChanges,
  standardSettings,
  withSaved,
  withSendChanges,
} from './settings.ts';

describe('what an adapter syncs', () => {
  it('is the status from Jira and nothing else, until somebody chooses', () => {
    expect(readSettings({}, false)).toEqual(standardSettings);
    expect(standardSettings.status).toEqual({ direction: 'from-jira', onConflict: 'jira' });
    const { status: _, ...rest } = standardSettings;
    for (const rule of Object.values(rest)) expect(rule).toEqual({ direction: 'off', onConflict: 'jira' });
    expect(groupsOf(standardSettings)).toBe(0);
  });

  it('is what the older switch said, while nothing was chosen', () => {
    const switched = readSettings({}, true);
    expect(switched).toMatchObject({ status: { direction: 'both' }, summary: { direction: 'to-jira' } });
    expect([sendsChanges(switched), groupsOf(switched)]).toEqual([true, 1]);
    const rule = { direction: 'from-jira', onConflict: 'ask' };
    expect(readSettings({ summary: rule }, true)).toEqual({ ...standardSettings, summary: rule });
  });

  it('keeps what a save leaves out', () => {
    const saved = saveSyncSchema.parse({ summary: { direction: 'both' } });
    expect(withSaved(standardSettings, saved)).toEqual({
      ...standardSettings,
      summary: { direction: 'both', onConflict: 'jira' },
    });
  });

  it('refuses a thing and a direction that do not exist', () => {
    expect(saveSyncSchema.safeParse({ colour: { direction: 'both' } }).success).toBe(false);
    expect(saveSyncSchema.safeParse({ summary: { direction: 'up' } }).success).toBe(false);
  });

  it('is switched by the short way and back', () => {
    const on = withSendChanges(standardSettings, true);
    expect(sendsChanges(on)).toBe(true);
    expect(withSendChanges(on, false)).toEqual(standardSettings);
  });

  it('survives whatever stands in the column', () => {
    for (const stored of [null, [], 'x', { summary: 7, unknown: {} }])
      expect(readSettings(stored, false)).toEqual(standardSettings);
  });
});
