import type { Locator, Page } from 'playwright-core';

/** A button by its whole name. */
export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Chooses in Atlaskit's Select, which is a combobox with a list of its own. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** What a Select shows as chosen. */
export function chosen(page: Page, label: string): Promise<string> {
  const field = page.getByRole('combobox', { name: label, exact: true });
  return field.locator('xpath=ancestor::*[contains(@class, "-control")][1]').innerText();
}

/** The cells of a table's body, row by row. */
export async function cellsOf(page: Page, label: string): Promise<string[][]> {
  const rows = await page.getByRole('group', { name: label }).locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.getByRole('cell').allInnerTexts()));
}

/** Presses Tab until something of that name has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  const wanted = page.getByLabel(name, { exact: true }).or(button(page, name));
  for (let presses = 0; presses < 120; presses += 1) {
    await page.keyboard.press('Tab');
    if ((await wanted.and(page.locator(':focus')).count()) > 0) return;
  }
  throw new Error(`Tab never reaches "${name}"`);
}
