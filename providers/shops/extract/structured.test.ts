import { describe, expect, test } from 'vitest';
import { readStructured } from './structured.ts';

const BASE = 'https://shop.example/p/1';

describe('readStructured', () => {
  test('reads several JSON-LD blocks and skips one that is commented out', () => {
    const html = `<script type='application/ld+json; charset=utf-8'>{"@type":"A","n":1}</script>
      <!-- <script type="application/ld+json">{"@type":"Hidden"}</script> -->
      <SCRIPT TYPE="application/ld+json">[{"@type":"B"},{"@type":"C"}]</SCRIPT>`;
    expect(readStructured(html, BASE).jsonLd.map((item) => item['@type'])).toEqual(['A', 'B', 'C']);
  });

  test('leaves out a JSON-LD block over one megabyte', () => {
    const html = `<script type="application/ld+json">{"@type":"A","x":"${'y'.repeat(1_000_001)}"}</script>`;
    expect(readStructured(html, BASE).jsonLd).toEqual([]);
  });

  test('nests microdata items and resolves their links', () => {
    const html = `<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name"> Cup <b>blue</b></h1>
      <img itemprop="image" src="/cup.jpg"><div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
      <meta itemprop="price" content="12.50"><link itemprop="availability" href="https://schema.org/InStock"></div></div>`;
    expect(readStructured(html, BASE).microdata).toEqual([
      {
        '@type': 'Product',
        '@context': 'https://schema.org',
        name: 'Cup blue',
        image: 'https://shop.example/cup.jpg',
        offers: { '@type': 'Offer', price: '12.50', availability: 'https://schema.org/InStock' },
      },
    ]);
  });

  test('an item that refers to itself ends', () => {
    const html = `<div id="a" itemscope itemprop="x" itemref="a"><span itemprop="n">1</span></div>`;
    expect(readStructured(html, BASE).microdata).toHaveLength(1);
  });

  test('reads RDFa with prefixes', () => {
    const html = `<div vocab="https://schema.org/" typeof="schema:Product"><span property="schema:name">Cup</span>
      <div property="offers" typeof="Offer"><span property="price" content="5">5 €</span></div></div>`;
    expect(readStructured(html, BASE).rdfa).toEqual([
      { '@type': 'Product', name: 'Cup', offers: { '@type': 'Offer', price: '5' } },
    ]);
  });

  test('keeps the first value of an OpenGraph property that is not empty', () => {
    const html = `<head><meta property="og:title" content=""><meta property="og:title" content="Cup">
      <meta property="og:title" content="Other"><meta property="fb:app_id" content="1"></head>`;
    expect(readStructured(html, BASE).openGraph).toEqual([
      { 'og:title': 'Cup', '@context': { og: 'http://ogp.me/ns#' } },
    ]);
  });
});
