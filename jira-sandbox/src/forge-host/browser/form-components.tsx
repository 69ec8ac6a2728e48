import {
  ErrorMessage,
  FormFooter,
  FormHeader,
  FormSection,
  HelperMessage,
  Label,
  RequiredAsterisk,
  ValidMessage,
} from '@atlaskit/form';
import { type Component, call, pick, plainEvent } from './drawing.ts';
import { domId } from './forge-doc.ts';

/** A plain form: UI Kit's `useForm` keeps the values, where Atlaskit's Form would keep them a second time. */
const form: Component = ({ element, children }) => (
  <form
    noValidate
    id={domId(element, 'id')}
    onSubmit={(event) => {
      event.preventDefault();
      call(element.props.onSubmit, plainEvent(event));
    }}
  >
    {children}
  </form>
);

const around =
  (Part: AtlaskitPart, names: readonly string[]): Component =>
  ({ element, children }) => <Part {...pick(element, names)}>{children}</Part>;

const label: Component = ({ element, children }) => (
  <Label htmlFor={domId(element, 'labelFor') ?? ''} id={domId(element, 'id')}>
    {children}
  </Label>
);

const message =
  (Part: AtlaskitPart): Component =>
  ({ element, children }) => (
    <div id={domId(element, 'id')}>
      <Part>{children}</Part>
    </div>
  );

const asterisk: Component = () => <RequiredAsterisk />;

/** Forms and what stands around their fields. */
export const formComponents: Record<string, Component> = {
  Form: form,
  FormHeader: around(FormHeader, ['title', 'description']),
  FormSection: around(FormSection, ['title', 'description']),
  FormFooter: around(FormFooter, ['align']),
  Label: label,
  HelperMessage: message(HelperMessage),
  ErrorMessage: message(ErrorMessage),
  ValidMessage: message(ValidMessage),
  RequiredAsterisk: asterisk,
};
