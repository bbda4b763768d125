#include "core/ioc/wallet.h"

#include "core/base/hash.h"

static const char base58[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

static int base58_digit(char c)
{
	const char *at = c ? strchr(base58, c) : NULL;
	return at ? (int)(at - base58) : -1;
}

static bool is_base58(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (base58_digit(s.p[i]) < 0)
			return false;
	return true;
}

/* The number, big-endian, into exactly `bytes`; false: it does not fit. */
static bool base58_decode(struct str s, unsigned char *out, size_t bytes)
{
	memset(out, 0, bytes);
	for (size_t i = 0; i < s.n; i++) {
		int carry = base58_digit(s.p[i]);
		if (carry < 0)
			return false;
		for (size_t k = bytes; k-- > 0; carry >>= 8) {
			carry += out[k] * 58;
			out[k] = (unsigned char)carry;
		}
		if (carry)
			return false;
	}
	return true;
}

/* Words of one case, or of letters alone, are no keys. */
static bool looks_random(struct str s)
{
	bool upper = false, small = false, digit = false;
	for (size_t i = 0; i < s.n; i++) {
		upper |= s.p[i] >= 'A' && s.p[i] <= 'Z';
		small |= s.p[i] >= 'a' && s.p[i] <= 'z';
		digit |= s.p[i] >= '0' && s.p[i] <= '9';
	}
	return upper && small && digit;
}

/* Base58Check: a version, 20 bytes, and 4 of their twofold SHA-256. */
static enum wallet_check read_base58check(struct str s, const unsigned char *versions)
{
	unsigned char bytes[25], sum[32];
	if (!looks_random(s) || !is_base58(s))
		return WALLET_NONE;
	if (!base58_decode(s, bytes, sizeof(bytes)))
		return WALLET_WRONG;
	hash_sha256((struct str){(const char *)bytes, 21}, sum);
	hash_sha256((struct str){(const char *)sum, 32}, sum);
	bool version = bytes[0] == versions[0] || bytes[0] == versions[1];
	return version && memcmp(sum, bytes + 21, 4) == 0 ? WALLET_RIGHT : WALLET_WRONG;
}

static enum wallet_check read_bitcoin(struct str s)
{
	static const unsigned char versions[] = {0x00, 0x05};
	if (s.n < 26 || s.n > 35 || (*s.p != '1' && *s.p != '3'))
		return WALLET_NONE;
	return read_base58check(s, versions);
}

static enum wallet_check read_tron(struct str s)
{
	static const unsigned char versions[] = {0x41, 0x41};
	return s.n == 34 && *s.p == 'T' ? read_base58check(s, versions) : WALLET_NONE;
}

static unsigned polymod(unsigned sum, unsigned value)
{
	static const unsigned generator[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
	unsigned top = sum >> 25;
	sum = (sum & 0x1FFFFFF) << 5 ^ value;
	for (unsigned i = 0; i < 5; i++)
		sum ^= top >> i & 1 ? generator[i] : 0;
	return sum;
}

/* BIP-173, and BIP-350 from version 1 on. */
static enum wallet_check read_segwit(struct str s, struct str prefix)
{
	static const char digits[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	static const unsigned bech32 = 1, bech32m = 0x2BC830A3;
	if (s.n < prefix.n + 1 + 8 || s.n > 90 || !str_eq_nocase(str_slice(s, 0, prefix.n), prefix) || s.p[prefix.n] != '1')
		return WALLET_NONE;
	unsigned sum = 1, version = 0;
	bool upper = false, small = false;
	for (size_t i = 0; i < prefix.n; i++)
		sum = polymod(sum, (unsigned char)(prefix.p[i] >> 5));
	sum = polymod(sum, 0);
	for (size_t i = 0; i < prefix.n; i++)
		sum = polymod(sum, prefix.p[i] & 31);
	for (size_t i = prefix.n + 1; i < s.n; i++) {
		char c = s.p[i];
		upper |= c >= 'A' && c <= 'Z';
		small |= c >= 'a' && c <= 'z';
		const char *at = c ? strchr(digits, c >= 'A' && c <= 'Z' ? c | 0x20 : c) : NULL;
		if (!at)
			return WALLET_NONE;
		if (i == prefix.n + 1)
			version = (unsigned)(at - digits);
		sum = polymod(sum, (unsigned)(at - digits));
	}
	return (upper && small) || version > 16 || sum != (version ? bech32m : bech32) ? WALLET_WRONG : WALLET_RIGHT;
}

static enum wallet_check read_bech32(struct str s)
{
	/* Shorter ones are words. */
	return s.n >= 26 ? read_segwit(s, STR("bc")) : WALLET_NONE;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* EIP-55: a digit that is a letter is upper case where the hash of the address in lower case has a digit from 8 on. */
static enum wallet_check read_ethereum(struct str s)
{
	enum { DIGITS = 40 };
	char low[DIGITS];
	unsigned char sum[32];
	bool upper = false, small = false, right = true;
	if (s.n != DIGITS + 2 || s.p[0] != '0' || s.p[1] != 'x')
		return WALLET_NONE;
	for (size_t i = 0; i < DIGITS; i++) {
		char c = s.p[i + 2];
		if (!is_hex(c))
			return WALLET_NONE;
		upper |= c >= 'A' && c <= 'F';
		small |= c >= 'a' && c <= 'f';
		low[i] = c >= 'A' && c <= 'F' ? (char)(c | 0x20) : c;
	}
	hash_keccak256((struct str){low, DIGITS}, sum);
	for (size_t i = 0; i < DIGITS; i++) {
		bool high = (i % 2 ? sum[i / 2] & 15 : sum[i / 2] >> 4) >= 8;
		right &= low[i] <= '9' || (low[i] != s.p[i + 2]) == high;
	}
	return right || !upper || !small ? WALLET_RIGHT : WALLET_WRONG;
}

/* Monero's base58 is one of blocks: 11 digits for 8 bytes, 7 for the last 5; then 4 bytes of Keccak. */
static enum wallet_check read_monero(struct str s)
{
	unsigned char bytes[80], sum[32];
	size_t n = 0;
	if ((s.n != 95 && s.n != 106) || (*s.p != '4' && *s.p != '8') || !is_base58(s))
		return WALLET_NONE;
	for (size_t i = 0; i < s.n; i += 11) {
		size_t size = s.n - i < 11 ? 5 : 8;
		if (!base58_decode(str_slice(s, i, i + 11), bytes + n, size))
			return WALLET_WRONG;
		n += size;
	}
	hash_keccak256((struct str){(const char *)bytes, n - 4}, sum);
	return memcmp(sum, bytes + n - 4, 4) == 0 ? WALLET_RIGHT : WALLET_WRONG;
}

enum wallet_check wallet_read(struct str s, const char **what)
{
	static const struct {
		const char *what;
		enum wallet_check (*read)(struct str);
	} currencies[] = {
		{"Bitcoin", read_bitcoin}, {"Bitcoin", read_bech32}, {"Ethereum", read_ethereum},
		{"TRON", read_tron},       {"Monero", read_monero},
	};
	for (size_t i = 0; s.n && i < ARRAY_SIZE(currencies); i++) {
		enum wallet_check check = currencies[i].read(s);
		if (check == WALLET_NONE)
			continue;
		*what = currencies[i].what;
		return check;
	}
	return WALLET_NONE;
}
