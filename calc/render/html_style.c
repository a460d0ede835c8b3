/* The style sheet of HTML reports. In pieces, as a string literal has a length that every compiler must take. */
#include "html_internal.h"

#define BLOCKS(TABLE)                                                                                                \
    TABLE " thead{display:none}" TABLE "," TABLE " tbody," TABLE " caption{display:block}" TABLE                     \
          " tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(14rem,1fr));column-gap:1.5rem;"            \
          "border-bottom:1px solid var(--rule);padding:.4rem 0}" TABLE " th," TABLE " td," TABLE " tr.sum th," TABLE \
          " tr.sum td{border:0;padding:.1rem 0}" TABLE " tr.sum{border-top:2px solid var(--ink-2)}" TABLE            \
          " tbody th{grid-column:1/-1;font-weight:600}" TABLE                                                        \
          " td{display:flex;justify-content:space-between;gap:.5rem;text-align:right}" TABLE                         \
          " td:has(>span:empty){display:none}" TABLE                                                                 \
          " td::before{content:attr(data-post);color:var(--ink-2);font-weight:400;flex:none}"

static const char *const STYLE[] = {
    /* colours, light and dark: those of the page (calc/page/web/page.css), and more for many posts side by side */
    ":root{color-scheme:light dark;--paper:#ffffff;--wash:#f3f4f6;--ink:#15181d;--ink-2:#454c57;--ink-3:#5f6773;"
    "--rule:#d8dbe0;--edge:#7b8390;--accent:#1d49b8;--on-accent:#ffffff;"
    "--c0:#1d49b8;--c1:#15181d;--c2:#7b8390;--c3:#0e7490;--c4:#a16207;--c5:#8b2fd6;--c6:#c2410c;--c7:#4d7c0f;"
    "--c8:#be123c;--c9:#6d4c41;--c10:#5f6773;--c11:#6a88d4}\n"
    "@media screen and (prefers-color-scheme:dark){:root{--paper:#111419;--wash:#1a1e25;--ink:#eceef2;--ink-2:#bcc2cc;"
    "--ink-3:#99a1ad;--rule:#2e343d;--edge:#77808d;--accent:#a3bcff;--on-accent:#0d1322;"
    "--c0:#a3bcff;--c1:#eceef2;--c2:#77808d;--c3:#22d3ee;--c4:#facc15;--c5:#c79bff;--c6:#fb923c;--c7:#a3e635;"
    "--c8:#fb7185;--c9:#d6a58f;--c10:#99a1ad;--c11:#5d7bc4}}\n",
    /* text */
    "*{box-sizing:border-box}"
    "body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,\"Segoe UI\",Roboto,"
    "\"Noto Sans\",\"Liberation Sans\",\"DejaVu Sans\",sans-serif;overflow-wrap:anywhere}"
    "main,header,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}"
    "header{padding-top:2rem}footer{padding-bottom:2rem;color:var(--ink-3);font-size:.8125rem}"
    "h1,h2{font-family:Charter,\"Bitstream Charter\",\"Iowan Old Style\",\"Sitka Text\",\"Noto Serif\",Cambria,"
    "\"Liberation Serif\",serif;font-weight:600;line-height:1.18;text-wrap:balance}"
    "h1{font-size:2rem;margin:0 0 .5rem}h2{font-size:1.5rem;margin:3.5rem 0 .5rem;padding-top:.75rem;"
    "border-top:2px solid var(--ink)}h3{font-size:1rem;margin:1.5rem 0 .25rem}"
    "p{margin:.4rem 0;max-width:46rem}.soft{color:var(--ink-2)}.small{font-size:.8125rem}a{color:var(--accent)}"
    "code{font:.875em/1.4 ui-monospace,\"DejaVu Sans Mono\",monospace}ul,ol{padding-left:1.4rem;margin:.4rem 0;"
    "max-width:46rem}\n",
    /* key figures: the first alone and large, the others in lines */
    ".keys{margin:1.5rem 0;max-width:46rem}.keys div{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 "
    "1.5rem;"
    "border-top:1px solid var(--rule);padding:.5rem 0}.keys dt{color:var(--ink-2)}"
    ".keys dd{margin:0;font-weight:600;text-align:right;font-variant-numeric:tabular-nums}"
    ".keys .main{display:block;border:0}.keys .main dd{text-align:left;font-size:clamp(2.25rem,1.6rem + 3vw,3.75rem);"
    "line-height:1.1;letter-spacing:-.02em}.keys svg{display:inline-block}"
    ".keys small{display:block;font-size:.8125rem;font-weight:400;color:var(--ink-3);letter-spacing:0;line-height:1.45}"
    "\n",
    /* tables: figures stand at the right, each followed by a slot of one width for its mark */
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}caption{text-align:left;color:var(--ink-2);"
    "font-size:.875rem;padding:.2rem 0}th,td{padding:.35rem .5rem;text-align:left;vertical-align:top;"
    "border-bottom:1px solid var(--rule)}thead "
    "th{overflow-wrap:normal;font-size:.8125rem;color:var(--ink-2);vertical-align:bottom}"
    "tbody th{font-weight:400;overflow-wrap:break-word}.many{font-size:.7rem}.many thead th{font-size:inherit}.many "
    "th,.many td{padding:.3rem .3rem}"
    ".many tbody th{min-width:9rem}:is(main,header,footer):is(body:has(.many) *){max-width:96rem}tr.sum th,tr.sum "
    "td{font-weight:600;border-top:2px solid var(--ink-2)}"
    "tr.group th{color:var(--ink-2);font-size:.8125rem;padding-top:1rem}"
    ".n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}th.n{white-space:normal}"
    ".n b,.n i{display:inline-block;width:1.15em;margin-left:.35em;vertical-align:-.1em}"
    ".d{display:block}.up,.down{color:var(--ink-2)}"
    ".s{height:.72em;width:.72em!important;margin-right:.43em;border-radius:50%;border:1.5px solid currentColor;"
    "display:inline-block;vertical-align:0!important}.s0{background:currentColor}"
    ".s1{background:conic-gradient(currentColor 75%,transparent 0)}.s2{background:conic-gradient(currentColor 50%,"
    "transparent 0)}.s3{background:conic-gradient(currentColor 25%,transparent 0)}"
    ".s5{border-radius:1px}.marks{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;"
    "font-size:.8125rem;color:var(--ink-2)}\n",
    /* explanations */
    "summary{cursor:pointer}summary:focus-visible,a:focus-visible,.scroll:focus-visible{outline:2px solid "
    "var(--accent);outline-offset:2px}details>ul,details>p,details>dl{font-size:.8125rem}"
    ".why,.why ul{padding-left:.9rem;border-left:1px solid var(--rule);list-style:none;margin:.25rem 0}"
    ".why li{margin:.2rem 0}.refs{font-size:.8125rem;white-space:normal;min-width:5rem}.w{white-space:nowrap}\n",
    /* charts */
    "figure{margin:1rem 0;padding-top:12px}svg{display:block;overflow:visible;font-size:12px}svg text{fill:var(--ink);"
    "unicode-bidi:plaintext}svg .t{fill:var(--ink-2)}.plot{width:calc(100% - 124px);margin:0 60px 26px "
    "64px}.bars{width:100%}.less{fill:var(--ink-2)}.sum{fill:var(--ink)}svg .in{fill:var(--paper);font-weight:600}"
    ".nm{display:none}@media(min-width:640px){.nm{display:inline}.mk,.plot+.key{display:none}.plot{width:calc(100% - "
    "284px);"
    "margin-right:220px}}"
    ".inset{width:calc(100% - 24px);margin:0 16px 0 8px}"
    ".grid{stroke:var(--rule);stroke-width:1;shape-rendering:crispEdges}.zero{stroke:var(--ink-2)}"
    ".step{fill:none;stroke-width:2.2;vector-effect:non-scaling-stroke;stroke-linejoin:round}"
    ".d1{stroke-dasharray:7 4}.d2{stroke-dasharray:2 3}.faint{opacity:.45}"
    ".mark{fill:var(--paper);stroke:var(--ink);stroke-width:1.5}.e{text-anchor:end}.m{text-anchor:middle}"
    ".key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;font-size:.8125rem;margin:.4rem 0}"
    ".key svg{display:inline-block;vertical-align:-.1em;margin-right:.4em}"
    ".scroll{overflow-x:auto}@media(max-width:640px){.wide{display:none}}\n",
    /* where a comparison's columns do not fit its rows become blocks of cells, each with its post's letter */
    "@media screen and (max-width:640px){main,header,footer{padding-left:.8rem;padding-right:.8rem}"
    "th,td{padding:.3rem .2rem}table{font-size:.875rem}.n b,.n i{margin-left:.2em}.refs{display:none}"
    ".keys div{display:block}.keys dd{text-align:left}" BLOCKS(".few") "}\n",
    "@media screen and (max-width:1380px){" BLOCKS(".many") "}\n",
    /* paper */
    "@media print{@page{margin:14mm}@page wide{size:A4 "
    "landscape;margin:10mm}.landscape{page:wide}body{font-size:10pt}main,header,footer{max-width:none;padding:0}"
    "h2{break-after:avoid}h3,h2+p{break-after:avoid}tr,figure,.keys div{break-inside:avoid}"
    "a{color:inherit;text-decoration:none}.s,svg{print-color-adjust:exact;-webkit-print-color-adjust:exact}"
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
