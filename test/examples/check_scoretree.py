"""What examples/python/scoretree.py promises, against the server of SCORETREE_URL with the default data set. Run by python.test.ts.

SCORETREE_KEY is a key of the owner of the private model `own`. FRAMES is a file with the tables as a reader of Parquet other than
pandas' gives them, column by column.
"""

import itertools
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../examples/python"))
import scoretree
from scoretree import Scoretree, ScoretreeError

try:
    import pandas
except ImportError:
    pandas = None

PAGES = """
query ($after: String, $under: Conditions) {
  standings(domain: "vision", under: $under) {
    leaderboard(first: 100, after: $after) { totalCount nodes { rank model { name } } pageInfo { hasNextPage endCursor } }
  }
}
"""
CONDITIONS = {
    "asOf": "2024-06-30",
    "missing": "SKIP_NOT_RUN",
    "weights": [{"benchmark": "V1", "weight": 2.5}, {"benchmark": "V2", "weight": 0}],
    "among": {"architecture": ["convolutional", "transformer"], "parameterCount": {"min": 1e6, "max": 1e8}},
    "only": {"region": ["V1", "V4"], "stimulusCount": {"min": 2}},
}


class Asking(unittest.TestCase):
    def setUp(self):
        self.server = Scoretree()

    def test_all_pages_of_a_list_are_one_after_the_other_of_one_revision(self):
        rows = list(self.server.rows(PAGES))
        total = self.server.ask(PAGES)["standings"]["leaderboard"]["totalCount"]
        self.assertGreater(total, 400)
        self.assertEqual(len({row["model"]["name"] for row in rows}), total)
        ranks = [row["rank"] for row in rows if row["rank"] is not None]
        self.assertEqual(ranks, sorted(ranks))

    def test_conditions_mean_the_same_to_queries_and_files(self):
        queried = [(row["rank"], row["model"]["name"]) for row in self.server.rows(PAGES, under=CONDITIONS)]
        filed = [(row["rank"], row["model"]) for row in self.server.table("vision", "leaderboard", under=CONDITIONS)]
        self.assertGreater(len(filed), 20)
        self.assertEqual(filed, queried)

    def test_the_key_shows_own_private_models_in_queries_only(self):
        query = '{ model(domain: "vision", name: "own") { isPublic } }'
        self.assertEqual(self.server.ask(query), {"model": {"isPublic": False}})
        stranger = Scoretree()
        stranger._key = None
        self.assertEqual(stranger.ask(query), {"model": None})
        self.assertNotIn("own", [row["name"] for row in self.server.table("vision", "models")])

    def test_a_revision_is_told_with_each_answer(self):
        self.server.ask("{ domains { slug } }")
        self.assertRegex(self.server.revision, r"^\d+$")
        by_query, self.server.revision = self.server.revision, None
        self.server.bibliography("vision")
        self.assertEqual(self.server.revision, by_query)

    def test_a_refused_query_says_what_was_expected(self):
        with self.assertRaises(ScoretreeError) as refused:
            self.server.ask('{ standings(domain: "vision", under: { weights: [{ benchmark: "V9", weight: 2 }] }) { revision } }')
        self.assertEqual((refused.exception.code, str(refused.exception)), ("BAD_USER_INPUT", 'There is no benchmark "V9" to give a weight.'))

    def test_a_refused_file_says_what_was_expected(self):
        with self.assertRaises(ScoretreeError) as refused:
            next(self.server.table("vision", "scores", under={"missing": "NONE"}))
        self.assertEqual(refused.exception.code, "BAD_USER_INPUT")
        self.assertIn("one of ZERO, SKIP_NOT_RUN, SKIP_ALL", str(refused.exception))
        with self.assertRaises(ScoretreeError) as unknown:
            next(self.server.table("nowhere", "scores"))
        self.assertEqual(unknown.exception.code, "NOT_FOUND")

    def test_a_query_without_a_document_that_fits_is_refused(self):
        with self.assertRaises(ScoretreeError) as refused:
            self.server.ask("{ nothing }")
        self.assertEqual(refused.exception.code, "GRAPHQL_VALIDATION_FAILED")

    def test_what_cannot_be_said_in_an_address_is_refused_before_it_is_sent(self):
        address = self.server.address("vision", "scores.csv", under={"among": {"isRunnable": True, "family": ("vit",)}})
        self.assertTrue(address.endswith("/exports/vision/scores.csv?among.isRunnable=true&among.family=vit"))
        for among in ({"or": []}, {"not": {"family": ["vit"]}}, {"family": []}):
            with self.assertRaises(ValueError):
                self.server.address("vision", "scores.csv", under={"among": among})

    def test_a_table_that_there_is_not_is_told_with_those_that_there_are(self):
        with self.assertRaisesRegex(ValueError, "scores, leaderboard, models, benchmarks; got \"score\""):
            next(self.server.table("vision", "score"))

    def test_a_query_without_a_list_has_no_rows(self):
        with self.assertRaisesRegex(ValueError, "one list"):
            next(self.server.rows("query ($after: String) { domains { slug } nodes(ids: []) { id } models(domain: \"vision\", first: 1, after: $after) { totalCount } }"))

    def test_a_bibliography_cites_what_counts(self):
        keys = [line for line in self.server.bibliography("vision", under={"only": {"below": ["V1"]}}).splitlines() if line.startswith("@")]
        self.assertIn("@article{Freeman2013,", keys)
        self.assertNotIn("@article{Majaj2015,", keys)


