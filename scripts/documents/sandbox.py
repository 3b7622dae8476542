"""A machine of one's own to run documents on, made of this one and gone afterwards.

Mount, network and process namespaces (unshare(1)): what is written below the checkout, the home directory and, for a whole
machine, /etc, /usr/local, /var and the like goes to memory; every port is free, and no other machine is there. The checkout
is therefore fresh, has its build, and stands at its own path, where that build holds.
"""
import ctypes
import fcntl
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile

INSIDE = "MORU_DOCUMENTS_SANDBOX"
MACHINE = ["/etc", "/usr/local", "/var", "/opt", "/srv"]


def is_inside():
    return INSIDE in os.environ


def run_inside(document, is_shown):
    """Runs this script for one document in a sandbox, and tells the status it ended with; 75: no sandbox can be had."""
    unshare = ["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.getuid() != 0:
        unshare += ["--user", "--map-root-user"]
    if subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        return 75
    command = [sys.executable, sys.argv[0], document] + (["--show"] if is_shown else [])
    with tempfile.TemporaryDirectory(prefix="moru-documents-") as directory:
        # --kill-child ends all that a document started when the run ends, however that comes.
        return subprocess.run([*unshare, *command], env={**os.environ, INSIDE: directory}).returncode


def prepare(root, is_whole_machine):
    """Mounts memory over the checkout and, for a whole machine, over what an administrator writes to.

    The result is a directory for what is temporary.
    """
    directory = pathlib.Path(os.environ[INSIDE])
    mount("tmpfs", str(directory), "tmpfs", "mode=0755")
    home = pathlib.Path.home()
    overlay(directory, home)
    for path in (".config/moru", ".curlrc"):
        remove(home / path)
    overlay(directory, root)
    tidy(root)
    for path in MACHINE if is_whole_machine else []:
        if os.path.isdir(path):
            overlay(directory, pathlib.Path(path))
    if is_whole_machine:
        mount("tmpfs", "/run", "tmpfs", "mode=0755")
        for name in ("systemctl", "journalctl"):
            stand_in = pathlib.Path("/usr/local/sbin") / name
            remove(stand_in)
            stand_in.symlink_to(root / "scripts/documents/systemctl")
    os.chdir(root)  # by its path again: this is the overlay now
    with socket.socket() as any_socket:
        request = struct.pack("16sh", b"lo", 0x1 | 0x40)  # IFF_UP | IFF_RUNNING
        fcntl.ioctl(any_socket, 0x8914, request)  # SIOCSIFFLAGS
    temporary = directory / "tmp"
    temporary.mkdir()
    temporary.chmod(0o1777)
    return temporary


def tidy(root):
    """Takes away what git does not keep, but for the build and what was fetched."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={root}", "ls-files", "--others", "--ignored", "--exclude-standard", "--directory"],
        cwd=root, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        if name.split("/")[0] not in (".build", ".cache", "Package.resolved"):
            remove(root / name)


def remove(path):
    """Hides a directory under an empty one: in a user namespace an overlay cannot delete what lies below it."""
    if path.is_dir() and not path.is_symlink():
        mount("tmpfs", str(path), "tmpfs", "mode=0755")
    else:
        path.unlink(missing_ok=True)


def overlay(directory, over):
    place = directory / "overlay" / str(over).strip("/").replace("/", "-")
    for part in ("upper", "work"):
        (place / part).mkdir(parents=True)
    os.chmod(place / "upper", over.stat().st_mode & 0o7777)
    mount("overlay", str(over), "overlay", f"lowerdir={over},upperdir={place}/upper,workdir={place}/work")


def mount(source, target, kind, options):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(source.encode(), target.encode(), kind.encode(), 0, options.encode()) != 0:
        raise OSError(ctypes.get_errno(), f"mount {target}: {os.strerror(ctypes.get_errno())}")
