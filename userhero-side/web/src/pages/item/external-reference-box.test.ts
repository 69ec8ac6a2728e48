import { MantineProvider } from '@mantine/core';
import { lostStates } from '@userhero/shared/domain/reference-state.ts';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { UnlinkMeaning } from './external-reference-box.tsx';

const drawn = (state: Parameters<typeof UnlinkMeaning>[0]['state']): string =>
  renderToStaticMarkup(createElement(MantineProvider, null, createElement(UnlinkMeaning, { state })));

describe('the confirmation to unlink', () => {
  it.each(lostStates)('warns of a second issue where the reference is %s', (state) => {
    expect(drawn(state)).toContain('Pushing the item again would then make a second issue.');
    expect(drawn(state)).not.toContain('can be pushed or linked again');
  });

  it('says of a hidden issue that it cannot be linked again', () => {
    expect(drawn('not_visible')).toContain('cannot be linked again until the connected account sees it');
  });

  it('warns of nothing where the link can be made again', () => {
    expect(drawn('active')).toContain('can be pushed or linked again');
    expect(drawn('active')).not.toContain('second issue');
  });
});
