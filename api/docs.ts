import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>gifty API</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
<main id="swagger-ui"></main>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;
// A file of its own, because the page's policy allows no inline script.
const START = `SwaggerUIBundle({
  url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null,
  tryItOutEnabled: true, persistAuthorization: true, displayRequestDuration: true,
});
`;
const FILES = /^\/(swagger-ui\.css|swagger-ui-bundle\.js|favicon-32x32\.png)$/;

/** Swagger UI, from this machine only. */
export function docsRouter(): Router {
  const folder = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/package.json')));
  return Router()
    .get('/', (_req, res) => {
      res.type('html').send(PAGE);
    })
    .get('/start.js', (_req, res) => {
      res.type('text/javascript').send(START);
    })
    .get(FILES, express.static(folder, { index: false, maxAge: '1h' }));
}
