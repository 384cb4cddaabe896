from tests.sop.conftest import sop_template, store

__all__ = ["sop_template", "store"]
