"""What several rules ask of the parameters that export tables.

`export_paths` tells what a path says that it exports, `exports` what the stack does export.
"""
