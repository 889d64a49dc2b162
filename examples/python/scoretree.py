"""Ask a scoretree server from Python: answers of the API, whole lists, and tables for pandas.

    from scoretree import Scoretree

    server = Scoretree("http://127.0.0.1:4000")
    small = {"among": {"parameterCount": {"max": 1e7}}, "weights": [{"benchmark": "V1", "weight": 2}]}
    server.ask('{ domain(slug: "vision") { modelCount } }')
    server.frame("vision", "leaderboard", under=small)

One file, the standard library only; `frame` needs pandas. Python 3.9 or later. Conditions are written once, as the API's `Conditions`,
for queries and for files.
"""

from __future__ import annotations

import importlib.util
import io
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Optional

if TYPE_CHECKING:
    import pandas

Conditions = Mapping[str, Any]

# How often a request is sent that the server asks to send again, and the longest wait that is granted, in seconds.
_TRIES = 5
_LONGEST_WAIT = 60.0

_DTYPES = {"text": "string", "number": "float64", "integer": "Int32", "truth": "boolean", "instant": "datetime64[ns, UTC]"}
_KINDS = {"string": "text", "number": "number", "integer": "integer", "boolean": "truth"}


class ScoretreeError(Exception):
    """What the server refuses: `code` is stable (`BAD_USER_INPUT`, `NOT_FOUND`, …), `errors` is all that it says."""

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        super().__init__("; ".join(each["message"] for each in errors))
        self.errors = errors
        self.code: Optional[str] = errors[0].get("extensions", {}).get("code")


