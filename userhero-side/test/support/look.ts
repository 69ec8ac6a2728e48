import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { atRest, axeViolations, scrollsSideways } from './browser.ts';

/** Where screenshots go; set it to `docs/images` to renew the ones in the documentation. */
const pictures = process.env.SCREENSHOTS;

/**
 * Every page is read by axe in light and dark, and fits a phone; a picture is taken on the way, of `part` where the
 * page is longer than its window.
 */
export async function lookAt(page: Page, name: string, part?: Locator): Promise<void> {
  for (const [width, colorScheme] of [
    [1280, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme });
    // What is above it may still wrap anew.
    await atRest(page);
    await part?.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await atRest(page);
    if (pictures) {
      await mkdir(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}-${width}.png`) });
    }
    expect(await axeViolations(page), `${name} at ${width}, ${colorScheme}`).toEqual([]);
    expect(await scrollsSideways(page), `${name} at ${width}`).toBe(false);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}
