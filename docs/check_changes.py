"""python check_changes.py https://portal.example/api/v1 [noted.txt]: is the log whole?"""

import json
import sys
from hashlib import sha256
from urllib.request import urlopen

COVERED = ("sequence", "kind", "code", "occurred_at", "payload", "previous")


def rows(address):  # type: ignore[no-untyped-def]
    while address:
        page = json.load(urlopen(address))
        yield from page["results"]
        address = page["next"]


base, links = sys.argv[1].rstrip("/"), ["0" * 64]
noted = [(day["sequence"], day["digest"]) for day in rows(f"{base}/changes/days/")]
if sys.argv[2:]:  # lines of "number digest", written down on earlier days
    noted += [(int(line.split()[0]), line.split()[1]) for line in open(sys.argv[2])]
for change in rows(f"{base}/changes/?page_size=200"):
    facts = {name: change[name] for name in COVERED}
    plain = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    links.append(sha256(plain.encode()).hexdigest())
    if [change["sequence"], change["previous"], change["digest"]] != [len(links) - 1, *links[-2:]]:
        sys.exit(f"Broken at change {len(links) - 1}")
if wrong := [number for number, link in noted if links[number : number + 1] != [link]]:
    sys.exit(f"Not what was noted: change {wrong[0]}")
print(f"Whole: {len(links) - 1} changes, {len(noted)} notes, last digest {links[-1]}")
