#include "core/base/unicode.h"
#include "core/base/unicode_text.h"
#include "core/base/utf8.h"
#include "lint/character.h"
#include "lint/check.h"

/* Where a look-alike of a katakana can be nothing else. */
enum {
	INSIDE = 1 << 0,   /* between katakana */
	AT_END = 1 << 1,   /* behind katakana, before a particle or punctuation */
	AT_START = 1 << 2, /* before katakana, where a word begins */
	NUMERAL = 1 << 3,  /* between katakana, but not before a counter: サーバー一セット */
	SUFFIX = 1 << 4, /* within one word of katakana: セキュリティ力アップ, ロシア―ウクライナ are two */
	LONG = 1 << 5,            /* where a long vowel may stand */
	LOOSE = 1 << 6,           /* at the start also behind a blank: no particle */
	BEHIND_PARTICLE = 1 << 8, /* at the start also behind a particle that is no part of a word: やはりリスク */
	FOLLOWED = 1 << 9,        /* a hyphen or a dash: at the end only before a particle or punctuation */
	ANY = 1 << 10,            /* at the start whatever stands before: kana and kanji that are rare */
	DASH = 1 << 11,           /* between katakana where a word takes a long vowel; before kanji, too */
	HYPHEN = 1 << 12,         /* between katakana where it parts no two words: マイクロ-サービス */
	PARTICLE = 1 << 7,        /* between katakana only where the rest is no word: メンタルへルス */
};

/* How a word that begins with the katakana goes on, and no word begins. One a line. */
static const char tails_of_he[] = "ルス\nルプ\nルパ\nルツ\nルメ\nルシ\n";
static const char tails_of_be[] = "ルギー\nトナム\nラルーシ\nストプラ\nクトル\nネズエラ\n";
static const char tails_of_ri[] =
	"モート\nポジトリ\nクルート\nバースエンジ\nバースシェル\nバースプロ\nアルタイム\nカバリ\nトアニア\n";
static const char tails_of_ro[] =
	"グイン\nグアウト\nグファイル\nグオン\nグを\nグの\nグに\nグから\nシア\nボット\nケーション\nサンゼルス\n";
static const char tails_of_e[] =
	"ラーが\nラーを\nラーの\nラーメ\nラーコ\nラーロ\nクスプロ\nクスチェ\nクスポ\nミュレ\nディタ\nスカレ\nストニア\nジプト\n"
	"クアドル\nチオピア\nアギャップ\nコシステム\nクセル\n";
static const char tails_of_ka[] =
	"ウント\nウンタ\nメラ\nタログ\nスタム\nスタマ\nスペルス\nテゴリ\nナダ\nリフォルニア\nレンダ\nプセル\nバレッジ\n";
static const char tails_of_ta[] =
	"イムライン\nイムゾーン\nイムスタンプ\nイムアウト\nイトル\nブレット\nイミング\nリバン\nイランド\nスクスケ\nスクバー\nスクを\nスクが\nスクの\nスクは\nスクに\nスクで\nスク管理\nスクマネ\n";
static const char tails_of_o[] =
	"フィス\nプション\nリジナル\nペレー\nフライン\nブジェクト\nランダ\nリンピック\nフショア\nブザーバ\n";
static const char tails_of_ha[] = "イジャック\nイブリッド\nイエンド\nニーポット\nワイ\nラスメント\n";
static const char tails_of_chi[] = "ケット\n";
static const char tails_of_mi[] = "サイル\nラノ\nドルウェア\n";

