import { createServer, type ServerResponse } from 'node:http';
import { listen } from './listen.ts';

export interface ScriptShop {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  /** Paths in the order in which they were asked for, each with its User-Agent. */
  readonly asked: readonly { readonly path: string; readonly userAgent: string }[];
  stop(): Promise<void>;
}

const PRODUCTS = 4;
const CENTS = [1250, 1990, 450, 3200];

/** A shop whose pages are an empty frame: catalogue and products come by script and JSON, as in many modern shops. */
export async function startScriptShop(): Promise<ScriptShop> {
  const asked: { path: string; userAgent: string }[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, userAgent: request.headers['user-agent'] ?? '' });
    answer(path, response);
  });
  const host = `127.0.0.1:${await listen(server)}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(path: string, response: ServerResponse): void {
  const product = /^\/item\/(\d+)$/.exec(path)?.[1];
  if (path === '/catalog/' || (product !== undefined && Number(product) <= PRODUCTS))
    send(response, 'text/html', FRAME);
  else if (path === '/app.js') send(response, 'text/javascript', SCRIPT);
  else if (path === '/data/catalog.json') send(response, 'application/json', JSON.stringify(items()));
  else if (path === '/photo.png') send(response, 'image/png', '');
  else {
    const item = items().find(({ id }) => path === `/data/${id}.json`);
    if (item === undefined) response.writeHead(404, { 'content-type': 'text/plain' }).end('nothing here');
    else send(response, 'application/json', JSON.stringify(item));
  }
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
}

const items = () =>
  Array.from({ length: PRODUCTS }, (_, n) => ({
    id: n + 1,
    name: `Music box no. ${n + 1}`,
    price: `€${((CENTS[n] ?? 0) / 100).toFixed(2)}`,
  }));

const FRAME = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head>
<body><div id="app">Loading…</div><script src="/app.js"></script></body></html>`;

const SCRIPT = `'use strict';
const app = document.getElementById('app');
const id = /^\\/item\\/(\\d+)$/.exec(location.pathname)?.[1];
const load = async (name) => (await fetch('/data/' + name + '.json')).json();
const card = ({ id, name, price }) => '<li class="product-card"><a href="/item/' + id + '"><img src="/photo.png" alt=""><h3>' +
  name + '</h3></a><span class="price">' + price + '</span></li>';
if (id === undefined) load('catalog').then((items) => {
  app.innerHTML = '<h1>Music boxes</h1><ul class="products">' + items.map(card).join('') + '</ul>';
});
else load(id).then(({ name, price }) => {
  document.title = name;
  app.innerHTML = '<main><h1>' + name + '</h1><img src="/photo.png" alt="' + name + '"><p class="price">' + price +
    '</p><p class="stock">In stock</p><button>Add to basket</button></main>';
});
`;
