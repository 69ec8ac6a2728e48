import { failure, type Outcome, success } from '../outcome.ts';

const keyPattern = /^[A-Z][A-Z0-9_]{0,254}-\d{1,18}$/;

/**
 * Reads a key, or the key in a URL of the connected site, former addresses included; another site's is refused.
 *
 * Errors: `validation_failed`.
 */
export function readIssueKey(text: string, siteUrl: string, formerUrls: readonly string[]): Outcome<string> {
  const wanted = text.trim();
  const fromUrl = URL.canParse(wanted) ? /\/(?:browse|issues)\/([^/?#]+)/.exec(wanted)?.[1] : undefined;
  const isOfSite = [siteUrl, ...formerUrls].some((url) => wanted.startsWith(`${url}/`));
  const isOtherSite = URL.canParse(wanted) && !isOfSite;
  const key = (fromUrl ?? wanted).toUpperCase();
  if (!isOtherSite && keyPattern.test(key)) return success(key);
  const message = isOtherSite
    ? `This address is not of the connected site ${siteUrl}.`
    : 'Give a key such as SHOP-12, or the address of a Jira issue.';
  return failure({
    code: 'validation_failed',
    detail: message,
    remedy: 'Give the key or the address of an issue in the connected project.',
    errors: [{ field: 'issue', message }],
  });
}
