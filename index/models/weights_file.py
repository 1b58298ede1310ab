"""Reading a file of weights in the format safetensors: eight bytes that tell the header's length, a JSON header, the numbers.

Read by numpy, without the packages that train models. The file is mapped into memory: processes share its pages.
"""

from __future__ import annotations

import json
import mmap
from hashlib import sha256
from pathlib import Path

import numpy as np

from parley.index.errors import ModelError
from parley.index.types import FloatMatrix


def read_verified(path: Path, expected_sha256: str) -> dict[str, FloatMatrix]:
    """The float32 arrays of a file by name, not to be written to; others are left out.

    The digest is that of the very bytes that the arrays are views of. Raises ModelError where it is another than expected.
    """
    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    found = sha256(data).hexdigest()
    if found != expected_sha256:
        msg = (
            f"The weights {path} have SHA-256 {found}, expected {expected_sha256}. "
            "They are not the published model: reinstall the package, or name another model."
        )
        raise ModelError(msg)
    first = 8 + int.from_bytes(data[:8], "little")
    arrays = {}
    for name, about in json.loads(bytes(data[8:first])).items():
        if name == "__metadata__" or about["dtype"] != "F32":
            continue
        start, end = about["data_offsets"]
        values = np.frombuffer(data, dtype="<f4", count=(end - start) // 4, offset=first + start)
        arrays[name] = values.reshape(about["shape"])
    return arrays
