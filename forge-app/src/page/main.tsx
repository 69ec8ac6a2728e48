// Node's rule, which the compiler and esbuild follow here: the default of a CommonJS package is all of it.
import forgeReact from '@forge/react';
import { ProjectPage } from './project-page.tsx';

forgeReact.default.render(<ProjectPage />);
