#include "core/ioc/file.h"

#include <stdlib.h>

/* Sorted. Without those that are names of companies and countries first of all: com, one, in. */
static const char *const extensions[] = {
	"7z",   "ai",   "apk",   "app",     "asar", "asp", "aspx",    "avi",    "bak",  "bash", "bat",  "bin",  "bmp",
	"bz2",  "c",    "cab",   "cer",     "cfg",  "chm", "class",   "cmd",    "conf", "cpl",  "cpp",  "crt",  "crx",
	"cs",   "css",  "csv",   "dat",     "db",   "deb", "desktop", "dex",    "dll",  "dmg",  "doc",  "docm", "docx",
	"dotm", "drv",  "dylib", "efi",     "elf",  "eml", "exe",     "gif",    "go",   "gz",   "h",    "hta",  "htm",
	"html", "ico",  "img",   "inf",     "ini",  "ipa", "iso",     "jar",    "java", "jpeg", "jpg",  "js",   "jse",
	"json", "jsp",  "jspx",  "key",     "ko",   "lnk", "lzma",    "lock",   "log",  "lua",  "md",   "mjs",  "mkv",
	"mov",  "mp3",  "mp4",   "msc",     "msg",  "msi", "msix",    "nupkg",  "ocx",  "odt",  "out",  "ova",  "pdf",
	"pem",  "pfx",  "php",   "pif",     "pkg",  "pl",  "plist",   "png",    "pps",  "ppt",  "pptm", "pptx", "ps1",
	"psm1", "pst",  "pub",   "py",      "pyc",  "pyd", "pyw",     "rar",    "rb",   "rdp",  "reg",  "rpm",  "rs",
	"rtf",  "scr",  "sct",   "service", "sh",   "so",  "sql",     "sqlite", "svg",  "sys",  "tar",  "tgz",  "timer",
	"tmp",  "toml", "ts",    "txt",     "url",  "vbe", "vbs",     "vhd",    "vhdx", "vmdk", "vsix", "war",  "wasm",
	"wav",  "webp", "whl",   "wsf",     "wsh",  "xll", "xls",     "xlsb",   "xlsm", "xlsx", "xml",  "xpi",  "xsl",
	"xz",   "yaml", "yml",   "zip",     "zst",
};

static int by_name(const void *key, const void *element)
{
	return strcmp(key, *(const char *const *)element);
}

bool file_has_extension(struct str name)
{
	enum { LONGEST = 7 };
	char key[LONGEST + 1];
	const char *dot = name.n ? memrchr(name.p, '.', name.n) : NULL;
	struct str extension = dot ? str_from(name, (size_t)(dot + 1 - name.p)) : (struct str){"", 0};
	if (!extension.n || extension.n > LONGEST || extension.n + 1 == name.n)
		return false;
	for (size_t i = 0; i <= extension.n; i++) {
		char c = i < extension.n ? extension.p[i] : 0;
		key[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	return bsearch(key, extensions, ARRAY_SIZE(extensions), sizeof(*extensions), by_name) != NULL;
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_slash(char c)
{
	return c == '\\' || c == '/';
}

/* "%APPDATA%\" */
static bool begins_with_variable(struct str s)
{
	size_t close = s.n && *s.p == '%' ? str_find_byte(s, 1, '%') : s.n;
	return close > 1 && close < s.n && (close + 1 == s.n || is_slash(s.p[close + 1])) &&
	       str_find_byte(str_slice(s, 0, close), 0, ' ') == close;
}

bool file_is_path(struct str s)
{
	static const char *const roots[] = {"bin",          "boot",    "data",   "dev",   "etc",    "home", "Library",
	                                    "Applications", "lib",     "mnt",    "opt",   "proc",   "root", "run",
	                                    "sbin",         "sdcard",  "srv",    "sys",   "tmp",    "usr",  "Users",
	                                    "var",          "private", "System", "lib64", "Volumes"};
	if (s.n >= 3 && is_letter(s.p[0]) && s.p[1] == ':' && is_slash(s.p[2]))
		return true;
	if (str_starts(s, STR("\\\\")) || str_starts(s, STR("~/")) || str_starts(s, STR("$HOME/")) ||
	    begins_with_variable(s))
		return true;
	struct str root = s.n > 1 && *s.p == '/' ? str_slice(s, 1, str_find_byte(s, 1, '/')) : (struct str){"", 0};
	for (size_t i = 0; root.n && i < ARRAY_SIZE(roots); i++)
		if (str_eqz(root, roots[i]))
			return true;
	/* Somewhere below: `folder\name.exe` */
	size_t slash = str_find_byte(s, 0, '\\');
	return slash && slash < s.n && str_find_byte(s, 0, ' ') > slash && file_has_extension(s);
}

bool file_is_registry(struct str s)
{
	static const char *const hives[] = {"HKLM", "HKCU", "HKCR", "HKCC", "HKU", "HKEY_"};
	for (size_t i = 0; i < ARRAY_SIZE(hives); i++)
		if (str_starts(s, str_of(hives[i])))
			return str_find_byte(s, 0, '\\') < s.n || str_find_byte(s, 0, '/') < s.n;
	return false;
}