static const struct pair {
	uint32_t written;
	struct str meant;
	unsigned where;
	const char *tails; /* NULL: it never begins a word, as a katakana or as itself */
} pairs[] = {
	{U'へ', STR_INIT("ヘ"), AT_START | PARTICLE, tails_of_he},
	{U'べ', STR_INIT("ベ"), INSIDE | AT_START | AT_END | LOOSE | BEHIND_PARTICLE, tails_of_be},
	{U'ぺ', STR_INIT("ペ"), INSIDE | AT_START | AT_END | ANY | BEHIND_PARTICLE, ""},
	{U'り', STR_INIT("リ"), INSIDE | AT_END | AT_START | LOOSE | BEHIND_PARTICLE, tails_of_ri},
	{U'一', STR_INIT("ー"), INSIDE | AT_END | NUMERAL | LONG, NULL},
	{U'―', STR_INIT("ー"), AT_END | SUFFIX | DASH | LONG, NULL},
	{U'—', STR_INIT("ー"), AT_END | SUFFIX | DASH | LONG, NULL},
	{U'─', STR_INIT("ー"), AT_END | SUFFIX | DASH | LONG, NULL},
	{U'－', STR_INIT("ー"), AT_END | SUFFIX | DASH | LONG, NULL},
	{U'-', STR_INIT("ー"), AT_END | LONG | FOLLOWED | HYPHEN, NULL},
	{U'\u2010', STR_INIT("ー"), AT_END | DASH | LONG | FOLLOWED, NULL},
	{U'\u2013', STR_INIT("ー"), AT_END | DASH | LONG | FOLLOWED, NULL},
	{U'\u2212', STR_INIT("ー"), AT_END | DASH | LONG | FOLLOWED, NULL},
	{U'二', STR_INIT("ニ"), INSIDE | NUMERAL, ""},
	{U'八', STR_INIT("ハ"), INSIDE | NUMERAL, tails_of_ha},
	{U'千', STR_INIT("チ"), INSIDE | NUMERAL, tails_of_chi},
	{U'三', STR_INIT("ミ"), INSIDE | NUMERAL, tails_of_mi},
	{U'力', STR_INIT("カ"), SUFFIX, tails_of_ka},
	{U'口', STR_INIT("ロ"), INSIDE, tails_of_ro},
	{U'夕', STR_INIT("タ"), INSIDE | AT_END, tails_of_ta},
	{U'卜', STR_INIT("ト"), INSIDE | AT_END | ANY, ""},
	{U'工', STR_INIT("エ"), INSIDE, tails_of_e},
	{U'才', STR_INIT("オ"), INSIDE, tails_of_o},
	{U'丿', STR_INIT("ノ"), INSIDE | AT_END | ANY, ""},
	{U'厶', STR_INIT("ム"), INSIDE | AT_END | ANY, ""},
	{U'匕', STR_INIT("ヒ"), INSIDE | AT_END, NULL},
};

/* The same behind の only: のりスト, のりソース. */
static const char tails_behind_no[] =
	"スト\nスクを\nスクが\nスクの\nスクに\nスク評価\nソース\nダイレクト\nクエスト\nリース\nンク\nダイレクト\n";

/* Clipped loanwords that are verbs, and with り nouns: サボりグループ. One a line. */
static const char verbs[] =
	"サボ\nパク\nバズ\nググ\nディス\nトラブ\nミス\nダブ\nデコ\nテンパ\nビビ\nハモ\nキョド\nコピ\nポチ\nスベ\n";

/* What is counted in katakana: サーバー一グループ. */
static const char counters[] =
	"セット\nページ\nグループ\nユーザ\nパーセント\nキロ\nメートル\nドル\nユーロ\nクリック\nステップ\nケース\nカ月\nカ所\nカ国\nヶ\nヵ\nランク\nレベル\n"
	"チーム\nファイル\nライン\nパターン\nタイプ\nシリーズ\nポイント\nバイト\nビット\nギガ\nメガ\nテラ\nポンド\nウォン\nルピー\nルーブル\nフェーズ\nヘルツ\n"
	"アカウント\nサイト\nブランド\nモデル\nサーバ\nバージョン\n";

