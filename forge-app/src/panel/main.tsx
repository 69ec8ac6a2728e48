import ForgeReconciler from '@forge/react';
import { IssuePanel } from './issue-panel.tsx';

ForgeReconciler.render(<IssuePanel />);
