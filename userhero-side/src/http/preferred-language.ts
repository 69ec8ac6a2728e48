import { chooseLanguage, type Language } from '@userhero/shared/texts/language.ts';
import { z } from 'zod';

/** The header by which a client asks for sentences in another language than English. */
export const languageSchema = z.object({
  'Accept-Language': z
    .string()
    .optional()
    .describe('English (`en`) or German (`de`) sentences; English where neither is named.'),
});

/** The language that an `Accept-Language` header asks for (RFC 9110, §12.5.4); English where it names none of ours. */
export function preferredLanguage(headers: z.output<typeof languageSchema>): Language {
  const wanted = (headers['Accept-Language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', weight = 'q=1'] = part.split(';').map((one) => one.trim());
      return { tag, weight: Number(weight.replace(/^q=/i, '')) };
    })
    .filter(({ tag, weight }) => /^(?:de|en)(?:-|$)/i.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return chooseLanguage(wanted[0]?.tag);
}
