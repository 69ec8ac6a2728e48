import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const secretsSchema = z.object({
  email: z.string(),
  password: z.string(),
  apiKey: z.string(),
  webhookSecret: z.string(),
  encryptionKey: z.string(),
  authSecret: z.string(),
});

/** Secrets of this machine's trial: made once, kept beside its data, readable by its owner alone. */
export function keptSecrets(dataDir: string): z.infer<typeof secretsSchema> {
  const file = join(dataDir, 'secrets.json');
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const random = (bytes: number): string => randomBytes(bytes).toString('base64url');
  const secrets = {
    email: 'robin@brightside.example',
    password: random(9),
    apiKey: `uh_${random(24)}`,
    webhookSecret: `whsec_${random(24)}`,
    encryptionKey: randomBytes(32).toString('base64'),
    authSecret: random(32),
  };
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  return secrets;
}
