"""Build hook of hatchling: compiles the hot modules with mypyc. Off unless asked for.

    HATCH_BUILD_HOOK_ENABLE_CUSTOM=1 pip install .

Needs a C compiler; the wheel is one for this platform and Python. What is compiled and how stands in
pyproject.toml, `tool.hatch.build.targets.wheel.hooks.custom`; docs/performance.md says what it gains. The .py
files stay in the wheel: tracebacks read them, and what hashes the program. The checkout stays as it is.

Why not the plugin hatch-mypyc: it leaves its libraries beside the sources, so that a developer's editable
installation would run them from then on, and it compiles one file after the other, which takes twice as long.
"""

from __future__ import annotations

import os
import shutil
import sysconfig
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: mypy's settings. Strictness is `make check`'s business. The package's __init__ names all of the program for
#: type checkers: followed, it takes half a minute and every library that the program uses.
MYPY = """\
[mypy]
plugins = pydantic.mypy
follow_imports = silent
[mypy-summarizer]
follow_imports = skip
"""


class CompilingHook(BuildHookInterface):  # type: ignore[type-arg]
    """Options: `packages` (folders with all below them), `interpreted` (files there that stay as they are),
    `optimisation` (the digit after -O).
    """

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what comes out to the wheel. An editable installation stays interpreted."""
        if version == "editable":
            return
        require_compiler()
        self._folder = tempfile.TemporaryDirectory(prefix="summarizer-compiled-")
        folder = Path(self._folder.name).resolve()
        modules = chosen_modules(Path(self.root), self.config["packages"], self.config["interpreted"])
        for library in compile_modules(Path(self.root), modules, folder, self.config["optimisation"]):
            build_data["force_include"][str(library)] = library.relative_to(folder / "lib").as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The wheel is written; what it was made of can go."""
        if version != "editable":
            self._folder.cleanup()


def require_compiler() -> None:
    """Say in one sentence what is missing, before half a minute of analysis.

    Raises:
        SystemExit: the C compiler that this Python was built for isn't there.
    """
    command = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    if os.name != "nt" and shutil.which(command) is None:
        raise SystemExit(
            f"No C compiler ({command}) was found. Install one (Debian, Ubuntu: apt install gcc python3-dev; "
            "macOS: xcode-select --install), or name one in CC, or install without compiling: pip install ."
        )


def chosen_modules(root: Path, packages: Sequence[str], interpreted: Sequence[str]) -> list[str]:
    """Paths of the modules to compile, relative to `root`, in order. A package's __init__ holds no code.

    Raises:
        ValueError: a name in `interpreted` is no module of `packages`, so it has been renamed.
    """
    found = {
        path.relative_to(root).as_posix()
        for package in packages
        for path in (root / package).rglob("*.py")
        if path.name != "__init__.py"
    }
    if unknown := set(interpreted) - found:
        raise ValueError(f"pyproject.toml keeps modules interpreted that aren't there: {sorted(unknown)}")
    return sorted(found - set(interpreted))


def compile_modules(root: Path, modules: Sequence[str], folder: Path, optimisation: str) -> list[Path]:
    """Libraries under `folder`/lib, laid out as in the wheel; C files and objects lie beside it.

    One library holds all code, so that calls between modules are plain C calls; what is imported by a
    module's name is a stub a module.
    """
    # First setuptools: it brings the distutils that mypyc looks for.
    import setuptools
    from mypyc.build import mypycify
    from setuptools.command.build_ext import build_ext

    class OnAllCores(build_ext):  # type: ignore[misc]
        """A library's C files side by side; distutils takes one after the other."""

        def build_extension(self, extension: Any) -> None:
            """Compile the sources here, and leave the linking to the original."""

            def compiled(source: str) -> str:
                objects: list[str] = self.compiler.compile(
                    [source],
                    output_dir=self.build_temp,
                    include_dirs=extension.include_dirs,
                    extra_postargs=[*extension.extra_compile_args, *flags],
                    depends=extension.depends,
                )
                return objects[0]

            with ThreadPoolExecutor(cores) as pool:
                extension.extra_objects = list(pool.map(compiled, extension.sources))
            extension.sources = []
            super().build_extension(extension)

    # Functions of other files of the library are then called directly; nobody else calls any.
    flags = [] if os.name == "nt" else ["-fvisibility=hidden"]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    here = os.getcwd()
    os.chdir(root)
    try:
        settings = folder / "mypy.ini"
        settings.write_text(MYPY, encoding="utf-8")
        extensions = mypycify(
            [f"--config-file={settings}", f"--cache-dir={folder / 'cache'}", *modules],
            opt_level=optimisation,
            debug_level="0",
            multi_file=True,
            group_name="summarizer",
            target_dir=str(folder / "c"),
        )
        build = OnAllCores(setuptools.Distribution({"name": "summarizer", "ext_modules": extensions}))
        build.build_lib, build.build_temp = str(folder / "lib"), str(folder / "objects")
        build.parallel = cores
        build.ensure_finalized()
        build.run()
        return [Path(path).resolve() for path in build.get_outputs()]
    finally:
        os.chdir(here)
