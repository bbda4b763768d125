"""What sdi reads as a config is valid by its JSON Schema; what has the wrong form is not."""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

sdi, root = os.environ["SDI"], os.environ["SDI_SOURCE_DIR"]


class Loader(yaml.SafeLoader):
    """YAML 1.2, as editors and sdi read it: `off` is a text, a day is one, too."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
]:
    Loader.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), list(first))

GOOD = [
    "",
    "{}",
    "select:\nignore: ~\nrules:\nexclude:\noverrides:\n",
    "timezone: Europe/Berlin\ntemplates: .sdi/templates\nfail-on: never\nbaseline: .sdi/baseline\n",
    "preset: strict\nselect: [structure, date]\nignore: item-too-long\nexclude: [drafts, 2023, '20{23,24}/*.md']\n",
    "select: all\nignore: []\n",
    "rules:\n  tab: off\n  wrong-date: {severity: info, max-days: 7}\n  missing-url: {}\n",
    "rules:\n  invalid-encoding: warning\n",
    "hook:\n",
    "hook: {}\n",
    "hook: {fix: true}\n",
    "hook:\n  fix: false\n",
    "links:\n",
    "links: {hosts: }\n",
    "links: {hosts: {a.com: , b.com: {}, c.com: {accept: }}}\n",
    "links: {hosts: {a.com: {interval: 100, in-flight: 8, accept: [200, 304, 403, 999], credentials: SDI_LINKS_A}}}\n",
    "links: {hosts: {a.com: {interval: 3600000, in-flight: 1, accept: [], ask: false}}}\n",
    "overrides:\n  - paths: ['**/a.md']\n  - paths: [x]\n    select: [date]\n    ignore: tab\n    rules: {tab: error}\n",
]

BAD = [
    "[]",
    "timezone\n",
    "tiemzone: UTC\n",
    "timezone: [UTC]\n",
    "timezone:\n",
    "timezone: ''\n",
    "templates: {}\n",
    "fail-on: off\n",
    "preset: loose\n",
    "baseline: [a]\n",
    "select: {a: b}\n",
    "select: [no-such-rule]\n",
    "ignore: no-such-rule\n",
    "exclude: drafts\n",
    "exclude: ['']\n",
    "exclude: [[a]]\n",
    "rules: [tab]\n",
    "rules: {no-such-rule: off}\n",
    "rules: {date: off}\n",
    "rules: {tab: loud}\n",
    "rules: {tab: }\n",
    "rules: {tab: [error]}\n",
    "rules: {tab: {max-days: 3}}\n",
    "rules: {wrong-date: {max-days: -1}}\n",
    "rules: {wrong-date: {max-days: '3'}}\n",
    "rules: {wrong-date: {max-days: 3.5}}\n",
    "rules: {wrong-date: {max-days: [3]}}\n",
    "rules: {wrong-date: {severity: 3}}\n",
    "rules: {invalid-encoding: off}\n",
    "hook: true\n",
    "hook: [fix]\n",
    "hook: {fx: true}\n",
    "hook: {fix: 'true'}\n",
    "hook: {fix: yes}\n",
    "hook: {fix: 1}\n",
    "links: []\n",
    "links: {interval: 1000}\n",
    "links: {hosts: [a.com]}\n",
    "links: {hosts: {a.com: false}}\n",
    "links: {hosts: {a.com: {asks: false}}}\n",
    "links: {hosts: {a.com: {ask: 0}}}\n",
    "links: {hosts: {a.com: {interval: 99}}}\n",
    "links: {hosts: {a.com: {interval: 3600001}}}\n",
    "links: {hosts: {a.com: {interval: '100'}}}\n",
    "links: {hosts: {a.com: {in-flight: 0}}}\n",
    "links: {hosts: {a.com: {in-flight: 9}}}\n",
    "links: {hosts: {a.com: {accept: 403}}}\n",
    "links: {hosts: {a.com: {accept: [199]}}}\n",
    "links: {hosts: {a.com: {accept: [302]}}}\n",
    "links: {hosts: {a.com: {credentials: HOME}}}\n",
    "links: {hosts: {a.com: {credentials: SDI_LINKS_}}}\n",
    "links: {hosts: {a.com: {credentials: sdi_links_a}}}\n",
    "hook: {fix: [true]}\n",
    "hook: {fix: }\n",
    "overrides: {paths: [a]}\n",
    "overrides: [a]\n",
    "overrides: [{select: [tab]}]\n",
    "overrides: [{paths: a}]\n",
    "overrides: [{paths: [a], timezone: UTC}]\n",
    "overrides: [{paths: [a], rules: {invalid-encoding: off}}]\n",
    "overrides: [" + "{paths: [a]}, " * 65 + "]\n",
]


def accepts(text):
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(text)
        file.flush()
        return subprocess.run([sdi, "config", "--config", file.name], capture_output=True, check=False).returncode == 0


def yaml_of(path):
    """The blocks of a Markdown file that look like a config."""
    text = open(path, encoding="utf-8").read()
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
    indented = re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.M)
    blocks += [re.sub(r"^    ", "", b, flags=re.M).strip("\n") + "\n" for b in indented]
    return [b for b in blocks if re.match(r"(#.*\n)*(preset|timezone|fail-on|rules|overrides|select|exclude|hook):", b)]


schema = json.loads(subprocess.run([sdi, "config", "--schema"], capture_output=True, check=True).stdout)
jsonschema.Draft7Validator.check_schema(schema)
validator = jsonschema.Draft7Validator(schema)
failures = 0


def check(text, wanted_sdi, wanted_schema, where):
    global failures
    got = (accepts(text), validator.is_valid(yaml.load(text, Loader)))
    if got != (wanted_sdi, wanted_schema):
        failures += 1
        print(f"{where}: sdi {'accepts' if got[0] else 'refuses'}, the schema {'accepts' if got[1] else 'refuses'}:\n{text}")


for one in GOOD:
    check(one, True, True, "good")
for one in BAD:
    check(one, False, False, "bad")
docs = [os.path.join(root, "README.md"), os.path.join(root, "docs/config.md")]
examples = [(path, block) for path in docs if os.path.exists(path) for block in yaml_of(path)]
for path, block in examples:
    check(block, True, True, path)
page = open(docs[1], encoding="utf-8").read()
for key in schema["properties"]:
    if f"| `{key}` |" not in page:
        failures += 1
        print(f"docs/config.md: does not explain `{key}`")
if not examples:
    failures += 1
    print("no example is left in README.md")
for path in sorted(glob.glob(os.path.join(root, "tests/fuzz/seeds/fuzz_config/*.yaml"))):
    text = open(path, encoding="utf-8", errors="replace").read()
    if accepts(text):
        check(text, True, True, path)
print(f"schema: {len(GOOD)} good, {len(BAD)} bad, {len(examples)} examples, {failures} failures")
sys.exit(failures > 0)
