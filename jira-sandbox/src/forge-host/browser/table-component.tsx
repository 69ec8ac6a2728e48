import DynamicTable from '@atlaskit/dynamic-table';
import Pagination from '@atlaskit/pagination';
import { type Component, call, drawProp, pick } from './drawing.ts';
import { amount, type ForgeElement, innerText, list, text } from './forge-doc.ts';
import { useSettlingValue } from './settling-value.ts';

const passed = [
  'caption',
  'defaultPage',
  'defaultSortKey',
  'defaultSortOrder',
  'isFixedSize',
  'isLoading',
  'label',
  'loadingSpinnerSize',
  'page',
  'rowsPerPage',
  'sortKey',
  'sortOrder',
  'highlightedRowIndex',
];

/**
 * `@forge/react` hands head and rows over as children named by a ContentWrapper; Jira makes Atlaskit's props of
 * them again (`react/out/components/dynamic-table.js`).
 */
const table: Component = (props) => {
  const { element, draw } = props;
  const cell = (one: ForgeElement) => ({
    ...pick(one, ['colSpan', 'isSortable', 'shouldTruncate', 'width']),
    key: text(one, 'cellKey') ?? innerText(one),
    content: one.children.map(draw),
  });
  const name = text(element, 'label') ?? text(element, 'caption') ?? 'Table';
  const rows = wrapped(element, 'rows').map((row) => ({ key: row.key, cells: row.children.map(cell) }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be one of the app's form
    <div className="forge-table" role="group" aria-label={name} tabIndex={0}>
      <DynamicTable
        {...pick(element, passed)}
        head={{ cells: wrapped(element, 'head').map(cell) }}
        rows={rows}
        emptyView={drawProp(props, 'emptyView')}
        onSetPage={(page: unknown) => call(element.props.onSetPage, page)}
        onSort={({ key, sortOrder }: { key: unknown; sortOrder: unknown }) =>
          call(element.props.onSort, { key, sortOrder, item: { key } })
        }
      />
    </div>
  );
};

function wrapped(element: ForgeElement, name: string): ForgeElement[] {
  const wrapper = element.children.find((one) => one.type === 'ContentWrapper' && text(one, 'name') === name);
  return wrapper?.children ?? [];
}

const pageList: Component = ({ element }) => {
  const [index, note] = useSettlingValue(
    amount(element, 'selectedIndex'),
    amount(element, 'defaultSelectedIndex') ?? 0,
  );
  const pages = list(element, 'pages');
  return (
    <Pagination
      pages={pages}
      selectedIndex={index}
      onChange={(_event: unknown, page: unknown) => {
        note(pages.indexOf(page));
        call(element.props.onChange, {}, page);
      }}
    />
  );
};

/** Tables and pages of a list. */
export const tableComponents: Record<string, Component> = { DynamicTable: table, Pagination: pageList };
