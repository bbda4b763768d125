/*
 * The one place that knows how indicators are defanged: https://evil.example/a ⇄ hxxps://evil[.]example/a.
 * Every spelling in use is read, one is written. Anchored on the scheme and the host: `hxxp` inside a word, and what is no
 * address at all, is never touched. For each value that is live (refang(x) == x): refang(defang(x)) == x; doing either twice
 * is doing it once. The spellings themselves are in fang.c.
 * What is read: `[.]` `(.)` `{.}` `[dot]` `(dot)` `\.` `\[.\]` `[.` `.]` `[.)` `[[.]]` and their full-width forms, with blanks inside
 * and around the brackets; hxxp, hXXp, h**p, hxtp, h[tt]p, meow, fxp …; `[:]`, `[://]`, `[:]//`, and slips of `://`; `[@]`,
 * `[at]`, `(at)`; in a path `[.]` alone.
 * What is written: hxxp, `://`, `[.]` for each dot of the host and of what stands before it, `[@]` in e-mail addresses, and
 * `[:]` for each colon of an IPv6 address; the path as it is live.
 * The live scheme is in lower case (RFC 3986 §3.1). Without a scheme, and with nothing defanged, only that is a host whose
 * top-level domain there is: `name.exe` is none. Work is linear in the length of a value.
 */
#pragma once

#include "core/base/arena.h"

/* How a value is spelled. */
struct spelling {
	bool scheme;                  /* it has one, with its separator */
	bool scheme_defanged;         /* hxxp, h**p, fxp */
	bool separator_exotic;        /* `[://]`, `[:]//`: read by some programs only */
	struct span host;             /* of a URL, or behind an e-mail's at sign, or all of an address: as written */
	uint32_t dots, live_dots;     /* of the host: how many there are, and how many of them are not defanged */
	bool dots_exotic;             /* some are not `[.]` */
	bool at, at_defanged;         /* an e-mail address */
	bool colons, colons_defanged; /* an IPv6 address */
	bool marks_exotic;            /* an at sign or a colon is defanged otherwise than `[@]` and `[:]` */
	bool over;                    /* defanged twice: `hxxp://hxxp[.]kali[.]org`: what was there is a guess */
};

/*
 * `written` is a whole value: a URL, a domain, an address or an e-mail address, without blanks around it.
 * What is neither reads as all zero.
 */
struct spelling spelling_read(struct str written);
/* Can it be clicked, or resolved as it stands: nothing of it is defanged? */
bool spelling_is_live(const struct spelling *s);
/* The live spelling; `written` itself where nothing in it is defanged. */
struct str refang(struct arena *a, struct str written);
/* Both at once. */
struct spelling refang_read(struct arena *a, struct str written, struct str *live);
/* The canonical defanged spelling of a live or a defanged value; `value` itself where it is no address. */
struct str defang(struct arena *a, struct str value);
