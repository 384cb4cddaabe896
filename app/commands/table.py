"""The words of the command line, in the order of its help. A new command is a module and a line here."""

from app.commands.backup import BACKUP
from app.commands.calling import Command
from app.commands.doctor import DOCTOR
from app.commands.exporting import EXPORT
from app.commands.handbook import HANDBOOK
from app.commands.importing import IMPORT
from app.commands.restore import RESTORE
from app.commands.status import STATUS
from app.commands.syncing import ENROL, SYNC
from app.commands.verify import VERIFY

COMMANDS: tuple[Command, ...] = (HANDBOOK, VERIFY, IMPORT, EXPORT, BACKUP, RESTORE, DOCTOR, STATUS, ENROL, SYNC)