/* What no long vowel follows, but a dash may: ウクライナ―ロシア, データ―一覧. One a line. */
static const char wholes[] =
	"アメリカ\nアフリカ\nウクライナ\nカナダ\nモスクワ\nパナマ\nキューバ\nマルタ\nスリランカ\nジャマイカ\nコスタリカ\nハイチ\nウガンダ\nルワンダ\n"
	"アンゴラ\nオタワ\nガザ\nカイロ\nドバイ\nテヘラン\nマニラ\nダッカ\nトルコ\nメキシコ\nモロッコ\nモナコ\nチェコ\nコソボ\nチリ\nベラルーシ\n"
	"サウジ\nギリシャ\nパレスチナ\nベネズエラ\nグアテマラ\nガーナ\nモルドバ\nパリ\nヘルシンキ\nナイロビ\nアンカラ\nジャカルタ\nオデーサ\n"
	"ドーハ\nアブダビ\nサンパウロ\nフロリダ\nネバダ\nアリゾナ\nアラスカ\nトヨタ\nホンダ\nマツダ\nヤマハ\nコンテナ\nインフラ\nスキーマ\n"
	"ハンガリ\nケニヤ\nデータ\nセキュリティ\nメモリ\nディレクトリ\nコミュニティ\nアクティビティ\nアイデンティティ\nエンティティ\nプロパティ\n"
	"ライブラリ\nバイナリ\nクエリ\nレジストリ\nリポジトリ\nアプリ\nエントリ\nキャリア\nデモ\nメモ\nカジノ\nドコモ\nマイクロ\nゼロ\nマクロ\nユーロ\n"
	"マルチ\nエンジニア\nヤフ\n";

/* Where a long vowel stands between two that mostly belong to two words. One a line. */
static const char joints[] =
	"グル―プ\nグル―ピ\nブル―ト\nブル―ス\nブル―ム\nスル―プ\nアウトル―ク\nスト―リ\nスト―カ\nスト―ム\nト―クン\n"
	"ル―ティ\nスク―ル\nスプ―フ\nツ―ル\nリブ―ト\nチ―ム\nシ―ト\nシ―ズ\nシ―ド\nシ―ケ\nルル―タ\nムル―タ\nエ―ション\n";

/* The same for a hyphen, which more words have between them. One a line. */
static const char hyphened[] =
	"サ-バ\nサ-ビ\nグル-プ\nル-プ\nデ-タ\nユ-ザ\nコ-ド\nロ-ド\nワ-ド\nワ-ク\nメ-ル\nペ-ジ\nツ-ル\nル-ル\nモ-ド\nモ-ト\nノ-ド\nノ-ト\nポ-ト\nソ-ス\nベ-ス\nゲ-ト\n"
	"ゲ-ム\nホ-ム\nネ-ム\nレ-ト\nレ-ム\nカ-ド\nチ-ム\nコ-ル\nニュ-ス\nフェ-ス\nピュ-タ\nタ-ネット\nタ-フェ\nタ-ゲ\nケ-ション\nテ-ション\n"
	"レ-ション\nエ-ション\nト-クン\nリリ-ス\nステ-タ\nバ-ジョン\nロ-ル\nル-タ\nル-ト\nスト-ル\nシ-ト\n";

/* What may follow a noun in a sentence. */
static const char followers[] = "を\nが\nは\nも\n、\n。\n）\n」\n』\n・\n)\nから\nによ\nなど\nである\n";
/* The same for what is no numeral: 一の, 一に and 一と are words. */
static const char other_followers[] = "の\nに\nと\nで\nや\nへ\nまで\nより\n（\n(\n";

/* Words whose last character is written as another one, whatever follows: デー夕分析. One a line. */
static const char spoilt[] =
	"デー夕\nマク口\nビデ才\nラジ才\nシナリ才\nスタジ才\nオーディ才\nカジ丿\nサイ卜\nソフ卜\nテス卜\nリス卜\nアカウン卜\nクライアン卜\nイベン卜\n"
	"エージェン卜\nドキュメン卜\nコメン卜\nポー卜\nレポー卜\nルー卜\nシステ厶\nチー厶\nランサ厶\n";

