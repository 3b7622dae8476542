"""The REST API of the server that is looked at, for what a check needs to be there and does not look at itself."""
import json
import secrets
import urllib.error
import urllib.request
from urllib.parse import quote

SCOPES = ["model:read", "model:write", "alias:write", "admin"]


class Refused(Exception):
    def __init__(self, status, body):
        super().__init__(f"{status}: {body[:300]}")
        self.status = status


class Rest:
    def __init__(self, url, username, password):
        """Signs in, and works by a token that is revoked in the end."""
        self.url, self.token = url, None
        answer, headers = self.send("POST", "/session", {"username": username, "password": password})
        cookie = {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": answer["csrf_token"], "Sec-Fetch-Site": "same-origin"}
        made, _ = self.send("POST", "/tokens", {"name": f"check {secrets.token_hex(3)}", "scopes": SCOPES}, cookie)
        self.token, self.token_id = made["token"], made["id"]
        self.send("DELETE", "/session", None, cookie)

    def send(self, method, path, body=None, headers={}, type="application/json"):
        """The answer as JSON, and its header fields."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        fields = {**headers, **({"Content-Type": type} if data is not None else {}), **({"Authorization": f"Bearer {self.token}"} if self.token else {})}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, fields, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                text = answer.read()
                return (json.loads(text) if text else None), answer.headers
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode(errors="replace")) from None

    def get(self, path):
        return self.send("GET", path)[0]

    def bytes(self, path):
        request = urllib.request.Request(f"{self.url}/api/v1{path}", headers={"Authorization": f"Bearer {self.token}"})
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    def text(self, path):
        return self.bytes(path).decode()

    def post(self, path, body):
        return self.send("POST", path, body)[0]

    def put(self, path, body):
        return self.send("PUT", path, body)[0]

    def patch(self, path, body):
        return self.send("PATCH", path, body, type="application/merge-patch+json")[0]

    def delete(self, path):
        return self.send("DELETE", path)[0]

    def publish(self, name, *parts):
        """A version out of form parts in their order: `(field, text)`, or `(field, path, bytes)` for a file."""
        boundary = secrets.token_hex(16)
        body = b""
        for field, *value in parts:
            escaped = value[0].replace("\\", "\\\\").replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A") if len(value) == 2 else ""
            place = f'; filename="{escaped}"\r\nContent-Type: application/octet-stream' if len(value) == 2 else ""
            content = value[-1] if isinstance(value[-1], bytes) else value[-1].encode()
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"{place}\r\n\r\n'.encode() + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        return self.send("POST", f"/models/{quote(name)}/versions", body, type=f"multipart/form-data; boundary={boundary}")[0]

    def exists(self, path):
        try:
            self.get(path)
        except Refused as refusal:
            if refusal.status == 404:
                return False
            raise
        return True

    def delete_models(self, namespace):
        """All models of a namespace, with whatever their aliases name."""
        for item in self.get(f"/models?q={namespace}&limit=100")["items"]:
            if item["name"].split("/")[0] == namespace:
                self.delete(f"/models/{item['name']}")

    def leave(self):
        self.delete(f"/tokens/{self.token_id}")
