/* The style sheet of HTML reports. In pieces, as a string literal has a length that every compiler must take. */
#include "html_internal.h"

#define BLOCKS(TABLE)                                                                                                \
    TABLE " thead{display:none}" TABLE "," TABLE " tbody," TABLE " caption{display:block}" TABLE                     \
          " tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));column-gap:1.5rem;"            \
          "border-bottom:1px solid var(--line);padding:.4rem 0}" TABLE " th," TABLE " td," TABLE " tr.sum th," TABLE \
          " tr.sum td{border:0;padding:.1rem 0}" TABLE " tr.sum{border-top:2px solid var(--soft)}" TABLE             \
          " tbody th{grid-column:1/-1;font-weight:600}" TABLE                                                        \
          " td{display:flex;justify-content:space-between;gap:.5rem;text-align:right}" TABLE                         \
          " td:has(>span:empty){display:none}" TABLE                                                                 \
          " td::before{content:attr(data-post);color:var(--soft);font-weight:400;flex:none}"

static const char *const STYLE[] = {
    /* colours, light and dark */
    ":root{color-scheme:light dark;--bg:#fff;--fg:#1a2230;--soft:#566072;--line:#d5dae2;--card:#f5f7fa;"
    "--accent:#12468f;--up:#116032;--down:#a31621;"
    "--c0:#1f5fb4;--c1:#c2410c;--c2:#15803d;--c3:#8b2fd6;--c4:#be123c;--c5:#0e7490;--c6:#a16207;--c7:#c81e70;"
    "--c8:#4d7c0f;--c9:#6d4c41;--c10:#526077;--c11:#4338ca}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--bg:#11151c;--fg:#e7ebf2;--soft:#a5afbf;--line:#333c4a;"
    "--card:#1a202a;--accent:#8ebcff;--up:#6fdc96;--down:#ff9a9f;"
    "--c0:#7cb0f5;--c1:#fb923c;--c2:#4ade80;--c3:#c79bff;--c4:#fb7185;--c5:#22d3ee;--c6:#facc15;--c7:#f583bd;"
    "--c8:#a3e635;--c9:#d6a58f;--c10:#a8b3c4;--c11:#a5b4fc}}\n",
    /* text */
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,"
    "\"Noto Sans\",\"Liberation Sans\",\"DejaVu Sans\",sans-serif;overflow-wrap:anywhere}"
    "main,header,footer{max-width:76rem;margin:0 auto;padding:0 1.25rem}"
    "header{padding-top:1.5rem}footer{padding-bottom:2rem;color:var(--soft);font-size:.8125rem}"
    "h1{font-size:1.6rem;line-height:1.2;margin:0 0 .25rem}h2{font-size:1.2rem;line-height:1.3;margin:2.25rem 0 .5rem;"
    "padding-top:.5rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.25rem 0 .25rem}"
    "p{margin:.4rem 0}.soft{color:var(--soft)}.small{font-size:.8125rem}a{color:var(--accent)}"
    "code{font:.875em/1.4 ui-monospace,\"DejaVu Sans Mono\",monospace}ul,ol{padding-left:1.4rem;margin:.4rem 0}\n",
    /* key figures */
    ".keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(11.5rem,1fr));gap:.75rem;margin:1rem 0}"
    ".keys div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}"
    ".keys dt{color:var(--soft);font-size:.8125rem}.keys dd{margin:0;font-size:1.2rem;font-weight:600;"
    "font-variant-numeric:tabular-nums}.keys .main dd{font-size:1.35rem;color:var(--accent)}"
    ".keys svg{display:inline-block}.keys small{display:block;font-size:.8125rem;font-weight:400;color:var(--soft)}\n",
    /* tables: figures stand at the right, each followed by a slot of one width for its mark */
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;color:var(--soft);"
    "font-size:.875rem;padding:.2rem 0}th,td{padding:.35rem .5rem;text-align:left;vertical-align:top;"
    "border-bottom:1px solid var(--line)}thead "
    "th{overflow-wrap:normal;font-size:.8125rem;color:var(--soft);vertical-align:bottom}"
    "tbody th{font-weight:400;overflow-wrap:break-word}.many{font-size:.7rem}.many thead th{font-size:inherit}.many "
    "th,.many td{padding:.3rem .3rem}"
    ".many tbody th{min-width:9rem}:is(main,header,footer):is(body:has(.many) *){max-width:96rem}tr.sum th,tr.sum "
    "td{font-weight:600;border-top:2px solid var(--soft)}"
    "tr.group th{color:var(--soft);font-size:.8125rem;padding-top:1rem}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".n b,.n i{display:inline-block;width:1.15em;margin-left:.35em;vertical-align:-.1em}"
    ".d{display:block}.up{color:var(--up)}.down{color:var(--down)}"
    ".s{height:.72em;width:.72em!important;margin-right:.43em;border-radius:50%;border:1.5px solid currentColor;"
    "display:inline-block;vertical-align:0!important}.s0{background:currentColor}"
    ".s1{background:conic-gradient(currentColor 75%,transparent 0)}.s2{background:conic-gradient(currentColor 50%,"
    "transparent 0)}.s3{background:conic-gradient(currentColor 25%,transparent 0)}"
    ".s5{border-radius:1px}.marks{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;"
    "font-size:.8125rem;color:var(--soft)}\n",
    /* explanations */
    "summary{cursor:pointer}summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:2px solid "
    "var(--accent);outline-offset:2px}details>ul,details>p,details>dl{font-size:.8125rem}"
    ".why,.why ul{padding-left:.9rem;border-left:1px solid var(--line);list-style:none;margin:.25rem 0}"
    ".why li{margin:.2rem 0}.refs{font-size:.8125rem;white-space:normal;min-width:5rem}.w{white-space:nowrap}\n",
    /* charts */
    "figure{margin:1rem 0;padding-top:12px}svg{display:block;overflow:visible;font-size:12px}svg text{fill:var(--fg);"
    "unicode-bidi:plaintext}svg .t{fill:var(--soft)}.plot{width:calc(100% - 124px);margin:0 60px 26px "
    "64px}.bars{width:100%}"
    ".lanes{width:calc(100% - 24px);margin:0 16px 0 8px}"
    ".grid{stroke:var(--line);stroke-width:1;shape-rendering:crispEdges}.zero{stroke:var(--soft)}"
    ".step{fill:none;stroke-width:2.2;vector-effect:non-scaling-stroke;stroke-linejoin:round}"
    ".d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}.faint{opacity:.45}"
    ".mark{fill:var(--bg);stroke:var(--fg);stroke-width:1.5}.e{text-anchor:end}.m{text-anchor:middle}"
    ".key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.8125rem;margin:.4rem 0}"
    ".key svg{display:inline-block;vertical-align:-.1em;margin-right:.4em}"
    ".scroll{overflow-x:auto}@media(max-width:640px){.wide{display:none}}\n",
    /* where a comparison's columns do not fit its rows become blocks of cells, each with its post's letter */
    "@media screen and (max-width:640px){main,header,footer{padding-left:.8rem;padding-right:.8rem}"
    "th,td{padding:.3rem .25rem}.refs{display:none}" BLOCKS(".few") "}\n",
    "@media screen and (max-width:1380px){" BLOCKS(".many") "}\n",
    /* paper */
    "@media print{@page{margin:14mm}@page wide{size:A4 "
    "landscape;margin:10mm}.landscape{page:wide}body{font-size:10pt}main,header,footer{max-width:none;padding:0}"
    "h2{break-after:avoid}h3,h2+p{break-after:avoid}tr,figure,.keys div{break-inside:avoid}"
    "a{color:inherit;text-decoration:none}.s,.keys div,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
    ".scroll{overflow:visible}.many{font-size:6.5pt}.many th,.many td{padding:.12rem .15rem}"
    ".many tbody th{min-width:7rem}}\n",
};

void np_html_style(np_text *out)
{
    for (size_t i = 0; i < sizeof STYLE / sizeof STYLE[0]; i++) np_text_puts(out, STYLE[i]);
    for (unsigned i = 0; i < NP_HTML_COLORS; i++)
        np_text_printf(out, ".f%u{fill:var(--c%u)}.k%u{stroke:var(--c%u)}", i, i, i, i);
    np_text_putc(out, '\n');
}
