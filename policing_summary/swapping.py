"""Two folders → each in the other's place, in one step that no reader and no power cut can divide.

Linux and macOS can do that; Windows and some network drives cannot, and say so here.
"""

import ctypes
import errno
import os
from pathlib import Path

AT_FDCWD = -100  # linux/fcntl.h: paths count from the working folder
RENAME_EXCHANGE = 2  # linux/fs.h
RENAME_SWAP = 2  # sys/stdio.h of macOS
CANNOT = {
    *(errno.EINVAL, errno.ENOSYS, errno.EXDEV, errno.EBUSY, errno.EPERM),
    *(errno.ENOTSUP, errno.EOPNOTSUPP),
}
"""A file system without this, or a folder that another disk or a container is mounted on."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one disk.

    Returns:
        False if this computer or this disk cannot; nothing was changed then.

    Raises:
        OSError: it could, but may not.
    """
    number = _exchange(os.fsencode(one), os.fsencode(other))
    if number == 0:
        return True
    if number in CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(one))


def _exchange(one: bytes, other: bytes) -> int:
    """The number of the error, or 0."""
    if os.name == "nt":
        return errno.ENOSYS
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        failed = library.renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(one, other, RENAME_SWAP)
    else:
        return errno.ENOSYS
    return ctypes.get_errno() if failed else 0
