import type { HealthCode, HealthValues } from '@userhero/shared/contracts/health.ts';
import type { ReasonText } from '@userhero/shared/health/health-text.ts';

/** The reasons of an adapter's health in another language, made of their values. */
export type ReasonTexts = Record<HealthCode, (values: HealthValues) => ReasonText>;
