import type { MappingFault, MappingFaultCode, MappingFaultValues } from '../mapping/mapping-fault.ts';

/** A sentence for each fault of a mapping: what is wrong, and what to do. */
export type FaultTexts = { [Code in MappingFaultCode]: (values: MappingFaultValues[Code]) => string };

/** A fault as the service tells it: with its own sentence, and with the code where it is one of the mapping's. */
export type ToldFault = { field: string; message: string; code?: string | undefined; values?: unknown };

type Sentence = (values: unknown) => string;

/** A fault as a sentence; one that only the service knows keeps the service's. */
export function faultText(texts: FaultTexts, fault: MappingFault | ToldFault): string {
  const { code, values } = fault;
  const sentence = code !== undefined && Object.hasOwn(texts, code) ? texts[code as MappingFaultCode] : null;
  if (sentence && values !== undefined) return (sentence as Sentence)(values);
  return 'message' in fault ? fault.message : '';
}
