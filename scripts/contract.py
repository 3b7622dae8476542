"""What schemathesis needs besides the contract, read by scripts/check-contract."""
import schemathesis
from schemathesis.transport.requests import REQUESTS_TRANSPORT


@REQUESTS_TRANSPORT.serializer("application/offset+octet-stream")
def part_of_upload(context, value):
    """A body of tus (1.0.0, PATCH): bytes as they are."""
    return {"data": value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogateescape")}


@schemathesis.hook
def filter_headers(context, headers):
    """Servers ignore header fields they do not know (RFC 9110 §5.1), so one that the contract does not name is no fault."""
    return not any(name.lower().startswith("x-schemathesis-unknown") for name in headers or {})


@schemathesis.hook
def before_call(context, case, kwargs):
    """Where it joins optional header fields schemathesis 4.32.5 sends `0` for a pattern that `0` does not fit."""
    if case.meta.generation.mode.is_positive and (case.headers or {}).get("Upload-Checksum") == "0":
        del case.headers["Upload-Checksum"]
