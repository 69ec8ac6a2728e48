import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/**
 * What the package sets for functions in a cloud and a test cannot use: without web security the Origin header is
 * missing that sign-in asks for; and in a single process one page that stalls stalls the browser.
 */
const unwanted = ['--disable-web-security', '--single-process'];

/** Opens the Chromium that ships inside npm. */
export async function openBrowser(): Promise<Browser> {
  const args = chromium.args.filter((argument) => !unwanted.includes(argument));
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

/** How long a browser test waits for what a person would wait for. Only a failure takes it, also on a busy machine. */
export const patienceMs = 120_000;

/** Frames without a movement after which a page counts as at rest: what one fade leads to begins within the next. */
const calmFrames = 3;

/**
 * Waits until nothing on a page moves: its fonts are there, its fades are over, and none has begun for some frames.
 * Elements that fade in have colours of their own for a moment, and no place to be clicked; what turns for ever, such
 * as a spinner, is not waited for.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async (calmFrames) => {
    const nextFrame = (): Promise<number> => new Promise((done) => requestAnimationFrame(done));
    const fades = (): Animation[] =>
      document
        .getAnimations()
        .filter(
          (one) =>
            one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY &&
            (one.pending || one.playState === 'running'),
        );
    await document.fonts.ready;
    for (let calm = 0; calm < calmFrames; ) {
      await nextFrame();
      const underWay = fades();
      calm = underWay.length === 0 ? calm + 1 : 0;
      // One that is taken back ends as one that is carried through does.
      await Promise.allSettled(underWay.map((one) => one.finished));
    }
  }, calmFrames);
}

/** The accessibility violations of a page in its present colours, each in a line. The one way in which tests run axe. */
export async function axeViolations(page: Page): Promise<string[]> {
  await atRest(page);
  // Our pages have no frames, so axe needs no second page to gather their answers in; and nobody asks what passed.
  // Both together take a quarter of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.analyze();
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
}

/** Whether a page is wider than its window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
