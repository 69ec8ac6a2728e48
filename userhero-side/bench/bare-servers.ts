import express from 'express';
import pg from 'pg';

/*
 * What the intake is compared with, each a process of its own: `bare` parses the same JSON and answers; `insert`
 * writes every body with a statement of its own, as receivers commonly do.
 */
const [kind, databaseUrl] = process.argv.slice(2);
const app = express();
app.use(express.json({ limit: '5mb' }));
if (kind === 'insert') {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  await pool.query('CREATE TABLE IF NOT EXISTS bench_body (id bigserial PRIMARY KEY, body jsonb NOT NULL)');
  app.post('/', async (request, response) => {
    await pool.query('INSERT INTO bench_body (body) VALUES ($1)', [request.body]);
    response.json({ outcome: 'accepted' });
  });
} else {
  app.post('/', (_request, response) => {
    response.json({ outcome: 'accepted' });
  });
}
const server = app.listen(0, () => {
  const address = server.address();
  if (typeof address === 'object' && address) console.log(`port: ${address.port}`);
});
process.on('SIGTERM', () => process.exit(0));
