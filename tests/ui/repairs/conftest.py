from tests.stores import desk_store, store_path, whole_template

__all__ = ["desk_store", "store_path", "whole_template"]
