import { ActionIcon, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { ThemeIcon } from './icons.tsx';

const schemes: ReadonlyArray<readonly [MantineColorScheme, string]> = [
  ['auto', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Light, dark, or like the system. */
export function ColorSchemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu withinPortal={false} withInitialFocusPlaceholder={false} position="bottom-end" width={180}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label="Colours of the page">
          <ThemeIcon size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, label]) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            checked={colorScheme === scheme}
            closeMenuOnClick
            onChange={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
