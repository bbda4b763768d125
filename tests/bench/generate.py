"""Writes an archive of digests in the form of templates/daily.md: a git repository with one commit. The same
arguments give the same bytes.

    generate.py DIR COUNT [SEED]

One digest a day, the last of them for 2026-11-22. About one in five has a slip of the kinds in SLIPS.
"""
import datetime
import os
import random
import subprocess
import sys

LAST = datetime.date(2026, 11, 22)
SLIP_RATE = 0.2

ACTORS = "攻撃者 ランサムウェアグループ 国家支援型の攻撃グループ 初期侵入ブローカー 恐喝グループ 匿名の研究者".split()
PRODUCTS = ("VPN装置 メールサーバー コンテナ基盤 ファイル転送製品 仮想化基盤 認証サーバー ブラウザー拡張機能 "
            "WordPressプラグイン Fortinet製品 Windows Server Linuxカーネル SharePoint").split(" ")
ACTIONS = ("の脆弱性を悪用 へのパスワードスプレー攻撃を実施 の偽の更新プログラムを配布 から顧客情報を窃取 "
           "を標的としたフィッシングを展開 に新たなバックドアを設置").split()
MEANS = ("細工したHTTPリクエスト 盗まれた認証情報 悪意あるマクロを含む文書 偽のCAPTCHA画面 改ざんされたnpmパッケージ "
         "検索広告 ソーシャルエンジニアリング DLLサイドローディング").split()
EFFECTS = ("任意のコードが実行される 管理者権限を奪取される 機密情報が外部へ送信される 業務システムが停止する "
           "ネットワーク内部へ横展開される 暗号資産が盗まれる").split()
SECTORS = "医療機関 製造業 金融機関 政府機関 教育機関 通信事業者 小売業 物流会社".split()
REGIONS = "日本 米国 欧州 東南アジア 台湾 韓国 中東 豪州".split()
ADVICE = ("最新のセキュリティ更新プログラムを直ちに適用する 多要素認証を有効にする 不審な通信の有無をログで確認する "
          "管理画面をインターネットから切り離す 従業員へ注意喚起を行う バックアップの復旧手順を確認する "
          "影響を受けるバージョンの利用有無を棚卸しする 認証情報を再発行する").split()
NOTES = "攻撃者の国籍と動機は不明 被害の規模は調査中 修正版は来月に公開予定 詳細な技術情報は未公開".split()
SITES = "www.bleepingcomputer.com thehackernews.com www.securityweek.com therecord.media www.darkreading.com".split()
WORDS = "new critical flaw exploited ransomware gang hackers breach data botnet malware phishing vpn zero day patch".split()
EMPTY_SECTIONS = "Tools,malware campaign,security report,cybercrime topics".split(",")


def sentence(r, year):
    cve = f"CVE-{year - r.randint(0, 4)}-{r.randint(1000, 59999)}" if year > 2004 else "のうち公表済みのもの"
    return r.choice((
        f"{r.choice(ACTORS)}が{r.choice(MEANS)}を用いて{r.choice(REGIONS)}の{r.choice(SECTORS)}{r.choice(ACTIONS)}した。",
        f"脆弱性{cve}を悪用されると、{r.choice(EFFECTS)}おそれがある。",
        f"{r.choice(PRODUCTS)}のバージョン{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 9)}以前が影響を受け、"
        f"{r.randint(2, 900)}件の被害が{r.choice(REGIONS)}で確認されている。",
        f"研究者によると、{r.choice(MEANS)}から侵入し、最終的に{r.choice(EFFECTS)}。",
        f"「{r.choice(PRODUCTS)}」を利用する{r.choice(SECTORS)}は、{r.choice(ADVICE)}ことが望ましい。",
    ))


def title(r):
    return f"{r.choice(ACTORS)}、{r.choice(REGIONS)}の{r.choice(SECTORS)}で{r.choice(PRODUCTS)}{r.choice(ACTIONS)}"


def url(r):
    return f"https://{r.choice(SITES)}/news/security/{'-'.join(r.sample(WORDS, 6))}-{r.randint(1000, 999999)}/"


