import Avatar, { AvatarItem } from '@atlaskit/avatar';
import EmptyState from '@atlaskit/empty-state';
import ProgressBar from '@atlaskit/progress-bar';
import { ProgressTracker } from '@atlaskit/progress-tracker';
import SectionMessage, { SectionMessageAction } from '@atlaskit/section-message';
import Spinner from '@atlaskit/spinner';
import { useContext } from 'react';
import { type Component, call, drawProp, pick, plainEvent } from './drawing.ts';
import { amount, type ForgeElement, flag, innerText, list, part, text } from './forge-doc.ts';
import { People } from './people.ts';

const isAction = (one: ForgeElement) => one.type === 'SectionMessageAction';

const sectionMessage: Component = ({ element, draw }) => {
  const appearance = text(element, 'appearance');
  const actions = element.children.filter(isAction);
  return (
    <SectionMessage
      appearance={appearance === 'confirmation' ? 'success' : appearance}
      title={text(element, 'title')}
      {...(actions.length > 0 ? { actions: actions.map(draw) } : {})}
    >
      {element.children.filter((one) => !isAction(one)).map(draw)}
    </SectionMessage>
  );
};

const action: Component = ({ element, children }) => {
  const href = text(element, 'href');
  return (
    <SectionMessageAction
      {...(href && /^(https?:|\/)/.test(href) ? { href } : {})}
      onClick={(event: unknown) => call(element.props.onClick, plainEvent(event))}
    >
      {children}
    </SectionMessageAction>
  );
};

const emptyState: Component = (props) => (
  <EmptyState
    {...pick(props.element, ['header', 'headingLevel', 'isLoading', 'width', 'imageUrl', 'imageWidth'])}
    description={drawProp(props, 'description')}
    primaryAction={drawProp(props, 'primaryAction')}
    secondaryAction={drawProp(props, 'secondaryAction')}
    tertiaryAction={drawProp(props, 'tertiaryAction')}
  />
);

const spinner: Component = ({ element }) => (
  <Spinner {...pick(element, ['size', 'appearance', 'delay'])} label={text(element, 'label') ?? 'Loading'} />
);

const progressBar: Component = ({ element }) => (
  <ProgressBar
    {...pick(element, ['appearance'])}
    value={amount(element, 'value') ?? 0}
    isIndeterminate={flag(element, 'isIndeterminate')}
    ariaLabel={text(element, 'ariaLabel') ?? text(element, 'aria-label') ?? 'Progress'}
  />
);

const progressTracker: Component = ({ element }) => (
  <ProgressTracker
    {...pick(element, ['spacing', 'animated'])}
    label={text(element, 'label')}
    items={list(element, 'items').map((item, index) => {
      const status = String(part(item, 'status') ?? 'unvisited');
      const progress: Record<string, number> = { visited: 100 };
      return {
        id: String(part(item, 'id') ?? index),
        label: String(part(item, 'label') ?? ''),
        percentageComplete: Number(part(item, 'percentageComplete') ?? progress[status] ?? 0),
        status,
      };
    })}
  />
);

/** UI Kit gives the account alone; whose it is, Jira knows. */
const user: Component = ({ element }) => {
  const accountId = text(element, 'accountId') ?? innerText(element);
  const name = useContext(People)[accountId] ?? 'Former user';
  if (flag(element, 'hideDisplayName')) return <Avatar size="small" name={name} />;
  return (
    <span className="forge-user">
      <AvatarItem avatar={<Avatar size="small" borderColor="transparent" />} primaryText={name} />
    </span>
  );
};

/** Components that tell how things stand. */
export const messageComponents: Record<string, Component> = {
  SectionMessage: sectionMessage,
  SectionMessageAction: action,
  EmptyState: emptyState,
  Spinner: spinner,
  ProgressBar: progressBar,
  ProgressTracker: progressTracker,
  User: user,
};