/* What takes a long vowel at its end, and what may follow that, but not 一: サーバ一台, ユーザ一覧. One a line. */
static const char lengthened[] =
	"サイバ\nハッカ\nレタ\nベンダ\nユーザ\nサーバ\nルータ\nブラウザ\nアドバイザ\nセンタ\nリーダ\nプロバイダ\nメンバ\nローダ\nスティーラ\n";
static const char nouns[] =
	"の\n,\n攻撃\n犯罪\n集団\n経由\n指示\n空間\n情報\n対策\n企業\n認証\n登録\n管理\n保護\n設定\n権限\n端末\n機器\n通信\n接続\n侵害\n被害\n防御\n脅威\n"
	"安全保障\n組織\n向け\n";
/* Before a hyphen, which may part two words, only these. */
static const char always_lengthened[] = "サイバ\nハッカ\nニュースレタ\n";

/* Does the text begin (or end) with one of the lines of a list? */
static bool has_any(struct str s, const char *list, bool (*has)(struct str, struct str))
{
	struct str rest = str_of(list), word;
	while (str_split(&rest, '\n', &word))
		if (word.n && has(s, word))
			return true;
	return false;
}

/* Full-width katakana with the long vowel mark; no middle dot. */
static bool is_katakana(uint32_t c)
{
	return (c >= 0x30A1 && c <= 0x30FA) || c == U'ー';
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

/* Words do not begin with ー, ン and small kana. */
static bool begins_word(uint32_t c)
{
	static const uint32_t never[] = {U'ァ', U'ィ', U'ゥ', U'ェ', U'ォ', U'ッ',
	                                 U'ャ', U'ュ', U'ョ', U'ヮ', U'ー', U'ン'};
	for (size_t i = 0; i < ARRAY_SIZE(never); i++)
		if (never[i] == c)
			return false;
	return true;
}

/* Opens a quote or a clause, or is the start of the line: no particle stands behind it. */
static bool opens(uint32_t c)
{
	static const uint32_t openers[] = {0, '(', '[', U'（', U'「', U'『', U'【', U'《', U'、', U'。', U'・', U'：'};
	for (size_t i = 0; i < ARRAY_SIZE(openers); i++)
		if (openers[i] == c)
			return true;
	return false;
}

/* No が, は, と and の: 下がり, やはり, やりとり, もののべ. */
static bool is_particle(uint32_t c)
{
	return c == U'を' || c == U'に' || c == U'で';
}

/* A look-alike in its line. */
struct suspect {
	const struct pair *pair;
	struct str text;
	size_t start, from, to;            /* of the katakana before it; it */
	uint32_t before, behind;           /* the characters beside it */
	bool single_before, single_behind; /* one katakana there, not more */
};

static bool is(const struct suspect *s, unsigned where)
{
	return s->pair->where & where;
}

static bool may_be_long(const struct suspect *s)
{
	return !is(s, LONG) || (s->before != U'ー' && s->before != U'ン' && s->before != U'ッ');
}

/* アー力イブ: katakana that are no word of their own. */
static bool is_stump(const struct suspect *s)
{
	enum { TWO_KATAKANA = 6 };
	return s->pair->written == U'力' && s->before == U'ー' && s->from - s->start <= TWO_KATAKANA;
}

/* Words in ー end like サーバー, セキュリティー, メニュー; システム and データ have none. */
static bool takes_long(const struct suspect *s)
{
	static const uint32_t before_long[] = {U'バ', U'ザ', U'タ', U'ダ', U'ラ', U'カ', U'サ', U'ャ', U'マ', U'ワ',
	                                       U'パ', U'ハ', U'ナ', U'ガ', U'ァ', U'リ', U'ィ', U'ピ', U'ビ', U'キ',
	                                       U'ギ', U'ミ', U'ニ', U'ジ', U'ュ', U'ロ', U'ョ', U'シ', U'ヤ', U'ヒ'};
	if (has_any(str_slice(s->text, s->start, s->from), wholes, str_ends))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(before_long); i++)
		if (before_long[i] == s->before)
			return true;
	return false;
}

