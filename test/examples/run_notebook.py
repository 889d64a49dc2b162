"""Runs a notebook from its folder, and writes it with what came out: text, and pictures as PNG.

    SCORETREE_URL=http://127.0.0.1:4000 python3 test/examples/run_notebook.py examples/notebooks/ranks.ipynb to.ipynb

To renew the outputs of a notebook, name it twice.
"""

import os
import sys

import nbformat
from nbclient import NotebookClient

KEPT = ("text/plain", "image/png")

def merged(outputs):
    """Outputs with each stream in one piece, however it came."""
    whole = []
    for output in outputs:
        if output["output_type"] == "stream" and whole and whole[-1].get("name") == output["name"]:
            whole[-1]["text"] += output["text"]
        else:
            whole.append(output)
    return whole


source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
metadata = dict(notebook.metadata)
NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": os.path.dirname(source)}}).execute()
notebook.metadata = metadata
for cell in notebook.cells:
    cell.metadata = {}
    if "outputs" in cell:
        cell.outputs = merged(cell.outputs)
    for output in cell.get("outputs", []):
        if "data" in output:
            output["data"] = {kind: output["data"][kind] for kind in KEPT if kind in output["data"]}
        output.pop("metadata", None)
        if output["output_type"] in ("display_data", "execute_result"):
            output["metadata"] = {}
nbformat.write(notebook, target)
