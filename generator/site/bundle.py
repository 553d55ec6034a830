"""The frozen bundle of a published version: its site for reading without a network, and all its downloads, in one ZIP.

The same files give the same bytes: sorted names, one time stamp, no owner. Builds nothing and writes nothing.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Mapping

from generator.model.protocol import Protocol
from generator.model.version import Version
from generator.site.metadata.citing import cited
from generator.site.provenance import LICENCE, LICENCE_ADDRESS

README = "README.txt"
_LEFT_OUT = re.compile(r"404\.html|robots\.txt|sitemap\.xml(\.gz)?|versions/[^/]+\.zip|.*\.map")
"""What only a server needs, and the bundles of other versions."""
_TO_A_BUNDLE = re.compile(rb'<a href="[^"]+\.zip">(.*?)</a>')
"""A link to a bundle, on the page of a version; what it leads to is left out."""


def settings(pages: str, site: str) -> str:
    """Return the settings of the site engine for the folder `pages`, on top of those of the project.

    Read from the folder of `mkdocs.yml`. The hook is left out: it would write the pages again as they are today.
    """
    return f"INHERIT: mkdocs.yml\nhooks: []\ndocs_dir: {pages}\nsite_dir: {site}\n"


def pack(files: Mapping[str, bytes], protocol: Protocol, version: Version) -> bytes:
    """Return the ZIP of a version from the files of its site, given by paths; all lie in one folder."""
    kept = {path: content for path, content in files.items() if not _LEFT_OUT.fullmatch(path)}
    for path in (path for path in kept if path.startswith("versions/")):
        kept[path] = _TO_A_BUNDLE.sub(rb"\1", kept[path])
    kept[README] = read_me(protocol, version).encode()
    day = (version.on.year, version.on.month, version.on.day, 0, 0, 0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(kept):
            member = zipfile.ZipInfo(f"version-{version.version}/{path}", day)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # the same on every system
            member.external_attr = 0o644 << 16
            archive.writestr(member, kept[path], compresslevel=9)
    return packed.getvalue()


def read_me(protocol: Protocol, version: Version) -> str:
    """Return what stands beside the pages: what this is, how to cite it, and where what is."""
    return f"""{protocol.title}
Version {version.version}, published on {version.on}; searched to {version.searched_to}

{cited(protocol, version).text}

Licence: {LICENCE}, {LICENCE_ADDRESS}

index.html            start here; every page opens without a network or a server
                      (the search field alone needs a server, such as: python3 -m http.server)
checklists.html       the reporting checklists
data/                 every table as CSV and JSON, with data/datapackage.json as their description
data/references.ris   the references
data/PRISMA.csv       the numbers of the flow diagram
data/records.json     all records

Rebuilt from the dated facts in the records as of {version.on}; facts without a date are as they were in the records it
was built from. Every page says so at its end.
"""


def epoch(version: Version) -> str:
    """Return the day of a version as the seconds that builders take for "now" (SOURCE_DATE_EPOCH)."""
    return str(int(dt.datetime.combine(version.on, dt.time(), dt.UTC).timestamp()))
