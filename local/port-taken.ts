/** What to do about a port that another program has. */
export function portTaken(port: number): string {
  return `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 10} npm start`;
}