@unittest.skipIf(pandas is None, "this Python has no pandas")
class Frames(unittest.TestCase):
    def setUp(self):
        self.server = Scoretree()

    def of_csv(self, name, **conditions):
        csv = pandas.read_csv(self.server.address("vision", f"{name}.csv", **conditions), float_precision="round_trip")
        return self.server.typed(csv, name)

    def test_csv_and_parquet_give_equal_frames(self):
        """`frame` takes Parquet if pandas can read it here. Whether or not, another reader's frame of the same Parquet is compared."""
        with open(os.environ["FRAMES"], encoding="utf8") as file:
            parquet = json.load(file)
        self.assertEqual(set(parquet), {"scores", "leaderboard", "models", "benchmarks"})
        for name, columns in parquet.items():
            with self.subTest(name):
                expected = self.server.typed(pandas.DataFrame(columns), name)
                self.assertGreater(len(expected), 100)
                pandas.testing.assert_frame_equal(self.of_csv(name), expected, check_exact=True)
                pandas.testing.assert_frame_equal(self.server.frame("vision", name), expected, check_exact=True)

    def test_types_are_those_of_the_columns(self):
        scores = self.server.frame("vision", "scores")
        self.assertEqual(
            {name: str(scores[name].dtype) for name in ("model", "value", "rank", "ended_at")},
            {"model": "string", "value": "float64", "rank": "Int32", "ended_at": "datetime64[ns, UTC]"},
        )

    def test_frames_under_conditions_are_equal_too(self):
        for under in (CONDITIONS, {"among": {"search": "there is no such model"}}):
            with self.subTest(under):
                by_csv = self.of_csv("leaderboard", under=under, benchmark="V1")
                pandas.testing.assert_frame_equal(self.of_csv("leaderboard", under=under, benchmark="V1"), by_csv, check_exact=True)
                pandas.testing.assert_frame_equal(self.server.frame("vision", "leaderboard", under, "V1"), by_csv, check_exact=True)


class Refusals(unittest.TestCase):
    """Against a server that is none: what it answers is written here."""

    def ask(self, *answers):
        from http.server import BaseHTTPRequestHandler, HTTPServer
        from threading import Thread

        asked = []

        class Answer(BaseHTTPRequestHandler):
            def do_POST(self):
                self.rfile.read(int(self.headers["content-length"]))
                status, headers, body = answers[len(asked)]
                asked.append(self.headers.get("authorization"))
                self.send_response(status)
                for header in headers.items():
                    self.send_header(*header)
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Answer)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            return Scoretree(f"http://127.0.0.1:{server.server_port}", key="st_secret").ask("{ domains { slug } }"), asked
        finally:
            server.shutdown()
            server.server_close()
            self.asked = asked

    def test_who_is_sent_away_for_a_while_asks_again(self):
        answer, asked = self.ask((503, {"retry-after": "0"}, b"{}"), (429, {"retry-after": "0"}, b"{}"), (200, {}, b'{"data": {"domains": []}}'))
        self.assertEqual((answer, len(asked)), ({"domains": []}, 3))

    def test_the_key_follows_no_redirect(self):
        with self.assertRaisesRegex(ScoretreeError, "302"):
            self.ask((302, {"location": "/elsewhere"}, b""), (200, {}, b'{"data": {}}'))
        self.assertEqual(self.asked, ["Bearer st_secret"])

    def test_an_answer_that_is_no_json_is_told_by_its_status(self):
        with self.assertRaisesRegex(ScoretreeError, "502 Bad Gateway"):
            self.ask((502, {}, b"<html>"))


class Writing(unittest.TestCase):
    """Last, since it changes what the others read."""

    def test_what_is_written_between_two_pages_changes_no_page(self):
        server = Scoretree()
        before = [row["model"]["name"] for row in server.rows(PAGES)]
        walk = server.rows(PAGES)
        first = [next(walk) for _ in range(100)]
        revision = server.revision
        writing = """
          mutation ($model: RegisterModelInput!, $scores: SubmitScoresInput!) {
            registerModel(input: $model) { userErrors { message } }
            submitScores(input: $scores) { userErrors { message } }
          }
        """
        score = {"model": "late", "benchmark": "FreemanZiemba2013.V1-pls", "version": 2, "raw": 0.9, "ceiled": 0.9}
        written = server.ask(
            writing,
            model={"domain": "vision", "name": "late", "isPublic": True},
            scores={"domain": "vision", "submissionKey": "late", "scores": [{**score, "endedAt": "2026-01-01"}]},
        )
        self.assertEqual(written, {"registerModel": {"userErrors": []}, "submitScores": {"userErrors": []}})
        self.assertNotEqual(server.revision, revision)
        self.assertEqual([row["model"]["name"] for row in itertools.chain(first, walk)], before)
        self.assertIn("late", [row["model"]["name"] for row in server.rows(PAGES)])


if __name__ == "__main__":
    unittest.main(verbosity=2)
