import add from '@atlaskit/icon/core/add';
import arrowLeft from '@atlaskit/icon/core/arrow-left';
import arrowRight from '@atlaskit/icon/core/arrow-right';
import checkCircle from '@atlaskit/icon/core/check-circle';
import checkMark from '@atlaskit/icon/core/check-mark';
import chevronDown from '@atlaskit/icon/core/chevron-down';
import chevronRight from '@atlaskit/icon/core/chevron-right';
import clock from '@atlaskit/icon/core/clock';
import cross from '@atlaskit/icon/core/cross';
import remove from '@atlaskit/icon/core/delete';
import edit from '@atlaskit/icon/core/edit';
import information from '@atlaskit/icon/core/information';
import link from '@atlaskit/icon/core/link';
import linkExternal from '@atlaskit/icon/core/link-external';
import lockLocked from '@atlaskit/icon/core/lock-locked';
import questionCircle from '@atlaskit/icon/core/question-circle';
import refresh from '@atlaskit/icon/core/refresh';
import search from '@atlaskit/icon/core/search';
import settings from '@atlaskit/icon/core/settings';
import error from '@atlaskit/icon/core/status-error';
import success from '@atlaskit/icon/core/success';
import warning from '@atlaskit/icon/core/warning';

/** UI Kit's names for Atlaskit's icons, the older ones beside today's; the rest of the 400 would only weigh. */
const icons: Record<string, AtlaskitPart> = {
  add: add.default,
  'arrow-left': arrowLeft.default,
  'arrow-right': arrowRight.default,
  check: checkMark.default,
  'check-circle': checkCircle.default,
  'check-mark': checkMark.default,
  'chevron-down': chevronDown.default,
  'chevron-right': chevronRight.default,
  clock: clock.default,
  cross: cross.default,
  delete: remove.default,
  edit: edit.default,
  error: error.default,
  info: information.default,
  information: information.default,
  link: link.default,
  'link-external': linkExternal.default,
  lock: lockLocked.default,
  'lock-locked': lockLocked.default,
  'question-circle': questionCircle.default,
  refresh: refresh.default,
  search: search.default,
  settings: settings.default,
  shortcut: linkExternal.default,
  success: success.default,
  trash: remove.default,
  warning: warning.default,
};

/** Atlaskit's icon of a name, if it is among those that are here. */
export function iconOf(glyph: unknown): AtlaskitPart | undefined {
  return typeof glyph === 'string' && Object.hasOwn(icons, glyph) ? icons[glyph] : undefined;
}