/* リバ―ス, スティ―ラー, コ―ド: words with one inside. Few words that a dash follows end like these. */
static bool takes_long_inside(const struct suspect *s)
{
	static const uint32_t before_long[] = {U'モ', U'コ', U'ソ', U'ゾ', U'ノ', U'ポ', U'ボ', U'ホ', U'ヨ', U'レ',
	                                       U'メ', U'ゲ', U'ケ', U'テ', U'デ', U'ベ', U'ペ', U'セ', U'ゼ', U'ネ',
	                                       U'ェ', U'ォ', U'ゴ', U'ヘ', U'ユ', U'ヌ', U'べ', U'ぺ', U'り'};
	struct str left = str_slice(s->text, s->start, s->from), right = str_from(s->text, s->to);
	struct str rest = str_of(joints), head;
	if (takes_long(s))
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(before_long); i++)
		if (before_long[i] == s->before)
			return !has_any(left, wholes, str_ends);
	while (str_split(&rest, '\n', &head)) {
		size_t dash = str_find(head, 0, STR("―"));
		if (dash < head.n && str_ends(left, str_slice(head, 0, dash)) &&
		    str_starts(right, str_from(head, dash + STR("―").n)))
			return true;
	}
	return false;
}

/* Small kana, which belong to the one before: フォ-ラム. */
static bool is_one_sound(const struct suspect *s)
{
	enum { KATAKANA = 3 };
	return s->single_before || (s->from - s->start == 2 * KATAKANA && s->before != U'ッ' && s->before != U'ン' &&
	                            s->before != U'ー' && !begins_word(s->before));
}

/* `サ-ビス`, `ネットワ-ク`: no word ends before it, or none begins behind it. */
static bool is_hyphened(const struct suspect *s)
{
	struct str left = str_slice(s->text, s->start, s->from), right = str_from(s->text, s->to);
	struct str rest = str_of(hyphened), joint;
	if (s->before == U'ザ' && s->single_before)
		return false;
	if (is_one_sound(s) && !s->single_behind)
		return true;
	if (has_any(left, wholes, str_ends))
		return false;
	while (str_split(&rest, '\n', &joint)) {
		size_t dash = str_find_byte(joint, 0, '-');
		if (dash < joint.n && str_ends(left, str_slice(joint, 0, dash)) && str_starts(right, str_from(joint, dash + 1)))
			return true;
	}
	return false;
}

static bool is_inside(const struct suspect *s)
{
	if (!is_katakana(s->before) || !is_katakana(s->behind) || !may_be_long(s))
		return false;
	struct str rest = str_from(s->text, s->to);
	if ((is(s, DASH) && takes_long_inside(s)) || (is(s, HYPHEN) && is_hyphened(s)))
		return true;
	if (is(s, PARTICLE))
		return !begins_word(s->behind) || has_any(rest, tails_of_he, str_starts);
	if (is(s, SUFFIX))
		return is_stump(s) || s->single_before || s->single_behind || !begins_word(s->behind) ||
		       (s->pair->written == U'力' && has_any(rest, tails_of_ka, str_starts));
	return is(s, INSIDE) && !(is(s, NUMERAL) && has_any(rest, counters, str_starts));
}

/* `サイバ一攻撃`, `デー夕分析`, `サーバ― の停止` */
static bool is_known_at_end(const struct suspect *s)
{
	static const char parted[] = " の\n を\n が\n は\n に\n,\n";
	struct str left = str_slice(s->text, s->start, s->from), rest = str_from(s->text, s->to);
	if (!is_katakana(s->before))
		return false;
	if (!is(s, LONG))
		return has_any(str_slice(s->text, s->start, s->to), spoilt, str_ends);
	if (s->pair->written == U'一' || is(s, FOLLOWED))
		return has_any(left, is(s, FOLLOWED) ? always_lengthened : lengthened, str_ends) &&
		       has_any(rest, nouns, str_starts);
	return is(s, DASH) && !s->single_before && takes_long(s) && has_any(rest, parted, str_starts) &&
	       character_before(s->text, s->start) != s->pair->written;
}

