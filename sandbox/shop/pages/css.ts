/** The shop's one style sheet. */
export const SHOP_CSS = `
:root{--ink:#2d2a32;--soft:#716b78;--paper:#fbf8f4;--card:#fff;--line:#e9e2d9;--brand:#b3423a;--good:#2f7d4f}
@media(prefers-color-scheme:dark){:root{--ink:#f1ecf3;--soft:#aaa2b2;--paper:#1d1b21;--card:#27242c;--line:#3a3640;--brand:#ef8a80;--good:#7fcf9d}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--ink);background:var(--paper)}
a{color:inherit;text-decoration:none}a:hover{color:var(--brand)}
.top{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 16px;padding:18px 4vw 0;background:var(--card);border-bottom:1px solid var(--line)}
.logo{font:700 26px/1.2 Georgia,"DejaVu Serif",serif;color:var(--brand)}
.slogan{color:var(--soft);font-size:14px}.tools{margin-left:auto;display:flex;gap:16px;font-size:14px}
.menu{flex-basis:100%;display:flex;gap:22px;overflow-x:auto;padding:12px 0;white-space:nowrap;font-weight:600;font-size:15px}
main{max-width:1180px;margin:0 auto;padding:18px 4vw 40px}
.crumbs{font-size:14px;color:var(--soft);margin-bottom:14px}
h1{font:700 30px/1.25 Georgia,"DejaVu Serif",serif;margin:0 0 10px}h2{font-size:19px;margin:28px 0 10px}
.hint{color:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 18px}.chips a{border:1px solid var(--line);background:var(--card);border-radius:99px;padding:5px 14px;font-size:14px}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:18px;padding:0;margin:0;list-style:none}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;overflow:hidden;display:flex;flex-direction:column;transition:box-shadow .15s}
.card:hover{box-shadow:0 6px 22px #0002}.card img{width:100%;aspect-ratio:1;object-fit:cover;display:block}
.card-text{padding:12px 14px 14px;display:flex;flex-direction:column;gap:4px;flex:1}.card-name{font-weight:600;line-height:1.35}
.card-price{margin-top:auto;font-weight:700;font-size:18px}.card-note{font-size:13px;color:var(--soft)}
.card del,.old,.goods-price__was{color:var(--soft);font-weight:400;font-size:.8em;text-decoration:line-through}
.pager{display:flex;gap:8px;justify-content:center;margin:28px 0 0}.pager a,.pager b{padding:6px 13px;border:1px solid var(--line);border-radius:9px;background:var(--card)}
.product,.goods,.zz-card{display:grid;grid-template-columns:minmax(260px,5fr) 6fr;gap:34px;align-items:start}
@media(max-width:720px){.product,.goods,.zz-card{grid-template-columns:1fr}}
.photo,.goods-photo img,.zz-pic{width:100%;border-radius:18px;border:1px solid var(--line);display:block}
.thumbs{display:flex;gap:10px;margin-top:10px}.thumbs img{width:84px;border-radius:10px;border:1px solid var(--line)}
.by{color:var(--soft);margin:0 0 8px;font-size:15px}.stars{color:#d1912c}
.buy,.goods-buy{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:18px 20px;margin:14px 0;display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center}
.price,.goods-price__now{font-size:30px;font-weight:700}.stock.in_stock,.goods-stock.yes{color:var(--good)}.stock,.goods-stock{font-weight:600}
button{font:600 16px/1 inherit;font-family:inherit;border:0;border-radius:11px;background:var(--brand);color:var(--card);padding:13px 22px;cursor:pointer}
.options{flex-basis:100%;display:flex;flex-wrap:wrap;gap:8px;align-items:center;font-size:14px}.options span{border:1px solid var(--line);border-radius:8px;padding:4px 10px}.options .none{opacity:.45;text-decoration:line-through}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:7px 0;border-bottom:1px solid var(--line);font-weight:400}th{color:var(--soft);width:42%}
.banner{background:var(--brand);color:var(--card);padding:10px 18px;border-radius:12px;margin-bottom:16px;font-weight:600}
.week{float:right;border:1px dashed var(--line);border-radius:12px;padding:8px 14px;font-size:14px;margin:0 0 10px 14px}
footer{padding:24px 4vw;border-top:1px solid var(--line);color:var(--soft);font-size:14px}
`;
