import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const pine: MantineColorsTuple = [
  '#ecf7f5',
  '#d6ece8',
  '#aad9d1',
  '#7ac4b9',
  '#52b0a3',
  '#2f9a8c',
  '#178376',
  '#0b6b61',
  '#08564e',
  '#05413b',
];

const slate: MantineColorsTuple = [
  '#f7f8f9',
  '#eef0f2',
  '#e1e4e8',
  '#cdd2d8',
  '#a9b1ba',
  '#838d98',
  '#66717d',
  '#4c5661',
  '#333c46',
  '#1c242d',
];

const night: MantineColorsTuple = [
  '#d5dae0',
  '#b3bbc4',
  '#929ca7',
  '#6c7783',
  '#3f4853',
  '#303842',
  '#252c35',
  '#1a2028',
  '#141a21',
  '#0e1318',
];

/** The pages' look: a quiet slate surface, one pine accent, small radii and system fonts. */
export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: { light: 7, dark: 6 },
  colors: { pine, gray: slate, dark: night },
  black: '#1c242d',
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  defaultRadius: 'md',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's dimmed, placeholder and error colours are lighter than WCAG AA allows for text; these are not. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5a6570',
    '--mantine-color-placeholder': '#66717d',
    '--mantine-color-error': '#b42318',
    '--mantine-color-anchor': '#0b6b61',
    '--uh-page': '#f7f8f9',
    '--uh-surface': '#ffffff',
    '--uh-line': '#e1e4e8',
    '--uh-hover': '#f2f4f5',
    '--uh-todo': '#7a8591',
    '--uh-doing': '#1f6fd0',
    '--uh-done': '#178a4c',
    '--uh-warn-text': '#8a4b00',
    '--uh-warn-back': '#fff6e6',
    '--uh-bad-text': '#a11d13',
    '--uh-bad-back': '#fdeeec',
    '--uh-good-text': '#0c6234',
    '--uh-good-back': '#e8f6ee',
    '--uh-info-text': '#174f96',
    '--uh-info-back': '#eaf2fc',
    '--uh-danger': '#b42318',
  },
  dark: {
    '--mantine-color-body': '#0e1318',
    '--mantine-color-text': '#d5dae0',
    '--mantine-color-dimmed': '#9aa4af',
    '--mantine-color-placeholder': '#8a95a1',
    '--mantine-color-error': '#ff9a90',
    '--mantine-color-anchor': '#7ac4b9',
    '--uh-page': '#0e1318',
    '--uh-surface': '#161c23',
    '--uh-line': '#2a323c',
    '--uh-hover': '#1c232b',
    '--uh-todo': '#97a2ad',
    '--uh-doing': '#64a5f2',
    '--uh-done': '#52c284',
    '--uh-warn-text': '#f3c37a',
    '--uh-warn-back': '#2d2413',
    '--uh-bad-text': '#ffa79e',
    '--uh-bad-back': '#331a18',
    '--uh-good-text': '#83d9a8',
    '--uh-good-back': '#12291d',
    '--uh-info-text': '#9cc6f7',
    '--uh-info-back': '#14253a',
    '--uh-danger': '#b93a2e',
  },
});
