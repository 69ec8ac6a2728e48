/** What Atlassian knows of its accounts and of the app's reports (docs, "User privacy guide for app developers"). */
export type PersonalDataState = {
  /** `Cycle-Period`: an account is reported once in so many days. */
  cycleDays: number;
  /** Accounts that their people had closed. */
  closed: string[];
  /** When a person last changed their profile. */
  changedAt: Record<string, number>;
  /** The app's reports, by account. */
  reports: Record<string, AccountReport>;
};

export type AccountReport = { at: number; updatedAt: string; times: number };

/** Before anything was reported. */
export function emptyPersonalData(): PersonalDataState {
  return { cycleDays: 7, closed: [], changedAt: {}, reports: {} };
}