static bool is_at_end(const struct suspect *s)
{
	struct str rest = str_from(s->text, s->to);
	if (is_known_at_end(s))
		return true;
	if (!is(s, AT_END) || !is_katakana(s->before) || s->single_before || !may_be_long(s))
		return false;
	bool decorates = !rest.n || character_before(s->text, s->start) == s->pair->written;
	bool word = unicode_is_han(s->behind) || unicode_is_hiragana(s->behind);
	if (is(s, DASH) && !is(s, FOLLOWED) && (word || is_digit(s->behind)) && !decorates && takes_long(s))
		return true;
	if (is(s, FOLLOWED) && (decorates || !takes_long(s)))
		return false;
	return !rest.n || has_any(rest, followers, str_starts) ||
	       (!is(s, NUMERAL) && has_any(rest, other_followers, str_starts));
}

/* May a word begin here that is written in katakana? */
static bool may_start(const struct suspect *s)
{
	uint32_t written = s->pair->written, before = s->before;
	bool number = is_digit(before) && !is(s, ANY) && !unicode_is_hiragana(written);
	if (is_katakana(before) || (written == U'卜' && before == U'占') || number)
		return false;
	return !is(s, ANY) || (before != U'っ' && before != U'ん');
}

/* `攻撃者のりスト`, but not のり, the word. */
static bool is_behind_no(const struct suspect *s)
{
	if (s->pair->written != U'り' || s->before != U'の')
		return false;
	uint32_t first = character_before(s->text, character_start(s->text, s->from));
	return (!unicode_is_hiragana(first) || first == U'へ' || first == U'で') &&
	       has_any(str_from(s->text, s->to), tails_behind_no, str_starts);
}

/* `口グイン`, `AIべース`, `千ャット`: how the word goes on, no word begins. */
static bool is_torn(const struct suspect *s)
{
	if (!s->pair->tails || s->single_behind || !may_start(s))
		return false;
	/* Hiragana before hiragana is mostly one word with it: ばっちりーー. */
	bool apart = !unicode_is_hiragana(s->pair->written) || !unicode_is_hiragana(s->before) || s->behind == U'ン';
	return is(s, ANY) || (apart && !begins_word(s->behind)) || is_behind_no(s) ||
	       has_any(str_from(s->text, s->to), s->pair->tails, str_starts);
}

static bool is_latin(uint32_t c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_at_start(const struct suspect *s)
{
	if (!is_katakana(s->behind))
		return false;
	if (is_torn(s))
		return true;
	bool particle = is(s, BEHIND_PARTICLE) && !s->single_behind && is_particle(s->before);
	bool loose = is(s, LOOSE) && (s->before == ' ' || (is_latin(s->before) && !s->single_behind));
	return is(s, AT_START) && (particle || loose || opens(s->before));
}

static bool is_slip(const struct suspect *s)
{
	if (s->pair->written == U'り' && has_any(str_slice(s->text, s->start, s->from), verbs, str_ends))
		return false;
	return is_inside(s) || is_at_end(s) || is_at_start(s);
}

static const struct pair *find_pair(uint32_t c)
{
	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++)
		if (pairs[i].written == c)
			return &pairs[i];
	return NULL;
}

/* The character at byte `i`; ー for a dash that katakana follows: リ―ク. */
static uint32_t as_katakana(struct str text, size_t i)
{
	uint32_t c = character_behind(text, i);
	const struct pair *pair = find_pair(c);
	if (!pair || !(pair->where & DASH))
		return c;
	utf8_next(text, &i);
	return is_katakana(character_behind(text, i)) ? U'ー' : c;
}

/* Bytes: no word is longer, and a line may be nothing but katakana. */
enum { LONGEST_WORD = 96 };

static size_t end_of_katakana(struct str text, size_t from)
{
	size_t i = from;
	while (i < text.n && i - from < LONGEST_WORD && is_katakana(character_behind(text, i)))
		utf8_next(text, &i);
	return i;
}

