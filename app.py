"""Entry point: settings → container → web app and worker.

`python app.py audit [ANCHOR …]` verifies the audit chain instead, against anchors from the log where given;
`python app.py clock YYYY-MM-DD` gives the word that the machine's clock is right (docs/settings.md, "The clock");
`python app.py schools REGISTER OUT` makes the file of schools (SCHOOLS_FILE) from the public register.
`python app.py doctor` looks at tenant and settings, beside a running bot too, and says what to mend (docs/doctor.md).
"""

import asyncio
import gc
import os
import sys


def main() -> int:
    """Exit code 0 after a clean stop, 2 when the configuration does not allow to start."""
    if sys.argv[1:2] == ["audit"]:
        from bot.runtime.commands import verify_audit  # noqa: PLC0415 -- the one needs nothing of the other

        return asyncio.run(verify_audit(os.environ, sys.argv[2:]))
    if sys.argv[1:2] == ["schools"]:
        from bot.runtime.schools import make_schools  # noqa: PLC0415 -- the same

        return make_schools(sys.argv[2:])
    if sys.argv[1:2] == ["clock"]:
        from bot.runtime.commands import confirm_clock  # noqa: PLC0415 -- same

        return asyncio.run(confirm_clock(os.environ, sys.argv[2:]))
    if sys.argv[1:2] == ["doctor"]:
        from bot.runtime.doctor.run import doctor  # noqa: PLC0415 -- same

        return asyncio.run(doctor(os.environ, sys.argv[2:]))
    gc.disable()  # until the bot stands (`serve`): nothing that a start makes is garbage, and looking costs a tenth
    from bot.runtime.serve import run  # noqa: PLC0415 -- most of a start is these imports

    return asyncio.run(run(os.environ))


if __name__ == "__main__":
    sys.exit(main())
