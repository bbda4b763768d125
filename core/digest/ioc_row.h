/*
 * The rows of an entry's IOC field: `value,type,known,context,scope`. What the columns are called, and in which words they
 * speak, says the template. The context may hold commas, so columns are split from both ends.
 */
#pragma once

#include "core/digest/digest.h"

enum ioc_row_kind {
	IOC_ROW_EMPTY,   /* it says that there is nothing to say, or is empty */
	IOC_ROW_VALUES,  /* an indicator and its columns */
	IOC_ROW_POINTER, /* `IOCはこちら: https://…`: where the indicators are */
	IOC_ROW_PROSE,   /* a sentence */
};

struct ioc_row {
	enum ioc_row_kind kind;
	const struct entry *entry;
	const struct field *field;
	const struct item *item; /* never NULL: one is made up for what stands behind a field's label */
	uint32_t line;
	size_t
		columns; /* how many there are, as commas tell (but for those of a URL); the template wants def->columns.nr */
	/* Without blanks at their ends, quotes kept; empty where the row is too short. Of IOC_ROW_VALUES. */
	struct span value, type, known, context, scope;
};

/*
 * The rows of all IOC fields, in the order of the text; nested items, too. Where the template names no columns they are
 * value, type, known, context, scope.
 */
const struct ioc_row *ioc_rows(struct arena *a, const struct digest *d, size_t *nr);

/* What the words of a column mean, whichever the template uses. */
enum ioc_word {
	IOC_WORD_UNKNOWN,
	IOC_TYPE_ADDRESS,
	IOC_TYPE_URL,
	IOC_TYPE_DOMAIN,
	IOC_TYPE_EMAIL,
	IOC_TYPE_HASH,
	IOC_TYPE_FILE,
	IOC_TYPE_PATH,
	IOC_TYPE_WALLET,
	IOC_TYPE_REGISTRY,
	IOC_TYPE_ASN,
	IOC_KNOWN_WELL,
	IOC_KNOWN_NOT,
	IOC_SCOPE_GLOBAL,
	IOC_SCOPE_PRIVATE,
	IOC_SCOPE_NONE,
};
/*
 * Blanks, width and case make no difference. A narrower word reads as the wider one ("SHA256" as a hash): it says more.
 * A word with a remark behind it is none.
 */
enum ioc_word ioc_word_read(struct str word);
/* The template's own word for a meaning; "" when its list has none. */
struct str ioc_word_of(const struct name_set *vocabulary, enum ioc_word meaning);
/* The key of the word at an index of those that everybody knows (see unicode_key), and what it means. False: there are no more. */
bool ioc_word_at(size_t i, struct str *key, enum ioc_word *meaning);
