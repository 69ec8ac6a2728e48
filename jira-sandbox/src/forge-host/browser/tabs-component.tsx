import Tabs, { Tab, TabList, TabPanel } from '@atlaskit/tabs';
import { type Component, call, pick } from './drawing.ts';
import { domId } from './forge-doc.ts';

const tabs: Component = ({ element, children }) => (
  <Tabs
    {...pick(element, ['defaultSelected', 'selected', 'shouldUnmountTabPanelOnChange'])}
    id={domId(element, 'id') ?? `tabs-${element.key}`}
    onChange={(index: unknown) => call(element.props.onChange, index)}
  >
    {children}
  </Tabs>
);

const plain =
  (Part: AtlaskitPart): Component =>
  ({ children }) => <Part>{children}</Part>;

/** Tabs. */
export const tabComponents: Record<string, Component> = {
  Tabs: tabs,
  TabList: plain(TabList),
  Tab: plain(Tab),
  TabPanel: plain(TabPanel),
};
