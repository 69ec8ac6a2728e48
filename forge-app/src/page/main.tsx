import ForgeReconciler from '@forge/react';
import { ProjectPage } from './project-page.tsx';

ForgeReconciler.render(<ProjectPage />);
