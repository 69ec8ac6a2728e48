import { createContext } from 'react';

/** The names behind account ids, which the page brings along. */
export const People = createContext<Record<string, string>>({});
