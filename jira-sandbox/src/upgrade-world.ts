import { completeForgeState } from './forge-host/forge-state.ts';
import { defaultLimits } from './limits/limit-settings.ts';
import { emptyPersonalData } from './personal-data/personal-data-state.ts';
import { defaultSettings } from './seed/seed-world.ts';
import { presentRule } from './webhooks/automation-rule.ts';
import type { Project, Settings, Site, World } from './world.ts';

/** A project as any version of the local Jira has saved it. */
type SavedProject = Omit<Project, 'permissions'> &
  Partial<Pick<Project, 'permissions'>> & { hiddenFromAccountIds?: string[] };

/** The data file of any version of the local Jira. */
export type SavedWorld = Omit<World, 'forge' | 'limits' | 'personalData' | 'settings' | 'sites'> & {
  forge?: Partial<World['forge']>;
  limits?: Partial<World['limits']>;
  personalData?: World['personalData'];
  settings: Partial<Settings>;
  sites: (Omit<Site, 'projects'> & { projects: SavedProject[] })[];
};

/** Gives an older world what it lacks, so that a data file goes on working after an update. */
export function upgradeWorld(saved: SavedWorld): World {
  return {
    ...saved,
    sites: saved.sites.map((site) => ({
      ...site,
      rules: site.rules.map(presentRule),
      projects: site.projects.map(upgradeProject),
    })),
    forge: completeForgeState(saved.forge),
    limits: { ...defaultLimits, ...saved.limits },
    personalData: saved.personalData ?? emptyPersonalData(),
    settings: { ...defaultSettings, ...saved.settings },
  };
}

function upgradeProject({ hiddenFromAccountIds = [], ...project }: SavedProject): Project {
  const hidden = hiddenFromAccountIds.map((id) => [id, { BROWSE_PROJECTS: false }]);
  return { ...project, permissions: project.permissions ?? Object.fromEntries(hidden) };
}
