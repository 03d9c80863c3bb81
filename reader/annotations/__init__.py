"""What a person marks and notes: values, anchoring, the sidecar, its safe save and the edit history."""
