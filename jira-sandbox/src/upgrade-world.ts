import { completeForgeState } from './forge-host/forge-state.ts';
import { defaultLimits } from './limits/limit-settings.ts';
import { emptyPersonalData } from './personal-data/personal-data-state.ts';
import { defaultSettings } from './seed/seed-world.ts';
import { resolutions } from './seed/workflow.ts';
import { presentRule } from './webhooks/automation-rule.ts';
import type { Issue, Project, Resolution, Settings, Site, World } from './world.ts';

/** A project as any version of the local Jira has saved it. */
type SavedProject = Omit<Project, 'permissions'> &
  Partial<Pick<Project, 'permissions'>> & { hiddenFromAccountIds?: string[] };

/** The data file of any version of the local Jira. */
export type SavedWorld = Omit<World, 'forge' | 'limits' | 'personalData' | 'settings' | 'sites'> & {
  forge?: Partial<World['forge']>;
  limits?: Partial<World['limits']>;
  personalData?: World['personalData'];
  settings: Partial<Settings>;
  sites: SavedSite[];
};

/** A site of before its resolutions had a list: it had one of this name, and issues knew when they got it. */
type SavedSite = Omit<Site, 'projects' | 'issues' | 'resolutions'> & {
  projects: SavedProject[];
  issues: Record<string, SavedIssue>;
  resolutions?: Resolution[];
  resolutionName?: string;
};
type SavedIssue = Omit<Issue, 'resolutionId'> & Partial<Pick<Issue, 'resolutionId'>>;

/** Gives an older world what it lacks, so that a data file goes on working after an update. */
export function upgradeWorld(saved: SavedWorld): World {
  return {
    ...saved,
    sites: saved.sites.map(upgradeSite),
    forge: completeForgeState(saved.forge),
    limits: { ...defaultLimits, ...saved.limits },
    personalData: saved.personalData ?? emptyPersonalData(),
    settings: { ...defaultSettings, ...saved.settings },
  };
}

function upgradeSite({ resolutionName = 'Done', ...site }: SavedSite): Site {
  const { resolutions: had = resolutions([resolutionName, ...otherResolutions]) } = site;
  return {
    ...site,
    resolutions: had,
    rules: site.rules.map(presentRule),
    projects: site.projects.map(upgradeProject),
    issues: Object.fromEntries(
      Object.entries(site.issues).map(([id, issue]) => [id, upgradeIssue(issue, had)]),
    ),
  };
}

const otherResolutions = ["Won't Do", 'Duplicate', 'Cannot Reproduce'];

function upgradeIssue(issue: SavedIssue, [first]: Resolution[]): Issue {
  const { resolutionId = issue.resolvedAt === null ? null : (first?.id ?? null) } = issue;
  return { ...issue, resolutionId };
}

function upgradeProject({ hiddenFromAccountIds = [], ...project }: SavedProject): Project {
  const hidden = hiddenFromAccountIds.map((id) => [id, { BROWSE_PROJECTS: false }]);
  return { ...project, permissions: project.permissions ?? Object.fromEntries(hidden) };
}
