"""What makes the pages' tests quick."""

from functools import cache

from streamlit.components.v2 import manifest_scanner

# At each run AppTest looks through every installed package for components, for longer than
# most pages take; they stay the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