/* True: it is one, and belongs to the word. */
static bool check_suspect(struct check *c, const struct prose *p, struct suspect s)
{
	enum { KATAKANA = 3 };
	s.before = s.before ? s.before : character_before(s.text, s.from);
	s.behind = as_katakana(s.text, s.to);
	s.single_before = s.from - s.start == KATAKANA;
	s.single_behind = is_katakana(s.behind) && !is_katakana(character_behind(s.text, s.to + KATAKANA));
	if (!is_slip(&s))
		return false;
	struct span at = span_make(p->off + s.from, p->off + s.to);
	struct str word = str_slice(s.text, s.start, end_of_katakana(s.text, s.to));
	struct str name = unicode_name(check_arena(c), s.pair->written);
	struct finding *f =
		report(c, at, "`%.*s` holds %.*s instead of `%.*s`", STR_ARG(word), STR_ARG(name), STR_ARG(s.pair->meant));
	suggest(c, f, "write the katakana");
	edit_replace(c, f, at, s.pair->meant);
	return true;
}

static size_t start_of_katakana(struct str text, size_t from)
{
	size_t i = from;
	while (i && from - i < LONGEST_WORD && is_katakana(character_before(text, i)))
		i = character_start(text, i);
	return i;
}

/* `サーバ-を`: a hyphen is nothing odd in itself. */
static void check_hyphens(struct check *c, const struct digest *d)
{
	const struct pair *pair = find_pair('-');
	FOR_EACH_PROSE (d, p) {
		struct str s = p->text;
		size_t i = str_find_byte(s, 0, '-'), word = 0, word_end = 0;
		if (i == s.n || !prose_leads(p, 0xE3) || character_in_name(d, p->line))
			continue;
		for (; i < s.n; i = str_find_byte(s, i + 1, '-')) {
			size_t start = start_of_katakana(s, i);
			start = word_end && start == word_end && i - word < LONGEST_WORD ? word : start;
			if (!check_suspect(c, p, (struct suspect){pair, s, start, i, i + 1, 0, 0, false, false}))
				continue;
			word = start;
			word_end = i + 1;
		}
	}
}

static void check(struct check *c, const struct digest *d)
{
	check_hyphens(c, d);
	/* A word may hold several: the first ones count as the katakana that they look like. */
	size_t word = 0, word_end = 0;
	uint32_t line = d->lines, meant = 0;
	FOR_EACH_ODD (d, o) {
		const struct pair *pair = find_pair(o->codepoint);
		if (!pair || !character_is_text(c, d, o) || character_in_name(d, o->line))
			continue;
		size_t from = o->off - o->prose->off, to = from + odd_span(o).len;
		size_t start = start_of_katakana(o->prose->text, from);
		if (o->line == line && word_end && start == word_end && from - word < LONGEST_WORD)
			start = word;
		uint32_t before = from == word_end && o->line == line ? meant : 0;
		if (!check_suspect(c, o->prose,
		                   (struct suspect){pair, o->prose->text, start, from, to, before, 0, false, false}))
			continue;
		size_t first = 0;
		meant = utf8_next(pair->meant, &first);
		word = start;
		word_end = to;
		line = o->line;
	}
}

#define TOP EXAMPLE_TOP "#### 記事の題名\nhttps://example.com/news/1\n\n- 要約\n"
#define END "- IOC\n    - IOC情報なし\n" EXAMPLE_END

const struct rule rule_kana_lookalike = {
	.name = "kana-lookalike",
	.group = "text",
	.severity = SEVERITY_WARNING,
	.fix = FIX_SAFE,
	.changes = FACT_WORDS,
	.summary = "A word in katakana holds a character that only looks like one",
	.why =
		"Some katakana look like hiragana, kanji or dashes (ぺ and ペ, 口 and ロ, ― and ー). Nobody sees the slip, and a search "
		"for the word does not find it.",
	.bad = {.text = TOP "    - セキュりティ対策を導入\n" END},
	.good = {.text = TOP "    - セキュリティ対策を導入\n" END},
	.check = check,
};
