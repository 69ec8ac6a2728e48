import {
  amount,
  type Component,
  type Drawing,
  elementOfProp,
  type ForgeElement,
  flag,
  innerText,
  text,
} from './forge-doc.ts';
import { type Child, h, type VNode } from './vdom.ts';

type Order = 'ASC' | 'DESC';

/**
 * DynamicTable: `@forge/react` hands head and rows over as children named by a ContentWrapper
 * (`react/out/components/dynamic-table.js`); sorting and pages are the host's work.
 */
const table: Component = (element, drawing) => {
  const head = cellsOf(wrapped(element, 'head'));
  const rows = wrapped(element, 'rows')?.children ?? [];
  const sort = drawing.memory(element, 'sort', {
    key: text(element, 'sortKey') ?? text(element, 'defaultSortKey') ?? '',
    order: (text(element, 'sortOrder') ?? text(element, 'defaultSortOrder') ?? 'ASC') as Order,
  });
  const perPage = amount(element, 'rowsPerPage') ?? rows.length;
  const pages = Math.max(1, Math.ceil(rows.length / Math.max(1, perPage)));
  const page = drawing.memory(element, 'page', amount(element, 'defaultPage') ?? 1);
  const current = Math.min(amount(element, 'page') ?? page.value, pages);
  const column = head.findIndex((cell) => text(cell, 'cellKey') === sort.value.key);
  const ordered = column < 0 ? rows : [...rows].sort(byColumn(column, sort.value.order));
  const shown = ordered.slice((current - 1) * perPage, current * perPage);
  const headCell = (cell: ForgeElement): VNode => {
    const key = text(cell, 'cellKey') ?? '';
    const sorted = key !== '' && key === sort.value.key;
    const turn = () => {
      const order: Order = sorted && sort.value.order === 'ASC' ? 'DESC' : 'ASC';
      sort.set({ key, order });
      drawing.call(element.props.onSort, { key, sortOrder: order, item: { key } });
    };
    return h(
      'th',
      {
        attrs: {
          scope: 'col',
          'aria-sort': sorted ? (sort.value.order === 'ASC' ? 'ascending' : 'descending') : undefined,
        },
        styles: { width: width(cell) },
      },
      flag(cell, 'isSortable')
        ? h(
            'button',
            { class: 'forge-sort', attrs: { type: 'button' }, on: { click: turn } },
            drawing.children(cell),
            h(
              'span',
              { attrs: { 'aria-hidden': 'true' } },
              sorted ? (sort.value.order === 'ASC' ? ' ▲' : ' ▼') : ' ↕',
            ),
          )
        : drawing.children(cell),
    );
  };
  const caption = text(element, 'caption') ?? (element.props.caption ? undefined : text(element, 'label'));
  const empty = rows.length === 0 && !flag(element, 'isLoading');
  return h(
    'div',
    { class: 'forge-table', attrs: { 'aria-busy': flag(element, 'isLoading') ? 'true' : undefined } },
    h(
      'div',
      {
        class: 'scroll',
        attrs: { tabindex: '0', role: 'group', 'aria-label': caption ?? text(element, 'label') ?? 'Table' },
      },
      h(
        'table',
        {},
        caption ? h('caption', {}, caption) : null,
        head.length > 0 ? h('thead', {}, h('tr', {}, head.map(headCell))) : null,
        h(
          'tbody',
          {},
          shown.map((row) => rowNode(row, drawing)),
        ),
      ),
    ),
    empty ? emptyView(element, drawing) : null,
    flag(element, 'isLoading') ? h('p', { attrs: { role: 'status' } }, 'Loading…') : null,
    pages > 1
      ? pagination(pages, current, (next) => {
          page.set(next);
          drawing.call(element.props.onSetPage, next);
        })
      : null,
  );
};

function rowNode(row: ForgeElement, drawing: Drawing): VNode {
  return h(
    'tr',
    { key: row.key },
    row.children.map((cell) =>
      h('td', { attrs: { colspan: text(cell, 'colSpan') } }, drawing.children(cell)),
    ),
  );
}

function emptyView(element: ForgeElement, drawing: Drawing): Child[] {
  return elementOfProp(element.props.emptyView, `${element.key}-empty`).flatMap(drawing.draw);
}

function wrapped(element: ForgeElement, name: string): ForgeElement | undefined {
  return element.children.find((one) => one.type === 'ContentWrapper' && text(one, 'name') === name);
}

function cellsOf(wrapper: ForgeElement | undefined): ForgeElement[] {
  return wrapper?.children ?? [];
}

function width(cell: ForgeElement): string | undefined {
  const value = amount(cell, 'width');
  return value === undefined ? undefined : `${value}%`;
}

/** Cells are sorted by their key, as in Atlaskit, or by their text where they have none. */
function byColumn(column: number, order: Order): (left: ForgeElement, right: ForgeElement) => number {
  const sortKey = (row: ForgeElement) => {
    const cell = row.children[column];
    return cell ? (text(cell, 'cellKey') ?? innerText(cell)) : '';
  };
  const sign = order === 'ASC' ? 1 : -1;
  return (left, right) => sign * sortKey(left).localeCompare(sortKey(right), undefined, { numeric: true });
}

function pagination(pages: number, current: number, go: (page: number) => void): VNode {
  return h(
    'nav',
    { class: 'forge-pages', attrs: { 'aria-label': 'Pages' } },
    Array.from({ length: pages }, (_, index) => index + 1).map((one) =>
      h(
        'button',
        {
          class: `forge-button subtle compact${one === current ? ' selected' : ''}`,
          attrs: {
            type: 'button',
            'aria-current': one === current ? 'page' : undefined,
            'aria-label': `Page ${one}`,
          },
          on: { click: () => go(one) },
        },
        String(one),
      ),
    ),
  );
}

const pageList: Component = (element, drawing) => {
  const pages = Array.isArray(element.props.pages) ? element.props.pages : [];
  const kept = drawing.memory(element, 'index', amount(element, 'defaultSelectedIndex') ?? 0);
  const current = amount(element, 'selectedIndex') ?? kept.value;
  return pagination(pages.length, current + 1, (page) => {
    kept.set(page - 1);
    drawing.call(element.props.onChange, {}, pages[page - 1]);
  });
};

/** Tables and pages of a list. */
export const tableComponents: Record<string, Component> = { DynamicTable: table, Pagination: pageList };
