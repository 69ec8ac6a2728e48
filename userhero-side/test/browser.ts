import { AxeBuilder } from '@axe-core/playwright';
import chromium from '@sparticuz/chromium';
import { type Browser, type Page, chromium as playwright } from 'playwright-core';

/** Opens the Chromium that ships inside npm. */
export async function openBrowser(): Promise<Browser> {
  // The package switches web security off, which drops the Origin header that sign-in asks for.
  const args = chromium.args.filter((argument) => argument !== '--disable-web-security');
  return playwright.launch({ executablePath: await chromium.executablePath(), args, headless: true });
}

/** The accessibility violations of a page in its present colours, each in a line. */
export async function axeViolations(page: Page): Promise<string[]> {
  // Elements that fade in have colours of their own for a moment.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
  );
}

/** Whether a page is wider than its window. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
