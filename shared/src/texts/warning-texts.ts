import type { z } from 'zod';
import type { PushWarningCode, pushWarningValues } from '../contracts/push-warning.ts';

/** A sentence for each warning of a push. */
export type WarningTexts = {
  [Code in PushWarningCode]: (values: z.infer<(typeof pushWarningValues)[Code]>) => string;
};
