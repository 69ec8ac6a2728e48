// Props reach the parts untyped, from another program's tree, so Atlaskit's own prop types could check nothing here;
// and its packages, which have no `exports`, cannot be resolved under the repository's `nodenext`.
type AtlaskitPart = import('react').ComponentType<Record<string, unknown>>;

declare module '@atlaskit/avatar' {
  export const AvatarItem: AtlaskitPart;
  const Avatar: AtlaskitPart;
  export default Avatar;
}
declare module '@atlaskit/badge' {
  const Badge: AtlaskitPart;
  export default Badge;
}
declare module '@atlaskit/breadcrumbs' {
  export const BreadcrumbsItem: AtlaskitPart;
  const Breadcrumbs: AtlaskitPart;
  export default Breadcrumbs;
}
declare module '@atlaskit/button/button-group' {
  const ButtonGroup: AtlaskitPart;
  export default ButtonGroup;
}
declare module '@atlaskit/button/new' {
  export const LinkButton: AtlaskitPart;
  const Button: AtlaskitPart;
  export default Button;
}
declare module '@atlaskit/checkbox' {
  export const Checkbox: AtlaskitPart;
}
declare module '@atlaskit/datetime-picker' {
  export const DatePicker: AtlaskitPart;
  export const TimePicker: AtlaskitPart;
}
declare module '@atlaskit/dynamic-table' {
  const DynamicTable: AtlaskitPart;
  export default DynamicTable;
}
declare module '@atlaskit/empty-state' {
  const EmptyState: AtlaskitPart;
  export default EmptyState;
}
declare module '@atlaskit/flag' {
  export const AutoDismissFlag: AtlaskitPart;
  export const FlagGroup: AtlaskitPart;
  const Flag: AtlaskitPart;
  export default Flag;
}
declare module '@atlaskit/form' {
  export const ErrorMessage: AtlaskitPart;
  export const FormFooter: AtlaskitPart;
  export const FormHeader: AtlaskitPart;
  export const FormSection: AtlaskitPart;
  export const HelperMessage: AtlaskitPart;
  export const Label: AtlaskitPart;
  export const RequiredAsterisk: AtlaskitPart;
  export const ValidMessage: AtlaskitPart;
}
declare module '@atlaskit/heading' {
  const Heading: AtlaskitPart;
  export default Heading;
}
// The icons are CommonJS alone, whose default is all of it (Node's rule, which esbuild follows in this workspace).
declare module '@atlaskit/icon/core/*' {
  const icon: { default: AtlaskitPart };
  export default icon;
}
declare module '@atlaskit/link' {
  const Link: AtlaskitPart;
  export default Link;
}
declare module '@atlaskit/lozenge' {
  const Lozenge: AtlaskitPart;
  export default Lozenge;
}
declare module '@atlaskit/modal-dialog' {
  export const ModalBody: AtlaskitPart;
  export const ModalFooter: AtlaskitPart;
  export const ModalHeader: AtlaskitPart;
  export const ModalTitle: AtlaskitPart;
  export const ModalTransition: AtlaskitPart;
  const Modal: AtlaskitPart;
  export default Modal;
}
declare module '@atlaskit/pagination' {
  const Pagination: AtlaskitPart;
  export default Pagination;
}
declare module '@atlaskit/popup' {
  export const Popup: AtlaskitPart;
}
declare module '@atlaskit/primitives' {
  export const Bleed: AtlaskitPart;
  export const Box: AtlaskitPart;
  export const Inline: AtlaskitPart;
  export const Pressable: AtlaskitPart;
  export const Stack: AtlaskitPart;
  export const Text: AtlaskitPart;
  export function xcss(style: unknown): unknown;
}
declare module '@atlaskit/progress-bar' {
  const ProgressBar: AtlaskitPart;
  export default ProgressBar;
}
declare module '@atlaskit/progress-tracker' {
  export const ProgressTracker: AtlaskitPart;
}
declare module '@atlaskit/radio' {
  export const Radio: AtlaskitPart;
  export const RadioGroup: AtlaskitPart;
}
declare module '@atlaskit/range' {
  const Range: AtlaskitPart;
  export default Range;
}
declare module '@atlaskit/section-message' {
  export const SectionMessageAction: AtlaskitPart;
  const SectionMessage: AtlaskitPart;
  export default SectionMessage;
}
declare module '@atlaskit/select' {
  const Select: AtlaskitPart;
  export default Select;
}
declare module '@atlaskit/spinner' {
  const Spinner: AtlaskitPart;
  export default Spinner;
}
declare module '@atlaskit/tabs' {
  export const Tab: AtlaskitPart;
  export const TabList: AtlaskitPart;
  export const TabPanel: AtlaskitPart;
  const Tabs: AtlaskitPart;
  export default Tabs;
}
declare module '@atlaskit/tag' {
  export const SimpleTag: AtlaskitPart;
}
declare module '@atlaskit/tag-group' {
  const TagGroup: AtlaskitPart;
  export default TagGroup;
}
declare module '@atlaskit/textarea' {
  const TextArea: AtlaskitPart;
  export default TextArea;
}
declare module '@atlaskit/textfield' {
  const Textfield: AtlaskitPart;
  export default Textfield;
}
declare module '@atlaskit/toggle' {
  const Toggle: AtlaskitPart;
  export default Toggle;
}
declare module '@atlaskit/tokens' {
  export function setGlobalTheme(theme: Record<string, string>): Promise<() => void>;
}
declare module '@atlaskit/tooltip' {
  const Tooltip: AtlaskitPart;
  export default Tooltip;
}
