import { z } from 'zod';
import { type CustomField, type FieldOption, fieldKinds } from '../issues/field-kind.ts';
import type { Site } from '../world.ts';
import { ControlProblem, projectWanted, siteOf } from './read-wanted.ts';
import { projectField, type WorldControl } from './world-control.ts';

/** Names with commas between; a name may have spaces. */
const names = z.union([
  z.array(z.string()),
  z.string().transform((text) =>
    text
      .split(',')
      .map((one) => one.trim())
      .filter(Boolean),
  ),
]);
const fieldWish = z.strictObject({
  site: z.string().default('acme'),
  name: z.string().min(1).max(80),
  kind: z.enum(fieldKinds),
  /** A cascading field's options are written as `Europe > Berlin`. */
  options: names.default([]),
});
const choicesWish = z.strictObject({
  site: z.string().default('acme'),
  project: z.string(),
  components: names.optional(),
  versions: names.optional(),
});

/** Fields and their choices, as an administrator of Jira adds them. */
export const fieldControls: WorldControl[] = [
  {
    path: '/fields',
    name: 'fields',
    title: 'Custom fields',
    about:
      'Adds a field, or gives the field of that name other options. The screens say where it is asked for.',
    fields: () => [
      { name: 'name', label: 'Name' },
      { name: 'kind', label: 'Kind', choices: fieldKinds.map((value) => ({ text: value, value })) },
      { name: 'options', label: 'Options, with commas between; “Europe > Berlin” for cascading ones' },
    ],
    now: (_, { customFields }) => customFields.map(({ id, name, kind }) => `${id}: ${name} (${kind})`),
    change: (sandbox, wish) => {
      const wanted = fieldWish.parse(wish);
      const site = siteOf(sandbox.world, wanted.site);
      const isChoice = ['select', 'multiselect', 'cascading'].includes(wanted.kind);
      if (!isChoice && wanted.options.length > 0) {
        throw new ControlProblem(`A field of the kind ${wanted.kind} has no options`);
      }
      const present = site.customFields.find((one) => one.name === wanted.name);
      const field = present ?? addField(site, wanted);
      field.kind = wanted.kind;
      field.options = readOptions(wanted.options, field);
      sandbox.save();
      return { note: `${field.name} is ${field.id}.`, ...field };
    },
  },
  {
    path: '/project-choices',
    name: 'project-choices',
    title: 'Components and versions',
    about: 'What a project offers for its components and versions; those that are not named go.',
    fields: (_, one) => [
      projectField(one),
      { name: 'components', label: 'Components, with commas between' },
      { name: 'versions', label: 'Versions, with commas between' },
    ],
    now: (_, { projects }) =>
      projects.flatMap(({ key, components = [], versions = [] }) => {
        const all = [...components, ...versions].map(({ name }) => name);
        return all.length > 0 ? [`${key}: ${all.join(', ')}`] : [];
      }),
    change: (sandbox, wish) => {
      const wanted = choicesWish.parse(wish);
      const project = projectWanted(siteOf(sandbox.world, wanted.site), wanted.project);
      const named = (all: string[], first: number) =>
        all.map((name, index) => ({ id: `${Number(project.id) * 100 + first + index}`, name }));
      if (wanted.components) project.components = named(wanted.components, 0);
      if (wanted.versions) project.versions = named(wanted.versions, 50);
      sandbox.save();
      const { key, components = [], versions = [] } = project;
      return { note: `The choices of ${key} were changed.`, components, versions };
    },
  },
];

function addField(site: Site, { name, kind }: Pick<CustomField, 'name' | 'kind'>): CustomField {
  const last = Math.max(10_060, ...site.customFields.map(({ id }) => Number(id.replace('customfield_', ''))));
  const field: CustomField = { id: `customfield_${last + 1}`, name, kind, options: [] };
  site.customFields.push(field);
  return field;
}

/** Options keep the ids that they have by their names, as in Jira. */
function readOptions(names: string[], { id, options }: CustomField): FieldOption[] {
  const number = Number(id.replace('customfield_', '')) * 1_000;
  const found: FieldOption[] = [];
  let next = Math.max(number, ...options.flatMap(idsOf)) + 1;
  const idFor = (known: { id: string } | undefined) => known?.id ?? String(next++);
  for (const name of names) {
    const [value = '', child] = name.split('>').map((part) => part.trim());
    const known = options.find((one) => one.value === value);
    let option = found.find((one) => one.value === value);
    if (!option) {
      option = { id: idFor(known), value };
      found.push(option);
    }
    if (child === undefined) continue;
    const knownChild = known?.children?.find((one) => one.value === child);
    option.children = [...(option.children ?? []), { id: idFor(knownChild), value: child }];
  }
  return found;
}

function idsOf({ id, children = [] }: FieldOption): number[] {
  return [id, ...children.map((child) => child.id)].map(Number);
}
