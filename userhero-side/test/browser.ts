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

const longestFadeMs = 2_000;

/** The accessibility violations of a page in its present colours, each in a line. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Elements that fade in have colours of their own for a moment; what turns for ever is not waited for.
  await page.evaluate((longestMs) => {
    const over = document.getAnimations().map((animation) => animation.finished.catch(() => null));
    return Promise.race([Promise.all(over), new Promise((done) => setTimeout(done, longestMs))]);
  }, longestFadeMs);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
}

/** Whether a page is wider than its window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