class _KeepTheKey(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key would go along to wherever it leads."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Scoretree:
    """A server. Without arguments the address is that of SCORETREE_URL, else a server on this machine, and the key that of SCORETREE_KEY.

    The key is for queries: it shows your own private models. Files are the same for everybody, so none is sent for them.
    """

    def __init__(self, url: Optional[str] = None, key: Optional[str] = None, timeout: float = 60) -> None:
        self.url = (url or os.environ.get("SCORETREE_URL") or "http://127.0.0.1:4000").rstrip("/")
        self.timeout = timeout
        self.revision: Optional[str] = None
        """The revision that the last answer was computed from."""
        self._key = key or os.environ.get("SCORETREE_KEY")
        self._opener = urllib.request.build_opener(_KeepTheKey)
        self._schemas: Optional[dict[str, Any]] = None

    def ask(self, query: str, **variables: Any) -> dict[str, Any]:
        """The data that a query answers. Raises ScoretreeError if a part of it could not be answered."""
        headers = {"content-type": "application/json", "accept": "application/json"}
        if self._key:
            headers["authorization"] = f"Bearer {self._key}"
        body = json.dumps({"query": query, "variables": variables}).encode()
        answer = json.loads(self._open(urllib.request.Request(f"{self.url}/graphql", body, headers)).read())
        if answer.get("errors"):
            raise ScoretreeError(answer["errors"])
        self.revision = answer.get("extensions", {}).get("revision", self.revision)
        return answer["data"]

    def rows(self, query: str, **variables: Any) -> Iterator[dict[str, Any]]:
        """All `nodes` of the one list that a query pages through: it takes `$after` and asks for `pageInfo { hasNextPage endCursor }`.

        All pages are of the revision that the first was, whatever is written meanwhile.
        """
        after: Optional[str] = None
        while True:
            page = _connection(self.ask(query, **variables, after=after))
            if page is None:
                raise ValueError("rows: expected a query with one list that has `nodes` and `pageInfo`, got none.")
            yield from page["nodes"]
            if not page["pageInfo"]["hasNextPage"]:
                return
            after = page["pageInfo"]["endCursor"]

    def address(self, domain: str, file: str, under: Optional[Conditions] = None, benchmark: Optional[str] = None) -> str:
        """The address of a file, such as `scores.csv`, under conditions. `benchmark` is what a leaderboard is ordered by."""
        query = _parameters(under or {}) + ([("benchmark", benchmark)] if benchmark is not None else [])
        path = f"{self.url}/exports/{urllib.parse.quote(domain, safe='')}/{file}"
        return f"{path}?{urllib.parse.urlencode(query)}" if query else path

    def table(
        self, domain: str, name: str, under: Optional[Conditions] = None, benchmark: Optional[str] = None
    ) -> Iterator[dict[str, Any]]:
        """The rows of `scores`, `leaderboard`, `models` or `benchmarks`, one at a time. Instants are datetimes, what is unknown is None."""
        instants = [column for column, kind in self._columns(name).items() if kind == "instant"]
        with self._file(self.address(domain, f"{name}.jsonl", under, benchmark)) as lines:
            for line in lines:
                row = json.loads(line)
                for column in instants:
                    if row[column] is not None:
                        row[column] = datetime.fromisoformat(row[column].replace("Z", "+00:00"))
                yield row

    def frame(
        self, domain: str, name: str, under: Optional[Conditions] = None, benchmark: Optional[str] = None
    ) -> "pandas.DataFrame":
        """The same table for pandas, with a type for each column. It travels as Parquet where pandas can read that (by pyarrow or
        fastparquet), else as JSON lines: the frame is the same."""
        import pandas

        if any(importlib.util.find_spec(engine) for engine in ("pyarrow", "fastparquet")):
            with self._file(self.address(domain, f"{name}.parquet", under, benchmark)) as file:
                frame = pandas.read_parquet(io.BytesIO(file.read()))
        else:
            rows = list(self.table(domain, name, under, benchmark))
            frame = pandas.DataFrame(rows)
            if not rows:
                frame = pandas.read_csv(self.address(domain, f"{name}.csv", under, benchmark))
        return self.typed(frame, name)

    def typed(self, frame: "pandas.DataFrame", name: str) -> "pandas.DataFrame":
        """A frame of such a table with the types that `frame` gives it, of what `pandas.read_csv` reads, which knows no types.

        Pass `float_precision="round_trip"` there: the default may read a number as one next to it.
        """
        kinds = self._columns(name)
        return frame.astype({column: _DTYPES[kinds.get(column, "number")] for column in frame.columns})

    def bibliography(self, domain: str, under: Optional[Conditions] = None) -> str:
        """What to cite, as BibTeX: the works of the domain, then those of the benchmarks that count under the conditions."""
        with self._file(self.address(domain, "references.bib", under)) as file:
            return file.read().decode()

    def _columns(self, name: str) -> dict[str, str]:
        """Each column of a table and its kind, as the server describes it. Columns `score_…` are not named: they are numbers."""
        if self._schemas is None:
            with self._file(f"{self.url}/exports/openapi.json") as file:
                self._schemas = json.load(file)["components"]["schemas"]
        properties = self._schemas.get(name, {}).get("properties")
        if properties is None or name == "Failure":
            known = ", ".join(each for each in self._schemas if each != "Failure")
            raise ValueError(f'Expected the name of a table: {known}; got "{name}".')
        return {column: _kind(described) for column, described in properties.items()}

    def _file(self, address: str) -> Any:
        answer = self._open(urllib.request.Request(address))
        self.revision = answer.headers.get("x-scoretree-revision", self.revision)
        return answer

    def _open(self, request: urllib.request.Request) -> Any:
        """The answer to a request. Sends it again when the server says so. Raises ScoretreeError where it is refused."""
        for tries in range(1, _TRIES + 1):
            try:
                return self._opener.open(request, timeout=self.timeout)
            except urllib.error.HTTPError as refusal:
                body = refusal.read()
                wait = refusal.headers.get("retry-after", "")
                if refusal.code in (429, 503) and wait.isdigit() and float(wait) <= _LONGEST_WAIT and tries < _TRIES:
                    time.sleep(float(wait))
                    continue
                raise _refused(refusal, body) from None
        raise AssertionError("unreachable")


def _refused(refusal: urllib.error.HTTPError, body: bytes) -> ScoretreeError:
    try:
        errors = json.loads(body)["errors"]
    except (ValueError, KeyError, TypeError):
        errors = [{"message": f"The server answered {refusal.code} {refusal.reason}."}]
    return ScoretreeError(errors)


def _connection(value: Any) -> Optional[dict[str, Any]]:
    """The first object at or below a value that is a page of a list."""
    if not isinstance(value, dict):
        return None
    if "nodes" in value and "pageInfo" in value:
        return value
    return next((page for page in map(_connection, value.values()) if page is not None), None)


def _kind(described: Mapping[str, Any]) -> str:
    kind = described["type"]
    kind = kind[0] if isinstance(kind, list) else kind
    return "instant" if described.get("format") == "date-time" else _KINDS[kind]


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _parameters(under: Conditions) -> list[tuple[str, str]]:
    """Conditions as the parameters of an address. What only queries can say (`and`, `or`, `not`, `scored`) raises ValueError."""
    parameters: list[tuple[str, str]] = []
    for name, value in under.items():
        if name == "weights":
            parameters += [(name, f"{each['benchmark']}:{each['weight']}") for each in value]
        elif name in ("among", "only"):
            for field, wanted in value.items():
                parameters += _filter(f"{name}.{field}", wanted)
        else:
            parameters.append((name, _written(value)))
    return parameters


def _filter(name: str, wanted: Any) -> list[tuple[str, str]]:
    if name.split(".")[1] in ("and", "or", "not", "scored"):
        raise ValueError(f"{name}: files cannot be asked for under this condition, only queries can.")
    if isinstance(wanted, Mapping):
        ends = [wanted.get("min", wanted.get("from")), wanted.get("max", wanted.get("to"))]
        return [(name, "..".join("" if end is None else _written(end) for end in ends))]
    if isinstance(wanted, (list, tuple)):
        if not wanted:
            raise ValueError(f"{name}: files cannot be asked for under an empty list, which matches nothing.")
        return [(name, _written(each)) for each in wanted]
    return [(name, _written(wanted))]
