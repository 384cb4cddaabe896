from tests.store.conftest import desk_template
from tests.store.test_profile import ring
from tests.stores import whole_template

__all__ = ["desk_template", "ring", "whole_template"]