def indicator(r):
    known = r.choice(("よく知られている", "知られていない"))
    kind = r.randrange(4)
    if kind == 0:
        return (f"{r.choice((45, 91, 103, 185))}.{r.randint(1, 223)}.{r.randint(1, 250)}[.]{r.randint(1, 250)},IPアドレス,"
                f"{known},C2サーバー,グローバル")
    if kind == 1:
        return f"{r.choice(WORDS)}-{r.randint(100, 99999999)}[.]com,FQDN名,{known},配布元のドメイン,NA(IP以外)"
    if kind == 2:
        return f"hxxps://{r.choice(WORDS)}{r.randint(10, 99999999)}[.]net/{r.choice(WORDS)}.php,URL,{known},ペイロードの取得先,NA(IP以外)"
    return f"{r.getrandbits(256):064x},ハッシュ値,{known},ローダーの検体,NA(IP以外)"


def field(label, items):
    return [f"- {label}"] + [f"    - {item}" for item in items]


def entry(r, year):
    iocs = [indicator(r) for _ in range(r.randint(1, 8))] if r.random() < 0.3 else ["IOC情報なし"]
    advice = r.sample(ADVICE, r.randint(1, 3)) if r.random() < 0.7 else ["推奨事項なし"]
    return [f"#### {title(r)}", url(r), "",
            *field("要約", [sentence(r, year) for _ in range(r.randint(3, 5))]),
            *field("IOCの列挙", iocs),
            *field("推奨事項", advice),
            *field("その他", [r.choice(NOTES)] if r.random() < 0.4 else ["なし"]),
            *field("ChatGPTの推奨事項", [f"{r.choice(PRODUCTS)}の利用状況を今すぐ確認し、{r.choice(ADVICE)}こと。"]), ""]


def links(r):
    return [f"- [{title(r)}]({url(r)})" for _ in range(r.randint(1, 4))] if r.random() < 0.5 else ["N/A"]


# What people and language models do to digests.
SLIPS = (
    lambda text: text.replace("- 推奨事項\n", "- 推奨事もも\n", 1),
    lambda text: text.replace("- IOCの列挙\n", "- IOC列挙\n", 1),
    lambda text: text.replace("    - IOC情報なし\n", "    - なし\n", 1),
    lambda text: text.replace("した。\n", "した。  \n", 1),
    lambda text: text.replace("[.]", ".", 1),
    lambda text: text.replace("CVE-", "CVE\u2011", 1),
    lambda text: text.replace("\n- 要約\n", "\n\n- 要約\n", 1),
    lambda text: text.replace("    - ", "\t- ", 1),
    lambda text: text.replace("サーバー", "サ\u2015バー", 1),
    lambda text: text.replace("#### ", " #### ", 1),
    lambda text: text.replace("/\n", "/?utm_source=feed\n", 1),
    lambda text: text.replace("セキュリティ", "ｾｷｭﾘﾃｨ", 1),
    lambda text: text.rstrip("\n"),
)


def digest(r, year):
    lines = ["# Daily Security Info", ""]
    for name in EMPTY_SECTIONS:
        lines += [f"### {name}", "N/A", ""]
    lines += ["### 日々のニュース要約", ""]
    for _ in range(r.randint(4, 10)):
        lines += entry(r, year)
    lines += ["### 日本のインシデント事例", *links(r), "", "### その他のメモ", "N/A"]
    text = "\n".join(lines) + "\n"
    return r.choice(SLIPS)(text) if r.random() < SLIP_RATE else text


def write_commit(stream, count, seed):
    stream.write(b"commit refs/heads/main\ncommitter A <a@example.com> 1795305600 +0900\ndata 8\narchive\n\n")
    for i in range(count):
        day = LAST - datetime.timedelta(days=i)
        text = digest(random.Random(f"{seed}/{i}"), day.year).encode()
        stream.write(f"M 100644 inline {day.year:04}/{day.month:02}/{day.isoformat()}.md\ndata {len(text)}\n".encode())
        stream.write(text + b"\n")


def main(folder, count, seed="1"):
    os.makedirs(folder)
    git = ["git", "-C", folder]
    subprocess.run(git + ["init", "-q", "-b", "main"], check=True)
    load = subprocess.Popen(git + ["fast-import", "--quiet"], stdin=subprocess.PIPE)
    write_commit(load.stdin, int(count), seed)
    load.stdin.close()
    if load.wait():
        sys.exit("generate: git fast-import failed")
    subprocess.run(git + ["reset", "-q", "--hard"], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
