/*
 * The form of a URL by which two addresses of the same page are the same: RFC 3986 §6.2, and what publishers, mails and social
 * networks put around an address. It is a key, to be compared; what is shown is the URL as it was written.
 * - Live, without scheme (http is https), user, `www.`, the port 80 or 443, the dot at the end of the host.
 * - The host in lower case and as it is looked up (`例え.テスト` is `xn--r8jz45g.xn--zckzah`).
 * - Path and query percent-encoded alike: unreserved characters as they are, what is no ASCII or can be in no URL encoded, hex
 *   digits in upper case; case, `index.html` and `//` kept; `.` and `..` resolved (§5.2.4); without slashes at the end.
 * - Parameters in their order, without trackers (url.h) and empty ones.
 * - Without fragment, but `#!`, which is a path to those who write it.
 */
#pragma once

#include "core/base/arena.h"

/*
 * `written` is a whole value, live or defanged, blanks around it allowed. Without a scheme it is read as if it had one, so that
 * the canonical form's is itself. "" for what has another scheme than http and https, or a host that is neither an address
 * nor a name with a dot.
 */
struct str url_canonical(struct arena *a, struct str written);
