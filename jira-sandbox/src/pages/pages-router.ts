import { Router } from 'express';
import type { Sandbox } from '../sandbox.ts';
export function pagesRouter(_sandbox: Sandbox): Router { return Router(); }
